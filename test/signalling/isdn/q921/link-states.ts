// What a row of the data-link table is, and the states that rows start from.
import type { LinkState } from "../../../../src/signalling/isdn/q921/link.ts";

/** Clause, state before (what differs from a fresh link), input, what changes, effects in order. */
export type LinkRow = readonly [
  clause: string,
  before: Partial<LinkState> & Pick<LinkState, "state">,
  input: string,
  changes: Partial<LinkState>,
  effects: readonly string[],
];

export const est = { state: 7 } as const;
export const sent = (n: number): readonly number[][] => Array.from({ length: n }, (_, i) => [i + 1]);
/** State 7 with two I frames outstanding: V(A) 0, V(S) 2, T200 running. */
export const two = { state: 7, vs: 2, queue: sent(2), t200: true } as const;
export const two8 = { ...two, state: 8, rc: 1 } as const;
export const idle8 = { state: 8, rc: 1, t200: true } as const;
export const awaiting = { state: 5, layer3Initiated: true, t200: true } as const;
/** State 5 after an error of the link itself, with two frames unacknowledged. */
export const reestablishing = { state: 5, t200: true, vs: 2, queue: sent(2) } as const;
export const releasing = { state: 6, t200: true } as const;
/** What "Establish data link" leaves when nothing was outstanding. */
export const toFive = { state: 5, rc: 0, t200: true } as const;
