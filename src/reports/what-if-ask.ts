// What is changed, and of which time: plain data, for it crosses into a thread.
import type { AgentOptions, QueueOptions } from "../shared/journal.ts";

export interface Change {
  /** Of queues, by id; what is not named stays. */
  readonly queues?: Readonly<
    Record<
      string,
      Partial<Pick<QueueOptions, "strategy" | "wrapUpMs" | "weight" | "tierMs" | "skills" | "relax">>
    >
  >;
  /** Of agents, by number. */
  readonly agents?: Readonly<Record<string, Partial<Pick<AgentOptions, "queues" | "levels" | "skills">>>>;
  /** Agents who are not there. */
  readonly without?: readonly string[];
  /** So many more who do what this one does, at the same hours. */
  readonly more?: Readonly<Record<string, number>>;
}

export interface WhatIfAsk {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly thresholdMs: Readonly<Record<string, number>>;
  readonly shortMs: number;
  readonly change: Change;
  /** Runs of each, with other chances; default 2. */
  readonly runs?: number;
}
