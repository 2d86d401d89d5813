// Passwords and PINs: kept as scrypt hashes, and made where the box needs a first one.
import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";

// 16 MiB and five passes: a fifth of a second on the boxes this runs on, and the memory of one call.
const cost = { N: 16_384, r: 8, p: 5 };
const keyLength = 32;

/** @returns `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost, keyLength);
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** False for a wrong password, and for a hash that is none. Takes as long either way. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = parse(stored ?? "");
  // Somebody who guesses names must not see by the time taken which of them exist.
  const { salt, key, ...parameters } = parsed ?? {
    ...cost,
    salt: randomBytes(16),
    key: randomBytes(keyLength),
  };
  const derived = await derive(password, salt, parameters, key.length);
  return timingSafeEqual(derived, key) && parsed !== undefined;
}

/** A password to be printed once and typed once: four groups of four signs that cannot be confused (79 bits). */
export function makePassword(): string {
  const signs = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = (): string => Array.from({ length: 4 }, () => signs.charAt(randomInt(signs.length))).join("");
  return [group(), group(), group(), group()].join("-");
}

interface Parameters {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

let running: Promise<unknown> = Promise.resolve();

/** One at a time: many sign-ins at once may take their time, but not all the memory and every pool thread. */
function derive(password: string, salt: Buffer, parameters: Parameters, length: number): Promise<Buffer> {
  const work = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const options = { ...parameters, maxmem: 64 * 1024 * 1024 };
      scrypt(password.normalize("NFKC"), salt, length, options, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    });
  const result = running.then(work);
  running = result.catch(() => undefined);
  return result;
}

function parse(stored: string): (Parameters & { readonly salt: Buffer; readonly key: Buffer }) | undefined {
  const match = /^scrypt\$(\d{1,6})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,})\$([\w-]{22,})$/.exec(stored);
  if (match === null) return undefined;
  const [, N = "", r = "", p = "", salt = "", key = ""] = match;
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64url"),
    key: Buffer.from(key, "base64url"),
  };
}
