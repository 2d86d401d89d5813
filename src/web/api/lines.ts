// The map of spans and their timeslots. What is on a line is found in the calls (`legs[].line`).
import { Type, type Static } from "typebox";
import { At } from "./common.ts";

export const Alarm = Type.String({ description: "By its driver's name: RED, YELLOW, BLUE, RECOVER, LOS, …" });

/** One kind of alarm since the box started. */
export const AlarmRecord = Type.Object({
  alarm: Alarm,
  active: Type.Boolean(),
  lastBegin: At,
  lastEnd: Type.Optional(At),
  count: Type.Integer({ minimum: 0 }),
  lastDay: Type.Integer({ minimum: 0, description: "Begun within the last 24 hours." }),
});

export const CounterName = Type.Union([
  Type.Literal("bipolarViolations"),
  Type.Literal("codeViolations"),
  Type.Literal("crc4Errors"),
  Type.Literal("eBitErrors"),
  Type.Literal("frameAlignmentErrors"),
  Type.Literal("framingErrors"),
  Type.Literal("bitErrors"),
  Type.Literal("erroredSeconds"),
  Type.Literal("irqMisses"),
  Type.Literal("timingSlips"),
]);

export const CounterRecord = Type.Object({
  counter: CounterName,
  total: Type.Integer({ minimum: 0, description: "Since the driver was loaded." }),
  sinceStart: Type.Integer({ minimum: 0, description: "Since the box started." }),
  lastDay: Type.Integer({ minimum: 0, description: "Within the last 24 hours." }),
});

/** How a digital span's line is driven. */
export const LineConfigView = Type.Object({
  framing: Type.Union([Type.Literal("ccs"), Type.Literal("cas")]),
  coding: Type.Union([Type.Literal("hdb3"), Type.Literal("ami")]),
  crc4: Type.Boolean(),
  lineBuildOut: Type.Integer({ minimum: 0 }),
  network: Type.Boolean({ description: "BRI: NT, else TE." }),
  termination: Type.Boolean({ description: "BRI: 100 Ω at this end." }),
  alarmWhenClosed: Type.Boolean(),
});

export const SpanView = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  description: Type.String(),
  kind: Type.Union([Type.Literal("E1"), Type.Literal("BRI"), Type.Literal("analog")]),
  firstChannel: Type.Integer({ minimum: 0, description: "The driver's number of its first channel." }),
  dataPosition: Type.Optional(Type.Integer({ minimum: 1, description: "ISDN: timeslot of the D-channel." })),
  /** Empty when in order. */
  alarms: Type.Array(Alarm),
  /** ISDN: the data link is established; absent on analog spans. */
  dataLink: Type.Optional(Type.Boolean()),
  /** The data link is up only while there are calls. */
  onDemand: Type.Boolean(),
  /** Calls that go on though the data link is down. */
  keptCalls: Type.Integer({ minimum: 0 }),
  /** When alarms or data link last changed. */
  since: At,
  /** The span that gives the clock; 0: the card's own. */
  syncSource: Type.Integer({ minimum: 0 }),
  /** As the driver has it; absent where it was never configured, and on analog spans. */
  line: Type.Optional(LineConfigView),
  alarmLog: Type.Array(AlarmRecord),
  /** Only kinds that occurred. */
  counters: Type.Array(CounterRecord),
});

export const CardView = Type.Object({
  path: Type.String({ description: "Of the device." }),
  hardwareId: Type.String({ description: "Stays with the card; empty where it has none." }),
  location: Type.String({ description: "Stays with the slot; empty where it has none." }),
  model: Type.String(),
  spans: Type.Array(
    Type.Object({
      local: Type.Integer({ minimum: 1, description: "On its card." }),
      type: Type.String(),
      number: Type.Optional(Type.Integer({ minimum: 1, description: "Absent while it has none." })),
      firstChannel: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
  ),
});
export const CardsReply = Type.Object({ cards: Type.Array(CardView) });

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
  /** By what a person took it out of service; a call on it goes on. */
  outOfService: Type.Optional(
    Type.Union([Type.Literal("line"), Type.Literal("span"), Type.Literal("group")]),
  ),
  /** The last call since the start that came in so loud that its peaks were cut off. */
  tooLoud: Type.Optional(
    Type.Object({
      at: At,
      share: Type.Number({ minimum: 0, maximum: 1, description: "Of the samples of a second." }),
    }),
  ),
});

