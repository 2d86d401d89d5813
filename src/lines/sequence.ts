// Runs tasks one after another: at once while none is waiting, and in order behind one that is.

export interface Sequence {
  /** A task that gives a promise holds up those behind it until it settles. */
  push(task: () => undefined | Promise<void>): void;
}

export function createSequence(onError: (error: unknown) => void): Sequence {
  const waiting: (() => undefined | Promise<void>)[] = [];
  let busy = false;
  const run = (): void => {
    busy = true;
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const pending = attempt(task);
      if (pending !== undefined) {
        void pending.catch(onError).then(run);
        return;
      }
    }
    busy = false;
  };
  const attempt = (task: () => undefined | Promise<void>): undefined | Promise<void> => {
    try {
      return task();
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
  return {
    push(task) {
      waiting.push(task);
      if (!busy) run();
    },
  };
}
