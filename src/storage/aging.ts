// What becomes of old events: numbers of persons are taken out of them, and in the end they go. The journal says so first.
import type { Database } from "better-sqlite3";
import { recordOf } from "../shared/call-record.ts";
import { readEvent } from "../shared/stored-event.ts";
import { digestOf, lastOf } from "./chain.ts";
import { row as recordRow, upsertRecord } from "./projection.ts";

export interface Aging {
  /**
   * The last event before this moment (wall clock, ms since 1970 UTC), and its link; `undefined` when there is none but those
   * that the journal said this of before.
   */
  before(asked: { readonly type: AgingType; readonly at: number }): Aged | undefined;
  /** Carries out what the journal said, a part of it. @returns true when there is more to do */
  anonymise(): boolean;
  remove(): boolean;
}

export type AgingType = "journal.anonymised" | "journal.removed";
export interface Aged {
  readonly through: number;
  readonly link: string;
}

const batch = 500;

export function createAging(database: Database): Aging {
  const progress = database.prepare<[string], number>("SELECT value FROM progress WHERE name = ?").pluck();
  const reached = database.prepare(
    "INSERT INTO progress (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  const page = database.prepare<[number, number, number], { seq: number; call: string | null; data: string }>(
    "SELECT seq, call, data FROM event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
  );
  const redact = database.prepare("UPDATE event SET data = ?, digest = ? WHERE seq = ? AND digest IS NULL");
  const events = database
    .prepare<[string], string>("SELECT data FROM event WHERE call = ? ORDER BY seq")
    .pluck();
  const upsert = upsertRecord(database);

  const anonymise = database.transaction((through: number): boolean => {
    const from = progress.get("anonymised") ?? 0;
    const rows = page.all(from, through, batch);
    const calls = new Set<string>();
    for (const { seq, call, data } of rows) {
      const event = readEvent(data);
      const masked = withoutPersons(event);
      if (masked === event) continue;
      redact.run(JSON.stringify(masked), digestOf(data), seq);
      if (call !== null) calls.add(call);
    }
    for (const call of calls) {
      const record = recordOf(events.all(call).map((text) => readEvent(text)));
      if (record !== undefined) upsert.run(...recordRow(record));
    }
    reached.run("anonymised", rows.at(-1)?.seq ?? through);
    return rows.length === batch;
  });

  const remove = database.transaction((through: number): boolean => {
    const calls = database
      .prepare<[number, number], string>(
        "SELECT DISTINCT call FROM (SELECT call FROM event WHERE seq <= ? ORDER BY seq LIMIT ?) WHERE call IS NOT NULL",
      )
      .pluck()
      .all(through, batch);
    const { changes } = database
      .prepare("DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE seq <= ? ORDER BY seq LIMIT ?)")
      .run(through, batch);
    const gone = database.prepare(
      "DELETE FROM call_record WHERE call = ? AND NOT EXISTS (SELECT 1 FROM event WHERE event.call = call_record.call)",
    );
    for (const call of calls) gone.run(call);
    database
      .prepare("DELETE FROM queue_visit WHERE seq <= ? AND seq NOT IN (SELECT seq FROM event)")
      .run(through);
    return changes === batch;
  });

  return {
    before({ type, at }) {
      const found = database
        .prepare<[number], { seq: number; link: Buffer }>(
          `SELECT seq, link FROM event WHERE seq =
            coalesce((SELECT min(seq) FROM event WHERE at >= ?), (SELECT max(seq) + 1 FROM event)) - 1`,
        )
        .get(at);
      const said = lastOf(database, type)?.through ?? 0;
      return found === undefined || found.seq <= said
        ? undefined
        : { through: found.seq, link: found.link.toString("hex") };
    },
    anonymise() {
      const through = lastOf<"journal.anonymised">(database, "journal.anonymised")?.through ?? 0;
      return (progress.get("anonymised") ?? 0) < through && anonymise.immediate(through);
    },
    remove() {
      const through = lastOf<"journal.removed">(database, "journal.removed")?.through ?? 0;
      return through > 0 && remove.immediate(through);
    },
  };
}

/** An outside number: its last four digits are a person's. */
const outside = /^\+?[0-9]{6,}$/u;
const numbers: ReadonlySet<string> = new Set(["number", "called", "to", "far", "caller", "digit"]);

/**
 * The event without what leads to a person outside: the last four digits of outside numbers, and names of callers. The same
 * object where there is nothing of the kind.
 */
export function withoutPersons<E>(event: E): E {
  const taken: string[] = [];
  const mask = (name: string, value: unknown): unknown => {
    if (typeof value === "string") {
      if (!numbers.has(name) || !outside.test(value)) return value;
      taken.push(name);
      return `${value.slice(0, -4)}****`;
    }
    if (Array.isArray(value)) return value.map((one: unknown) => mask(name, one));
    if (typeof value !== "object" || value === null) return value;
    const party = name === "caller" && "number" in value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => {
        if (!party || key !== "name") return [[key, mask(key, part)]];
        taken.push(key);
        return [];
      }),
    );
  };
  const masked = mask("", event);
  return taken.length > 0 ? (masked as E) : event;
}
