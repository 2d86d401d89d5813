// How a span's error counters grow. The driver counts since it was loaded and begins at zero again when it is loaded
// anew; here they count since the box started, and over the last 24 hours.
import type { SpanCounters } from "../boards/board.ts";

const day = 86_400_000;
/** The day is kept in quarters of an hour, the interval in which line errors are reckoned (ITU-T G.826). */
const quarter = 900_000;

export interface CounterRecord {
  readonly counter: keyof SpanCounters;
  /** As the driver has it. */
  readonly total: number;
  readonly sinceStart: number;
  /** To a quarter of an hour. */
  readonly lastDay: number;
}

export interface CounterLog {
  readonly last: SpanCounters;
  readonly sinceStart: Counts;
  /** Growth by quarter of an hour, oldest first; quarters without any are left out. */
  readonly quarters: readonly { readonly at: number; readonly grown: Counts }[];
}

type Counts = Partial<Record<keyof SpanCounters, number>>;

export function beginCounters(counters: SpanCounters): CounterLog {
  return { last: counters, sinceStart: {}, quarters: [] };
}

/** The same log when nothing was counted. */
export function logCounters(log: CounterLog, counters: SpanCounters, now: number): CounterLog {
  const grown: Counts = {};
  for (const name of counterNames(counters)) {
    // Fewer than before: the driver has begun anew.
    const growth = counters[name] < log.last[name] ? counters[name] : counters[name] - log.last[name];
    if (growth > 0) grown[name] = growth;
  }
  const quarters = log.quarters.filter(({ at }) => at > now - day);
  if (Object.keys(grown).length === 0)
    return quarters.length === log.quarters.length ? log : { ...log, last: counters, quarters };
  const at = Math.floor(now / quarter) * quarter;
  const newest = quarters.at(-1);
  const kept = newest?.at === at ? quarters.slice(0, -1) : quarters;
  const sum = newest?.at === at ? add(newest.grown, grown) : grown;
  return {
    last: counters,
    sinceStart: add(log.sinceStart, grown),
    quarters: [...kept, { at, grown: sum }],
  };
}

/** Those that have counted anything. */
export function counterRecords({ last, sinceStart, quarters }: CounterLog): readonly CounterRecord[] {
  const lastDay = quarters.reduce<Counts>((sum, { grown }) => add(sum, grown), {});
  return counterNames(last)
    .filter((name) => last[name] > 0 || (sinceStart[name] ?? 0) > 0)
    .map((counter) => ({
      counter,
      total: last[counter],
      sinceStart: sinceStart[counter] ?? 0,
      lastDay: lastDay[counter] ?? 0,
    }));
}

function add(a: Counts, b: Counts): Counts {
  const sum = { ...a };
  for (const name of counterNames(b)) sum[name] = (sum[name] ?? 0) + (b[name] ?? 0);
  return sum;
}

const counterNames = (counts: Counts): readonly (keyof SpanCounters)[] =>
  Object.keys(counts) as (keyof SpanCounters)[];
