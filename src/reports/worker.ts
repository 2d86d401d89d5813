// The reports' thread: one question, its answer, and the thread is over. All that can be right or wrong is in the folds.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openForReading } from "../storage/database.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { Job } from "./ask.ts";
import { fold, reports } from "./fold.ts";
import { whatIf } from "./what-if.ts";
import { workloadTypes } from "./workload.ts";

const { path, job } = workerData as { readonly path: string; readonly job: Job };
try {
  // On Linux of this thread alone: whoever speaks goes first.
  setPriority(10);
} catch {
  // Where that is not permitted it is as important as the rest.
}
const database = openForReading(path);

function* events(types: readonly JournalEvent["type"][]): Generator<JournalEvent> {
  const rows = database
    .prepare<string[], string>(
      `SELECT data FROM event WHERE type IN (${types.map(() => "?").join(", ")}) ORDER BY seq`,
    )
    .pluck();
  for (const text of rows.iterate(...types)) yield JSON.parse(text) as JournalEvent;
}

parentPort?.postMessage(
  "report" in job
    ? fold(events(reports[job.report.report].types), job.report)
    : whatIf(events(workloadTypes), job.whatIf),
);
database.close();
