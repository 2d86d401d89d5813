// Reports asked for over the API, as JSON with what each figure means, or as CSV; and the plan of shifts.
import { csv } from "../../reports/csv.ts";
import { inWords } from "../../reports/definitions.ts";
import type { ReportAsk } from "../../reports/ask.ts";
import type { Row, Table } from "../../reports/report.ts";
import { CallboxError } from "../../shared/errors.ts";
import { localTime } from "../../shared/local-time.ts";
import type { ReportName, ReportQuery, reportRoutes as table } from "../api/reports.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import { present } from "../views.ts";

type ReportDeps = Pick<WebDeps, "reporter" | "shifts" | "settings" | "clock" | "log">;

/** Rows of one queue or agent at most. */
const mostIntervals = 40_000;
const mostWhatIfMs = 366 * 86_400_000;
const shortest = {
  quarter: 900_000,
  hour: 1_800_000,
  day: 82_800_000,
  month: 2e9,
  year: 3e10,
  whole: Infinity,
} as const;

export function reportRoutes({
  reporter,
  shifts,
  settings,
  clock,
  log,
}: ReportDeps): Pick<Handlers, keyof typeof table> {
  const thresholds = (): Record<string, number> =>
    Object.fromEntries(
      settings.current().queues.map(({ id, serviceLevelSeconds }) => [id, serviceLevelSeconds * 1000]),
    );
  const askOf = (report: ReportName, query: ReportQuery): ReportAsk => {
    const { from, to, step = "day", by = "none", shortSeconds = 5, repeatDays = 3, target = 80 } = query;
    if (from >= to || (to - from) / shortest[step] > mostIntervals)
      throw new CallboxError("ERR_REQUEST_INVALID", {
        detail: "from must be before to, and not by too many steps",
      });
    const { appliance } = settings.current();
    return {
      report,
      by,
      from,
      to,
      step,
      timeZone: appliance.timeZone,
      thresholdMs: thresholds(),
      shortMs: shortSeconds * 1000,
      repeatMs: repeatDays * 86_400_000,
      country: appliance.country,
      ...(appliance.areaCode === undefined ? {} : { areaCode: appliance.areaCode }),
      shifts: report === "adherence" ? shifts.list() : [],
      target: target / 100,
      now: clock.now(),
    };
  };

  return {
    "GET /reports/:report": async ({ params: { report }, query, reply }) => {
      const ask = askOf(report, query);
      const made = await reporter.ask({ report: ask });
      if (query.format === "csv")
        return reply
          .type("text/csv; charset=utf-8")
          .header("content-disposition", `attachment; filename="callbox-${report}.csv"`)
          .send(csvOf(made, ask.timeZone));
      return { timeZone: ask.timeZone, ...inWords(report, made, query.language) };
    },
    "POST /what-if": async ({ body, user }) => {
      const { from, to, queues = {}, agents = {}, without = [], more = {}, language } = body;
      if (from >= to || to - from > mostWhatIfMs)
        throw new CallboxError("ERR_REQUEST_INVALID", {
          detail: "from must be before to, by a year at most",
        });
      log.info({ from, to, by: user.name }, "what if");
      const { timeZone } = settings.current().appliance;
      const table = await reporter.ask({
        whatIf: {
          from,
          to,
          timeZone,
          thresholdMs: thresholds(),
          shortMs: 5000,
          change: {
            queues: mapped(queues, ({ strategy, wrapUpSeconds }) => ({
              ...present({ strategy }),
              ...(wrapUpSeconds === undefined ? {} : { wrapUpMs: wrapUpSeconds * 1000 }),
            })),
            agents: mapped(agents, ({ queues: own, skills }) => ({
              ...present({ queues: own }),
              ...(skills === undefined
                ? {}
                : { skills: Object.fromEntries(skills.map(({ skill, level }) => [skill, level])) }),
            })),
            without,
            more,
          },
        },
      });
      return { timeZone, ...inWords("what-if", table, language) };
    },
    "GET /shifts": () => ({ shifts: [...shifts.list()] }),
    "PUT /shifts": ({ body, user }) => {
      const read = shifts.replace(body.csv, settings.current().appliance.timeZone);
      log.info({ shifts: read.length, by: user.name }, "the plan of shifts was replaced");
      return { shifts: [...read] };
    },
  };
}

function mapped<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Moments as a calendar and a clock on the wall show them. */
function csvOf({ columns, rows }: Table, timeZone: string): string {
  const cell = (row: Row, { name, unit }: Table["columns"][number]): string | number | null => {
    const value = row[name] ?? null;
    if (unit !== "moment" || typeof value !== "number") return value;
    const { date, time } = localTime(value, timeZone);
    return `${date} ${time}`;
  };
  return csv(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map((column) => cell(row, column))),
  );
}
