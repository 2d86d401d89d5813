// What is made of a recording before it is played to callers: silence at both ends cut, and the level that prompts have.
import { spokenPart } from "../media/silence.ts";

/** dBm0 of what is voiced. */
const wanted = -18;
/** What is fainter than this by so much, dB, was not meant so: a microphone far away, or a fault. */
const mostGain = 24;
/** Of 16 bits: what no gain goes beyond. */
const peak = 30_000;

/** @returns `undefined` when nobody speaks in it */
export function shaped(samples: Int16Array): Int16Array | undefined {
  const spoken = spokenPart(samples);
  if (spoken === undefined) return undefined;
  const cut = samples.subarray(spoken.from, spoken.to);
  const highest = cut.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  const gain = Math.min(
    10 ** (Math.min(mostGain, wanted - spoken.levelDbm0) / 20),
    Math.max(1, peak / highest),
  );
  return cut.map((sample) => Math.round(sample * gain));
}
