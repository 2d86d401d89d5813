// Questions to what is kept: call records by page, one call's events, the counts that figures are made of.
import type { Database } from "better-sqlite3";
import type { CallRecord, Disposition } from "../shared/call-record.ts";
import { readEvent } from "../shared/stored-event.ts";
import type { CallDirection, JournalEvent } from "../shared/journal.ts";

/** Filters are joined by AND. Only calls that have ended; newest first. */
export interface RecordsQuery {
  /** Moments: `from` ≤ start of the call < `to`. */
  readonly from?: number;
  readonly to?: number;
  /** Part of the caller's or the called number. */
  readonly number?: string;
  readonly direction?: CallDirection;
  readonly disposition?: Disposition;
  readonly queue?: string;
  readonly agent?: string;
  /** A call: only records older than it (the next page). */
  readonly before?: string;
  /** 1–1000; default 50. */
  readonly limit?: number;
}

export interface RecordsPage {
  readonly records: readonly CallRecord[];
  /** There are older ones. */
  readonly more: boolean;
}

export interface StoredEvent {
  readonly seq: number;
  readonly event: JournalEvent;
}

export interface EventsQuery {
  /** Events with a greater number; default all. */
  readonly after?: number;
  /** From the first call on that began at this moment or later. */
  readonly since?: number;
  readonly types?: readonly JournalEvent["type"][];
  /** 1–10,000; default 1,000. */
  readonly limit?: number;
}

/** Visits to all queues that began in one quarter of an hour, from `at` on. */
export interface QuarterCount {
  readonly at: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
}

export interface QueueCount {
  readonly queue: string;
  readonly offered: number;
  readonly answered: number;
  /** Answered after at most the threshold. */
  readonly answeredInTime: number;
  readonly abandoned: number;
  readonly waiting: number;
  /** Of those answered, together. */
  readonly answeredWaitMs: number;
  /** Of all that no longer wait. */
  readonly longestWaitMs: number;
}

export interface Counts {
  readonly calls: readonly { readonly direction: CallDirection; readonly calls: number }[];
  readonly queues: readonly QueueCount[];
  readonly quarters: readonly QuarterCount[];
  readonly agents: readonly { readonly agent: string; readonly answered: number; readonly talkMs: number }[];
}

