// WAV files: one made of 16-bit linear samples, 8 kHz, mono; and where the samples are in one that the engine recorded.
import { open } from "node:fs/promises";
import { CallboxError } from "../shared/errors.ts";
import type { Law } from "../shared/audio.ts";

export const waveRate = 8000;

export function waveFile(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(waveRate, 24);
  head.writeUInt32LE(2 * waveRate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

export interface WaveHead {
  readonly law: Law | "linear16";
  readonly channels: number;
  readonly dataOffset: number;
  readonly dataBytes: number;
}

const laws: Readonly<Record<number, WaveHead["law"] | undefined>> = { 1: "linear16", 6: "alaw", 7: "ulaw" };
/** The engine's heads are shorter. */
const mostHead = 4096;

/** Of a file at 8 kHz, as the engine records it; one that was cut short has the samples that are there. @throws ERR_AUDIO_FORMAT */
export async function readWaveHead(path: string): Promise<WaveHead> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostHead), 0, mostHead, 0);
    const head = headOf(buffer.subarray(0, bytesRead), size);
    if (head === undefined) throw new CallboxError("ERR_AUDIO_FORMAT", { detail: path });
    return head;
  } finally {
    await file.close();
  }
}

function headOf(bytes: Buffer, size: number): WaveHead | undefined {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE")
    return undefined;
  let format: Pick<WaveHead, "law" | "channels"> | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (name === "fmt " && at + 24 <= bytes.length) {
      const law = laws[bytes.readUInt16LE(at + 8)];
      const [channels, rate] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 12)];
      if (law === undefined || rate !== waveRate || channels < 1 || channels > 2) return undefined;
      format = { law, channels };
    }
    if (name === "data" && format !== undefined)
      return { ...format, dataOffset: at + 8, dataBytes: Math.min(length, size - at - 8) };
    at += 8 + length + (length & 1);
  }
  return undefined;
}
