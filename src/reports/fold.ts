// A report out of the journal's events, from the first to the last, or from what was made of the earlier ones.
import type { JournalEvent } from "../shared/journal.ts";
import { agentReport } from "./agent-report.ts";
import type { ReportAsk, ReportId } from "./ask.ts";
import { callReport } from "./call-report.ts";
import { flowReport } from "./flow-report.ts";
import { adherenceReport, logInReport } from "./presence-report.ts";
import { queueReport } from "./queue-report.ts";
import { beginOf } from "./intervals.ts";
import type { Report, Table } from "./report.ts";
import { staffingReport } from "./staffing.ts";
import { timeReport } from "./time-report.ts";
import { trunkReport } from "./trunk-report.ts";

/** With the type of its state hidden: whoever makes one gives it back to the same report. */
type AnyReport = Report<unknown>;
const hidden = <S>(report: Report<S>): AnyReport => report as AnyReport;

export const reports: Readonly<Record<ReportId, AnyReport>> = {
  queues: hidden(queueReport),
  agents: hidden(agentReport),
  calls: hidden(callReport),
  times: hidden(timeReport),
  flows: hidden(flowReport),
  trunks: hidden(trunkReport),
  "log-ins": hidden(logInReport),
  adherence: hidden(adherenceReport),
  staffing: hidden(staffingReport),
};

/** What a report had taken in when a day began: every event so far was before `until`, the last one was `seq`. */
export interface Mark {
  /** Wall clock, ms since 1970 UTC. */
  readonly until: number;
  readonly seq: number;
  /** As `carry` leaves it. */
  readonly state: unknown;
}

/** Marks that are kept, of reports with the same `markName`. */
export interface Marks {
  /** The last one that is of this moment or before; it is the asker's to change. */
  before(at: number): Mark | undefined;
  keep(mark: Mark): void;
}

export interface Stored {
  readonly seq: number;
  readonly event: JournalEvent;
}

const everyMs = 86_400_000;

export function markName(ask: ReportAsk): string {
  const { carriedBy } = reports[ask.report];
  return carriedBy === undefined ? ask.report : `${ask.report}-${carriedBy(ask)}`;
}

/**
 * The same as `fold` of all events, but from the last mark before what is asked about.
 * @param after all stored events after this one, in order
 * @param markEvery how far apart marks are, ms
 */
export function foldFrom(
  after: (seq: number) => Iterable<Stored>,
  ask: ReportAsk,
  marks: Marks,
  markEvery = everyMs,
): Table {
  const { types, endsWithTime, empty, take, carry, table } = reports[ask.report];
  const wanted: ReadonlySet<string> = new Set(types);
  const mark = marks.before(beginOf(ask));
  const state = mark?.state ?? empty();
  let last = mark?.seq ?? 0;
  // Every event so far was before this moment.
  let until = mark?.until ?? -Infinity;
  for (const { seq, event } of after(last)) {
    if (!wanted.has(event.type)) continue;
    if (event.at >= until) {
      if (last > 0 && !(endsWithTime && until > ask.to))
        marks.keep({ until, seq: last, state: carry(state) });
      until = (Math.floor(event.at / markEvery) + 1) * markEvery;
    }
    if (!(endsWithTime && event.at >= ask.to)) take(state, event, ask);
    last = seq;
  }
  return table(state, ask);
}

/** The whole journal, from the first event to the last. */
export function fold(events: Iterable<JournalEvent>, ask: ReportAsk): Table {
  return foldFrom(() => numbered(events), ask, { before: () => undefined, keep: () => undefined });
}

function* numbered(events: Iterable<JournalEvent>): Generator<Stored> {
  let seq = 0;
  for (const event of events) yield { seq: ++seq, event };
}
