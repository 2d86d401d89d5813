// Queues by intervals, as a fold over the journal: incremental and from scratch are the same function. A call belongs to the
// interval in which it came into the queue; every call that came in is in exactly one of the ways out, or waits still.
import type { JournalEvent, QueueLeaveReason } from "../shared/journal.ts";
import { intervalOf, type Step } from "./intervals.ts";

export interface QueueReportOptions {
  readonly step: Step;
  readonly timeZone: string;
  /** Answered within so long counts as in time, by queue; 20 s where a queue is not named. */
  readonly thresholdMs: Readonly<Record<string, number>>;
  /** Who gives up within so long hardly waited. */
  readonly shortMs: number;
}

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
}

/** Plain JSON: it can be kept, and gone on with. */
export interface QueueReport {
  readonly sums: Record<string, QueueSums>;
  /** Calls in line or in conversation: whose sums they are in, and whether they were answered. */
  readonly open: Record<string, { readonly sums: string; readonly answered: boolean }>;
  /** Agents in wrap-up: since when, and of which sums. */
  readonly wrapping: Record<string, { readonly since: number; readonly sums: string }>;
  /** The last conversation of each agent. */
  readonly last: Record<string, string>;
}

export const emptyQueueReport = (): QueueReport => ({ sums: {}, open: {}, wrapping: {}, last: {} });

/** How leaving without an answer is counted. */
const ways: Readonly<Partial<Record<QueueLeaveReason, keyof QueueSums>>> = {
  "timed-out": "timedOut",
  "nobody-there": "nobodyThere",
  full: "full",
  key: "byKey",
  callback: "toCallBack",
  restarted: "restarted",
};

/** Takes one event into the report, which it changes. */
export function takeQueueEvent(report: QueueReport, event: JournalEvent, options: QueueReportOptions): void {
  switch (event.type) {
    case "queue.entered": {
      const name = sumsOf(report, event.queue, event.at, options);
      report.open[`${event.call} ${event.queue}`] = { sums: name, answered: false };
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
      });
    }
    case "queue.left": {
      const key = `${event.call} ${event.queue}`;
      const open = report.open[key];
      Reflect.deleteProperty(report.open, key);
      if (open === undefined) return;
      return add(report, open.sums, (sums) => {
        if (open.answered) {
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

const thresholdOf = (queue: string, { thresholdMs }: QueueReportOptions): number =>
  thresholdMs[queue] ?? 20_000;

function sumsOf(
  report: QueueReport,
  queue: string,
  at: number,
  { step, timeZone }: QueueReportOptions,
): string {
  const { start } = intervalOf(step, at, timeZone);
  const name = `${start} ${queue}`;
  report.sums[name] ??= {
    start,
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
  };
  return name;
}

function add(report: QueueReport, name: string, change: (sums: QueueSums) => void): void {
  const sums = report.sums[name];
  if (sums !== undefined) change(sums);
}

/** What is made of the sums. `null` where there is nothing to divide by. */
export interface QueueFigures extends Readonly<QueueSums> {
  /** Answered in time ÷ answered. */
  readonly serviceLevelOfAnswered: number | null;
  /** (Answered in time + abandoned in time) ÷ (answered + abandoned). */
  readonly serviceLevelWithAbandoned: number | null;
  /** Answered in time ÷ (offered − abandoned after hardly a wait): the usual one. */
  readonly serviceLevelOfOffered: number | null;
  /** Abandoned ÷ offered. */
  readonly abandonment: number | null;
  /** ASA: wait of those answered ÷ answered. */
  readonly averageWaitMs: number | null;
  /** AHT: (talk + wrap-up) ÷ answered. */
  readonly averageHandlingMs: number | null;
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** By time, then by queue. */
export function queueFigures({ sums }: QueueReport): readonly QueueFigures[] {
  return Object.values(sums)
    .sort((a, b) => a.start - b.start || (a.queue < b.queue ? -1 : 1))
    .map((one) => ({
      ...one,
      serviceLevelOfAnswered: ratio(one.answeredInTime, one.answered),
      serviceLevelWithAbandoned: ratio(
        one.answeredInTime + one.abandonedInTime,
        one.answered + one.abandoned,
      ),
      serviceLevelOfOffered: ratio(one.answeredInTime, one.offered - one.abandonedShort),
      abandonment: ratio(one.abandoned, one.offered),
      averageWaitMs: ratio(one.waitMs, one.answered),
      averageHandlingMs: ratio(one.talkMs + one.wrapUpMs, one.answered),
    }));
}
