// What `/api/v1/events` pushes, one JSON object per WebSocket message: a snapshot, then changes.
// A change carries the whole new thing, never a difference, so that it can be applied in any state.
import { Type, type Static } from "typebox";
import { CallView } from "./calls.ts";
import { ChangeView } from "./changes.ts";
import { At, Digits, Id } from "./common.ts";
import { Health } from "./health.ts";
import { LineView, SpanView } from "./lines.ts";
import { AgentView, AlertView, QueueView, Today } from "./queues.ts";
import { RecordView } from "./records.ts";
import { StationView } from "./rehearsal.ts";

export const Snapshot = Type.Object({
  type: Type.Literal("snapshot"),
  /** The box's clock, from which the console takes its own difference. */
  at: At,
  spans: Type.Array(SpanView),
  lines: Type.Array(LineView),
  calls: Type.Array(CallView),
  queues: Type.Array(QueueView),
  agents: Type.Array(AgentView),
  stations: Type.Array(StationView),
  today: Today,
  health: Health,
  /** Only for those who may change lines. */
  change: Type.Optional(ChangeView),
  /** Only for supervisors and admins. */
  alerts: Type.Array(AlertView),
});

export const PushedEvent = Type.Union([
  /** First on every connection, and again when settings changed what exists. */
  Snapshot,
  /** Every 10 s: with none for 25 s the connection counts as lost. */
  Type.Object({ type: Type.Literal("tick"), at: At }),
  Type.Object({ type: Type.Literal("span"), span: SpanView }),
  Type.Object({ type: Type.Literal("span-removed"), number: Type.Integer({ minimum: 1 }) }),
  Type.Object({ type: Type.Literal("line"), line: LineView }),
  Type.Object({ type: Type.Literal("call"), call: CallView }),
  Type.Object({ type: Type.Literal("call-ended"), id: Id }),
  Type.Object({ type: Type.Literal("queue"), queue: QueueView }),
  Type.Object({ type: Type.Literal("agent"), agent: AgentView }),
  Type.Object({ type: Type.Literal("agent-removed"), number: Digits }),
  Type.Object({ type: Type.Literal("station"), station: StationView }),
  Type.Object({ type: Type.Literal("today"), today: Today }),
  Type.Object({ type: Type.Literal("health"), health: Health }),
  Type.Object({ type: Type.Literal("change"), change: ChangeView }),
  Type.Object({ type: Type.Literal("alerts"), alerts: Type.Array(AlertView) }),
  /** A call's record is written. */
  Type.Object({ type: Type.Literal("record"), record: RecordView }),
  Type.Object({ type: Type.Literal("settings"), revision: Type.Integer({ minimum: 0 }) }),
  /** The session ended (signed out elsewhere, password changed); the server closes with 4003. */
  Type.Object({ type: Type.Literal("signed-out") }),
]);

export type Snapshot = Static<typeof Snapshot>;
export type PushedEvent = Static<typeof PushedEvent>;
