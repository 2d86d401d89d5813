// How long things took, queue by queue, as a distribution: so many callers answered after 5 seconds or less, after 5 to 10, …
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import type { Column, Report } from "./report.ts";

/** Upper ends of the classes, seconds; longer than the last is the last class. */
const ends = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800, 7200, 86_400] as const;
const kinds = ["answered", "abandoned", "talked", "held", "wrappedUp"] as const;
type Kind = (typeof kinds)[number];

export interface TimeReport {
  /** By queue, then kind: how many in each class. */
  readonly counts: Record<string, Record<Kind, number[]>>;
  /** Calls with an agent: the queue, and hold so far. */
  readonly open: Record<string, { readonly queue: string; heldSince: number | null; heldMs: number }>;
  readonly wrapping: Record<string, { readonly queue: string; readonly since: number }>;
}

function count(report: TimeReport, queue: string, kind: Kind, ms: number, at: number, ask: ReportAsk): void {
  if (at < ask.from || at >= ask.to) return;
  const own = (report.counts[queue] ??= { answered: [], abandoned: [], talked: [], held: [], wrappedUp: [] });
  const found = ends.findIndex((seconds) => ms <= seconds * 1000);
  const place = found < 0 ? ends.length - 1 : found;
  for (let i = own[kind].length; i <= place; i++) own[kind].push(0);
  own[kind][place] = (own[kind][place] ?? 0) + 1;
}

function take(report: TimeReport, event: JournalEvent, ask: ReportAsk): void {
  switch (event.type) {
    case "queue.connected":
      report.open[event.call] = { queue: event.queue, heldSince: null, heldMs: 0 };
      return count(report, event.queue, "answered", event.waitedMs, event.at, ask);
    case "call.held": {
      const own = report.open[event.call];
      if (own !== undefined) own.heldSince = event.at;
      return;
    }
    case "call.resumed": {
      const own = report.open[event.call];
      if (own?.heldSince == null) return;
      own.heldMs += Math.max(0, event.at - own.heldSince);
      own.heldSince = null;
      return;
    }
    case "queue.left": {
      const own = report.open[event.call];
      Reflect.deleteProperty(report.open, event.call);
      if (event.reason === "abandoned" && event.agent === undefined)
        return count(report, event.queue, "abandoned", event.waitedMs, event.at, ask);
      if (own === undefined) return;
      count(report, own.queue, "talked", event.talkedMs, event.at, ask);
      const held = own.heldMs + (own.heldSince === null ? 0 : Math.max(0, event.at - own.heldSince));
      if (held > 0) count(report, own.queue, "held", held, event.at, ask);
      return;
    }
    case "agent.wrap-up":
      report.wrapping[event.agent] = { queue: event.queue, since: event.at };
      return;
    case "agent.idle":
    case "agent.ready":
    case "agent.logged-out": {
      const own = report.wrapping[event.agent];
      Reflect.deleteProperty(report.wrapping, event.agent);
      if (own === undefined) return;
      return count(report, own.queue, "wrappedUp", Math.max(0, event.at - own.since), event.at, ask);
    }
    default:
  }
}

const columns: readonly Column[] = [
  { name: "queue", unit: "text" },
  { name: "upToMs", unit: "ms" },
  ...kinds.map((kind) => ({ name: kind, unit: "count" }) as const),
];

/** Of what happened in the time asked about; the step means nothing. */
export const timeReport: Report<TimeReport> = {
  types: [
    "queue.connected",
    "queue.left",
    "call.held",
    "call.resumed",
    "agent.wrap-up",
    "agent.idle",
    "agent.ready",
    "agent.logged-out",
  ],
  endsWithTime: true,
  empty: () => ({ counts: {}, open: {}, wrapping: {} }),
  take,
  carry: (report) => ({ ...report, counts: {} }),
  table: ({ counts }) => ({
    columns,
    rows: Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([queue, own]) => {
        const last = Math.max(...kinds.map((kind) => own[kind].length));
        return ends.slice(0, last).map((seconds, i) => ({
          queue,
          upToMs: seconds * 1000,
          ...Object.fromEntries(kinds.map((kind) => [kind, own[kind][i] ?? 0])),
        }));
      }),
  }),
};
