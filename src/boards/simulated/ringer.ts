// The ringing voltage of an FXS port, switched on and off by its cadence.
import type { Cancel, Clock } from "../../shared/clock.ts";

export interface Ringer {
  /** Begins with the first on-part at once; starts over when it rings already. */
  start(cadence: readonly number[]): void;
  stop(): void;
  readonly ringing: boolean;
}

/** The driver's default, milliseconds on and off. */
export const defaultCadence: readonly number[] = [2000, 4000];

/** @param change is told each time the voltage is switched. */
export function createRinger(clock: Clock, change: (on: boolean) => void): Ringer {
  let timer: Cancel | undefined;
  let on = false;
  const set = (value: boolean): void => {
    if (on === value) return;
    on = value;
    change(on);
  };
  const part = (cadence: readonly number[], index: number): void => {
    set(index % 2 === 0);
    timer = clock.after(cadence[index] ?? 0, () => part(cadence, (index + 1) % cadence.length));
  };
  const stop = (): void => {
    timer?.();
    timer = undefined;
    set(false);
  };
  return {
    start(wanted) {
      stop();
      const cadence = wanted.filter((ms) => ms > 0);
      part(cadence.length > 0 ? cadence : defaultCadence, 0);
    },
    stop,
    get ringing() {
      return timer !== undefined;
    },
  };
}
