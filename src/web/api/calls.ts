// Live calls: who, on which lines, and where in the house each one is now.
import { Type, type Static } from "typebox";
import { Destination } from "../../config/settings.ts";
import { At, Id, Party } from "./common.ts";

export const LegView = Type.Object({
  id: Id,
  /** `span/position`. */
  line: Type.String(),
  direction: Type.Union([Type.Literal("in"), Type.Literal("out")]),
  state: Type.Union([
    Type.Literal("offered"),
    Type.Literal("proceeding"),
    Type.Literal("alerting"),
    Type.Literal("connected"),
    Type.Literal("released"),
  ]),
  party: Party,
});

/** Where a call is now. */
export const Place = Type.Union([
  /** Being routed, or ringing its first destination. */
  Type.Object({ at: Type.Literal("routing") }),
  Type.Object({ at: Type.Literal("flow"), flow: Id, node: Type.String() }),
  Type.Object({ at: Type.Literal("queue"), queue: Id, position: Type.Integer({ minimum: 1 }) }),
  /** An agent, extension or outside number is being rung. */
  Type.Object({ at: Type.Literal("ringing"), queue: Type.Optional(Id), party: Party }),
  Type.Object({
    at: Type.Literal("talking"),
    queue: Type.Optional(Id),
    party: Party,
    held: Type.Boolean(),
  }),
  Type.Object({ at: Type.Literal("voicemail"), box: Type.String() }),
]);

export const CallView = Type.Object({
  id: Id,
  direction: Type.Union([Type.Literal("in"), Type.Literal("out"), Type.Literal("internal")]),
  caller: Party,
  called: Party,
  startedAt: At,
  answeredAt: Type.Optional(At),
  place: Place,
  /** When the call came to its place. */
  placeSince: At,
  legs: Type.Array(LegView),
  recording: Type.Boolean(),
});

export const CallsReply = Type.Object({ calls: Type.Array(CallView) });
export const Transfer = Type.Object({ to: Destination });

export type LegView = Static<typeof LegView>;
export type Place = Static<typeof Place>;
export type CallView = Static<typeof CallView>;
export type Transfer = Static<typeof Transfer>;
