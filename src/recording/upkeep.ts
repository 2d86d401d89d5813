// What is done once a day with the recordings, one thing after another.
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/log.ts";

const dayMs = 86_400_000;
/** Not while the appliance starts. */
const firstMs = 60_000;

/** Each is given up when it is cancelled; one that fails keeps none of the others. */
type Task = (signal: AbortSignal) => Promise<void>;

/** Runs until cancelled; the first time a minute after the start. */
export function startUpkeep(clock: Clock, log: Logger, tasks: readonly Task[]): Cancel {
  const stop = new AbortController();
  let cancel: Cancel = () => undefined;
  const run = async (): Promise<void> => {
    for (const task of tasks) {
      if (stop.signal.aborted) return;
      await task(stop.signal).catch((error: unknown) =>
        log.error({ err: error }, "the upkeep of recordings failed"),
      );
    }
  };
  const again = (ms: number): void => {
    cancel = clock.after(ms, () => {
      again(dayMs);
      void run();
    });
  };
  again(firstMs);
  return () => {
    stop.abort();
    cancel();
  };
}
