// How many agents a queue had in each interval, and how many it needed: by Erlang's formulas, from the arrivals and handling times
// that were measured.
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { erlangA, erlangC, neededFor, type Load } from "./erlang.ts";
import { beginOf, intervalOf, isAsked, split } from "./intervals.ts";
import { queueReport, type QueueReport } from "./queue-report.ts";
import { followReady, readyTypes, type Ready } from "./ready.ts";
import { ratio, sumsAt, type Column, type Report, type Row } from "./report.ts";

export interface StaffingReport {
  readonly queues: QueueReport;
  /** Queues of each agent, by the settings. */
  readonly members: Record<string, readonly string[]>;
  readonly ready: Ready;
  readonly staffed: Record<string, { readonly start: number; readonly queue: string; ms: number }>;
}

function take(report: StaffingReport, event: JournalEvent, ask: ReportAsk): void {
  queueReport.take(report.queues, event, ask);
  if (event.type === "acd.configured") {
    for (const agent of Object.keys(report.ready)) spend(report, agent, event.at, ask);
    for (const { number, queues } of event.agents) report.members[number] = queues;
  }
  followReady(report.ready, event, (agent, at) => spend(report, agent, at, ask));
}

function spend({ ready, members, staffed }: StaffingReport, agent: string, at: number, ask: ReportAsk): void {
  const from = ready[agent];
  if (from === undefined) return;
  // Nobody asks about what was before.
  for (const queue of members[agent] ?? [])
    split(ask, Math.max(from, beginOf(ask)), at, (begin, ms) => {
      sumsAt(staffed, ask, Math.max(begin, from), queue, (start) => ({ start, queue, ms: 0 })).ms += ms;
    });
  ready[agent] = Math.max(from, at);
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "queue", unit: "text" },
  { name: "offered", unit: "count" },
  { name: "averageHandlingMs", unit: "ms" },
  { name: "patienceMs", unit: "ms" },
  { name: "erlangs", unit: "number" },
  { name: "staffed", unit: "number" },
  { name: "serviceLevel", unit: "share" },
  { name: "predictedC", unit: "share" },
  { name: "predictedA", unit: "share" },
  { name: "neededC", unit: "count" },
  { name: "neededA", unit: "count" },
];

export const staffingReport: Report<StaffingReport> = {
  types: [...new Set([...queueReport.types, "acd.configured" as const, ...readyTypes])],
  endsWithTime: true,
  empty: () => ({ queues: queueReport.empty(), members: {}, ready: {}, staffed: {} }),
  take,
  carry: ({ queues, ...report }) => ({ ...report, queues: queueReport.carry(queues), staffed: {} }),
  table(report, ask) {
    const until = Math.min(ask.now, ask.to);
    const staff: StaffingReport = {
      ...report,
      ready: { ...report.ready },
      staffed: structuredClone(report.staffed),
    };
    for (const agent of Object.keys(staff.ready)) spend(staff, agent, until, ask);
    const { rows } = queueReport.table(report.queues, ask);
    return {
      columns,
      rows: rows.flatMap((row): Row[] => {
        const [start, queue] = [Number(row["start"]), String(row["queue"])];
        const passed = Math.min(intervalOf(ask, start).end, until) - start;
        if (!isAsked(ask, start) || passed <= 0) return [];
        const { offered, answered, waitMs, abandonedWaitMs, abandoned } = row as Record<string, number>;
        const handlingMs = row["averageHandlingMs"] as number | null;
        const patienceMs = ratio((waitMs ?? 0) + (abandonedWaitMs ?? 0), abandoned ?? 0);
        const staffed = (staff.staffed[`${start} ${queue}`]?.ms ?? 0) / passed;
        const common = {
          start,
          queue,
          offered: offered ?? 0,
          averageHandlingMs: handlingMs,
          patienceMs,
          staffed,
          serviceLevel: row["serviceLevelOfOffered"] ?? null,
        };
        if (handlingMs === null || (answered ?? 0) === 0)
          return [
            { ...common, erlangs: null, predictedC: null, predictedA: null, neededC: null, neededA: null },
          ];
        const load: Load = { rate: (offered ?? 0) / passed, handlingMs };
        const threshold = ask.thresholdMs[queue] ?? 20_000;
        const byC = (agents: number) => erlangC(agents, load, threshold);
        // Where nobody has given up nobody would.
        const byA = (agents: number) =>
          patienceMs === null ? byC(agents) : erlangA(agents, load, patienceMs, threshold);
        const here = Math.round(staffed);
        return [
          {
            ...common,
            erlangs: load.rate * load.handlingMs,
            predictedC: byC(here).serviceLevel,
            predictedA: byA(here).serviceLevel,
            neededC: neededFor(ask.target, byC),
            neededA: neededFor(ask.target, byA),
          },
        ];
      }),
    };
  },
};
