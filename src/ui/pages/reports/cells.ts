// How the cells of a report are written.
import type { ReportColumn, ReportName } from "../../../web/api/reports.ts";
import { count, dayTime, decimal, hourTime, percent, shortDay, span } from "../../lib/format.ts";
import { agentName, queueName } from "../../lib/places.ts";
import { numberText } from "../../lib/numbers.svelte.ts";
import { wrapUpName } from "../../lib/work.svelte.ts";
import type { Step } from "./periods.ts";

export type Value = string | number | null | undefined;

/** @param by what the calls are gathered by */
export function cellText(
  { name, unit }: ReportColumn,
  value: Value,
  report: ReportName | "what-if",
  step: Step,
  by: string,
): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return nameText(name, value, by);
  switch (unit) {
    case "moment":
      return report === "log-ins" ? dayTime(value) : momentText(value, step);
    case "ms":
      return span(value);
    case "share":
      return percent(value);
    case "number":
      return decimal(value);
    default:
      return count(value);
  }
}

function momentText(at: number, step: Step): string {
  switch (step) {
    case "quarter":
    case "hour":
      return `${shortDay(at)} ${hourTime(at)}`;
    default:
      return shortDay(at, step);
  }
}

function nameText(column: string, value: string, by: string): string {
  if (value === "") return "–";
  const what = column === "key" ? by : column;
  switch (what) {
    case "queue":
      return queueName(value);
    case "agent":
      return agentName(value);
    case "code":
      return wrapUpName(value);
    case "called":
    case "customer":
      return numberText(value);
    default:
      return value;
  }
}
