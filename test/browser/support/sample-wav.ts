// A stereo A-law recording made up of two voices that take turns: something to draw and to play; and the same archived.
import { execFileSync } from "node:child_process";
import { decodeAudio } from "../../../src/media/read-audio.ts";

/** G.711 A-law of a 16-bit sample. */
export function alawOf(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(32_635, Math.abs(sample)) >> 4;
  let exponent = 0;
  for (let rest = magnitude >> 4; rest > 0; rest >>= 1) exponent += 1;
  const mantissa = (exponent === 0 ? magnitude : magnitude >> (exponent - 1)) & 15;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

export function sampleRecording(seconds = 24): Buffer {
  const frames = seconds * 8000;
  const data = Buffer.alloc(frames * 2);
  for (let i = 0; i < frames; i++) {
    const second = i / 8000;
    const turn = Math.floor(second / 3) % 2;
    const syllable = Math.abs(Math.sin(second * 9)) * (0.6 + 0.4 * Math.sin(second * 2.3));
    const voice = (hz: number): number => 12_000 * syllable * Math.sin(2 * Math.PI * hz * second);
    data[2 * i] = alawOf(turn === 0 ? voice(210) : voice(210) / 60);
    data[2 * i + 1] = alawOf(turn === 1 ? voice(330) : voice(330) / 60);
  }
  const head = Buffer.alloc(58);
  head.write("RIFF", 0);
  head.writeUInt32LE(50 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(6, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(8, 34);
  head.writeUInt16LE(0, 36);
  head.write("fact", 38);
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(frames, 46);
  head.write("data", 50);
  head.writeUInt32LE(data.length, 54);
  return Buffer.concat([head, data]);
}

let opus: Buffer | undefined;

/** As `src/recording/archive.ts` makes it. */
export const sampleOpus = (): Buffer =>
  (opus ??= execFileSync(
    "opusenc",
    ["--quiet", "--speech", "--bitrate", "48", "--raw", "--raw-rate", "8000", "--raw-chan", "2", "-", "-"],
    { input: Buffer.from(decodeAudio("alaw", sampleRecording().subarray(58)).buffer) },
  ));
