// What time a report is about, as it stands in the address: a name for the usual ones, or two days.
import type { ReportQuery } from "../../../web/api/reports.ts";
import { dateOf, dayAfter, midnightOf } from "../../lib/days.ts";

export const periods = ["today", "yesterday", "week", "month", "last-month", "year", "days"] as const;
export type Period = (typeof periods)[number];

export type Step = NonNullable<ReportQuery["step"]>;
export const steps = ["quarter", "hour", "day", "month", "year", "whole"] as const satisfies readonly Step[];

/** What a period is divided into unless something else is chosen. */
export const usualStep: Readonly<Record<Period, Step>> = {
  today: "hour",
  yesterday: "hour",
  week: "day",
  month: "day",
  "last-month": "day",
  year: "month",
  days: "day",
};

export interface Bounds {
  /** The first day and the last one. */
  readonly first: string;
  readonly last: string;
}

export function boundsOf(period: Period, now: number, from: string, to: string): Bounds {
  const today = dateOf(now);
  const firstOf = (date: string): string => `${date.slice(0, 7)}-01`;
  switch (period) {
    case "today":
      return { first: today, last: today };
    case "yesterday":
      return { first: dayAfter(today, -1), last: dayAfter(today, -1) };
    case "week":
      return { first: dayAfter(today, -6), last: today };
    case "month":
      return { first: firstOf(today), last: today };
    case "last-month": {
      const last = dayAfter(firstOf(today), -1);
      return { first: firstOf(last), last };
    }
    case "year":
      return { first: `${today.slice(0, 4)}-01-01`, last: today };
    case "days":
      return { first: from || today, last: to || from || today };
  }
}

/** @returns undefined for days that there are not */
export function momentsOf({
  first,
  last,
}: Bounds): { readonly from: number; readonly to: number } | undefined {
  const [from, to] = [midnightOf(first), midnightOf(dayAfter(last))];
  return from === undefined || to === undefined || from >= to ? undefined : { from, to };
}
