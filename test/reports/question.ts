// A question to the reports, all but what a test cares for.
import type { ReportAsk, ReportId } from "../../src/reports/ask.ts";

export const question = (report: ReportId, more: Partial<ReportAsk> = {}): ReportAsk => ({
  report,
  by: "none",
  step: "quarter",
  from: -1e12,
  to: 1e15,
  now: 1e9,
  timeZone: "Asia/Shanghai",
  thresholdMs: {},
  shortMs: 5000,
  repeatMs: 86_400_000,
  country: "cn",
  shifts: [],
  target: 0.8,
  ...more,
});
