// What reports can be asked, and what they answer: plain data, for it crosses into a thread and back.
import type { AgentSums } from "./agent-report.ts";
import type { Step } from "./intervals.ts";
import type { QueueFigures } from "./queue-report.ts";

/** Moments are wall clock, ms since 1970 UTC: from the interval that `from` lies in to the last one that begins before `to`. */
export interface ReportAsk {
  readonly about: "queues" | "agents";
  readonly from: number;
  readonly to: number;
  readonly step: Step;
  readonly timeZone: string;
  readonly thresholdMs: Readonly<Record<string, number>>;
  readonly shortMs: number;
  readonly now: number;
}

export interface ReportRows {
  readonly queues: readonly QueueFigures[];
  readonly agents: readonly AgentSums[];
}

export interface Reporter {
  /** Reads the whole journal up to `to`, on a thread of its own. @throws ERR_STORAGE_UNUSABLE */
  ask(ask: ReportAsk): Promise<ReportRows>;
}
