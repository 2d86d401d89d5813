// What a report is: a fold over the journal's events into plain JSON, which can be kept and gone on with, and a table made of it.
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import type { Interval } from "./intervals.ts";
import { intervalOf } from "./intervals.ts";
import type { Column, Row, Table, Unit } from "./table.ts";

export type { Column, Row, Table, Unit };

export interface Report<State> {
  /** Of all others it knows nothing. */
  readonly types: readonly JournalEvent["type"][];
  /** What happens after the time asked about changes nothing in it. */
  readonly endsWithTime: boolean;
  readonly empty: () => State;
  /** Takes one event into the state, which it changes. */
  readonly take: (state: State, event: JournalEvent, ask: ReportAsk) => void;
  /**
   * What later events still need of the state: all but what has been counted. It is the same whatever is asked, but where
   * `carriedBy` says otherwise.
   */
  readonly carry: (state: State) => State;
  readonly carriedBy?: (ask: ReportAsk) => string;
  /** Up to `Math.min(ask.now, ask.to)`. Does not change the state. */
  readonly table: (state: State, ask: ReportAsk) => Table;
}

export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Rows by time, then by the columns that name them. */
export function inOrder<R extends { readonly start: number }>(
  rows: readonly R[],
  ...names: (keyof R)[]
): R[] {
  return [...rows].sort((a, b) => {
    if (a.start !== b.start) return a.start - b.start;
    for (const name of names) {
      const [one, other] = [a[name], b[name]];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  });
}

/** The sums of the interval that a moment lies in, by what names a row. */
export function sumsAt<S>(
  sums: Record<string, S>,
  ask: ReportAsk,
  at: number,
  key: string,
  make: (start: number) => S,
): S {
  const { start }: Interval = intervalOf(ask, at);
  return (sums[`${start} ${key}`] ??= make(start));
}
