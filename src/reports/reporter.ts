// Asks the reports' thread: one for each question, two at a time; some more wait.
import { Worker } from "node:worker_threads";
import { CallboxError } from "../shared/errors.ts";
import type { Job, Reporter } from "./ask.ts";
import type { Table } from "./report.ts";

const most = { running: 2, waiting: 4 } as const;

export interface ReporterOptions {
  /** Of the journal's database. */
  readonly path: string;
  /** Where marks are kept: see marks.ts. */
  readonly marks: string;
  /** The program's: marks of another one are of no use. */
  readonly version: string;
}

export function createReporter(options: ReporterOptions): Reporter {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async ask(job) {
      if (running >= most.running) {
        if (waiting.length >= most.waiting) throw new CallboxError("ERR_REPORTS_BUSY");
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running += 1;
      try {
        return await answer(options, job);
      } finally {
        // Whoever is next has this one's place.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}

function answer(options: ReporterOptions, job: Job): Promise<Table> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    name: "reports",
    workerData: { ...options, job },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
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
