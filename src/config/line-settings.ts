// What an installer may set of a span beside its name and group, and what is out of service by a person's word.
// All of it may be left out: the machine's own defaults then hold, which are the Recommendations'.
import { Type, type Static, type TProperties } from "typebox";

const Exact = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Prefix = Type.Optional(Type.String({ pattern: "^[0-9*#+]{0,8}$" }));
const Timer = (minimum: number, maximum: number) =>
  Type.Optional(Type.Integer({ minimum, maximum, description: "Milliseconds." }));

/** Q.921 §5.9, Q.931 §9.1 and §9.2, EN 300 196-1; milliseconds. Bounds keep out what no exchange could work with. */
export const IsdnTimers = Exact({
  T200: Timer(200, 10_000),
  T201: Timer(200, 10_000),
  T202: Timer(500, 30_000),
  T203: Timer(1000, 120_000),
  T301: Timer(10_000, 600_000),
  T302: Timer(2000, 60_000),
  T303: Timer(1000, 30_000),
  T304: Timer(2000, 120_000),
  T305: Timer(1000, 120_000),
  T306: Timer(1000, 120_000),
  T307: Timer(1000, 600_000),
  T308: Timer(1000, 60_000),
  /** How long active calls outlive their D-channel. */
  T309: Timer(0, 180_000),
  T310: Timer(2000, 300_000),
  T312: Timer(1000, 60_000),
  T313: Timer(1000, 30_000),
  T314: Timer(1000, 30_000),
  T316: Timer(1000, 300_000),
  T317: Timer(1000, 300_000),
  T318: Timer(1000, 30_000),
  T319: Timer(1000, 30_000),
  T322: Timer(1000, 30_000),
  "T-HOLD": Timer(1000, 30_000),
  "T-RETRIEVE": Timer(1000, 30_000),
  /** Our pause before a failed data link is tried again. */
  "T-link": Timer(100, 60_000),
  /** How long a data link on demand outlasts the last call. */
  "T-idle": Timer(0, 600_000),
});

/**
 * Digits that stand before a number of each type (Q.931 §4.5.10), as one dials it here: `0` before national, `00`
 * before international numbers. Put before received numbers, and recognised in dialled ones.
 */
export const NumberPrefixes = Exact({
  unknown: Prefix,
  subscriber: Prefix,
  national: Prefix,
  international: Prefix,
  /** Of the private numbering plan. */
  private: Prefix,
});

/**
 * Type of the numbers that we send. `given`: as the call brings it; `by-prefix`: by the prefix that it begins with,
 * which is taken off; `by-prefix-kept`: so, but all digits are sent; else always this one.
 */
export const NumberTypeRule = Type.Enum([
  "given",
  "by-prefix",
  "by-prefix-kept",
  "unknown",
  "subscriber",
  "national",
  "international",
  "private",
]);

/** BRI: `fixed` is TEI 0; a number is that fixed TEI; `automatic` by TEI management (Q.921 §5.3). */
export const Tei = Type.Union(
  [Type.Enum(["fixed", "automatic"]), Type.Integer({ minimum: 0, maximum: 63 })],
  { default: "fixed" },
);

/**
 * How a digital span's line is driven. When it is there, what is left out is as lines of that kind are; when it is not,
 * the line stays as the driver was told when it was loaded (`/etc/dahdi/system.conf`). NT or TE goes by the span's side.
 */
export const LineConfigSettings = Exact({
  /** Rank among the card's sources of clock: 1 the first, 0 none. Default 1 towards an exchange, else 0. */
  clockRank: Type.Optional(Type.Integer({ minimum: 0, maximum: 32 })),
  /** Default `ccs`. */
  framing: Type.Optional(Type.Enum(["ccs", "cas"])),
  /** Default HDB3 on E1, AMI on BRI. */
  coding: Type.Optional(Type.Enum(["hdb3", "ami"])),
  /** E1: CRC-4 multiframe. Default `on`. */
  crc4: Type.Optional(Type.Enum(["on", "off"])),
  /** By the card's manual. Default 0. */
  lineBuildOut: Type.Optional(Type.Integer({ minimum: 0, maximum: 15 })),
  /** BRI: 100 Ω across the bus at this end. */
  termination: Type.Optional(Type.Boolean()),
  /** Send the remote alarm while the lines are closed. */
  alarmWhenClosed: Type.Optional(Type.Boolean()),
});

