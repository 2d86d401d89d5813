// Deletes recordings whose days are over, once a day. Only folders named by date are looked into.
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../shared/errors.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";

export interface RetentionDeps {
  readonly folder: string;
  /** Whole days that a recording is kept after its own. */
  readonly keepDays: () => number;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
}

const dayMs = 86_400_000;
/** Not while the appliance starts. */
const firstMs = 60_000;

/** Runs until cancelled; the first time a minute after the start. */
export function startRetention(deps: RetentionDeps): Cancel {
  let cancel: Cancel = () => undefined;
  const again = (ms: number): void => {
    cancel = deps.clock.after(ms, () => {
      again(dayMs);
      removeOld(deps).catch((error: unknown) =>
        deps.log.error({ err: error }, "old recordings could not be deleted"),
      );
    });
  };
  again(firstMs);
  return () => cancel();
}

/** Deletes what is older than the days to keep, and says so file by file. */
export async function removeOld({ folder, keepDays, clock, note }: RetentionDeps): Promise<void> {
  const keepFrom = new Date(clock.now() - keepDays() * dayMs).toISOString().slice(0, 10);
  for (const day of await days(folder)) {
    if (day.replaceAll("/", "-") >= keepFrom) continue;
    for (const name of await namesIn(join(folder, day))) {
      const file = `${day}/${name}`;
      await rm(join(folder, file), { recursive: true, force: true });
      note({ type: "recording.removed", file });
    }
    await removeEmpty(folder, day);
  }
}

/** `2026/01/05`, oldest first. */
async function days(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const year of await namesIn(folder, /^\d{4}$/)) {
    for (const month of await namesIn(join(folder, year), /^\d{2}$/)) {
      for (const day of await namesIn(join(folder, year, month), /^\d{2}$/))
        found.push(`${year}/${month}/${day}`);
    }
  }
  return found;
}

async function namesIn(folder: string, form = /^/): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => form.test(name)).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw error;
  }
}

/** The day's folder, and its month's and year's where nothing is left in them. */
async function removeEmpty(folder: string, day: string): Promise<void> {
  try {
    for (let parts = day.split("/"); parts.length > 0; parts = parts.slice(0, -1))
      await rmdir(join(folder, ...parts));
  } catch (error) {
    if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "ENOENT") throw error;
  }
}
