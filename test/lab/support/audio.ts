// Proof of audio, apart from the product's own code: does a recording hold a prompt, how late, how loud, with which gaps;
// which tones and which DTMF digits. Samples are 16-bit linear at 8 kHz; levels are dBm0 (a sine of peak 22477 is 0).
import { correlation } from "./fft.ts";
import { decodeAlaw, readWav } from "./wav.ts";

export const rate = 8000;
const referencePower = 22_477 ** 2 / 2;

export interface Match {
  /** Samples from the recording's start to the prompt's. */
  readonly delay: number;
  /** 1: the same wave, 0: nothing of it. Over the whole prompt. */
  readonly likeness: number;
  /** How much louder the recording is than the prompt, dB. */
  readonly levelDb: number;
  /** Stretches where the prompt sounds and the recording has something else. */
  readonly gaps: readonly Gap[];
}

export interface Gap {
  /** From the prompt's start. */
  readonly atMs: number;
  readonly ms: number;
}

/** Lays a prompt over a recording where it fits best. The recording must hold the whole prompt. */
export function match(heard: Float64Array, prompt: Float64Array): Match {
  const sums = correlation(heard, prompt);
  const wanted = energy(prompt);
  const ahead = runningEnergy(heard);
  let delay = 0;
  let likeness = -1;
  for (let lag = 0; lag + prompt.length <= heard.length; lag++) {
    const there = (ahead[lag + prompt.length] ?? 0) - (ahead[lag] ?? 0);
    // The floor keeps a stretch of near silence from looking like anything.
    const value = (sums[lag] ?? 0) / Math.sqrt(wanted * Math.max(there, wanted / 1000));
    if (value <= likeness) continue;
    likeness = value;
    delay = lag;
  }
  const piece = heard.subarray(delay, delay + prompt.length);
  return { delay, likeness, levelDb: 10 * Math.log10(energy(piece) / wanted), gaps: gapsOf(piece, prompt) };
}

/** Blocks of 20 ms that sound in the prompt and are not themselves in the recording. */
function gapsOf(heard: Float64Array, prompt: Float64Array): readonly Gap[] {
  const block = rate / 50;
  const gaps: { atMs: number; ms: number }[] = [];
  for (let at = 0; at + block <= prompt.length; at += block) {
    const wanted = prompt.subarray(at, at + block);
    // Quieter blocks are mostly the noise of companding.
    if (level(wanted) < -40) continue;
    const piece = heard.subarray(at, at + block);
    let sum = 0;
    for (let i = 0; i < block; i++) sum += (wanted[i] ?? 0) * (piece[i] ?? 0);
    if (sum / Math.sqrt(energy(wanted) * Math.max(energy(piece), 1)) > 0.9) continue;
    const last = gaps.at(-1);
    if (last !== undefined && last.atMs + last.ms === (at * 1000) / rate) last.ms += 20;
    else gaps.push({ atMs: (at * 1000) / rate, ms: 20 });
  }
  return gaps;
}

function energy(samples: Float64Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

function runningEnergy(samples: Float64Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (const [index, sample] of samples.entries()) sums[index + 1] = (sums[index] ?? 0) + sample * sample;
  return sums;
}

/** Root-mean-square level, dBm0; -Infinity for silence. */
export const level = (samples: Float64Array): number =>
  10 * Math.log10(energy(samples) / Math.max(1, samples.length) / referencePower);

/** Level of one frequency within the samples, dBm0 (Goertzel's algorithm). */
export function toneLevel(samples: Float64Array, frequency: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let [before, before2] = [0, 0];
  for (const sample of samples) [before2, before] = [before, sample + turn * before - before2];
  const power = before * before + before2 * before2 - turn * before * before2;
  return 10 * Math.log10((2 * power) / samples.length ** 2 / referencePower);
}

export interface Segment {
  readonly at: number;
  readonly length: number;
}

/** Where something sounds: stretches above `floor` dBm0, silences under `joinMs` bridged. In samples. */
export function segments(samples: Float64Array, floor = -45, joinMs = 60): readonly Segment[] {
  const block = rate / 100;
  const found: { at: number; length: number }[] = [];
  for (let at = 0; at + block <= samples.length; at += block) {
    if (level(samples.subarray(at, at + block)) < floor) continue;
    const last = found.at(-1);
    if (last !== undefined && at - (last.at + last.length) <= (joinMs * rate) / 1000)
      last.length = at + block - last.at;
    else found.push({ at, length: block });
  }
  return found;
}

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = ["123A", "456B", "789C", "*0#D"];

export interface HeardDigit {
  readonly digit: string;
  readonly at: number;
  readonly ms: number;
}

/** DTMF digits of a recording, in order: 10 ms steps of 25 ms windows, at least 30 ms long (Q.24). */
export function dtmf(samples: Float64Array): readonly HeardDigit[] {
  const window = rate / 40;
  const step = rate / 100;
  const found: { digit: string; at: number; ms: number }[] = [];
  let open: { digit: string; at: number; ms: number } | undefined;
  for (let at = 0; at + window <= samples.length; at += step) {
    const digit = digitOf(samples.subarray(at, at + window));
    if (open !== undefined && digit === open.digit) open.ms += 10;
    else {
      open = digit === "" ? undefined : { digit, at, ms: 10 };
      if (open !== undefined) found.push(open);
    }
  }
  return found.filter((digit) => digit.ms >= 30);
}

function digitOf(samples: Float64Array): string {
  const total = level(samples);
  if (total < -42) return "";
  const strongest = (frequencies: readonly number[]): { index: number; level: number } =>
    frequencies
      .map((frequency, index) => ({ index, level: toneLevel(samples, frequency) }))
      .reduce((best, next) => (next.level > best.level ? next : best));
  const [row, column] = [strongest(rows), strongest(columns)];
  const both = 10 * Math.log10(10 ** (row.level / 10) + 10 ** (column.level / 10));
  const twisted = Math.abs(row.level - column.level) > 9;
  return both < total - 1.5 || twisted ? "" : (keys[row.index]?.[column.index] ?? "");
}

/** The peers' test sequence (`play count=N`) in a recording: where it begins (-1: nowhere) and how many samples differ. */
export function sequenceIn(path: string, length: number): { readonly at: number; readonly wrong: number } {
  const heard = readWav(path).channels[0] ?? new Float64Array();
  const wanted = sequence(length);
  const at = heard.findIndex((_, start) =>
    wanted.subarray(0, 64).every((value, i) => heard[start + i] === value),
  );
  if (at < 0) return { at, wrong: length };
  return { at, wrong: wanted.reduce((wrong, value, i) => wrong + (heard[at + i] === value ? 0 : 1), 0) };
}

/** The high octet of a linear congruential generator, taken as A-law. */
export function sequence(length: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length }, () => {
    const code = state >>> 24;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return decodeAlaw(code);
  });
}
