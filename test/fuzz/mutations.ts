// Chance for fuzzing frames: the same seed, the same run.
import { seeded } from "../signalling/isdn/joined.ts";

export interface Mutator {
  /** 0 to 1. */
  readonly random: () => number;
  /** A whole number from 0, less than n. */
  readonly below: (n: number) => number;
  readonly mutate: (frame: Uint8Array) => Uint8Array;
  readonly noise: () => Uint8Array;
}

export function createMutator(seed: number): Mutator {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);

  function mutate(frame: Uint8Array): Uint8Array {
    const octets = [...frame];
    for (let i = below(3) + 1; i > 0; i--) {
      const at = below(octets.length);
      const what = below(6);
      if (what === 0) octets[at] = below(256);
      else if (what === 1) octets[at] = (octets[at] ?? 0) ^ (1 << below(8));
      else if (what === 2) octets.splice(at, 1 + below(4));
      else if (what === 3) octets.splice(at, 0, ...Array.from({ length: below(5) }, () => below(256)));
      else if (what === 4) octets.length = Math.min(octets.length, at);
      else octets.push(...octets.slice(at));
    }
    return Uint8Array.from(octets);
  }

  function noise(): Uint8Array {
    return Uint8Array.from({ length: below(40) }, () => below(256));
  }

  return { random, below, mutate, noise };
}