/** `idle`: calls go on, no new ones. `now`: calls are ended with cause 41. */
export const Block = Type.Object({
  when: Type.Union([Type.Literal("idle"), Type.Literal("now")]),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
});
export const Blocked = Type.Object({
  cleared: Type.Integer({ minimum: 0, description: "Calls that were ended." }),
});

export const LineCheck = Type.Object({
  check: Type.Union([
    Type.Literal("alarms"),
    Type.Literal("line-config"),
    Type.Literal("data-link"),
    Type.Literal("restart"),
    Type.Literal("port"),
  ]),
  result: Type.Union([Type.Literal("passed"), Type.Literal("failed"), Type.Literal("skipped")]),
  why: Type.Optional(
    Type.Union([
      Type.Literal("no-answer"),
      Type.Literal("in-use"),
      Type.Literal("down"),
      Type.Literal("on-demand"),
    ]),
  ),
});
export const LineTest = Type.Object({
  passed: Type.Boolean(),
  tested: Type.Array(
    Type.Object({
      line: Type.Optional(Type.String()),
      span: Type.Optional(Type.Integer()),
      checks: Type.Array(LineCheck),
    }),
  ),
});

/** Of the pseudo-random bits of ITU-T O.152; the ratio is `errors / bits`. */
export const BitErrorsView = Type.Object({
  /** Looked at since the pattern was found; 0: the far end sends nothing of it back. */
  bits: Type.Integer({ minimum: 0 }),
  errors: Type.Integer({ minimum: 0 }),
  /** Times that the pattern was lost: slips, or no signal. */
  losses: Type.Integer({ minimum: 0 }),
  erroredSeconds: Type.Integer({ minimum: 0 }),
  /** The pattern was there at the end. */
  locked: Type.Boolean(),
});
export const BitErrorsAsked = Type.Object({
  seconds: Type.Integer({ minimum: 1, maximum: 60, default: 10 }),
});

/** Keys sent before the measurement, so that an exchange's dial tone ends. */
const Dial = Type.Optional(Type.String({ pattern: "^[0-9A-D*#]{1,20}$" }));
const Level = Type.Number({ description: "dBm0; -90 or less is told as -90." });

export const EchoAsked = Type.Object({ dial: Dial });
export const EchoView = Type.Object({
  returnLossDb: Type.Number({ description: "dB, 300 to 3400 Hz; 60 or more is told as 60." }),
  cancelledLossDb: Type.Number({ description: "With the line's echo canceller; the same without one." }),
  spreadMs: Type.Number({ description: "From the echo's first part to its last." }),
  noiseDbm0: Level,
});
export const LevelAsked = Type.Object({
  /** Of a tone of 1000 Hz; left out: only listens, for a far end's milliwatt. */
  sendDbm0: Type.Optional(Type.Number({ minimum: -40, maximum: 0 })),
  dial: Dial,
});
export const LevelView = Type.Object({
  receivedDbm0: Level,
  /** Of the tone that is sent. */
  returnedDbm0: Level,
  noiseDbm0: Level,
});

export const TapAsked = Type.Object({
  extension: Type.String({ pattern: "^[0-9]{1,20}$" }),
  /** Default both. */
  direction: Type.Optional(Type.Enum(["received", "sent", "both"])),
  /** As it comes from the line, before the echo canceller. Default after it. */
  beforeCanceller: Type.Optional(Type.Boolean()),
});

export const LinesReply = Type.Object({ spans: Type.Array(SpanView), lines: Type.Array(LineView) });

export type LineConfigView = Static<typeof LineConfigView>;
export type SpanView = Static<typeof SpanView>;
export type CardView = Static<typeof CardView>;
export type LineView = Static<typeof LineView>;
export type BitErrorsView = Static<typeof BitErrorsView>;
export type EchoView = Static<typeof EchoView>;
export type LevelView = Static<typeof LevelView>;
export type LineTest = Static<typeof LineTest>;
export type LineCheck = Static<typeof LineCheck>;
export type Block = Static<typeof Block>;
export type CounterName = Static<typeof CounterName>;
export type LineState = Static<typeof LineState>;
