// Queues by intervals, as a fold over the journal: incremental and from scratch are the same function. A call belongs to the
// interval in which it came into the queue; every call that came in is in exactly one of the ways out, or waits still.
import type { JournalEvent, QueueLeaveReason } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { isAsked } from "./intervals.ts";
import { inOrder, ratio, sumsAt, type Column, type Report } from "./report.ts";

/** Sums of one queue in one interval. Durations in milliseconds. */
export interface QueueSums {
  readonly start: number;
  readonly queue: string;
  offered: number;
  answered: number;
  answeredInTime: number;
  abandoned: number;
  abandonedInTime: number;
  abandonedShort: number;
  timedOut: number;
  nobodyThere: number;
  full: number;
  closed: number;
  byKey: number;
  /** Hung up to be called back; see `callbacks`. */
  toCallBack: number;
  /** Lost with the box. */
  restarted: number;
  /** In line still. */
  waiting: number;
  waitMs: number;
  longestWaitMs: number;
  abandonedWaitMs: number;
  talkMs: number;
  wrapUpMs: number;
  transferred: number;
  noAnswers: number;
  callbacksReached: number;
  callbacksFailed: number;
  rated: number;
  /** Of the best rating that could be given, 0 to 1, together. */
  ratings: number;
  /** Of those answered whose wait was estimated: what was said, and how far it was off. */
  estimated: number;
  estimateMs: number;
  estimateErrorMs: number;
}

/** Plain JSON: it can be kept, and gone on with. */
export interface QueueReport {
  readonly sums: Record<string, QueueSums>;
  /** Calls in line or in conversation: whose sums they are in, and whether they were answered. */
  readonly open: Record<
    string,
    { readonly sums: string; readonly answered: boolean; readonly estimateMs?: number }
  >;
  /** The queue's sums that each call was answered in: a rating may come later. */
  readonly rating: Record<string, string>;
  /** Agents in wrap-up: since when, and of which sums. */
  readonly wrapping: Record<string, { readonly since: number; readonly sums: string }>;
  /** The last conversation of each agent. */
  readonly last: Record<string, string>;
}

const emptyQueueReport = (): QueueReport => ({
  sums: {},
  open: {},
  rating: {},
  wrapping: {},
  last: {},
});

/** How leaving without an answer is counted. */
const ways: Readonly<Partial<Record<QueueLeaveReason, keyof QueueSums>>> = {
  "timed-out": "timedOut",
  "nobody-there": "nobodyThere",
  full: "full",
  closed: "closed",
  key: "byKey",
  callback: "toCallBack",
  restarted: "restarted",
};

/** Takes one event into the report, which it changes. */
function takeQueueEvent(report: QueueReport, event: JournalEvent, options: ReportAsk): void {
  switch (event.type) {
    case "queue.entered": {
      const name = sumsOf(report, event.queue, event.at, options);
      const { estimateMs } = event;
      report.open[`${event.call} ${event.queue}`] = {
        sums: name,
        answered: false,
        ...(estimateMs === undefined ? {} : { estimateMs }),
      };
      return add(report, name, (sums) => {
        sums.offered += 1;
        sums.waiting += 1;
      });
    }
    case "queue.connected": {
      const key = `${event.call} ${event.queue}`;
      const open = report.open[key];
      if (open === undefined) return;
      report.open[key] = { ...open, answered: true };
      report.last[event.agent] = open.sums;
      return add(report, open.sums, (sums) => {
        sums.waiting -= 1;
        sums.answered += 1;
        sums.answeredInTime += event.waitedMs <= thresholdOf(event.queue, options) ? 1 : 0;
        sums.waitMs += event.waitedMs;
        sums.longestWaitMs = Math.max(sums.longestWaitMs, event.waitedMs);
        if (open.estimateMs === undefined) return;
        sums.estimated += 1;
        sums.estimateMs += open.estimateMs;
        sums.estimateErrorMs += Math.abs(open.estimateMs - event.waitedMs);
      });
    }
    case "queue.left": {
      const key = `${event.call} ${event.queue}`;
      const open = report.open[key];
      Reflect.deleteProperty(report.open, key);
      if (open === undefined) return;
      return add(report, open.sums, (sums) => {
        if (open.answered) {
          if (event.reason === "completed-by-agent") report.rating[event.call] = open.sums;
          sums.talkMs += event.talkedMs;
          sums.transferred += event.reason.startsWith("transferred") ? 1 : 0;
          return;
        }
        sums.waiting -= 1;
        sums.longestWaitMs = Math.max(sums.longestWaitMs, event.waitedMs);
        if (event.reason === "abandoned") {
          sums.abandoned += 1;
          sums.abandonedInTime += event.waitedMs <= thresholdOf(event.queue, options) ? 1 : 0;
          sums.abandonedShort += event.waitedMs < options.shortMs ? 1 : 0;
          sums.abandonedWaitMs += event.waitedMs;
          return;
        }
        // A caller who was transferred out of the line was taken by whoever did it.
        const way = ways[event.reason] ?? "byKey";
        (sums[way] as number) += 1;
      });
    }
    case "call.rated": {
      const sums = report.rating[event.call];
      if (sums === undefined) return;
      return add(report, sums, (one) => {
        one.rated += 1;
        one.ratings += event.score / event.highest;
      });
    }
    case "call.ended":
      Reflect.deleteProperty(report.rating, event.call);
      return;
    case "queue.ring-no-answer":
      return add(
        report,
        sumsOf(report, event.queue, event.at, options),
        (sums) => void (sums.noAnswers += 1),
      );
    case "callback.reached":
      return add(
        report,
        sumsOf(report, event.queue, event.at, options),
        (sums) => void (sums.callbacksReached += 1),
      );
    case "callback.failed":
      return add(
        report,
        sumsOf(report, event.queue, event.at, options),
        (sums) => void (sums.callbacksFailed += 1),
      );
    case "agent.wrap-up": {
      const sums = report.last[event.agent];
      if (sums !== undefined) report.wrapping[event.agent] = { since: event.at, sums };
      return;
    }
    case "agent.idle":
    case "agent.ready":
    case "agent.logged-out": {
      const wrapping = report.wrapping[event.agent];
      Reflect.deleteProperty(report.wrapping, event.agent);
      if (wrapping === undefined) return;
      const spent = Math.max(0, event.at - wrapping.since);
      return add(report, wrapping.sums, (sums) => void (sums.wrapUpMs += spent));
    }
    default:
  }
}

