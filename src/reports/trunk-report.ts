// Trunk groups by intervals: calls over them, how many lines at once and on the average (erlangs), and the time in which no line
// could be had.
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { intervalOf, isAsked, split } from "./intervals.ts";
import { inOrder, sumsAt, type Column, type Report } from "./report.ts";

interface Sums {
  readonly start: number;
  readonly group: string;
  incoming: number;
  outgoing: number;
  /** Outgoing calls that found no way over the group: no circuit, network out of order, congestion (Q.850). */
  congested: number;
  busyMs: number;
  mostBusy: number;
  timesFull: number;
  fullMs: number;
}

interface Now {
  readonly legs: Record<string, { readonly call: string; readonly direction: "in" | "out" }>;
  full: boolean;
  since: number;
}

export interface TrunkReport {
  readonly sums: Record<string, Sums>;
  readonly groups: Record<string, Now>;
}

const congestion: ReadonlySet<number> = new Set([34, 38, 41, 42, 44, 47]);

const sumsOf = ({ sums }: TrunkReport, group: string, at: number, ask: ReportAsk): Sums =>
  sumsAt(sums, ask, at, group, (start) => ({
    start,
    group,
    incoming: 0,
    outgoing: 0,
    congested: 0,
    busyMs: 0,
    mostBusy: 0,
    timesFull: 0,
    fullMs: 0,
  }));

/** Counts what the group has carried up to a moment. */
function follow(report: TrunkReport, group: string, at: number, ask: ReportAsk): Now {
  const now = (report.groups[group] ??= { legs: {}, full: false, since: at });
  const busy = Object.keys(now.legs).length;
  if (busy > 0 || now.full)
    split(ask, now.since, at, (start, ms) => {
      const sums = sumsOf(report, group, Math.max(start, now.since), ask);
      sums.busyMs += busy * ms;
      sums.mostBusy = Math.max(sums.mostBusy, busy);
      sums.fullMs += now.full ? ms : 0;
    });
  // The wall clock may jump back.
  now.since = Math.max(now.since, at);
  return now;
}

function take(report: TrunkReport, event: JournalEvent, ask: ReportAsk): void {
  switch (event.type) {
    case "leg.added": {
      if (event.group === undefined) return;
      const now = follow(report, event.group, event.at, ask);
      now.legs[event.leg] = { call: event.call, direction: event.direction };
      const sums = sumsOf(report, event.group, now.since, ask);
      sums[event.direction === "in" ? "incoming" : "outgoing"] += 1;
      sums.mostBusy = Math.max(sums.mostBusy, Object.keys(now.legs).length);
      return;
    }
    case "leg.ended":
      for (const group of Object.keys(report.groups)) {
        const own = report.groups[group]?.legs[event.leg];
        if (own === undefined) continue;
        const now = follow(report, group, event.at, ask);
        Reflect.deleteProperty(now.legs, event.leg);
        if (own.direction === "out" && congestion.has(event.cause))
          sumsOf(report, group, now.since, ask).congested += 1;
      }
      return;
    case "call.ended":
      // Of a call that went down with the box no leg says that it has ended.
      for (const [group, { legs }] of Object.entries(report.groups))
        for (const [leg, { call }] of Object.entries(legs))
          if (call === event.call) Reflect.deleteProperty(follow(report, group, event.at, ask).legs, leg);
      return;
    case "group.full":
    case "group.free": {
      const now = follow(report, event.group, event.at, ask);
      if (!now.full && event.type === "group.full")
        sumsOf(report, event.group, now.since, ask).timesFull += 1;
      now.full = event.type === "group.full";
      return;
    }
    case "appliance.started":
      for (const group of Object.keys(report.groups)) follow(report, group, event.at, ask).full = false;
      return;
    default:
  }
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "group", unit: "text" },
  { name: "incoming", unit: "count" },
  { name: "outgoing", unit: "count" },
  { name: "congested", unit: "count" },
  { name: "erlangs", unit: "number" },
  { name: "mostBusy", unit: "count" },
  { name: "busyMs", unit: "ms" },
  { name: "timesFull", unit: "count" },
  { name: "fullMs", unit: "ms" },
];

export const trunkReport: Report<TrunkReport> = {
  types: ["leg.added", "leg.ended", "call.ended", "group.full", "group.free", "appliance.started"],
  endsWithTime: true,
  empty: () => ({ sums: {}, groups: {} }),
  take,
  carry: (report) => ({ ...report, sums: {} }),
  table(report, ask) {
    const until = Math.min(ask.now, ask.to);
    const copy = structuredClone(report);
    for (const group of Object.keys(copy.groups)) follow(copy, group, until, ask);
    return {
      columns,
      rows: inOrder(
        Object.values(copy.sums).filter(({ start }) => isAsked(ask, start)),
        "group",
      ).map((one) => {
        const passed = Math.min(intervalOf(ask, one.start).end, until) - one.start;
        return { ...one, erlangs: passed > 0 ? one.busyMs / passed : null };
      }),
    };
  },
};
