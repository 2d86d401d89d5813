// The reports' thread: one question, its answer, and the thread is over. All that can be right or wrong is in fold.ts.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openForReading } from "../storage/database.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { fold, reports } from "./fold.ts";

const { path, ask } = workerData as { readonly path: string; readonly ask: ReportAsk };
try {
  // On Linux of this thread alone: whoever speaks goes first.
  setPriority(10);
} catch {
  // Where that is not permitted it is as important as the rest.
}
const database = openForReading(path);

function* events(): Generator<JournalEvent> {
  const { types } = reports[ask.report];
  const rows = database
    .prepare<string[], string>(
      `SELECT data FROM event WHERE type IN (${types.map(() => "?").join(", ")}) ORDER BY seq`,
    )
    .pluck();
  for (const text of rows.iterate(...types)) yield JSON.parse(text) as JournalEvent;
}

parentPort?.postMessage(fold(events(), ask));
database.close();
