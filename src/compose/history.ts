// Reads from the journal what the call centre goes on from after a restart.
import type { AcdHistory } from "../acd/acd.ts";
import { acdEventTypes, type AcdEvent } from "../acd/evolve.ts";
import { usageEventTypes } from "../routing/usage.ts";
import type { JournalEvent } from "../shared/journal.ts";
import { localMidnight } from "../shared/local-time.ts";
import type { EventsQuery } from "../storage/queries.ts";
import type { Storage } from "../storage/storage.ts";
import { readSnapshot } from "./acd-snapshot.ts";

const page = 10_000;

/** What distribution goes on from: its state as it was kept, and the journal's events after that; else all of them. */
export async function readAcdHistory(storage: Pick<Storage, "journal">, path: string): Promise<AcdHistory> {
  const snapshot = await readSnapshot(storage, path);
  const events = (await readAll(storage, { types: acdEventTypes }, snapshot?.seq)) as readonly AcdEvent[];
  return snapshot === undefined ? { events } : { kept: snapshot.kept, events };
}

/** Of today's calls, oldest first: what counts towards limits of outgoing calls. */
export function readDialledToday(
  storage: Pick<Storage, "journal">,
  now: number,
  timeZone: string,
): Promise<readonly JournalEvent[]> {
  return readAll(storage, { since: localMidnight(now, timeZone), types: usageEventTypes });
}

async function readAll(
  storage: Pick<Storage, "journal">,
  query: EventsQuery,
  from = 0,
): Promise<readonly JournalEvent[]> {
  const history: JournalEvent[] = [];
  for (let after = from; ;) {
    const stored = await storage.journal({ ...query, after, limit: page });
    for (const { event } of stored) history.push(event);
    const last = stored.at(-1);
    if (last === undefined || stored.length < page) return history;
    after = last.seq;
  }
}
