// Asks a worker thread and waits for its answers. A thread that died is started again at the next question.
import { Worker } from "node:worker_threads";
import { CallboxError } from "../shared/errors.ts";
import type { Answer, Question } from "./ops.ts";

export interface Thread {
  ask(op: string, argument?: unknown): Promise<unknown>;
  /** Ends the thread; what is still asked is rejected with ERR_CLOSED. */
  close(): Promise<void>;
}

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createThread(role: "writer" | "reader", path: string): Thread {
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

  return {
    ask(op, argument) {
      if (closed) return Promise.reject(new CallboxError("ERR_CLOSED", { detail: "storage" }));
      const question: Question = { id: nextId++, op, argument };
      return new Promise((resolve, reject) => {
        pending.set(question.id, { resolve, reject });
        worker ??= start();
        worker.postMessage(question);
      });
    },
    async close() {
      closed = true;
      const last = worker;
      worker = undefined;
      await last?.terminate();
      rejectAll(new CallboxError("ERR_CLOSED", { detail: "storage" }));
    },
  };
}

function errorOf(answer: Extract<Answer, { text: string }>): Error {
  return answer.code === undefined
    ? new Error(answer.text)
    : new CallboxError(answer.code, { detail: answer.text });
}
