// Asks the reports' thread: one for each question, two at most at a time.
import { Worker } from "node:worker_threads";
import { CallboxError } from "../shared/errors.ts";
import type { Reporter, ReportAsk } from "./ask.ts";
import type { Table } from "./report.ts";

const most = 2;

/** @param path of the journal's database */
export function createReporter(path: string): Reporter {
  let running = 0;
  return {
    async ask(ask) {
      if (running >= most) throw new CallboxError("ERR_REPORTS_BUSY");
      running += 1;
      try {
        return await answer(path, ask);
      } finally {
        running -= 1;
      }
    },
  };
}

function answer(path: string, ask: ReportAsk): Promise<Table> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    name: "reports",
    workerData: { path, ask },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void =>
      reject(new CallboxError("ERR_STORAGE_UNUSABLE", { detail: "a report", cause }));
    worker.once("message", resolve);
    worker.once("error", failed);
    worker.once("exit", (code) => {
      if (code !== 0) failed(`exit ${code}`);
    });
  });
}
