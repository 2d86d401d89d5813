// The appliance's settings: one schema, from which the types, the defaults and the API's documentation come.
// Everything here may be exported, read by a person and put back; call data is never kept here.
import { Type, type Static } from "typebox";
import { Agent, Alert, PauseReason, Queue, Room, WrapUpCode } from "./acd-settings.ts";
import { Destination, Digits, DialClass, Exact, Id, Name, RecordingRule, Seconds } from "./fields.ts";
import { LineAudioSettings, OutOfService, spanOptions, Tei } from "./line-settings.ts";
import { HolidayList, Schedule } from "./schedule-settings.ts";
import {
  BlockedCaller,
  IncomingRoute,
  Limits,
  OutgoingLimit,
  OutgoingRoute,
  PriorityCaller,
  TrunkGroup,
} from "./trunk-settings.ts";

export * from "./acd-settings.ts";
export { Destination, DialClass, RecordingRule } from "./fields.ts";
export type { OutOfService } from "./line-settings.ts";
export * from "./schedule-settings.ts";
export * from "./trunk-settings.ts";

/** A port by the driver's span number and the position in it (timeslot on E1, port number on an analog card). */
const Port = Exact({
  span: Type.Integer({ minimum: 1, maximum: 128 }),
  position: Type.Integer({ minimum: 1, maximum: 255 }),
});

export const Appliance = Exact(
  {
    name: Type.String({ minLength: 1, maxLength: 64, default: "Callbox" }),
    /** ISO 3166-1 alpha-2: tone zone, cadences and number formats. */
    country: Type.String({ pattern: "^[a-z]{2}$", default: "cn" }),
    /** Area code without the trunk prefix (`755`): makes local numbers whole. */
    areaCode: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,5}$" })),
    language: Type.Enum(["en", "zh", "ko"], { default: "en" }),
    timeZone: Type.String({ default: "Asia/Shanghai" }),
  },
  { default: {} },
);

export const SpanSettings = Exact({
  span: Type.Integer({ minimum: 1, maximum: 128 }),
  name: Type.Optional(Name),
  /** ISDN: which side of the interface the box is. `user` towards an exchange, `network` towards a PBX or phones. */
  side: Type.Enum(["user", "network"], { default: "user" }),
  tei: Tei,
  group: Type.Optional(Id),
  /** B-channels that belong to another group than the span's, by timeslot; the first range that fits counts. */
  ranges: Type.Optional(
    Type.Array(
      Exact({
        from: Type.Integer({ minimum: 1, maximum: 31 }),
        to: Type.Integer({ minimum: 1, maximum: 31 }),
        group: Id,
      }),
      { maxItems: 31 },
    ),
  ),
  /** ISDN: incoming numbers may come digit by digit (overlap receiving). */
  overlap: Type.Boolean({ default: false }),
  ...spanOptions,
});

export const AnalogSettings = Exact({
  port: Port,
  name: Type.Optional(Name),
  /** FXO ports belong to a trunk group; FXS ports are extensions (see `extensions`). */
  group: Type.Optional(Id),
  /** FXO: rings to wait before the call is offered. */
  ringsBeforeOffer: Type.Integer({ minimum: 1, maximum: 10, default: 1 }),
  /** How the exchange tells who calls, or the box a telephone: by FSK, or by keys. Default as the country does. */
  callerId: Type.Optional(Type.Enum(["none", "bell202", "v23", "dtmf"])),
  audio: Type.Optional(LineAudioSettings),
});

/**
 * Where an extension's calls go that it does not take. Numbers outside are dialled on its behalf: by its dial classes, within
 * its limits.
 */
export const Forwarding = Exact(
  {
    always: Type.Optional(Destination),
    busy: Type.Optional(Destination),
    /** Also of a telephone that is out of order, and of a number outside that is not reached, or busy. */
    noAnswer: Type.Optional(Destination),
    /** So long it rings before that. */
    afterSeconds: Type.Integer({ minimum: 5, maximum: 180, default: 20 }),
    /** Whoever answers outside presses 1 to take the call; a mobile's own mailbox does not. */
    confirm: Type.Boolean({ default: false }),
  },
  { default: {} },
);

