// Reads WAV files as the box writes them (G.711 A-law, µ-law and 16-bit linear) without the browser's decoder:
// for the waveform, and for browsers that cannot play G.711 themselves.

export interface Wav {
  readonly format: "alaw" | "ulaw" | "linear16";
  readonly channels: number;
  readonly sampleRate: number;
  /** Sound of each channel, 16-bit linear. */
  readonly samples: readonly Int16Array[];
}

const formats: Readonly<Record<number, Wav["format"]>> = { 1: "linear16", 6: "alaw", 7: "ulaw" };

/**
 * Reads a WAV file. A data chunk longer than the file (a recording cut short) is read as far as it goes.
 * @throws RangeError when it is no WAV file or of another format.
 */
export function readWav(file: ArrayBuffer): Wav {
  const view = new DataView(file);
  const tag = (at: number): string =>
    at + 4 > view.byteLength ? "" : String.fromCharCode(...new Uint8Array(file, at, 4));
  if (tag(0) !== "RIFF" || tag(8) !== "WAVE") throw new RangeError("not a WAV file");
  let layout: { code: number; channels: number; sampleRate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const name = tag(at);
    const length = view.getUint32(at + 4, true);
    if (name === "fmt " && at + 24 <= view.byteLength) {
      layout = {
        code: view.getUint16(at + 8, true),
        channels: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      };
    }
    if (name === "data" && layout !== undefined)
      return decode(view, at + 8, Math.min(length, view.byteLength - at - 8), layout);
    at += 8 + length + (length & 1);
  }
  throw new RangeError("a WAV file without sound");
}

function decode(
  view: DataView,
  from: number,
  length: number,
  layout: {
    readonly code: number;
    readonly channels: number;
    readonly sampleRate: number;
    readonly bits: number;
  },
): Wav {
  const format = formats[layout.code];
  const width = format === "linear16" ? 2 : 1;
  const { channels, sampleRate } = layout;
  if (format === undefined || layout.bits !== width * 8 || channels < 1 || channels > 8)
    throw new RangeError(`WAV format ${layout.code} with ${layout.bits} bits is not read here`);
  const frames = Math.floor(length / (channels * width));
  const samples = Array.from({ length: channels }, () => new Int16Array(frames));
  const table = format === "alaw" ? alaw : ulaw;
  samples.forEach((out, channel) => {
    for (let frame = 0; frame < frames; frame++) {
      const at = from + (frame * channels + channel) * width;
      out[frame] = format === "linear16" ? view.getInt16(at, true) : (table[view.getUint8(at)] ?? 0);
    }
  });
  return { format, channels, sampleRate, samples };
}

/** The same sound as a 16-bit linear WAV file, which every browser plays. */
export function linearWav({ channels, sampleRate, samples }: Wav): ArrayBuffer {
  const frames = samples[0]?.length ?? 0;
  const bytes = frames * channels * 2;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const tag = (at: number, text: string): void =>
    [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  tag(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, bytes, true);
  samples.forEach((channel, c) =>
    channel.forEach((sample, frame) => view.setInt16(44 + (frame * channels + c) * 2, sample, true)),
  );
  return view.buffer;
}

/** The loudest sample of each of `parts` parts, 0 to 1: what a waveform draws. */
export function peaksOf(samples: Int16Array, parts: number): Float32Array {
  const peaks = new Float32Array(parts);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * samples.length) / parts);
    const to = Math.max(from + 1, Math.floor(((part + 1) * samples.length) / parts));
    let peak = 0;
    for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(samples[i] ?? 0));
    peaks[part] = peak / 32_768;
  }
  return peaks;
}

/** What is never louder than this (−30 dB of full scale) is drawn as quiet as it is: the idle noise of a line is no speech. */
const quietest = 0.03;

/** Of all sides of a recording, to one scale on which the loudest part is 1. */
export function scaledPeaks(sides: readonly Int16Array[], parts: number): Float32Array[] {
  const peaks = sides.map((side) => peaksOf(side, parts));
  const loudest = peaks.reduce(
    (most, side) => side.reduce((one, peak) => Math.max(one, peak), most),
    quietest,
  );
  return peaks.map((side) => side.map((peak) => peak / loudest));
}

// G.711 §3, even bits inverted on the line.
const alaw = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
});

const ulaw = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return bits & 0x80 ? -magnitude : magnitude;
});
