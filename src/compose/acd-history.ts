// Reads what distribution wrote into the journal, so that it can go on where it was.
import { acdEventTypes, type AcdEvent } from "../acd/evolve.ts";
import type { Storage } from "../storage/storage.ts";

const page = 10_000;

/** All events of distribution, oldest first. */
export async function readAcdHistory(storage: Pick<Storage, "journal">): Promise<readonly AcdEvent[]> {
  const history: AcdEvent[] = [];
  for (let after = 0; ;) {
    const stored = await storage.journal({ after, types: acdEventTypes, limit: page });
    for (const { event } of stored) history.push(event as AcdEvent);
    const last = stored.at(-1);
    if (last === undefined || stored.length < page) return history;
    after = last.seq;
  }
}
