// Writes groups of events, and in the same transaction what is kept from them: call records, queue visits.
import type { Database } from "better-sqlite3";
import { evolveRecord, type CallRecord } from "../shared/call-record.ts";
import { readEvent } from "../shared/stored-event.ts";
import { callOf, dated } from "../shared/journal.ts";
import { digestOf, genesis, linkOf } from "./chain.ts";
import { storageFault } from "./faults.ts";
import { createProjection } from "./projection.ts";

export interface Writer {
  /** The number of the last event on disk; 0 in an empty journal. */
  readonly last: number;
  /**
   * Writes events, numbered from `first` on, all or none. Those already there are passed over, so that a group
   * whose answer was lost may be given again.
   * @returns how many events could be kept in the journal only (a fault in what is made from them)
   * @throws ERR_STORAGE_FULL, ERR_STORAGE_CORRUPT, ERR_STORAGE_UNUSABLE: nothing of the group is kept
   */
  commit(first: number, texts: readonly string[]): number;
  /** Ends in the journal the calls that an earlier run left open, but those of `mayGoOn`. */
  recover(mayGoOn: readonly string[]): Recovered;
  close(): void;
}

export interface Recovered {
  /** Calls that were ended. */
  readonly recovered: number;
  /** Those that are open, and may go on. */
  readonly goingOn: readonly string[];
}

interface Written {
  readonly unkept: number;
  /** Of the last event. */
  readonly link: Buffer;
}

// Q.850: 41, temporary failure.
const restartCause = 41;

export function createWriter(database: Database, path: string): Writer {
  const insert = database.prepare(
    "INSERT INTO event (seq, at, type, call, data, link) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const projection = createProjection(database);
  const newest = database
    .prepare<[], { seq: number; link: Buffer }>("SELECT seq, link FROM event ORDER BY seq DESC LIMIT 1")
    .get();
  let last = newest?.seq ?? 0;
  let link = newest?.link ?? genesis;

  const write = (first: number, texts: readonly string[]): Written => {
    let unkept = 0;
    let made = link;
    // A fault of the disk undoes the group; an odd event must not keep the journal from going on.
    const keep = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (storageFault(error, path) !== undefined) throw error;
        unkept++;
      }
    };
    texts.forEach((text, index) => {
      const seq = first + index;
      if (seq <= last) return;
      const event = readEvent(text);
      made = linkOf(made, seq, digestOf(text));
      insert.run(seq, Math.round(event.at), event.type, callOf(event) ?? null, text, made);
      keep(() => projection.take(seq, event));
    });
    for (const write of projection.writes()) keep(write);
    return { unkept, link: made };
  };
  const transaction = database.transaction(write);

  const commit = (first: number, texts: readonly string[]): number => {
    try {
      const written = transaction.immediate(first, texts);
      link = written.link;
      last = Math.max(last, first + texts.length - 1);
      projection.kept();
      return written.unkept;
    } catch (error) {
      projection.forget();
      throw storageFault(error, path) ?? error;
    }
  };

  return {
    get last() {
      return last;
    },
    commit,
    recover(mayGoOn) {
      const may = new Set(mayGoOn);
      const { goingOn = [], open = [] } = Object.groupBy(projection.openCalls(), (call) =>
        may.has(call) ? "goingOn" : "open",
      );
      if (open.length === 0) return { recovered: 0, goingOn };
      // The last sign of life, not now: the box may have been off for days, and nobody talked meanwhile.
      const at = Number(database.prepare("SELECT at FROM event ORDER BY seq DESC LIMIT 1").pluck().get());
      const ends = open.map((call) =>
        dated({ type: "call.ended", call, cause: restartCause, by: "fault", reason: "restarted" }, at),
      );
      commit(
        last + 1,
        ends.map((event) => JSON.stringify(event)),
      );
      return { recovered: ends.length, goingOn };
    },
    close: () => void database.close(),
  };
}

/** Folds the journal again and compares: the records that would come out differently. Empty when all is well. */
export function verifyRecords(database: Database): readonly string[] {
  const differing: string[] = [];
  const events = database
    .prepare<[string], string>("SELECT data FROM event WHERE call = ? ORDER BY seq")
    .pluck();
  const rows = database.prepare<[], { call: string; data: string }>("SELECT call, data FROM call_record");
  for (const { call, data } of rows.all()) {
    let record: CallRecord | undefined;
    for (const text of events.all(call)) record = evolveRecord(record, readEvent(text));
    if (JSON.stringify(record) !== data) differing.push(call);
  }
  return differing;
}
