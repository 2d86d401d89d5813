// Closes what was opened, in the opposite order, each thing whatever became of the one before.
// The order itself is written down in docs/closing-order.md.
import type { Logger } from "../shared/log.ts";

export interface Closing {
  /** What was opened last is closed first. */
  opened(name: string, close: () => void | Promise<void>): void;
  /** Closes all; safe to call twice, the second call waits for the first. Never rejects: faults are logged. */
  close(): Promise<void>;
}

export function createClosing(log: Logger): Closing {
  const open: { readonly name: string; readonly close: () => void | Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  const closeAll = async (): Promise<void> => {
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      try {
        await last.close();
      } catch (error) {
        log.error({ err: error, part: last.name }, "did not close in order");
      }
    }
  };

  return {
    opened: (name, close) => void open.push({ name, close }),
    close: () => (closing ??= closeAll()),
  };
}
