// What testing a line, a span or a trunk group tells: single checks, each passed, failed or not possible now.

import type { EchoMeasured } from "../media/line-measure.ts";

/**
 * `alarms`: the span has none. `line-config`: the card drives the line as the settings say. `data-link`: multiple frame
 * established. `restart`: the exchange acknowledged a RESTART of the B-channel. `port`: the card has the port, and no
 * alarm on it.
 */
export interface Check {
  readonly check: "alarms" | "line-config" | "data-link" | "restart" | "port";
  readonly result: "passed" | "failed" | "skipped";
  /** `no-answer`: to two RESTARTs. `in-use`: a call is on it. `down`: something it needs failed. `on-demand`: no call, no link. */
  readonly why?: "no-answer" | "in-use" | "down" | "on-demand";
}

export interface LineTest {
  /** Lines or spans tested, each with its checks. */
  readonly tested: readonly {
    readonly line?: string;
    readonly span?: number;
    readonly checks: readonly Check[];
  }[];
  /** Nothing failed. */
  readonly passed: boolean;
}

export interface EchoTest extends Omit<EchoMeasured, "delayMs"> {
  /** With the line's echo canceller: as `returnLossDb`. The same where it has none. */
  readonly cancelledLossDb: number;
}

export function testOf(tested: LineTest["tested"]): LineTest {
  return { tested, passed: tested.every(({ checks }) => checks.every(({ result }) => result !== "failed")) };
}

export const passed = (check: Check["check"], good: boolean): Check => ({
  check,
  result: good ? "passed" : "failed",
});
