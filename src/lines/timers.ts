// The running timers of one machine, by name.
import type { Cancel, Clock } from "../shared/clock.ts";

export interface Timers<Name extends string | number> {
  /** Starts, or starts again. */
  start(name: Name, ms: number): void;
  stop(name: Name): void;
  stopAll(): void;
}

export function createTimers<Name extends string | number>(
  clock: Clock,
  fire: (name: Name) => void,
): Timers<Name> {
  const running = new Map<Name, Cancel>();
  const stop = (name: Name): void => {
    running.get(name)?.();
    running.delete(name);
  };
  return {
    start(name, ms) {
      stop(name);
      running.set(
        name,
        clock.after(ms, () => {
          running.delete(name);
          fire(name);
        }),
      );
    },
    stop,
    stopAll: () => [...running.keys()].forEach(stop),
  };
}
