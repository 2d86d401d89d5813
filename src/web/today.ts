// The figures since local midnight, from what the journal counts.
import type { Settings } from "../config/settings.ts";
import type { Counts, QueueCount } from "../storage/queries.ts";
import type { Today } from "./api/queues.ts";
import type { Storage } from "../storage/storage.ts";
import { localHour, localMidnight } from "../shared/local-time.ts";

export async function readToday(
  storage: Pick<Storage, "counts">,
  { appliance: { timeZone }, queues }: Settings,
  now: number,
): Promise<Today> {
  const from = localMidnight(now, timeZone);
  const thresholds = Object.fromEntries(
    queues.map(({ id, serviceLevelSeconds }) => [id, serviceLevelSeconds * 1000]),
  );
  const counts = await storage.counts({ from, thresholds });
  const made = (direction: string): number =>
    counts.calls.find((one) => one.direction === direction)?.calls ?? 0;
  return {
    from,
    incoming: made("in"),
    outgoing: made("out"),
    internal: made("internal"),
    queues: queues.map(({ id, serviceLevelSeconds }) => ({
      ...queueFigures(counts.queues.find(({ queue }) => queue === id)),
      queue: id,
      thresholdSeconds: serviceLevelSeconds,
    })),
    agents: [...counts.agents],
    hours: hours(counts, timeZone),
  };
}

type Figures = Omit<Today["queues"][number], "queue" | "thresholdSeconds">;

function queueFigures(count: QueueCount | undefined): Figures {
  if (count === undefined)
    return {
      offered: 0,
      answered: 0,
      abandoned: 0,
      overflowed: 0,
      serviceLevel: null,
      averageWaitMs: 0,
      longestWaitMs: 0,
    };
  const { offered, answered, answeredInTime, abandoned, waiting, answeredWaitMs, longestWaitMs } = count;
  const counted = answered + abandoned;
  return {
    offered,
    answered,
    abandoned,
    overflowed: offered - answered - abandoned - waiting,
    serviceLevel: counted === 0 ? null : answeredInTime / counted,
    averageWaitMs: answered === 0 ? 0 : Math.round(answeredWaitMs / answered),
    longestWaitMs,
  };
}

function hours({ quarters }: Counts, timeZone: string): Today["hours"] {
  const all = Array.from({ length: 24 }, () => ({ offered: 0, answered: 0, abandoned: 0 }));
  for (const { at, offered, answered, abandoned } of quarters) {
    // Every zone on earth is a whole number of quarters away from UTC.
    const hour = all[localHour(at, timeZone)];
    if (hour === undefined) continue;
    hour.offered += offered;
    hour.answered += answered;
    hour.abandoned += abandoned;
  }
  return all;
}