const thresholdOf = (queue: string, { thresholdMs }: ReportAsk): number => thresholdMs[queue] ?? 20_000;

function sumsOf(report: QueueReport, queue: string, at: number, ask: ReportAsk): string {
  const { start } = sumsAt(report.sums, ask, at, queue, (begin) => ({
    start: begin,
    queue,
    offered: 0,
    answered: 0,
    answeredInTime: 0,
    abandoned: 0,
    abandonedInTime: 0,
    abandonedShort: 0,
    timedOut: 0,
    nobodyThere: 0,
    full: 0,
    closed: 0,
    byKey: 0,
    toCallBack: 0,
    restarted: 0,
    waiting: 0,
    waitMs: 0,
    longestWaitMs: 0,
    abandonedWaitMs: 0,
    talkMs: 0,
    wrapUpMs: 0,
    transferred: 0,
    noAnswers: 0,
    callbacksReached: 0,
    callbacksFailed: 0,
    rated: 0,
    ratings: 0,
    estimated: 0,
    estimateMs: 0,
    estimateErrorMs: 0,
  }));
  return `${start} ${queue}`;
}

function add(report: QueueReport, name: string, change: (sums: QueueSums) => void): void {
  const sums = report.sums[name];
  if (sums !== undefined) change(sums);
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "queue", unit: "text" },
  { name: "offered", unit: "count" },
  { name: "answered", unit: "count" },
  { name: "serviceLevelOfOffered", unit: "share" },
  { name: "serviceLevelOfAnswered", unit: "share" },
  { name: "serviceLevelWithAbandoned", unit: "share" },
  { name: "answeredInTime", unit: "count" },
  { name: "abandoned", unit: "count" },
  { name: "abandonment", unit: "share" },
  { name: "abandonedInTime", unit: "count" },
  { name: "abandonedShort", unit: "count" },
  { name: "averageWaitMs", unit: "ms" },
  { name: "longestWaitMs", unit: "ms" },
  { name: "averageHandlingMs", unit: "ms" },
  { name: "waitMs", unit: "ms" },
  { name: "abandonedWaitMs", unit: "ms" },
  { name: "talkMs", unit: "ms" },
  { name: "wrapUpMs", unit: "ms" },
  { name: "timedOut", unit: "count" },
  { name: "nobodyThere", unit: "count" },
  { name: "full", unit: "count" },
  { name: "closed", unit: "count" },
  { name: "byKey", unit: "count" },
  { name: "toCallBack", unit: "count" },
  { name: "callbacksReached", unit: "count" },
  { name: "callbacksFailed", unit: "count" },
  { name: "restarted", unit: "count" },
  { name: "waiting", unit: "count" },
  { name: "transferred", unit: "count" },
  { name: "noAnswers", unit: "count" },
  { name: "rated", unit: "count" },
  { name: "rating", unit: "share" },
  { name: "averageEstimateMs", unit: "ms" },
  { name: "averageEstimateErrorMs", unit: "ms" },
];

/** What is made of the sums. `null` where there is nothing to divide by. */
const figuresOf = ({ ratings, estimated, estimateMs, estimateErrorMs, ...one }: QueueSums) => ({
  ...one,
  serviceLevelOfAnswered: ratio(one.answeredInTime, one.answered),
  serviceLevelWithAbandoned: ratio(one.answeredInTime + one.abandonedInTime, one.answered + one.abandoned),
  serviceLevelOfOffered: ratio(one.answeredInTime, one.offered - one.abandonedShort),
  abandonment: ratio(one.abandoned, one.offered),
  averageWaitMs: ratio(one.waitMs, one.answered),
  averageHandlingMs: ratio(one.talkMs + one.wrapUpMs, one.answered),
  rating: ratio(ratings, one.rated),
  averageEstimateMs: ratio(estimateMs, estimated),
  averageEstimateErrorMs: ratio(estimateErrorMs, estimated),
});

/** By time, then by queue. */
export const queueReport: Report<QueueReport> = {
  types: [
    "queue.entered",
    "queue.connected",
    "queue.left",
    "queue.ring-no-answer",
    "callback.reached",
    "callback.failed",
    "agent.wrap-up",
    "agent.idle",
    "agent.ready",
    "agent.logged-out",
    "call.rated",
    "call.ended",
  ],
  endsWithTime: false,
  empty: emptyQueueReport,
  take: takeQueueEvent,
  carry: (report) => ({ ...report, sums: {} }),
  table: ({ sums }, ask) => ({
    columns,
    rows: inOrder(
      Object.values(sums).filter(({ start }) => isAsked(ask, start)),
      "queue",
    ).map(figuresOf),
  }),
};
