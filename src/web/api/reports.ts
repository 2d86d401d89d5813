// Reports: queues and agents by intervals, each figure with what it means.
import { Type, type Static } from "typebox";
import { At, Digits, Id, Ms } from "./common.ts";

const Count = Type.Integer({ minimum: 0 });
const Share = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
const Average = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);

export const ReportQuery = Type.Object({
  /** From the interval that `from` lies in to the last one that begins before `to`. */
  from: At,
  to: At,
  step: Type.Optional(
    Type.Union([
      Type.Literal("quarter"),
      Type.Literal("hour"),
      Type.Literal("day"),
      Type.Literal("month"),
      Type.Literal("year"),
    ]),
  ),
  format: Type.Optional(Type.Union([Type.Literal("json"), Type.Literal("csv")])),
  /** Who gives up within so many seconds hardly waited; default 5. */
  shortSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
});

export const QueueReportRow = Type.Object({
  start: At,
  queue: Id,
  offered: Count,
  answered: Count,
  answeredInTime: Count,
  abandoned: Count,
  abandonedInTime: Count,
  abandonedShort: Count,
  timedOut: Count,
  nobodyThere: Count,
  full: Count,
  byKey: Count,
  toCallBack: Count,
  restarted: Count,
  waiting: Count,
  waitMs: Ms,
  longestWaitMs: Ms,
  abandonedWaitMs: Ms,
  talkMs: Ms,
  wrapUpMs: Ms,
  transferred: Count,
  noAnswers: Count,
  callbacksReached: Count,
  callbacksFailed: Count,
  serviceLevelOfAnswered: Share,
  serviceLevelWithAbandoned: Share,
  serviceLevelOfOffered: Share,
  abandonment: Share,
  averageWaitMs: Average,
  averageHandlingMs: Average,
});

export const AgentReportRow = Type.Object({
  start: At,
  agent: Digits,
  answered: Count,
  noAnswers: Count,
  logIns: Count,
  talkMs: Ms,
  /** Milliseconds by state; a pause with its reason: `paused lunch`. */
  inState: Type.Record(Type.String(), Ms),
});

const reply = <T extends typeof QueueReportRow | typeof AgentReportRow>(row: T) =>
  Type.Object({
    timeZone: Type.String(),
    step: Type.String(),
    /** What each figure means. */
    definitions: Type.Record(Type.String(), Type.String()),
    rows: Type.Array(row),
  });

export const QueueReportReply = reply(QueueReportRow);
export const AgentReportReply = reply(AgentReportRow);

export const reportRoutes = {
  "GET /reports/queues": {
    access: "supervisor",
    summary: "Queues by intervals, as JSON or CSV",
    query: ReportQuery,
    reply: Type.Union([QueueReportReply, Type.String()]),
    file: true,
  },
  "GET /reports/agents": {
    access: "supervisor",
    summary: "Agents by intervals: time in each state, calls; as JSON or CSV",
    query: ReportQuery,
    reply: Type.Union([AgentReportReply, Type.String()]),
    file: true,
  },
} as const;

export type ReportQuery = Static<typeof ReportQuery>;
