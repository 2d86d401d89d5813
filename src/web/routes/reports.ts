// Reports asked for over the API, as JSON with what each figure means, or as CSV.
import { csv, type Cell } from "../../reports/csv.ts";
import { agentDefinitions, queueDefinitions } from "../../reports/definitions.ts";
import type { ReportAsk } from "../../reports/ask.ts";
import { CallboxError } from "../../shared/errors.ts";
import { localTime } from "../../shared/local-time.ts";
import type { ReportQuery, reportRoutes as table } from "../api/reports.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type ReportDeps = Pick<WebDeps, "reporter" | "settings" | "clock">;

/** Rows of one queue or agent at most. */
const mostIntervals = 40_000;
const shortest = { quarter: 900_000, hour: 1_800_000, day: 82_800_000, month: 2e9, year: 3e10 } as const;

export function reportRoutes({ reporter, settings, clock }: ReportDeps): Pick<Handlers, keyof typeof table> {
  const askOf = (about: ReportAsk["about"], query: ReportQuery): ReportAsk => {
    const { from, to, step = "day", shortSeconds = 5 } = query;
    if (from >= to || (to - from) / shortest[step] > mostIntervals)
      throw new CallboxError("ERR_REQUEST_INVALID", {
        detail: "from must be before to, and not by too many steps",
      });
    const { appliance, queues } = settings.current();
    return {
      about,
      from,
      to,
      step,
      timeZone: appliance.timeZone,
      thresholdMs: Object.fromEntries(
        queues.map(({ id, serviceLevelSeconds }) => [id, serviceLevelSeconds * 1000]),
      ),
      shortMs: shortSeconds * 1000,
      now: clock.now(),
    };
  };
  const labelled = (start: number, timeZone: string): string => {
    const { date, time } = localTime(start, timeZone);
    return `${date} ${time}`;
  };

  return {
    "GET /reports/queues": async ({ query, reply }) => {
      const ask = askOf("queues", query);
      const { queues: rows } = await reporter.ask(ask);
      const { timeZone, step } = ask;
      if (query.format !== "csv") return { timeZone, step, definitions: queueDefinitions, rows: [...rows] };
      const names = Object.keys(queueDefinitions) as (keyof typeof queueDefinitions)[];
      const cells = rows.map((row): Cell[] => [
        labelled(row.start, timeZone),
        row.queue,
        ...names.map((name) => row[name]),
      ]);
      return reply.type("text/csv; charset=utf-8").send(csv(["start", "queue", ...names], cells));
    },
    "GET /reports/agents": async ({ query, reply }) => {
      const ask = askOf("agents", query);
      const { agents: rows } = await reporter.ask(ask);
      const { timeZone, step } = ask;
      if (query.format !== "csv") return { timeZone, step, definitions: agentDefinitions, rows: [...rows] };
      const states = [...new Set(rows.flatMap(({ inState }) => Object.keys(inState)))].sort();
      const cells = rows.map(({ start, agent, answered, noAnswers, logIns, talkMs, inState }): Cell[] => [
        labelled(start, timeZone),
        agent,
        answered,
        noAnswers,
        logIns,
        talkMs,
        ...states.map((state) => inState[state] ?? 0),
      ]);
      const names = ["start", "agent", "answered", "noAnswers", "logIns", "talkMs"];
      return reply
        .type("text/csv; charset=utf-8")
        .send(csv([...names, ...states.map((one) => `${one} ms`)], cells));
    },
  };
}
