// Reads WAV files for the lab's proofs, whoever wrote them: 16-bit PCM, A-law or µ-law, any number of channels. A data
// length that a crash left wrong (0, or longer than the file) means: up to the end of the file, as players take it.
import { readFileSync } from "node:fs";

export interface Wav {
  readonly rate: number;
  /** One array a channel, 16-bit linear values. */
  readonly channels: readonly Float64Array[];
}

const formats = { linear16: 1, alaw: 6, ulaw: 7 };

/** @throws when it is no WAV file of these formats. */
export function readWav(path: string): Wav {
  const bytes = readFileSync(path);
  const text = (at: number): string => bytes.toString("latin1", at, at + 4);
  if (text(0) !== "RIFF" || text(8) !== "WAVE") throw new Error(`${path}: not a WAV file`);
  let form: { format: number; channels: number; rate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (text(at) === "fmt ")
      form = {
        format: bytes.readUInt16LE(body),
        channels: bytes.readUInt16LE(body + 2),
        rate: bytes.readUInt32LE(body + 4),
      };
    if (text(at) === "data" && form !== undefined) {
      const length = size === 0 || body + size > bytes.length ? bytes.length - body : size;
      return { rate: form.rate, channels: split(bytes.subarray(body, body + length), form, path) };
    }
    at = body + size + (size & 1);
  }
  throw new Error(`${path}: no audio in it`);
}

function split(
  data: Buffer,
  form: { format: number; channels: number },
  path: string,
): readonly Float64Array[] {
  if (!Object.values(formats).includes(form.format) || form.channels < 1)
    throw new Error(`${path}: format ${form.format} with ${form.channels} channels`);
  const width = form.format === formats.linear16 ? 2 : 1;
  const length = Math.floor(data.length / (width * form.channels));
  return Array.from({ length: form.channels }, (_, channel) =>
    Float64Array.from({ length }, (__, index) => {
      const at = (index * form.channels + channel) * width;
      if (form.format === formats.linear16) return data.readInt16LE(at);
      const code = data[at] ?? 0;
      return form.format === formats.alaw ? decodeAlaw(code) : decodeUlaw(code);
    }),
  );
}

/** G.711 §2, table 1. */
export function decodeAlaw(code: number): number {
  const value = code ^ 0x55;
  const segment = (value >> 4) & 7;
  const step = ((value & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (value & 0x80) !== 0 ? magnitude : -magnitude;
}

/** G.711 §2, table 2. */
export function decodeUlaw(code: number): number {
  const value = ~code & 0xff;
  const magnitude = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
  return (value & 0x80) !== 0 ? -magnitude : magnitude;
}
