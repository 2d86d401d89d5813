// What a line does to audio, by a probe whose period is known (engine.ts, `probe`): how much of it returns, how long it
// takes to die away, and what else is on the line.
import type { Probed } from "./engine.ts";
import { fft } from "./fft.ts";
import { dbm0 } from "./levels.ts";

/** Samples. */
const probePeriod = 4096;
const perMs = 8;
export const periodMs = probePeriod / perMs;
/** Less than this is not told from nothing: levels in dBm0, and the loss of an echo in dB. */
const leastLevel = -90;
const mostLoss = 60;
/** Hz: the telephone band. */
const band = { from: 300, to: 3400 } as const;
const hzPerLine = 8000 / probePeriod;

export interface EchoMeasured {
  /** Of the probe's level over its echo's, dB, all of the telephone band alike; 60 or more is told as 60. */
  readonly returnLossDb: number;
  /** Of the strongest part of the echo, with what is queued here on both ways; below one period. Milliseconds. */
  readonly delayMs: number;
  /** From the first part of the echo to the last within 30 dB of the strongest, milliseconds. */
  readonly spreadMs: number;
  /** What is heard besides, dBm0. */
  readonly noiseDbm0: number;
}

export interface LevelMeasured {
  /** All that is heard, dBm0; -90 or less is told as -90, here and below. */
  readonly receivedDbm0: number;
  /** What returns of the tone that is sent, dBm0. */
  readonly returnedDbm0: number;
  /** What is heard besides, dBm0. */
  readonly noiseDbm0: number;
}

/**
 * A period of noise, equally strong at all frequencies of the telephone band. Always the same.
 * @param level dBm0
 */
export function noisePeriod(level: number): Int16Array {
  const real = new Float64Array(probePeriod);
  const imaginary = new Float64Array(probePeriod);
  let seed = 1;
  for (const line of bandLines()) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const phase = (2 * Math.PI * seed) / 2 ** 32;
    real[line] = Math.cos(phase);
    imaginary[line] = Math.sin(phase);
  }
  fft(real, imaginary);
  const factor = 10 ** ((level - dbm0(meanSquare(real))) / 20);
  return Int16Array.from(real, (sample) => Math.round(sample * factor));
}

/** A period of a tone of 1000 Hz, as the digital milliwatt (G.711 table 5) at 0 dBm0; silence at -Infinity. */
export function tonePeriod(level: number): Int16Array {
  const amplitude = Math.sqrt(2) * 10 ** ((level - dbm0(1)) / 20);
  return Int16Array.from({ length: probePeriod }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * (i + 0.5)) / perMs)),
  );
}

/** Of a probe by `said`. */
export function echoOf(said: Int16Array, heard: Probed): EchoMeasured {
  const [saidRe, saidIm] = spectrum(said);
  const [heardRe, heardIm] = spectrum(heard.mean);
  const real = new Float64Array(probePeriod);
  const imaginary = new Float64Array(probePeriod);
  let [sent, returned] = [0, 0];
  for (const line of bandLines()) {
    const [a, b, c, d] = [saidRe, saidIm, heardRe, heardIm].map((values) => values[line] ?? 0) as Four;
    const power = a * a + b * b;
    sent += power;
    returned += c * c + d * d;
    // The line's response, conjugated: the transform serves as its own inverse. Weighed towards the middle of the band,
    // so that each part of the echo stays a short one.
    const weight = Math.sin((Math.PI * (line * hzPerLine - band.from)) / (band.to - band.from)) ** 2 / power;
    real[line] = (c * a + d * b) * weight;
    imaginary[line] = (c * b - d * a) * weight;
  }
  fft(real, imaginary);
  return {
    returnLossDb: Math.min(mostLoss, 10 * Math.log10(sent / returned)),
    ...shape(real, imaginary),
    noiseDbm0: besides(heard),
  };
}

/** Of a probe by `tonePeriod`. */
export function levelOf(heard: Probed): LevelMeasured {
  const [real, imaginary] = spectrum(heard.mean);
  const tone = probePeriod / perMs;
  const amplitude = (2 * Math.hypot(real[tone] ?? 0, imaginary[tone] ?? 0)) / probePeriod;
  return {
    receivedDbm0: level(heard.meanSquare),
    returnedDbm0: level(amplitude ** 2 / 2),
    noiseDbm0: besides(heard),
  };
}

type Four = [number, number, number, number];

function* bandLines(): Generator<number> {
  for (let line = Math.ceil(band.from / hzPerLine); line * hzPerLine <= band.to; line++) yield line;
}

function spectrum(samples: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  const real = Float64Array.from(samples);
  const imaginary = new Float64Array(probePeriod);
  fft(real, imaginary);
  return [real, imaginary];
}

const meanSquare = (samples: Float64Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

const level = (power: number): number => Math.max(leastLevel, dbm0(power));

const besides = ({ mean, meanSquare: all }: Probed): number => level(Math.max(0, all - meanSquare(mean)));

/** Of the circular impulse response: where it is strongest, and how far it reaches from there both ways. */
function shape(real: Float64Array, imaginary: Float64Array): Pick<EchoMeasured, "delayMs" | "spreadMs"> {
  const power = real.map((re, i) => re * re + (imaginary[i] ?? 0) ** 2);
  const peak = power.reduce((best, value, i) => (value > (power[best] ?? 0) ? i : best), 0);
  // What is left of the noise is no echo.
  const noise = power.toSorted()[probePeriod / 2] ?? 0;
  const least = Math.max((power[peak] ?? 0) / 1000, 20 * noise, Number.MIN_VALUE);
  const half = probePeriod / 2;
  let [before, after] = [0, 0];
  for (let away = 1; away < half; away++) {
    if ((power[(peak + away) % probePeriod] ?? 0) >= least) after = away;
    if ((power[(peak - away + probePeriod) % probePeriod] ?? 0) >= least) before = away;
  }
  return { delayMs: peak / perMs, spreadMs: (before + after) / perMs };
}
