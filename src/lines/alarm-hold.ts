// Alarms of one span or port: seen at once, but acted on only when they last.
import type { Cancel, Clock } from "../shared/clock.ts";

export interface AlarmHold {
  readonly active: boolean;
  /** True when something began or ended. */
  set(active: boolean): boolean;
  cancel(): void;
}

export interface AlarmActions {
  /** The alarm has lasted for the persistence. */
  readonly fail: () => void;
  /** The alarm is over, whether it lasted or not. */
  readonly recover: () => void;
}

export function createAlarmHold(clock: Clock, persistenceMs: number, actions: AlarmActions): AlarmHold {
  let active = false;
  let timer: Cancel | undefined;
  return {
    get active() {
      return active;
    },
    set(value) {
      if (value === active) return false;
      active = value;
      timer?.();
      if (active) timer = clock.after(persistenceMs, actions.fail);
      else actions.recover();
      return true;
    },
    cancel: () => timer?.(),
  };
}
