// What reports had made of the journal when a past day began, kept in a folder: a report about this week need not read last year.
// A shortcut and nothing more: where a mark does not fit the journal, or another program wrote it, the journal is read.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "better-sqlite3";
import { acdStateVersion } from "../acd/state.ts";
import type { Mark, Marks } from "./fold.ts";

export interface MarksOptions {
  readonly folder: string;
  /** Of reports that go on from the same. */
  readonly name: string;
  /** The program's. */
  readonly version: string;
  /** Wall clock, ms since 1970 UTC. */
  readonly now: number;
}

interface Kept {
  readonly stamp: string;
  readonly mark: Mark;
}

const dayMs = 86_400_000;
/** Each of so many days, and the first of each month before. */
const days = 40;

/** @param database the journal's */
export function openMarks(database: Database, { folder, name, version, now }: MarksOptions): Marks {
  const whole = [
    version,
    acdStateVersion,
    database.prepare("SELECT MIN(seq) FROM event").pluck().get(),
    database.prepare("SELECT value FROM progress WHERE name = 'anonymised'").pluck().get(),
  ];
  dropOthers(folder, JSON.stringify(whole));
  const data = database.prepare<[number], string>("SELECT data FROM event WHERE seq = ?").pluck();
  const stampOf = (seq: number): string =>
    createHash("sha256")
      .update(JSON.stringify([...whole, seq, data.get(seq)]))
      .digest("hex");

  const wanted = (until: number): boolean => until > now - days * dayMs || new Date(until).getUTCDate() === 1;
  const pathOf = (until: number): string => join(folder, `${name}-${until}.json`);
  const found = new Set(
    filesIn(folder).flatMap((file) => {
      const until = file.startsWith(`${name}-`) ? Number(/-(\d+)\.json$/u.exec(file)?.[1]) : NaN;
      return Number.isNaN(until) ? [] : [until];
    }),
  );
  const remove = (until: number): void => {
    found.delete(until);
    rmSync(pathOf(until), { force: true });
  };
  for (const until of found) if (!wanted(until)) remove(until);

  const read = (until: number): Mark | undefined => {
    try {
      const { stamp, mark } = JSON.parse(readFileSync(pathOf(until), "utf8")) as Kept;
      if (stamp === stampOf(mark.seq)) return mark;
    } catch {
      // No mark, then.
    }
    remove(until);
    return undefined;
  };

  return {
    before(at) {
      for (const until of [...found].filter((one) => one <= at).sort((a, b) => b - a)) {
        const mark = read(until);
        if (mark !== undefined) return mark;
      }
      return undefined;
    },
    keep(mark) {
      const { until } = mark;
      if (found.has(until) || !wanted(until)) return;
      const kept: Kept = { stamp: stampOf(mark.seq), mark };
      // Another question may find the same at the same time.
      const own = `${pathOf(until)}.${randomUUID()}`;
      try {
        writeFileSync(own, JSON.stringify(kept), { mode: 0o600 });
        renameSync(own, pathOf(until));
        found.add(until);
      } catch {
        // A full disk makes reports slow, and no more than that.
        rmSync(own, { force: true });
      }
    },
  };
}

/**
 * Marks of every report go when the journal, or the program, is another: no number outlives in a mark the event that it was
 * taken out of.
 */
function dropOthers(folder: string, whole: string): void {
  const path = `${folder}.of`;
  try {
    if (existsSync(path) && readFileSync(path, "utf8") === whole) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
    writeFileSync(path, whole, { mode: 0o600 });
  } catch {
    // Each mark says itself what it is of.
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o750 });
    return readdirSync(folder);
  } catch {
    return [];
  }
}
