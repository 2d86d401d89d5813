// Asks a worker thread and waits for its answers. A thread that died is started again at the next question; one that
// may rest is ended when nothing was asked for a while, which gives back some 15 MB.
import { Worker } from "node:worker_threads";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Answer, Question } from "./ops.ts";

export interface Thread {
  ask(op: string, argument?: unknown): Promise<unknown>;
  /** Closes what a running thread has open and ends it; what is still asked is rejected with ERR_CLOSED. */
  close(): Promise<void>;
}

export interface ThreadOptions {
  readonly role: "writer" | "reader";
  readonly path: string;
  readonly clock: Clock;
  /** Milliseconds without a question, after which the thread is ended; for ever when left out. */
  readonly restAfterMs?: number;
}

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createThread({ role, path, clock, restAfterMs }: ThreadOptions): Thread {
  let resting: Cancel | undefined;
  let worker: Worker | undefined;
  let closed = false;
  let nextId = 1;
  const pending = new Map<number, Asked>();

  const rejectAll = (error: CallboxError): void => {
    const all = [...pending.values()];
    pending.clear();
    for (const { reject } of all) reject(error);
  };

  const start = (): Worker => {
    const started = new Worker(new URL("./worker.ts", import.meta.url), {
      name: `storage ${role}`,
      workerData: { role, path },
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 },
    });
    started.on("message", (answer: Answer) => {
      const asked = pending.get(answer.id);
      pending.delete(answer.id);
      if ("value" in answer) asked?.resolve(answer.value);
      else asked?.reject(errorOf(answer));
      if (pending.size === 0 && restAfterMs !== undefined)
        resting = clock.after(restAfterMs, () => void end());
    });
    const died = (cause?: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      rejectAll(new CallboxError("ERR_STORAGE_UNUSABLE", { detail: `the ${role}'s thread ended`, cause }));
    };
    started.on("error", died);
    started.on("exit", () => died());
    return started;
  };

  const end = async (): Promise<void> => {
    resting?.();
    const last = worker;
    worker = undefined;
    await last?.terminate();
  };
  const put = (op: string, argument?: unknown): Promise<unknown> => {
    resting?.();
    const question: Question = { id: nextId++, op, argument };
    return new Promise((resolve, reject) => {
      pending.set(question.id, { resolve, reject });
      worker ??= start();
      worker.postMessage(question);
    });
  };

  return {
    ask: (op, argument) =>
      closed ? Promise.reject(new CallboxError("ERR_CLOSED", { detail: "storage" })) : put(op, argument),
    async close() {
      closed = true;
      if (worker !== undefined) await put("close").catch(() => undefined);
      await end();
      rejectAll(new CallboxError("ERR_CLOSED", { detail: "storage" }));
    },
  };
}

function errorOf(answer: Extract<Answer, { text: string }>): Error {
  return answer.code === undefined
    ? new Error(answer.text)
    : new CallboxError(answer.code, { detail: answer.text });
}
