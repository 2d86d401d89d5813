// Time is passed in: whatever waits or dates takes a Clock, so that tests advance it by hand.

/** Stops a timer that was set. Calling it again, or after the timer fired, does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Wall-clock time, milliseconds since 1970-01-01 UTC. May jump. For dates, never for durations. */
  now(): number;
  /** Milliseconds since an arbitrary start; never jumps. For durations. */
  monotonic(): number;
  /** Calls `fire` once after `ms` milliseconds (0 or more), unless cancelled. */
  after(ms: number, fire: () => void): Cancel;
}

/**
 * The machine's own clock. Its timers do not keep the process alive. After a standstill of the program whatever came meanwhile
 * is taken first, and only then do timers fire that are due: a digit that was pressed in time is part of the number.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, fire) {
    let turn: NodeJS.Immediate | undefined;
    // What waits for the program is taken between timers and immediates (the event loop's poll phase).
    const timer = setTimeout(() => (turn = setImmediate(fire)), ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
      clearImmediate(turn);
    };
  },
};
