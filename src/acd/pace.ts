// How fast a queue's line moves, and so how long a wait will be: callers who left it (answered, given up, sent on) over the time
// in which somebody waited. Older ones count less, and less.
import { size } from "./tree.ts";
import type { Pace, QueueState } from "./state.ts";

export const noPace: Pace = { at: 0, busyMs: 0, left: 0 };

/** Of waiting time: what lies so far back counts half. */
const halfMs = 600_000;
/** Fewer say nothing. */
const fewest = 2;

/** One event later. @param before how many waited until then; @param left how many left the line by it */
export function paced(
  { at: from, busyMs, left: gone }: Pace,
  at: number,
  before: number,
  left: number,
): Pace {
  // While nobody waits nothing is learnt, and nothing forgotten. The wall clock may jump.
  const waited = before === 0 ? 0 : Math.min(halfMs, Math.max(0, at - from));
  const kept = 2 ** (-waited / halfMs);
  return { at, busyMs: busyMs * kept + waited, left: gone * kept + left };
}

/**
 * How long whoever stands at this place in line (1 and up) waits from now on, ms; `undefined` as long as too little is known.
 */
export function estimate({ pace, free, length }: QueueState, position: number): number | undefined {
  if (size(free) >= position && length < size(free)) return 0;
  if (pace.left < fewest) return undefined;
  return Math.round((position * pace.busyMs) / pace.left);
}
