// The reports' thread: one question, its answer, and the thread is over. All that can be right or wrong is in the folds.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openForReading } from "../storage/database.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { Job, ReportAsk } from "./ask.ts";
import { readEvent } from "../shared/stored-event.ts";
import { foldFrom, markName, reports, type Stored } from "./fold.ts";
import { openMarks } from "./marks.ts";
import type { ReporterOptions } from "./reporter.ts";
import type { Table } from "./report.ts";
import { whatIf } from "./what-if.ts";
import { workloadTypes } from "./workload.ts";

const { path, job, marks, version } = workerData as ReporterOptions & { readonly job: Job };
try {
  // On Linux of this thread alone: whoever speaks goes first.
  setPriority(10);
} catch {
  // Where that is not permitted it is as important as the rest.
}
const database = openForReading(path);

function* stored(types: readonly JournalEvent["type"][], after = 0): Generator<Stored> {
  const rows = database.prepare<(string | number)[], { readonly seq: number; readonly data: string }>(
    `SELECT seq, data FROM event WHERE seq > ? AND type IN (${types.map(() => "?").join(", ")}) ORDER BY seq`,
  );
  for (const { seq, data } of rows.iterate(after, ...types)) yield { seq, event: readEvent(data) };
}

function* events(types: readonly JournalEvent["type"][]): Generator<JournalEvent> {
  for (const { event } of stored(types)) yield event;
}

function report(ask: ReportAsk): Table {
  const { types } = reports[ask.report];
  const kept = openMarks(database, { folder: marks, name: markName(ask), version, now: ask.now });
  return foldFrom((after) => stored(types, after), ask, kept);
}

parentPort?.postMessage("report" in job ? report(job.report) : whatIf(events(workloadTypes), job.whatIf));
database.close();
