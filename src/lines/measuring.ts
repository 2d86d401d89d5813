// A line's audio lent to a measurement, while a person has it out of service: one at a time, and over as soon as the line
// is put back.
import type { MediaPort } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { AudioHolder } from "./audio-holder.ts";
import type { LineInfo } from "./leg.ts";

/** What a measurement works with. */
export interface LineOnTest {
  readonly port: MediaPort;
  /** True when the time has passed, false when the line was put back before. */
  readonly wait: (ms: number) => Promise<boolean>;
}

export type Measure<T> = (line: LineOnTest) => Promise<T>;

export interface Measuring {
  readonly active: boolean;
  /** @throws ERR_LINE_IN_SERVICE, ERR_LINE_BUSY, what opening the line's audio throws, and what the measurement does */
  run<T>(measure: Measure<T>): Promise<T>;
  /** The line is put back. */
  end(): void;
}

/** @param inUse a call has the line, or is letting go of it */
export function createMeasuring(
  clock: Clock,
  audio: AudioHolder,
  info: () => LineInfo,
  inUse: () => boolean,
): Measuring {
  let over: PromiseWithResolvers<boolean> | undefined;
  return {
    get active() {
      return over !== undefined;
    },
    async run(measure) {
      const { id, outOfService } = info();
      if (outOfService === undefined) throw new CallboxError("ERR_LINE_IN_SERVICE", { detail: id });
      // One whose span is down may be measured all the same: that is why one looks.
      if (over !== undefined || inUse()) throw new CallboxError("ERR_LINE_BUSY", { detail: id });
      const ended = (over = Promise.withResolvers<boolean>());
      try {
        await audio.open();
        const { port } = audio;
        if (port === undefined) throw new CallboxError("ERR_LINE_IN_SERVICE", { detail: id });
        const line: LineOnTest = {
          port,
          wait(ms) {
            const passed = Promise.withResolvers<boolean>();
            const cancel = clock.after(ms, () => passed.resolve(true));
            return Promise.race([passed.promise, ended.promise]).finally(cancel);
          },
        };
        return await measure(line);
      } finally {
        await audio.close();
        over = undefined;
      }
    },
    end: () => over?.resolve(false),
  };
}
