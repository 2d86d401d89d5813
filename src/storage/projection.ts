// What is kept from the journal as it is written, so that questions need not read all of it.
import type { Database } from "better-sqlite3";
import { evolveRecord, type CallRecord } from "../shared/call-record.ts";
import { callOf, type JournalEvent } from "../shared/journal.ts";

export interface Projection {
  /** Takes one event into what is kept, within the transaction that writes it. */
  take(seq: number, event: JournalEvent): void;
  /** Writes each record that was touched, once, at the end of the group: one step for each. */
  writes(): Iterable<() => void>;
  /** The transaction was committed. */
  kept(): void;
  /** The transaction was undone. */
  forget(): void;
  openCalls(): readonly string[];
}

export function createProjection(database: Database): Projection {
  /** Records of calls that go on; those that ended are read again if one more event comes. */
  const open = new Map<string, CallRecord>();
  const touched = new Map<string, CallRecord>();

  const read = database.prepare<[string], string>("SELECT data FROM call_record WHERE call = ?").pluck();
  const upsert = upsertRecord(database);
  const stillOpen = database
    .prepare<[], string>("SELECT call FROM call_record WHERE ended_at IS NULL ORDER BY call")
    .pluck();
  const enter = database.prepare(
    "INSERT INTO queue_visit (seq, call, queue, entered_at) VALUES (?, ?, ?, ?)",
  );
  const connect = database.prepare(
    "UPDATE queue_visit SET agent = ?, waited_ms = ? WHERE call = ? AND queue = ? AND left_by IS NULL",
  );
  const leave = database.prepare(
    `UPDATE queue_visit SET left_by = ?, waited_ms = coalesce(waited_ms, ?), talked_ms = ?
     WHERE call = ? AND queue = ? AND left_by IS NULL`,
  );
  const lose = database.prepare(
    `UPDATE queue_visit SET left_by = 'lost', waited_ms = coalesce(waited_ms, max(0, ? - entered_at))
     WHERE call = ? AND left_by IS NULL`,
  );

  const recordOf = (call: string): CallRecord | undefined => {
    const known = touched.get(call) ?? open.get(call);
    if (known !== undefined) return known;
    const text = read.get(call);
    return text === undefined ? undefined : (JSON.parse(text) as CallRecord);
  };

  const visits = (seq: number, event: JournalEvent): void => {
    switch (event.type) {
      case "queue.entered":
        enter.run(seq, event.call, event.queue, event.at);
        break;
      case "queue.connected":
        connect.run(event.agent, event.waitedMs, event.call, event.queue);
        break;
      case "queue.left":
        leave.run(event.reason, event.waitedMs, event.talkedMs, event.call, event.queue);
        break;
      case "call.ended":
        // Only after a crash: a queue says itself how a call left it.
        lose.run(event.at, event.call);
        break;
      default:
    }
  };

  return {
    take(seq, event) {
      const call = callOf(event);
      if (call === undefined) return;
      const before = recordOf(call);
      const after = evolveRecord(before, event);
      if (after !== undefined && after !== before) touched.set(call, after);
      visits(seq, event);
    },
    *writes() {
      for (const record of touched.values()) yield () => void upsert.run(...row(record));
    },
    kept() {
      for (const [call, record] of touched) {
        if (record.endedAt === undefined) open.set(call, record);
        else open.delete(call);
      }
      touched.clear();
    },
    forget: () => touched.clear(),
    openCalls: () => stillOpen.all(),
  };
}

/** Takes `row`. */
export const upsertRecord = (database: Database) =>
  database.prepare(`
    INSERT INTO call_record (call, started_at, ended_at, direction, disposition, caller, called, queue, agent, data)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (call) DO UPDATE SET ended_at = excluded.ended_at, disposition = excluded.disposition,
      caller = excluded.caller, called = excluded.called, queue = excluded.queue, agent = excluded.agent,
      data = excluded.data`);

export function row(record: CallRecord): readonly (string | number | null)[] {
  return [
    record.call,
    record.startedAt,
    record.endedAt ?? null,
    record.direction,
    record.disposition,
    record.caller.number,
    record.called,
    record.queue ?? null,
    record.agent ?? null,
    JSON.stringify(record),
  ];
}
