// What an FXS port makes of the loop closing and opening: lifted, hung up, a flash, or a pulse of a rotary dial.
import type { Cancel, Clock } from "../../shared/clock.ts";
import type { AnalogEvent } from "../board.ts";

/** Milliseconds, the driver's defaults (dahdi/kernel.h). */
export const loopTimes = {
  /** Shorter breaks are noise. */
  pulseMin: 15,
  /** Breaks up to this are pulses, longer ones a flash. */
  pulseMax: 200,
  /** Without another pulse for so long, the digit is complete. */
  pulseTimeout: 250,
  /** A break that lasts so long is a hang-up. */
  hangUp: 1250,
} as const;

export interface LoopDetector {
  /** The loop is closed (a phone draws current) or open. */
  set(closed: boolean): void;
  /** While the port itself opens the loop (kewl start), breaks mean nothing; at the end an open loop is a hang-up. */
  ignoreBreaks(ms: number): void;
  /** As at power-up: on hook, nothing pending. */
  reset(): void;
}

export function createLoopDetector(clock: Clock, tell: (event: AnalogEvent) => void): LoopDetector {
  let closed = false;
  let lifted = false;
  let openedAt = 0;
  let pulses = 0;
  let hangUp: Cancel | undefined;
  let digitDone: Cancel | undefined;
  let ignoring: Cancel | undefined;

  const hungUp = (): void => {
    hangUp = undefined;
    lifted = false;
    digitDone?.();
    pulses = 0;
    tell({ type: "on-hook" });
  };
  const brokenFor = (ms: number): void => {
    if (ms > loopTimes.pulseMax) return tell({ type: "flash" });
    if (ms < loopTimes.pulseMin) return;
    pulses += 1;
    digitDone = clock.after(loopTimes.pulseTimeout, () => {
      tell({ type: "pulse-digit", digit: String(pulses % 10) });
      pulses = 0;
    });
  };
  const close = (): void => {
    if (!lifted) {
      lifted = true;
      return tell({ type: "off-hook" });
    }
    if (hangUp === undefined) return;
    hangUp();
    hangUp = undefined;
    brokenFor(clock.monotonic() - openedAt);
  };
  const open = (): void => {
    digitDone?.();
    openedAt = clock.monotonic();
    hangUp = clock.after(loopTimes.hangUp, hungUp);
  };
  return {
    set(value) {
      if (closed === value) return;
      closed = value;
      if (ignoring !== undefined) return;
      if (closed) close();
      else if (lifted) open();
    },
    ignoreBreaks(ms) {
      ignoring?.();
      hangUp?.();
      hangUp = undefined;
      ignoring = clock.after(ms, () => {
        ignoring = undefined;
        if (!closed && lifted) hungUp();
        else if (closed && !lifted) close();
      });
    },
    reset() {
      for (const cancel of [hangUp, digitDone, ignoring]) cancel?.();
      hangUp = digitDone = ignoring = undefined;
      closed = lifted = false;
      pulses = 0;
    },
  };
}
