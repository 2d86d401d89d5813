// What reports can be asked, and what they answer: plain data, for it crosses into a thread and back.
import type { Periods } from "./intervals.ts";
import type { Table } from "./table.ts";
import type { WhatIfAsk } from "./what-if-ask.ts";

export const reportIds = [
  "queues",
  "agents",
  "calls",
  "times",
  "flows",
  "trunks",
  "log-ins",
  "adherence",
  "staffing",
] as const;
export type ReportId = (typeof reportIds)[number];

/** What the calls of `calls` are gathered by. */
export const groupings = [
  "none",
  "queue",
  "agent",
  "called",
  "trunk",
  "area",
  "customer",
  "skill",
  "code",
] as const;
export type Grouping = (typeof groupings)[number];

/** A shift of the plan: the agent is to be there and ready. */
export interface Shift {
  readonly agent: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Moments are wall clock, ms since 1970 UTC: from the interval that `from` lies in to the last one that begins before `to`.
 */
export interface ReportAsk extends Periods {
  readonly report: ReportId;
  readonly by: Grouping;
  /** Answered within so long counts as in time, by queue; 20 s where a queue is not named. */
  readonly thresholdMs: Readonly<Record<string, number>>;
  /** Who gives up within so long hardly waited. */
  readonly shortMs: number;
  /** Who calls again within so long was not helped the first time. */
  readonly repeatMs: number;
  /** Where the box is: ISO 3166-1 alpha-2, and the area code without prefix. */
  readonly country: string;
  readonly areaCode?: string;
  readonly shifts: readonly Shift[];
  /** The share that is to be answered in time, 0 to 1. */
  readonly target: number;
  readonly now: number;
}

export type Job = { readonly report: ReportAsk } | { readonly whatIf: WhatIfAsk };

export interface Reporter {
  /** Reads the journal on a thread of its own. @throws ERR_REPORTS_BUSY, ERR_STORAGE_UNUSABLE */
  ask(job: Job): Promise<Table>;
}
