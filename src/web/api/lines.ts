// The map of spans and their timeslots. What is on a line is found in the calls (`legs[].line`).
import { Type, type Static } from "typebox";
import { At } from "./common.ts";

export const Alarm = Type.String({ description: "By its driver's name: RED, YELLOW, BLUE, RECOVER, LOS, …" });

export const SpanView = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  description: Type.String(),
  kind: Type.Union([Type.Literal("E1"), Type.Literal("BRI"), Type.Literal("analog")]),
  /** Empty when in order. */
  alarms: Type.Array(Alarm),
  /** ISDN: the data link is established; absent on analog spans. */
  dataLink: Type.Optional(Type.Boolean()),
  /** When alarms or data link last changed. */
  since: At,
});

export const LineState = Type.Union([
  Type.Literal("idle"),
  Type.Literal("in-use"),
  Type.Literal("blocked"),
  Type.Literal("alarm"),
  Type.Literal("down"),
]);

/** A line that can carry one call. Timeslots without a line (E1 0 and 16, BRI 3) carry sync or the D-channel. */
export const LineView = Type.Object({
  /** `span/position`. */
  id: Type.String(),
  kind: Type.Union([Type.Literal("isdn"), Type.Literal("fxo"), Type.Literal("fxs")]),
  span: Type.Integer({ minimum: 1 }),
  position: Type.Integer({ minimum: 1 }),
  channel: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  group: Type.Optional(Type.String()),
  extension: Type.Optional(Type.String()),
  state: LineState,
});

export const LinesReply = Type.Object({ spans: Type.Array(SpanView), lines: Type.Array(LineView) });

export type SpanView = Static<typeof SpanView>;
export type LineView = Static<typeof LineView>;
export type LineState = Static<typeof LineState>;
