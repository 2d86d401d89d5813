// Changes the sample rate of a stream: a windowed sinc (Blackman), one table for all phases.

export interface Resampler {
  /** Takes a block and gives what can be made of it; what is missing comes with the next block. */
  push(input: Float32Array): Float32Array;
}

const phases = 256;

/**
 * @param from Hz
 * @param to Hz
 * @param lobes of the sinc on each side: more is steeper and later (`lobes` samples of the lower rate).
 */
export function createResampler(from: number, to: number, lobes = 12): Resampler {
  const share = Math.min(1, to / from) * 0.94;
  const half = Math.ceil(lobes / share);
  const table = kernel(share, half);
  const width = 2 * half;
  let history = new Float32Array(width);
  /** Place of the next output sample in `history`, in input samples; its kernel reaches `half` to both sides. */
  let at = half;
  return {
    push(input) {
      const joined = new Float32Array(history.length + input.length);
      joined.set(history);
      joined.set(input, history.length);
      const out: number[] = [];
      for (; Math.floor(at) + half < joined.length; at += from / to) {
        const first = Math.floor(at) - half + 1;
        const phase = Math.floor((at - Math.floor(at)) * phases) * width;
        let sum = 0;
        for (let tap = 0; tap < width; tap++) sum += (joined[first + tap] ?? 0) * (table[phase + tap] ?? 0);
        out.push(sum);
      }
      const drop = Math.max(0, Math.floor(at) - half);
      history = joined.slice(drop);
      at -= drop;
      return Float32Array.from(out);
    },
  };
}

/** `phases` rows of taps; each row sums to 1, so that the level is kept. */
function kernel(share: number, half: number): Float32Array {
  const width = 2 * half;
  const table = new Float32Array(phases * width);
  for (let phase = 0; phase < phases; phase++) {
    const row = Array.from({ length: width }, (_, tap) => {
      const x = tap - half + 1 - phase / phases;
      const angle = Math.PI * share * x;
      const sinc = x === 0 ? 1 : Math.sin(angle) / angle;
      const turn = Math.PI * (1 + x / half);
      return sinc * Math.max(0, 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
    });
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((value, tap) => (table[phase * width + tap] = value / sum));
  }
  return table;
}