export const Extension = Exact({
  number: Digits,
  name: Name,
  port: Type.Optional(Port),
  /** Dial classes allowed; international and premium are never allowed unless named. */
  classes: Type.Array(DialClass, { default: ["emergency", "internal", "local"] }),
  /** Calling number shown outside. */
  callerNumber: Type.Optional(Digits),
  /** No number is shown outside, but to emergency services. */
  withhold: Type.Boolean({ default: false }),
  /** In place of the limits of all extensions. */
  limits: Type.Optional(OutgoingLimit),
  /** Messages in this mailbox light the telephone's lamp and are heard by the code for messages. */
  mailbox: Type.Optional(Id),
  forward: Forwarding,
  /** Calls find the telephone busy, and its agent has none from a queue. */
  doNotDisturb: Type.Boolean({ default: false }),
  /** May open and close schedules by feature code. */
  schedules: Type.Boolean({ default: false }),
  /** Goes before what holds for all calls. */
  recording: Type.Optional(RecordingRule),
});

const Code = (initial?: string) =>
  Type.String({ pattern: "^[0-9*#]{1,8}$", ...(initial === undefined ? {} : { default: initial }) });

export const FeatureCodes = Exact(
  {
    agentLogIn: Code("*22"),
    agentLogOut: Code("*23"),
    agentPause: Code("*24"),
    agentReady: Code("*25"),
    transfer: Code("#1"),
    /** In a call, after a consultation: all three hear each other. */
    conference: Code("#3"),
    /** In a queue's call: on to the queue's experts. */
    escalate: Code("#2"),
    /** With a wrap-up code's key after it: what the last call was about. */
    agentCode: Type.Optional(Code()),
    /** In a call: recording begins or ends, or pauses and goes on, as the rule lets it. */
    record: Type.Optional(Code()),
    /** Hears the messages of the extension's mailbox. */
    messages: Type.Optional(Code()),
    /** With a number after it: this telephone's calls go there, always, when busy, when unanswered; alone: no longer. */
    forwardAlways: Type.Optional(Code()),
    forwardBusy: Type.Optional(Code()),
    forwardNoAnswer: Type.Optional(Code()),
    /** This telephone is not to be disturbed; again: it is. */
    doNotDisturb: Type.Optional(Code()),
    /** Dialled before an outside number: this call shows none. */
    withhold: Type.Optional(Code()),
    /** With a schedule's code after it: open, closed, or by its hours again. */
    scheduleOpen: Type.Optional(Code()),
    scheduleClosed: Type.Optional(Code()),
    scheduleByHours: Type.Optional(Code()),
  },
  { default: {} },
);

/** Codes that a new box begins with: on an older one they may mean something else. */
export const newBoxCodes = {
  forwardAlways: "*72",
  forwardBusy: "*90",
  forwardNoAnswer: "*52",
  doNotDisturb: "*76",
} as const;

export const Recording = Exact(
  {
    /** Of calls whose trunk group and extensions have no rule. `none`: not even on demand. */
    calls: Type.Enum(["all", "queue", "share", "on-demand", "none"], { default: "all" }),
    /** Of the calls of the rule `share`, so many in a hundred. */
    sharePercent: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
    /** Stereo, one side each, or both sides in one. */
    layout: Type.Enum(["stereo", "mixed"], { default: "stereo" }),
    /** The caller's keys are heard neither in recordings nor by the agent; the caller is heard 56 ms later. */
    maskKeys: Type.Boolean({ default: false }),
    /** Both parties hear a beep this often while they are recorded; 0 never. */
    beepSeconds: Seconds(0, 60),
    keepDays: Type.Integer({ minimum: 1, maximum: 3650, default: 90 }),
    /** When they are old: Opus, a third of the size in stereo, or FLAC, which loses nothing. */
    archive: Type.Enum(["none", "opus", "flac"], { default: "none" }),
    archiveAfterDays: Type.Integer({ minimum: 1, maximum: 3650, default: 7 }),
  },
  { default: {} },
);

