// Live calls, as calls/live.ts tells them.
import { Type, type Static } from "typebox";
import { Destination } from "../../config/settings.ts";
import { At, Digits, Id, Party } from "./common.ts";
import { Direction } from "./records.ts";

export const SuperviseMode = Type.Union([
  Type.Literal("listen"),
  Type.Literal("whisper"),
  Type.Literal("barge"),
]);

export const LegView = Type.Object({
  id: Id,
  role: Type.Union([
    Type.Literal("caller"),
    Type.Literal("called"),
    Type.Literal("agent"),
    Type.Literal("supervisor"),
  ]),
  direction: Type.Union([Type.Literal("in"), Type.Literal("out")]),
  /** `span/position`. */
  line: Type.String(),
  kind: Type.Union([Type.Literal("isdn"), Type.Literal("fxo"), Type.Literal("fxs")]),
  number: Digits,
  name: Type.Optional(Type.String()),
  extension: Type.Optional(Digits),
  state: Type.Union([
    Type.Literal("offered"),
    Type.Literal("proceeding"),
    Type.Literal("alerting"),
    Type.Literal("connected"),
    Type.Literal("released"),
  ]),
  held: Type.Boolean(),
  /** How a supervisor takes part. */
  supervises: Type.Optional(SuperviseMode),
});

export const CallPhase = Type.Union([
  Type.Literal("arriving"),
  Type.Literal("menu"),
  Type.Literal("waiting"),
  Type.Literal("ringing"),
  Type.Literal("talking"),
  Type.Literal("held"),
  Type.Literal("voicemail"),
  Type.Literal("fax"),
  Type.Literal("conference"),
  /** An agent's telephone that stays lifted between calls. */
  Type.Literal("seat"),
]);

/** `paused`: it goes on, and takes nothing. */
export const RecordingNow = Type.Union([Type.Literal("off"), Type.Literal("on"), Type.Literal("paused")]);

export const CallView = Type.Object({
  id: Id,
  direction: Direction,
  caller: Party,
  called: Digits,
  startedAt: At,
  answeredAt: Type.Optional(At),
  phase: CallPhase,
  phaseSince: At,
  /** The flow, queue or number that the phase is about. */
  where: Type.Optional(Type.String()),
  /** Agent number. */
  agent: Type.Optional(Digits),
  recording: RecordingNow,
  /** A person began it, and may end it. */
  recordedByHand: Type.Boolean(),
  legs: Type.Array(LegView),
  /** Ids of the two legs that hear each other. */
  talking: Type.Optional(Type.Tuple([Id, Id])),
});

export const CallsReply = Type.Object({ calls: Type.Array(CallView) });
export const Transfer = Type.Object({ to: Destination });

/** `stop` is for what a person began; a call that the rule records is paused. Agents command their own calls. */
export const RecordingAsked = Type.Object({
  command: Type.Union([
    Type.Literal("start"),
    Type.Literal("pause"),
    Type.Literal("resume"),
    Type.Literal("stop"),
  ]),
});

/** `take-over`: in the place of the party of ours. `end`: the supervisor's phone is released. */
export const Supervise = Type.Object({
  extension: Digits,
  mode: Type.Union([SuperviseMode, Type.Literal("take-over"), Type.Literal("end")]),
});

export type Supervise = Static<typeof Supervise>;
export type LegView = Static<typeof LegView>;
export type CallPhase = Static<typeof CallPhase>;
export type CallView = Static<typeof CallView>;
export type RecordingAsked = Static<typeof RecordingAsked>;
export type Transfer = Static<typeof Transfer>;
