// What is made of a recording before it is played to callers: silence at both ends cut, and the level that prompts have.
import { dbm0 } from "../media/levels.ts";

/** Samples: 20 ms. */
const frame = 160;
/** dBm0: a frame above it has a voice in it; the mean of those is brought to the level wanted. */
const [voiced, wanted] = [-45, -18];
/** What is louder or fainter than this by so much, dB, was not meant so: a microphone far away, or a fault. */
const mostGain = 24;
/** Left of the silence before and after, frames. */
const margin = 5;
/** Of 16 bits: what no gain goes beyond. */
const peak = 30_000;

/** @returns `undefined` when nobody speaks in it */
export function shaped(samples: Int16Array): Int16Array | undefined {
  const powers = Array.from({ length: Math.ceil(samples.length / frame) }, (_, i) =>
    meanSquare(samples.subarray(i * frame, (i + 1) * frame)),
  );
  const speaks = powers.map((power) => dbm0(power) > voiced);
  const first = speaks.indexOf(true);
  if (first < 0) return undefined;
  const from = Math.max(0, first - margin) * frame;
  const to = Math.min(samples.length, (speaks.lastIndexOf(true) + 1 + margin) * frame);
  const loud = powers.filter((_, i) => speaks[i]);
  const level = dbm0(loud.reduce((sum, power) => sum + power, 0) / loud.length);
  const cut = samples.subarray(from, to);
  const highest = cut.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  const gain = Math.min(10 ** (Math.min(mostGain, wanted - level) / 20), Math.max(1, peak / highest));
  return cut.map((sample) => Math.round(sample * gain));
}

const meanSquare = (samples: Int16Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
