// What becomes of old events, once a day: numbers and names are taken out, later the events go; with whatever was made of them.
import { rm } from "node:fs/promises";
import type { Settings } from "../config/settings.ts";
import type { Clock } from "../shared/clock.ts";
import type { Storage } from "../storage/storage.ts";

export interface JournalUpkeepDeps {
  readonly storage: Pick<Storage, "age">;
  readonly settings: () => Settings["journal"];
  readonly clock: Pick<Clock, "now">;
  /** The folder of the reports' marks, which may name callers. */
  readonly marks: string;
}

export const journalUpkeep =
  ({ storage, settings, clock, marks }: JournalUpkeepDeps) =>
  async (): Promise<void> => {
    const { keepDays, anonymiseDays } = settings();
    const daysAgo = (days: number): number => clock.now() - days * 86_400_000;
    await storage.age({
      removeBefore: daysAgo(keepDays),
      ...(anonymiseDays > 0 ? { anonymiseBefore: daysAgo(anonymiseDays) } : {}),
    });
    // Not only when the next report is asked for.
    if (anonymiseDays > 0) await rm(marks, { recursive: true, force: true });
  };
