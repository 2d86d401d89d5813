// The appliance's settings: one schema, from which the types, the defaults and the API's documentation come.
// Everything here may be exported, read by a person and put back; call data is never kept here.
import { Type, type Static } from "typebox";

const Id = Type.String({
  pattern: "^[a-z0-9][a-z0-9-]{0,31}$",
  description: "Stable name: a–z, 0–9, hyphen.",
});
const Digits = Type.String({ pattern: "^[0-9*#+]{1,32}$" });
const Name = Type.String({ minLength: 1, maxLength: 64 });
const Seconds = (initial: number, maximum = 3600) =>
  Type.Integer({ minimum: 0, maximum, default: initial, description: "Seconds." });

/** A port by the driver's span number and the position in it (timeslot on E1, port number on an analog card). */
const Port = Type.Object({
  span: Type.Integer({ minimum: 1, maximum: 128 }),
  position: Type.Integer({ minimum: 1, maximum: 255 }),
});

/** Where a call goes: a flow, a queue, an extension or an outside number by the outgoing routes. */
export const Destination = Type.Union([
  Type.Object({ flow: Id }),
  Type.Object({ queue: Id }),
  Type.Object({ extension: Digits }),
  Type.Object({ outside: Digits }),
]);

export const Appliance = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, default: "Callbox" }),
  /** ISO 3166-1 alpha-2: tone zone, cadences and number formats. */
  country: Type.String({ pattern: "^[a-z]{2}$", default: "cn" }),
  language: Type.Union([Type.Literal("en"), Type.Literal("zh"), Type.Literal("ko")], { default: "en" }),
  timeZone: Type.String({ default: "Asia/Shanghai" }),
});

export const SpanSettings = Type.Object({
  span: Type.Integer({ minimum: 1, maximum: 128 }),
  name: Type.Optional(Name),
  /** ISDN: which side of the interface the box is. `user` towards an exchange, `network` towards a PBX or phones. */
  side: Type.Union([Type.Literal("user"), Type.Literal("network")], { default: "user" }),
  /** ISDN BRI: fixed TEI 0 (point-to-point) or automatic. */
  tei: Type.Union([Type.Literal("fixed"), Type.Literal("automatic")], { default: "fixed" }),
  group: Type.Optional(Id),
  overlap: Type.Boolean({ default: false }),
});

export const AnalogSettings = Type.Object({
  port: Port,
  name: Type.Optional(Name),
  /** FXO ports belong to a trunk group; FXS ports are extensions (see `extensions`). */
  group: Type.Optional(Id),
  /** FXO: rings to wait before the call is offered, so that caller ID can arrive. */
  ringsBeforeOffer: Type.Integer({ minimum: 1, maximum: 10, default: 1 }),
});

export const TrunkGroup = Type.Object({
  id: Id,
  name: Name,
  hunt: Type.Union([Type.Literal("first"), Type.Literal("last"), Type.Literal("round-robin")], {
    default: "first",
  }),
  /** Calling number shown outside when the caller has none of its own. */
  callerNumber: Type.Optional(Digits),
  /** Where calls without a matching incoming number go. */
  incoming: Destination,
});

export const IncomingRoute = Type.Object({
  /** Called number: exact, or a prefix that ends in `*`. */
  called: Type.String({ pattern: "^[0-9]*\\*?$" }),
  group: Type.Optional(Id),
  to: Destination,
});

export const OutgoingRoute = Type.Object({
  /** What is dialled: digits, `X` any digit, `.` any number of further digits. */
  pattern: Type.String({ pattern: "^[0-9X*#]+\\.?$" }),
  group: Id,
  strip: Type.Integer({ minimum: 0, maximum: 16, default: 0 }),
  prepend: Type.String({ pattern: "^[0-9]*$", default: "" }),
  /** Who may dial this; a class that nobody has is denied to all. */
  class: Type.Union(
    ["emergency", "internal", "local", "national", "mobile", "international", "premium"].map((name) =>
      Type.Literal(name),
    ),
  ),
});

export const Extension = Type.Object({
  number: Digits,
  name: Name,
  port: Type.Optional(Port),
  /** Dial classes allowed; international and premium are never allowed unless named. */
  classes: Type.Array(Type.String(), { default: ["emergency", "internal", "local"] }),
});

export const Agent = Type.Object({
  number: Digits,
  name: Name,
  queues: Type.Array(Id, { default: [] }),
  /** scrypt hash of the PIN dialled at log-in; none: no PIN is asked. */
  pinHash: Type.Optional(Type.String()),
});

export const Queue = Type.Object({
  id: Id,
  name: Name,
  number: Type.Optional(Digits),
  strategy: Type.Union([Type.Literal("longest-idle")], { default: "longest-idle" }),
  music: Type.String({ default: "default" }),
  ringSeconds: Seconds(20, 120),
  wrapUpSeconds: Seconds(10, 3600),
  maxWaitSeconds: Seconds(600, 86_400),
  /** Say the caller's position this often while waiting; 0 never. */
  announceEverySeconds: Seconds(30, 600),
  /** No-answers in a row before the agent is paused; 0 never. */
  pauseAfterNoAnswers: Type.Integer({ minimum: 0, maximum: 100, default: 2 }),
  /** Where a caller goes who waited too long or finds nobody logged in. */
  overflow: Type.Optional(Destination),
});

export const FeatureCodes = Type.Object({
  agentLogIn: Type.String({ default: "*22" }),
  agentLogOut: Type.String({ default: "*23" }),
  agentPause: Type.String({ default: "*24" }),
  agentReady: Type.String({ default: "*25" }),
  transfer: Type.String({ default: "#1" }),
});

export const Recording = Type.Object({
  calls: Type.Union([Type.Literal("all"), Type.Literal("queue"), Type.Literal("none")], { default: "all" }),
  keepDays: Type.Integer({ minimum: 1, maximum: 3650, default: 90 }),
});

export const User = Type.Object({
  name: Type.String({ pattern: "^[a-z0-9._-]{1,32}$" }),
  role: Type.Union(["admin", "supervisor", "agent"].map((role) => Type.Literal(role))),
  passwordHash: Type.String(),
  /** The password was made by the box and must be changed at the next sign-in. */
  mustChange: Type.Boolean({ default: false }),
  /** The agent number that this user works as. */
  agent: Type.Optional(Digits),
});

export const Web = Type.Object({
  host: Type.String({ default: "0.0.0.0" }),
  port: Type.Integer({ minimum: 1, maximum: 65_535, default: 8443 }),
  tls: Type.Boolean({ default: true }),
});

export const Settings = Type.Object({
  version: Type.Literal(1, { default: 1 }),
  appliance: Appliance,
  spans: Type.Array(SpanSettings, { default: [] }),
  analog: Type.Array(AnalogSettings, { default: [] }),
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
