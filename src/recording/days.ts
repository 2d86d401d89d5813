// The folders that recordings are kept in: one a day, `2026/01/05`. Nothing else is looked into.
import { join } from "node:path";
import { namesIn } from "../shared/folders.ts";

/** Oldest first. */
export async function daysOf(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const year of await namesIn(folder, /^\d{4}$/)) {
    for (const month of await namesIn(join(folder, year), /^\d{2}$/)) {
      for (const day of await namesIn(join(folder, year, month), /^\d{2}$/))
        found.push(`${year}/${month}/${day}`);
    }
  }
  return found;
}

const dayMs = 86_400_000;

/** The first day, as its folder is named, that is no older than so many days. */
export const dayBefore = (now: number, days: number): string =>
  new Date(now - days * dayMs).toISOString().slice(0, 10).replaceAll("-", "/");