export const Fax = Exact(
  {
    /** Whole days that faxes are kept, received and sent. */
    keepDays: Type.Integer({ minimum: 1, maximum: 3650, default: 365 }),
    /** Calls for one fax: the far end is busy, or the line was bad. */
    tries: Type.Integer({ minimum: 1, maximum: 10, default: 3 }),
    retryMinutes: Type.Integer({ minimum: 1, maximum: 120, default: 5 }),
    /** Sent at once, at most. */
    lines: Type.Integer({ minimum: 1, maximum: 30, default: 2 }),
  },
  { default: {} },
);

export const Journal = Exact(
  {
    /** Events and call records are deleted after so many days. */
    keepDays: Type.Integer({ minimum: 30, maximum: 3650, default: 1825 }),
    /** After so many days outside numbers lose their last four digits, and callers their names; 0 never. */
    anonymiseDays: Type.Integer({ minimum: 0, maximum: 3650, default: 0 }),
  },
  { default: {} },
);

export const User = Exact({
  name: Type.String({ pattern: "^[a-z0-9._-]{1,32}$" }),
  role: Type.Enum(["admin", "supervisor", "agent"]),
  passwordHash: Type.String(),
  /** The password was made by the box and must be changed at the next sign-in. */
  mustChange: Type.Boolean({ default: false }),
  /** The agent number that this user works as. */
  agent: Type.Optional(Digits),
});

export const Web = Exact(
  {
    host: Type.String({ default: "0.0.0.0" }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 8443 }),
    /** Without TLS only a browser on the box itself may use the microphone. */
    tls: Type.Boolean({ default: true }),
    /** A session ends after so long without a request. */
    idleMinutes: Type.Integer({ minimum: 5, maximum: 1440, default: 480 }),
  },
  { default: {} },
);

/** Raised when older programs could not read the file; a migration then turns the old form into the new one. */
export const settingsVersion = 1;

export const Settings = Exact({
  version: Type.Literal(settingsVersion, { default: settingsVersion }),
  appliance: Appliance,
  spans: Type.Array(SpanSettings, { default: [] }),
  analog: Type.Array(AnalogSettings, { default: [] }),
  /** Taken out of service by a person; what is named need not be there now. */
  outOfService: Type.Array(OutOfService, { default: [], maxItems: 1000 }),
  trunkGroups: Type.Array(TrunkGroup, { default: [] }),
  incoming: Type.Array(IncomingRoute, { default: [] }),
  outgoing: Type.Array(OutgoingRoute, { default: [] }),
  limits: Limits,
  schedules: Type.Array(Schedule, { default: [] }),
  holidays: Type.Array(HolidayList, { default: [] }),
  blockList: Type.Array(BlockedCaller, { default: [], maxItems: 5000 }),
  priorityCallers: Type.Array(PriorityCaller, { default: [], maxItems: 5000 }),
  extensions: Type.Array(Extension, { default: [] }),
  agents: Type.Array(Agent, { default: [] }),
  queues: Type.Array(Queue, { default: [] }),
  rooms: Type.Array(Room, { default: [], maxItems: 250 }),
  pauseReasons: Type.Array(PauseReason, { default: [], maxItems: 50 }),
  wrapUpCodes: Type.Array(WrapUpCode, { default: [], maxItems: 200 }),
  alerts: Type.Array(Alert, { default: [], maxItems: 100 }),
  featureCodes: FeatureCodes,
  recording: Recording,
  fax: Fax,
  journal: Journal,
  users: Type.Array(User, { default: [] }),
  web: Web,
});

export type Settings = Static<typeof Settings>;
export type SpanSettings = Static<typeof SpanSettings>;
export type AnalogSettings = Static<typeof AnalogSettings>;
export type Extension = Static<typeof Extension>;
export type Forwarding = Static<typeof Forwarding>;
export type FeatureCodes = Static<typeof FeatureCodes>;
export type User = Static<typeof User>;
