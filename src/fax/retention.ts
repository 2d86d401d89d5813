// Deletes faxes whose days are over: of mailboxes, and what was sent. What is still to be sent stays.
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../shared/clock.ts";
import { namesIn } from "../shared/folders.ts";
import type { Note } from "../shared/journal.ts";

const dayMs = 86_400_000;

export interface FaxRetentionDeps {
  readonly folder: string;
  readonly keepDays: () => number;
  /** Files, relative to the folder, that must stay. */
  readonly needed: () => ReadonlySet<string>;
  readonly clock: Clock;
  readonly note: Note;
}

export async function removeOldFaxes({
  folder,
  keepDays,
  needed,
  clock,
  note,
}: FaxRetentionDeps): Promise<void> {
  const keepFrom = clock.now() - keepDays() * dayMs;
  for (const box of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, box), /\.tif$/u)) {
      const file = `${box}/${name}`;
      const { mtimeMs } = await stat(join(folder, file));
      if (mtimeMs >= keepFrom || needed().has(file)) continue;
      await removeFax(folder, file);
      note({ type: "fax.removed", file });
    }
  }
}

/** The pages, and their PDF. */
export async function removeFax(folder: string, file: string): Promise<void> {
  await rm(join(folder, file), { force: true });
  await rm(join(folder, file.replace(/\.tif$/u, ".pdf")), { force: true });
}
