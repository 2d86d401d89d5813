// The appliance's settings: one schema, from which the types, the defaults and the API's documentation come.
// Everything here may be exported, read by a person and put back; call data is never kept here.
import { Type, type Static, type TProperties } from "typebox";
import { OutOfService, spanOptions, Tei } from "./line-settings.ts";

export type { OutOfService } from "./line-settings.ts";

/** An object that has no other properties than these: a mistyped name is an error, not silence. */
const Exact = <P extends TProperties>(properties: P, options: { readonly default?: object } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

const Id = Type.String({
  pattern: "^[a-z0-9][a-z0-9-]{0,31}$",
  description: "Stable name: a–z, 0–9, hyphen.",
});
const Digits = Type.String({ pattern: "^[0-9*#+]{1,32}$" });
const Name = Type.String({ minLength: 1, maxLength: 64 });
const Seconds = (initial: number, maximum = 3600) =>
  Type.Integer({ minimum: 0, maximum, default: initial, description: "Seconds." });

/** A port by the driver's span number and the position in it (timeslot on E1, port number on an analog card). */
const Port = Exact({
  span: Type.Integer({ minimum: 1, maximum: 128 }),
  position: Type.Integer({ minimum: 1, maximum: 255 }),
});

/** Kinds of numbers that may be dialled. */
export const DialClass = Type.Enum([
  "emergency",
  "internal",
  "local",
  "national",
  "mobile",
  "international",
  "premium",
]);

/** Where a call goes: a flow, a queue, an extension or an outside number by the outgoing routes. */
export const Destination = Type.Union([
  Exact({ flow: Id }),
  Exact({ queue: Id }),
  Exact({ extension: Digits }),
  Exact({ outside: Digits }),
]);

export const Appliance = Exact(
  {
    name: Type.String({ minLength: 1, maxLength: 64, default: "Callbox" }),
    /** ISO 3166-1 alpha-2: tone zone, cadences and number formats. */
    country: Type.String({ pattern: "^[a-z]{2}$", default: "cn" }),
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
  /** ISDN: incoming numbers may come digit by digit (overlap receiving). */
  overlap: Type.Boolean({ default: false }),
  ...spanOptions,
});

export const AnalogSettings = Exact({
  port: Port,
  name: Type.Optional(Name),
  /** FXO ports belong to a trunk group; FXS ports are extensions (see `extensions`). */
  group: Type.Optional(Id),
  /** FXO: rings to wait before the call is offered, so that caller ID can arrive. */
  ringsBeforeOffer: Type.Integer({ minimum: 1, maximum: 10, default: 1 }),
});

export const TrunkGroup = Exact({
  id: Id,
  name: Name,
  hunt: Type.Enum(["first", "last", "round-robin"], {
    default: "first",
  }),
  /** Calling number shown outside when the caller has none of its own. */
  callerNumber: Type.Optional(Digits),
  /** Where calls without a matching incoming number go. */
  incoming: Destination,
});

export const IncomingRoute = Exact({
  /** Called number: exact, or a prefix that ends in `*`. */
  called: Type.String({ pattern: "^[0-9]*\\*?$" }),
  group: Type.Optional(Id),
  to: Destination,
});

export const OutgoingRoute = Exact({
  /** What is dialled: digits, `X` any digit, `.` any number of further digits. */
  pattern: Type.String({ pattern: "^[0-9X*#]+\\.?$" }),
  group: Id,
  strip: Type.Integer({ minimum: 0, maximum: 16, default: 0 }),
  prepend: Type.String({ pattern: "^[0-9]*$", default: "" }),
  /** Who may dial this; a class that nobody has is denied to all. */
  class: DialClass,
});

export const Extension = Exact({
  number: Digits,
  name: Name,
  port: Type.Optional(Port),
  /** Dial classes allowed; international and premium are never allowed unless named. */
  classes: Type.Array(DialClass, { default: ["emergency", "internal", "local"] }),
});

export const Agent = Exact({
  number: Digits,
  name: Name,
  queues: Type.Array(Id, { default: [] }),
  /** scrypt hash of the PIN dialled at log-in; none: no PIN is asked. */
  pinHash: Type.Optional(Type.String()),
});

export const Queue = Exact({
  id: Id,
  name: Name,
  number: Type.Optional(Digits),
  strategy: Type.Enum(["longest-idle"], { default: "longest-idle" }),
  /** Name of a music-on-hold set. */
  music: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$", default: "default" }),
  ringSeconds: Seconds(20, 120),
  wrapUpSeconds: Seconds(10, 3600),
  maxWaitSeconds: Seconds(600, 86_400),
  /** Say the caller's position this often while waiting; 0 never. */
  announceEverySeconds: Seconds(30, 600),
  /** Calls answered within this count towards the service level. */
  serviceLevelSeconds: Seconds(20, 3600),
  /** No-answers in a row before the agent is paused; 0 never. */
  pauseAfterNoAnswers: Type.Integer({ minimum: 0, maximum: 100, default: 2 }),
  /** Where a caller goes who waited too long or finds nobody logged in. */
  overflow: Type.Optional(Destination),
});

const Code = (initial: string) => Type.String({ pattern: "^[0-9*#]{1,8}$", default: initial });

export const FeatureCodes = Exact(
  {
    agentLogIn: Code("*22"),
    agentLogOut: Code("*23"),
    agentPause: Code("*24"),
    agentReady: Code("*25"),
    transfer: Code("#1"),
  },
  { default: {} },
);

export const Recording = Exact(
  {
    calls: Type.Enum(["all", "queue", "none"], { default: "all" }),
    keepDays: Type.Integer({ minimum: 1, maximum: 3650, default: 90 }),
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
  extensions: Type.Array(Extension, { default: [] }),
  agents: Type.Array(Agent, { default: [] }),
  queues: Type.Array(Queue, { default: [] }),
  featureCodes: FeatureCodes,
  recording: Recording,
  users: Type.Array(User, { default: [] }),
  web: Web,
});

export type Settings = Static<typeof Settings>;
export type Destination = Static<typeof Destination>;
export type SpanSettings = Static<typeof SpanSettings>;
export type AnalogSettings = Static<typeof AnalogSettings>;
export type TrunkGroup = Static<typeof TrunkGroup>;
export type IncomingRoute = Static<typeof IncomingRoute>;
export type OutgoingRoute = Static<typeof OutgoingRoute>;
export type Extension = Static<typeof Extension>;
export type Agent = Static<typeof Agent>;
export type Queue = Static<typeof Queue>;
export type FeatureCodes = Static<typeof FeatureCodes>;
export type User = Static<typeof User>;
