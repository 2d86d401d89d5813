// Runs tasks one after another: at once while none is waiting, and in order behind one that is.

export interface Sequence {
  /** A task that gives a promise holds up those behind it until it settles; any other result is ignored. */
  push(task: () => unknown): void;
  /** Nothing more is run. */
  stop(): void;
}

export function createSequence(onError: (error: unknown) => void): Sequence {
  const waiting: (() => unknown)[] = [];
  let busy = false;
  let stopped = false;
  const run = (): void => {
    busy = true;
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const pending = attempt(task);
      if (pending instanceof Promise) {
        void pending.catch(onError).then(run);
        return;
      }
    }
    busy = false;
  };
  const attempt = (task: () => unknown): unknown => {
    try {
      return task();
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
  return {
    push(task) {
      if (stopped) return;
      waiting.push(task);
      if (!busy) run();
    },
    stop() {
      stopped = true;
      waiting.length = 0;
    },
  };
}
