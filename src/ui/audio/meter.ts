// How loud a stream is, and its pitch where it has one: what an installer reads off a handset.

export interface Reading {
  /** dBm0 (a full-scale sine is +3.14, G.711); -Infinity for silence. */
  readonly dbm0: number;
  /** Of a single tone; 0 where there is none to speak of. */
  readonly hz: number;
}

const fullScaleSine = Math.SQRT1_2;
const quiet = 1e-4;

/** Reads a block (100 ms is good) of samples between -1 and 1. */
export function readingOf(samples: Float32Array, sampleRate: number): Reading {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const rms = Math.sqrt(power / Math.max(1, samples.length));
  if (rms < quiet) return { dbm0: -Infinity, hz: 0 };
  return { dbm0: 20 * Math.log10(rms / fullScaleSine) + 3.14, hz: pitchOf(samples, sampleRate, rms / 4) };
}

/** By rising zero crossings, with as much hysteresis as noise may have. */
function pitchOf(samples: Float32Array, sampleRate: number, hysteresis: number): number {
  let low = false;
  let first = -1;
  let last = -1;
  let crossings = 0;
  for (let i = 1; i < samples.length; i++) {
    const [before, now] = [samples[i - 1] ?? 0, samples[i] ?? 0];
    if (now < -hysteresis) low = true;
    if (!low || now < 0 || before >= 0) continue;
    // Where between the two samples the line is crossed.
    const at = i - 1 + before / (before - now);
    low = false;
    if (first < 0) first = at;
    else crossings += 1;
    last = at;
  }
  return crossings < 3 ? 0 : Math.round((crossings * sampleRate) / (last - first));
}
