// A clock that stands still until it is advanced: timers fire in order, each at its own moment.
import type { Clock } from "../../src/shared/clock.ts";

export interface TestClock extends Clock {
  /** Moves time forward by `ms`, firing what falls due, and lets promises settle after each timer. */
  advance(ms: number): Promise<void>;
  /** The same without letting promises settle: for code that uses none. */
  advanceSync(ms: number): void;
  /** Wall-clock jump (NTP, power): `now` changes, timers and `monotonic` do not. */
  jump(ms: number): void;
  /** Milliseconds until the next timer, or `undefined` when none is set. */
  next(): number | undefined;
  readonly pending: number;
}

export function createTestClock(start = Date.UTC(2026, 0, 5, 9)): TestClock {
  let elapsed = 0;
  let offset = start;
  let order = 0;
  const timers = new Map<number, { readonly due: number; readonly fire: () => void }>();

  const first = (): [number, { due: number; fire: () => void }] | undefined => {
    let best: [number, { due: number; fire: () => void }] | undefined;
    for (const entry of timers) if (best === undefined || entry[1].due < best[1].due) best = entry;
    return best;
  };
  const fireNext = (until: number): boolean => {
    const entry = first();
    if (entry === undefined || entry[1].due > until) return false;
    timers.delete(entry[0]);
    elapsed = Math.max(elapsed, entry[1].due);
    entry[1].fire();
    return true;
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after(ms, fire) {
      const id = order++;
      timers.set(id, { due: elapsed + Math.max(0, ms), fire });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      while (fireNext(until)) await settle();
      elapsed = until;
    },
    advanceSync(ms) {
      const until = elapsed + ms;
      while (fireNext(until));
      elapsed = until;
    },
    jump: (ms) => void (offset += ms),
    next: () => {
      const entry = first();
      return entry === undefined ? undefined : entry[1].due - elapsed;
    },
    get pending() {
      return timers.size;
    },
  };
}
