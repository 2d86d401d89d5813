// What call scenarios prove about audio, said once.
import { dtmf, level, match, toneLevel, type Match } from "./audio.ts";
import type { Context } from "./scenario.ts";
import { readWav } from "./wav.ts";

const sounds = "/usr/share/asterisk/sounds/en_US_f_Allison";

/** A prompt of Debian's asterisk-core-sounds-en-wav, by its name there. */
export const prompt = (name: string): string => `${sounds}/${name}.wav`;

export const samplesOf = (path: string, channel = 0): Float64Array =>
  readWav(path).channels[channel] ?? new Float64Array();

/** The recording holds the whole prompt: the same wave, level within 1 dB, no gap. */
export function provePrompt(context: Context, heard: Float64Array, path: string, what: string): Match {
  const found = match(heard, samplesOf(path));
  context.log(`${what}: ${JSON.stringify({ ...found, gaps: found.gaps.slice(0, 10) })}`);
  context.prove(found.likeness > 0.97, `${what}: likeness ${found.likeness.toFixed(3)} over 0.97`);
  context.near(found.levelDb, 0, 1, `${what}: level difference, dB`);
  context.equal(found.gaps, [], `${what}: gaps`);
  return found;
}

/** The recording does not hold the prompt anywhere. */
export function proveAbsent(context: Context, heard: Float64Array, path: string, what: string): void {
  const wanted = samplesOf(path);
  const likeness = heard.length < wanted.length ? 0 : match(heard, wanted).likeness;
  context.prove(likeness < 0.3, `${what}: likeness ${likeness.toFixed(3)} under 0.3`);
}

export function proveDigits(context: Context, heard: Float64Array, digits: string, what: string): void {
  context.equal(
    dtmf(heard)
      .map((found) => found.digit)
      .join(""),
    digits,
    `${what}: DTMF digits`,
  );
}

/** A steady tone of this level, dBm0 (±1 dB), sounds in the middle second of the samples, and next to nothing else. */
export function proveTone(
  context: Context,
  heard: Float64Array,
  frequency: number,
  dbm0: number,
  what: string,
): void {
  context.near(toneLevel(heard, frequency), dbm0, 1, `${what}: ${frequency} Hz, dBm0`);
  context.near(level(heard), dbm0, 1, `${what}: level of all, dBm0`);
}
