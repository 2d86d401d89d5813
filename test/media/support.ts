// What the engine's tests share: WAV files written and read without the engine, and noise that A-law keeps.
import { readFileSync, writeFileSync } from "node:fs";
import type { MediaEngine, MediaPort } from "../../src/media/engine.ts";
import { createMediaEngine } from "../../src/media/native-engine.ts";
import { temporaryFolder } from "../support/folder.ts";

export function engineFor(t: { teardown: (fn: () => Promise<void>) => void }): MediaEngine {
  const engine = createMediaEngine();
  t.teardown(() => engine.close());
  return engine;
}

export const folder = (): string => temporaryFolder("media");

export const pair = (name: string, side: "near" | "far", law: "alaw" | "ulaw" = "alaw") =>
  ({ kind: "pair", pair: name, side, law }) as const;

/** Lets so much audio pass on a port, and nothing else. */
export const pass = (port: MediaPort, ms: number): Promise<unknown> =>
  port.playTone({ parts: [{ frequencies: [], levelDbm0: 0, ms }], repeat: false }).finished;

/** ITU-T G.711 table 1a, decoder, by its text: independent of the engine's tables. */
export function alawDecode(code: number): number {
  const value = code ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = value & 15;
  const magnitude = exponent === 0 ? mantissa * 16 + 8 : (mantissa * 16 + 264) * 2 ** (exponent - 1);
  return (value & 0x80) === 0 ? -magnitude : magnitude;
}

/** Random A-law codes, none of them twice in a row, so that a lost or doubled sample shows. */
export function noise(samples: number, seed = 1): Uint8Array {
  let state = seed;
  let last = -1;
  return Uint8Array.from({ length: samples }, () => {
    do state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    while (((state >> 16) & 0xff) === last);
    last = (state >> 16) & 0xff;
    return last;
  });
}

export interface WaveOptions {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly dataSize?: number;
}

/** A WAV file's bytes (A-law, mono, 8 kHz unless told otherwise). */
export function wave(data: Uint8Array, options: WaveOptions = {}): Buffer {
  const { tag = 6, channels = 1, rate = 8000, bits = 8, dataSize = data.length } = options;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE((36 + dataSize) >>> 0, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((rate * channels * bits) / 8, 28);
  head.writeUInt16LE((channels * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write("data", 36);
  head.writeUInt32LE(dataSize, 40);
  return Buffer.concat([head, data]);
}

export function writeWave(path: string, data: Uint8Array, options?: WaveOptions): string {
  writeFileSync(path, wave(data, options));
  return path;
}

export interface ReadWave {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly riffSize: number;
  readonly fileSize: number;
  readonly data: Buffer;
}

/** Reads what the engine wrote, strictly: sizes must agree with the file. */
export function readWave(path: string): ReadWave {
  const bytes = readFileSync(path);
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") {
    throw new Error("no WAV");
  }
  let format = Buffer.alloc(16);
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (body.length !== size) throw new Error("a chunk is longer than the file");
    const name = bytes.toString("latin1", at, at + 4);
    if (name === "fmt ") format = Buffer.from(body);
    if (name === "data") {
      return {
        tag: format.readUInt16LE(0),
        channels: format.readUInt16LE(2),
        rate: format.readUInt32LE(4),
        riffSize: bytes.readUInt32LE(4),
        fileSize: bytes.length,
        data: body,
      };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error("no data");
}

/** One side of a stereo recording. */
export const side = (data: Uint8Array, channel: 0 | 1): Uint8Array =>
  data.filter((_, i) => i % 2 === channel);

/** Where `part` lies in `whole`, sample for sample; -1 when it does not. */
export const find = (whole: Uint8Array, part: Uint8Array): number =>
  Buffer.from(whole).indexOf(Buffer.from(part));
