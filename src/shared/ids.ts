// Identifiers that sort by the time they were made: 10 characters of milliseconds, 16 of chance (a ULID).
import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes 26-character identifiers, unique and ascending within one process even when the clock goes back. */
export function createIds(
  now: () => number,
  random: (bytes: number) => Uint8Array = randomBytes,
): () => string {
  let lastTime = -1;
  let tail: number[] = [];
  return () => {
    const time = Math.max(now(), lastTime);
    if (time === lastTime) increment(tail);
    else tail = [...random(16)].map((byte) => byte & 31);
    lastTime = time;
    return timePart(time) + tail.map((digit) => alphabet.charAt(digit)).join("");
  };
}

function timePart(time: number): string {
  let text = "";
  for (let rest = Math.floor(time), i = 0; i < 10; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function increment(digits: number[]): void {
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits[i] ?? 0;
    digits[i] = (digit + 1) % 32;
    if (digit !== 31) return;
  }
}