export interface CountsQuery {
  readonly from: number;
  /** For the service level of each queue, milliseconds; 20 s where a queue is not named. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Each answers at once; give it to a thread that may take its time. */
export interface Queries {
  records(query: RecordsQuery): RecordsPage;
  record(call: string): CallRecord | undefined;
  story(call: string): readonly StoredEvent[];
  events(query: EventsQuery): readonly StoredEvent[];
  counts(query: CountsQuery): Counts;
}

const quarter = 900_000;

export function createQueries(database: Database): Queries {
  const one = database.prepare<[string], string>("SELECT data FROM call_record WHERE call = ?").pluck();
  const story = database.prepare<[string], EventRow>(
    "SELECT seq, data FROM event WHERE call = ? ORDER BY seq",
  );
  const calls = database.prepare<[number], Counts["calls"][number]>(
    "SELECT direction, count(*) AS calls FROM call_record WHERE started_at >= ? GROUP BY 1 ORDER BY 1",
  );
  const quarters = database.prepare<[number], QuarterCount>(`
    SELECT entered_at / ${quarter} * ${quarter} AS at, count(*) AS offered, count(agent) AS answered,
      coalesce(sum(agent IS NULL AND left_by = 'abandoned'), 0) AS abandoned
    FROM queue_visit WHERE entered_at >= ? GROUP BY 1 ORDER BY 1`);
  const queues = database.prepare<[string, number], QueueCount>(`
    SELECT queue, count(*) AS offered, count(agent) AS answered,
      coalesce(sum(agent IS NOT NULL AND waited_ms <= coalesce(json_extract(?, '$."' || queue || '"'), 20000)), 0)
        AS answeredInTime,
      coalesce(sum(agent IS NULL AND left_by = 'abandoned'), 0) AS abandoned,
      coalesce(sum(agent IS NULL AND left_by IS NULL), 0) AS waiting,
      coalesce(sum(CASE WHEN agent IS NOT NULL THEN waited_ms END), 0) AS answeredWaitMs,
      coalesce(max(waited_ms), 0) AS longestWaitMs
    FROM queue_visit WHERE entered_at >= ? GROUP BY queue`);
  const agents = database.prepare<[number], Counts["agents"][number]>(`
    SELECT agent, count(*) AS answered, sum(talked_ms) AS talkMs
    FROM queue_visit WHERE entered_at >= ? AND agent IS NOT NULL GROUP BY agent ORDER BY agent`);

  const first = database
    .prepare<[number], number | null>(
      `SELECT min(seq) FROM event WHERE call =
        (SELECT call FROM call_record WHERE started_at >= ? ORDER BY started_at, call LIMIT 1)`,
    )
    .pluck();

  return {
    records(query) {
      const limit = within(query.limit ?? 50, 1000);
      const { where, values } = conditions(query);
      const rows = database
        .prepare<(string | number)[], string>(
          `SELECT data FROM call_record WHERE ${where} ORDER BY started_at DESC, call DESC LIMIT ?`,
        )
        .pluck()
        .all(...values, limit + 1);
      return {
        records: rows.slice(0, limit).map((text) => JSON.parse(text) as CallRecord),
        more: rows.length > limit,
      };
    },
    record(call) {
      const text = one.get(call);
      return text === undefined ? undefined : (JSON.parse(text) as CallRecord);
    },
    story: (call) => story.all(call).map(stored),
    events({ after: given = 0, since, types, limit = 1000 }) {
      const after = since === undefined ? given : Math.max(given, (first.get(since) ?? Infinity) - 1);
      if (!Number.isFinite(after)) return [];
      const chosen = types === undefined ? "" : `AND type IN (${types.map(() => "?").join(", ")})`;
      return database
        .prepare<(string | number)[], EventRow>(
          `SELECT seq, data FROM event WHERE seq > ? ${chosen} ORDER BY seq LIMIT ?`,
        )
        .all(after, ...(types ?? []), within(limit, 10_000))
        .map(stored);
    },
    counts: ({ from, thresholds }) => ({
      calls: calls.all(from),
      queues: queues.all(JSON.stringify(thresholds), from),
      quarters: quarters.all(from),
      agents: agents.all(from),
    }),
  };
}

interface EventRow {
  readonly seq: number;
  readonly data: string;
}

const stored = ({ seq, data }: EventRow): StoredEvent => ({ seq, event: readEvent(data) });

const within = (limit: number, most: number): number => Math.max(1, Math.min(most, Math.floor(limit)));

function conditions(query: RecordsQuery): { readonly where: string; readonly values: (string | number)[] } {
  const parts = ["ended_at IS NOT NULL"];
  const values: (string | number)[] = [];
  const add = (part: string, ...given: readonly (string | number)[]): void => {
    parts.push(part);
    values.push(...given);
  };
  if (query.from !== undefined) add("started_at >= ?", query.from);
  if (query.to !== undefined) add("started_at < ?", query.to);
  if (query.number !== undefined && query.number !== "")
    add("(instr(caller, ?) > 0 OR instr(called, ?) > 0)", query.number, query.number);
  if (query.direction !== undefined) add("direction = ?", query.direction);
  if (query.disposition !== undefined) add("disposition = ?", query.disposition);
  if (query.queue !== undefined) add("queue = ?", query.queue);
  if (query.agent !== undefined) add("agent = ?", query.agent);
  if (query.before !== undefined)
    add("(started_at, call) < (SELECT started_at, call FROM call_record WHERE call = ?)", query.before);
  return { where: parts.join(" AND "), values };
}
