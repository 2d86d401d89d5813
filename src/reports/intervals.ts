// Where a quarter, hour, day, month or year begins at the appliance's place, also when the clocks are changed.
import { localMidnight, localTime } from "../shared/local-time.ts";

export const steps = ["quarter", "hour", "day", "month", "year"] as const;
export type CalendarStep = (typeof steps)[number];
/** `whole`: all that is asked about is one interval. */
export type Step = CalendarStep | "whole";

/** How time is divided. `from` and `to` are the bounds of what is asked about. */
export interface Periods {
  readonly step: Step;
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The moment (wall clock, ms since 1970 UTC) when the interval began that `at` lies in. */
export function startOf(step: CalendarStep, at: number, timeZone: string): number {
  // Every zone is some quarters of an hour off UTC.
  if (step === "quarter") return at - (((at % (15 * minuteMs)) + 15 * minuteMs) % (15 * minuteMs));
  if (step === "hour") {
    let start = startOf("quarter", at, timeZone);
    // Where clocks go back by half an hour, an hour has ninety minutes.
    for (let past = minutesOf(start, timeZone); past > 0; past = minutesOf(start, timeZone))
      start -= past * minuteMs;
    return start;
  }
  const midnight = localMidnight(at, timeZone);
  if (step === "day") return midnight;
  const [, month = 1, day = 1] = localTime(at, timeZone).date.split("-").map(Number);
  // Noon, that no change of clocks leads into a neighbouring day.
  const first = localMidnight(midnight + dayMs / 2 - (day - 1) * dayMs, timeZone);
  if (step === "month" || month === 1) return first;
  return startOf("year", first - dayMs, timeZone);
}

const minutesOf = (at: number, timeZone: string): number => Number(localTime(at, timeZone).time.slice(3));

/** A little more than the shortest, and than the longest there is, in minutes. */
const further = {
  quarter: [20, 20],
  hour: [75, 105],
  day: [26 * 60, 26 * 60],
  month: [33 * 24 * 60, 33 * 24 * 60],
  year: [367 * 24 * 60, 367 * 24 * 60],
} as const;

/** The moment when the next interval begins. */
export function endOf(step: CalendarStep, start: number, timeZone: string): number {
  const [short, long] = further[step].map((minutes) => startOf(step, start + minutes * minuteMs, timeZone));
  return short !== undefined && short > start ? short : (long ?? start);
}

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The last one of each kind: events follow one another, and a calendar is slow to ask. */
const latest = new Map<string, Interval>();

/** The interval that a moment lies in. */
export function intervalOf({ step, timeZone, from, to }: Periods, at: number): Interval {
  if (step === "whole") {
    if (at < from) return { start: -Infinity, end: from };
    return at < to ? { start: from, end: to } : { start: to, end: Infinity };
  }
  const kind = `${step} ${timeZone}`;
  const known = latest.get(kind);
  if (known !== undefined && at >= known.start && at < known.end) return known;
  const start = startOf(step, at, timeZone);
  const found = { start, end: endOf(step, start, timeZone) };
  latest.set(kind, found);
  return found;
}

/** Is the interval that begins then asked about? */
export function isAsked({ step, from, to, timeZone }: Periods, start: number): boolean {
  if (start >= to) return false;
  return start >= from || (step !== "whole" && start === startOf(step, from, timeZone));
}

/** When the first interval begins that is asked about. */
export const beginOf = ({ step, from, timeZone }: Periods): number =>
  step === "whole" ? from : Math.min(from, startOf(step, from, timeZone));

/** Calls `spend` with each interval that the time lies in, and how much of it. */
export function split(
  periods: Periods,
  from: number,
  to: number,
  spend: (start: number, ms: number) => void,
): void {
  for (let at = from; at < to;) {
    const { start, end } = intervalOf(periods, at);
    const until = Math.min(to, end);
    spend(start, until - at);
    at = until;
  }
}
