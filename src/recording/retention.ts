// Deletes recordings whose days are over. Only folders named by date are looked into.
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../shared/errors.ts";
import type { Clock } from "../shared/clock.ts";
import { namesIn } from "../shared/folders.ts";
import type { Note } from "../shared/journal.ts";
import { dayBefore, daysOf } from "./days.ts";

export interface RetentionDeps {
  readonly folder: string;
  /** Whole days that a recording is kept after its own. */
  readonly keepDays: () => number;
  readonly clock: Clock;
  readonly note: Note;
}

/** Deletes what is older than the days to keep, and says so file by file. */
export async function removeOld({ folder, keepDays, clock, note }: RetentionDeps): Promise<void> {
  const keepFrom = dayBefore(clock.now(), keepDays());
  for (const day of await daysOf(folder)) {
    if (day >= keepFrom) break;
    for (const name of await namesIn(join(folder, day))) {
      const file = `${day}/${name}`;
      await rm(join(folder, file), { recursive: true, force: true });
      note({ type: "recording.removed", file });
    }
    await removeEmpty(folder, day);
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
