// Reports: tables of figures by intervals, each figure with what it means.
import { Type, type Static } from "typebox";
import { Queue } from "../../config/settings.ts";
import { At, Digits, Id } from "./common.ts";

const Language = Type.Union([Type.Literal("en"), Type.Literal("zh"), Type.Literal("ko")]);

export const ReportName = Type.Union([
  Type.Literal("queues"),
  Type.Literal("agents"),
  Type.Literal("calls"),
  Type.Literal("times"),
  Type.Literal("flows"),
  Type.Literal("trunks"),
  Type.Literal("log-ins"),
  Type.Literal("adherence"),
  Type.Literal("staffing"),
]);

export const ReportQuery = Type.Object({
  /** From the interval that `from` lies in to the last one that begins before `to`. */
  from: At,
  to: At,
  /** Default `day`; `whole`: all in one row each. */
  step: Type.Optional(
    Type.Union([
      Type.Literal("quarter"),
      Type.Literal("hour"),
      Type.Literal("day"),
      Type.Literal("month"),
      Type.Literal("year"),
      Type.Literal("whole"),
    ]),
  ),
  /** What calls are gathered by, of the report `calls`; default `none`. */
  by: Type.Optional(
    Type.Union([
      Type.Literal("none"),
      Type.Literal("queue"),
      Type.Literal("agent"),
      Type.Literal("called"),
      Type.Literal("trunk"),
      Type.Literal("area"),
      Type.Literal("customer"),
      Type.Literal("skill"),
      Type.Literal("code"),
    ]),
  ),
  format: Type.Optional(Type.Union([Type.Literal("json"), Type.Literal("csv")])),
  /** Of headings and definitions; default English. */
  language: Type.Optional(Language),
  /** Who gives up within so many seconds hardly waited; default 5. */
  shortSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
  /** Who calls again within so many days was not helped; default 3. */
  repeatDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })),
  /** Of the report `staffing`: so many percent are to be answered in time; default 80. */
  target: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
});

export const ReportColumn = Type.Object({
  name: Type.String(),
  unit: Type.Union([
    Type.Literal("text"),
    Type.Literal("moment"),
    Type.Literal("count"),
    Type.Literal("ms"),
    /** 0 to 1. */
    Type.Literal("share"),
    Type.Literal("number"),
  ]),
  heading: Type.String(),
  definition: Type.String(),
});

export const ReportReply = Type.Object({
  timeZone: Type.String(),
  columns: Type.Array(ReportColumn),
  /** `null` where there is nothing to divide by. */
  rows: Type.Array(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))),
});

/** What is changed, of a time that has passed. */
export const WhatIf = Type.Object({
  from: At,
  to: At,
  /** By queue. */
  queues: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object({
        strategy: Type.Optional(Queue.properties.strategy),
        wrapUpSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600 })),
      }),
    ),
  ),
  /** By agent. */
  agents: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object({
        queues: Type.Optional(Type.Array(Id)),
        skills: Type.Optional(
          Type.Array(Type.Object({ skill: Id, level: Type.Integer({ minimum: 1, maximum: 10 }) })),
        ),
      }),
    ),
  ),
  /** Agents who are not there. */
  without: Type.Optional(Type.Array(Digits, { maxItems: 1000 })),
  /** So many more who do what this agent does, at the same hours. */
  more: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 50 }))),
  language: Type.Optional(Language),
});

/** A plan of shifts as CSV: agent, from, to; moments as `2026-11-30 09:00` in the box's time zone. A first line of headings may be. */
export const ShiftsText = Type.Object({ csv: Type.String({ maxLength: 4_000_000 }) });
export const ShiftsReply = Type.Object({
  shifts: Type.Array(Type.Object({ agent: Digits, from: At, to: At })),
});

export const reportRoutes = {
  "GET /reports/:report": {
    access: "supervisor",
    summary:
      "A report of queues, agents, calls, flows, trunk groups, log-ins, adherence or staffing; JSON or CSV",
    params: Type.Object({ report: ReportName }),
    query: ReportQuery,
    reply: Type.Union([ReportReply, Type.String()]),
    file: true,
  },
  "POST /what-if": {
    access: "supervisor",
    summary: "A time that has passed replayed with other strategies, skills or staff, and what that changes",
    body: WhatIf,
    reply: ReportReply,
  },
  "GET /shifts": { access: "supervisor", summary: "The plan of shifts", reply: ShiftsReply },
  "PUT /shifts": {
    access: "supervisor",
    summary: "Replaces the plan of shifts; with a line that cannot be read nothing is changed",
    body: ShiftsText,
    reply: ShiftsReply,
    bodyLimit: 4_200_000,
  },
} as const;

export type WhatIf = Static<typeof WhatIf>;
export type ReportName = Static<typeof ReportName>;
export type ReportQuery = Static<typeof ReportQuery>;
export type ReportColumn = Static<typeof ReportColumn>;
export type ReportReply = Static<typeof ReportReply>;
