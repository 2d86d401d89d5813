// A loop at the far end of a line that turns bits over at a given rate: what a bit error test must find.
import type { StreamPort } from "../../src/media/engine.ts";

export interface BadLoop {
  /** Bits that passed, and those that were turned over. */
  readonly counts: { bits: number; turned: number };
}

/** @param decode linear value of each of the law's 256 codes */
export function loopWithErrors(
  port: StreamPort,
  rate: number,
  decode: (code: number) => number,
  seed = 1,
): BadLoop {
  const counts = { bits: 0, turned: 0 };
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decode(code), code]));
  let state = seed;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  // How many good bits until the next bad one.
  const gap = (): number => (rate === 0 ? Infinity : Math.max(1, Math.round(-Math.log(1 - random()) / rate)));
  let left = gap();
  port.onAudio((samples) => {
    const back = samples.map((sample) => {
      let code = codes.get(sample) ?? 0;
      for (let bit = 0; bit < 8; bit++) {
        counts.bits += 1;
        left -= 1;
        if (left > 0) continue;
        code ^= 1 << bit;
        counts.turned += 1;
        left = gap();
      }
      return decode(code);
    });
    port.write(back);
  });
  return { counts };
}
