// Where somebody speaks in a recording, and a recording without the silence before and after.
import { readFile, rename, writeFile } from "node:fs/promises";
import { CallboxError } from "../shared/errors.ts";
import { dbm0 } from "./levels.ts";
import { readAudio } from "./read-audio.ts";

/** Samples: 20 ms. */
const frame = 160;
const perMs = 8;
/** dBm0: a frame above it has a voice in it. */
const voiced = -45;
/** Left of the silence before and after. */
const margin = 5 * frame;

export interface Spoken {
  /** Samples, from the first voice to the last and a moment around. */
  readonly from: number;
  readonly to: number;
  /** Of what is voiced, dBm0. */
  readonly levelDbm0: number;
}

/** @param samples 16-bit linear, 8 kHz @returns `undefined` when nobody speaks */
export function spokenPart(samples: Int16Array): Spoken | undefined {
  const powers = Array.from({ length: Math.ceil(samples.length / frame) }, (_, i) =>
    meanSquare(samples.subarray(i * frame, (i + 1) * frame)),
  );
  const loud = powers.filter((power) => dbm0(power) > voiced);
  const first = powers.findIndex((power) => dbm0(power) > voiced);
  if (first < 0) return undefined;
  const last = powers.findLastIndex((power) => dbm0(power) > voiced);
  return {
    from: Math.max(0, first * frame - margin),
    to: Math.min(samples.length, (last + 1) * frame + margin),
    levelDbm0: dbm0(loud.reduce((sum, power) => sum + power, 0) / loud.length),
  };
}

/**
 * Cuts the silence off both ends of a mono G.711 WAV file at 8 kHz, as the engine records it. One in which nobody speaks
 * becomes empty. The file is the old one or the new one, never half.
 * @throws ERR_AUDIO_FORMAT for another file, and what reading and writing throws
 */
export async function trimRecording(
  path: string,
): Promise<{ readonly bytes: number; readonly durationMs: number }> {
  const [bytes, samples] = await Promise.all([readFile(path), readAudio(path)]);
  const { from, to } = spokenPart(samples) ?? { from: 0, to: 0 };
  const cut = sliceWave(bytes, from, to);
  await writeFile(`${path}.part`, cut, { mode: 0o640 });
  await rename(`${path}.part`, path);
  return { bytes: cut.length, durationMs: (to - from) / perMs };
}

/** A part of a mono file of one byte a sample. */
function sliceWave(bytes: Buffer, from: number, to: number): Buffer {
  const parts: Buffer[] = [Buffer.from("RIFF\0\0\0\0WAVE", "latin1")];
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const chunk = Buffer.from(bytes.subarray(at, at + 8 + size));
    const [code, channels] = name === "fmt " ? [chunk.readUInt16LE(8), chunk.readUInt16LE(10)] : [6, 1];
    if ((code !== 6 && code !== 7) || channels !== 1) throw new CallboxError("ERR_AUDIO_FORMAT");
    if (name === "fact") chunk.writeUInt32LE(to - from, 8);
    if (name === "data") {
      const head = Buffer.from(chunk.subarray(0, 8));
      head.writeUInt32LE(to - from, 4);
      const data = chunk.subarray(8 + from, 8 + to);
      const whole = Buffer.concat([...parts, head, data, Buffer.alloc(data.length & 1)]);
      whole.writeUInt32LE(whole.length - 8, 4);
      return whole;
    }
    parts.push(chunk);
    at += 8 + size + (size & 1);
  }
  throw new CallboxError("ERR_AUDIO_FORMAT");
}

const meanSquare = (samples: Int16Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
