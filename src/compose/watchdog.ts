// The service's watchdog is fed only while both threads make progress: this one, since the timer fires,
// and the media thread, since its ticks grow.
import type { Cancel, Clock } from "../shared/clock.ts";

export interface WatchdogOptions {
  readonly clock: Clock;
  /** How often to look, milliseconds: well under half of the unit's WatchdogSec. */
  readonly everyMs: number;
  /** The media thread's ticks so far (`MediaEngine.stats().ticks`). */
  readonly ticks: () => number;
  /** Tells systemd that all is well. */
  readonly feed: () => void;
  /** Called once each time the media thread is found standing still. */
  readonly onStall: () => void;
}

/** Starts feeding; the result stops it. */
export function startWatchdog({ clock, everyMs, ticks, feed, onStall }: WatchdogOptions): Cancel {
  let last = ticks();
  let stalled = false;
  let cancel = clock.after(everyMs, look);

  function look(): void {
    const now = ticks();
    const moves = now !== last;
    last = now;
    if (moves) feed();
    else if (!stalled) onStall();
    stalled = !moves;
    cancel = clock.after(everyMs, look);
  }

  return () => cancel();
}
