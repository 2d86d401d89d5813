// When agents were there: each log-in with its pauses, and how well that fits a plan of shifts.
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk, Shift } from "./ask.ts";
import { isAsked } from "./intervals.ts";
import { followReady, readyTypes, type Ready } from "./ready.ts";
import { inOrder, ratio, sumsAt, type Column, type Report } from "./report.ts";

interface LogIn {
  readonly start: number;
  readonly agent: string;
  readonly extension: string;
  end: number | null;
  pauses: number;
  pausedMs: number;
  pausedSince: number | null;
}

export interface LogInReport {
  readonly open: Record<string, LogIn>;
  readonly over: LogIn[];
}

const since = (from: number, to: number): number => Math.max(0, to - from);

function takeLogIn({ open, over }: LogInReport, event: JournalEvent, { from }: ReportAsk): void {
  switch (event.type) {
    case "agent.logged-in":
      open[event.agent] = {
        start: event.at,
        agent: event.agent,
        extension: event.extension,
        end: null,
        pauses: 0,
        pausedMs: 0,
        pausedSince: null,
      };
      return;
    case "agent.logged-out": {
      const own = open[event.agent];
      Reflect.deleteProperty(open, event.agent);
      if (own === undefined || event.at < from) return;
      over.push(ended(own, event.at, event.at));
      return;
    }
    case "agent.paused": {
      const own = open[event.agent];
      if (own === undefined) return;
      own.pauses += own.pausedSince === null ? 1 : 0;
      own.pausedSince ??= event.at;
      return;
    }
    case "agent.ready": {
      const own = open[event.agent];
      if (own !== undefined) open[event.agent] = ended(own, event.at, null);
      return;
    }
    default:
  }
}

/** Without the pause that goes on. */
const ended = (one: LogIn, at: number, end: number | null): LogIn => ({
  ...one,
  end,
  pausedMs: one.pausedMs + (one.pausedSince === null ? 0 : since(one.pausedSince, at)),
  pausedSince: null,
});

const logInColumns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "agent", unit: "text" },
  { name: "extension", unit: "text" },
  { name: "end", unit: "moment" },
  { name: "thereMs", unit: "ms" },
  { name: "pauses", unit: "count" },
  { name: "pausedMs", unit: "ms" },
];

/** Each log-in that lies in the time asked about, wholly or in part. The step means nothing. */
export const logInReport: Report<LogInReport> = {
  types: readyTypes,
  endsWithTime: true,
  empty: () => ({ open: {}, over: [] }),
  take: takeLogIn,
  carry: ({ open }) => ({ open, over: [] }),
  table({ open, over }, ask) {
    const until = Math.min(ask.now, ask.to);
    const still = Object.values(open).map((one) => ended(one, until, null));
    return {
      columns: logInColumns,
      rows: inOrder([...over, ...still], "agent").map(({ pausedSince: _open, ...one }) => ({
        ...one,
        thereMs: since(one.start, one.end ?? until),
      })),
    };
  },
};

interface Kept {
  readonly start: number;
  readonly agent: string;
  plannedMs: number;
  keptMs: number;
  /** Shifts, and those of them in which the agent was never there. */
  shifts: number;
  missed: number;
  lateMs: number;
  earlyMs: number;
}

export interface AdherenceReport {
  readonly ready: Ready;
  /** By the shift's place in the plan. */
  readonly shifts: Record<string, { keptMs: number; first: number; last: number }>;
}

function keep(report: AdherenceReport, agent: string, at: number, shifts: readonly Shift[]): void {
  const from = report.ready[agent];
  if (from === undefined) return;
  for (const [i, shift] of shifts.entries()) {
    if (shift.agent !== agent) continue;
    const [first, last] = [Math.max(from, shift.from), Math.min(at, shift.to)];
    if (last <= first) continue;
    const own = (report.shifts[`${i}`] ??= { keptMs: 0, first, last });
    own.keptMs += last - first;
    own.first = Math.min(own.first, first);
    own.last = Math.max(own.last, last);
  }
}

const adherenceColumns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "agent", unit: "text" },
  { name: "shifts", unit: "count" },
  { name: "missed", unit: "count" },
  { name: "plannedMs", unit: "ms" },
  { name: "keptMs", unit: "ms" },
  { name: "adherence", unit: "share" },
  { name: "lateMs", unit: "ms" },
  { name: "earlyMs", unit: "ms" },
];

/** A shift belongs to the interval in which it begins; of one that goes on only what has passed counts. */
export const adherenceReport: Report<AdherenceReport> = {
  types: readyTypes,
  endsWithTime: true,
  empty: () => ({ ready: {}, shifts: {} }),
  take: (report, event, { shifts }) =>
    followReady(report.ready, event, (agent, at) => keep(report, agent, at, shifts)),
  carry: ({ ready }) => ({ ready, shifts: {} }),
  table(report, ask) {
    const until = Math.min(ask.now, ask.to);
    const copy = structuredClone(report);
    for (const agent of Object.keys(copy.ready)) keep(copy, agent, until, ask.shifts);
    const sums: Record<string, Kept> = {};
    for (const [i, { agent, from, to }] of ask.shifts.entries()) {
      if (from >= until) continue;
      const kept = sumsAt(sums, ask, from, agent, (start) => ({
        start,
        agent,
        plannedMs: 0,
        keptMs: 0,
        shifts: 0,
        missed: 0,
        lateMs: 0,
        earlyMs: 0,
      }));
      const own = copy.shifts[i];
      const end = Math.min(to, until);
      kept.shifts += 1;
      kept.plannedMs += end - from;
      kept.keptMs += own?.keptMs ?? 0;
      kept.missed += own === undefined ? 1 : 0;
      kept.lateMs += own === undefined ? 0 : own.first - from;
      kept.earlyMs += own === undefined ? 0 : end - own.last;
    }
    return {
      columns: adherenceColumns,
      rows: inOrder(
        Object.values(sums).filter(({ start }) => isAsked(ask, start)),
        "agent",
      ).map((one) => ({ ...one, adherence: ratio(one.keptMs, one.plannedMs) })),
    };
  },
};