const Gain = (least: number, most: number) =>
  Type.Optional(Type.Number({ minimum: least, maximum: most, description: "dB." }));

/** What lines do to audio; what is left out is as the card's profile has it, or nothing. */
export const LineAudioSettings = Exact({
  /** Who takes the echo of what is sent out of what is received. */
  echoCanceller: Type.Optional(Type.Enum(["none", "oslec", "mg2", "hardware"])),
  /** The longest echo that is found. */
  echoTailMs: Type.Optional(Type.Enum([4, 8, 16, 32, 64, 128], { description: "Milliseconds." })),
  /** So long after a call's audio has begun the canceller learns by a click; 0: by what is said. */
  echoTrainMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 4000, description: "Milliseconds." })),
  /** By table. */
  receiveGainDb: Gain(-24, 24),
  sendGainDb: Gain(-24, 24),
  /** Of the card's codec, by its manual. */
  hardwareReceiveGainDb: Gain(-15, 12),
  hardwareSendGainDb: Gain(-15, 12),
});

/** Properties of a span's settings, all optional. */
export const spanOptions = {
  /** ISDN: the signalling spoken. Default EuroISDN (ETS 300 102); `qsig` between private exchanges. */
  switchType: Type.Optional(Type.Enum(["euroisdn", "qsig"])),
  /** BRI: one terminal on the line, which takes all numbers (DDI), or a bus of several (default point-to-point). */
  topology: Type.Optional(Type.Enum(["point-to-point", "multipoint"])),
  /** Send numbers without Sending complete, so that the exchange may ask for more digits. */
  overlapSending: Type.Optional(Type.Boolean()),
  /** Insist on the B-channel chosen, or leave it to the peer. Default: network insists, user leaves it. */
  channelSelection: Type.Optional(Type.Enum(["exclusive", "preferred"])),
  /** RESTART when the data link comes up. Default: each channel on E1, none on BRI. */
  restart: Type.Optional(Type.Enum(["channels", "interface", "none"])),
  /** BRI: keep the data link up (default), or only while there are calls; the bus may then rest without an alarm. */
  dataLink: Type.Optional(Type.Enum(["persistent", "on-demand"])),
  /** E1: timeslots that carry calls, as `1-10,17-20`. Default: all that the driver has, the D-channel's aside. */
  timeslots: Type.Optional(
    Type.String({ pattern: "^[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?){0,30}$" }),
  ),
  /** E1: timeslot of the D-channel. Default 16. */
  dataTimeslot: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
  timers: Type.Optional(IsdnTimers),
  lineConfig: Type.Optional(LineConfigSettings),
  law: Type.Optional(Type.Enum(["alaw", "ulaw"])),
  audio: Type.Optional(LineAudioSettings),
  prefixes: Type.Optional(NumberPrefixes),
  calledType: Type.Optional(NumberTypeRule),
  callingType: Type.Optional(NumberTypeRule),
  /** Multipoint: the numbers that are ours; calls to others are left to the other terminals of the bus. */
  msns: Type.Optional(Type.Array(Type.String({ pattern: "^[0-9]{1,20}$" }), { maxItems: 32 })),
  /** Alarms shorter than this end no call. Default 2500. */
  alarmPersistenceMs: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 60_000, description: "Milliseconds." }),
  ),
} as const;

const why = { reason: Type.Optional(Type.String({ maxLength: 200 })) };

/** One thing out of service, until it is put back: a line, a span or a trunk group. */
export const OutOfService = Type.Union([
  Exact({ line: Type.String({ pattern: "^[0-9]{1,3}/[0-9]{1,3}$" }), ...why }),
  Exact({ span: Type.Integer({ minimum: 1, maximum: 128 }), ...why }),
  Exact({ group: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" }), ...why }),
]);

export type IsdnTimers = Static<typeof IsdnTimers>;
export type LineConfigSettings = Static<typeof LineConfigSettings>;
export type NumberPrefixes = Static<typeof NumberPrefixes>;
export type NumberTypeRule = Static<typeof NumberTypeRule>;
export type OutOfService = Static<typeof OutOfService>;
