// The settings as the API shows and takes them: those of config/, with write-only secrets instead of hashes.
import { Type, type Static } from "typebox";
import {
  Agent,
  Alert,
  AnalogSettings,
  Appliance,
  BlockedCaller,
  Extension,
  Fax,
  FeatureCodes,
  HolidayList,
  IncomingRoute,
  Journal,
  Limits,
  OutgoingRoute,
  PauseReason,
  PriorityCaller,
  Queue,
  Recording,
  Room,
  Schedule,
  SpanSettings,
  TrunkGroup,
  User,
  Web,
  WrapUpCode,
} from "../../config/settings.ts";
import { Issue } from "./common.ts";
import { Role } from "./session.ts";

/** In place of a PIN's hash. `pin` is only ever written: digits set it, empty removes it, absent keeps it. */
const pin = {
  hasPin: Type.Optional(Type.Boolean({ description: "Read only." })),
  pin: Type.Optional(Type.String({ pattern: "^[0-9]{0,16}$", description: "Write only." })),
};
export const AgentSettings = Type.Object({ ...Type.Omit(Agent, ["pinHash"]).properties, ...pin });
export const RoomSettings = Type.Object({ ...Type.Omit(Room, ["pinHash"]).properties, ...pin });

/** A user without the password's hash. A `password` that an admin sets must be changed at the next sign-in. */
export const UserSettings = Type.Object({
  ...Type.Omit(User, ["passwordHash", "mustChange", "role"]).properties,
  role: Role,
  password: Type.Optional(Type.String({ minLength: 10, maxLength: 256, description: "Write only." })),
});

/** The sections, each read and replaced as a whole. */
export const SettingsSections = Type.Object({
  appliance: Appliance,
  spans: Type.Array(SpanSettings),
  analog: Type.Array(AnalogSettings),
  trunkGroups: Type.Array(TrunkGroup),
  incoming: Type.Array(IncomingRoute),
  outgoing: Type.Array(OutgoingRoute),
  limits: Limits,
  schedules: Type.Array(Schedule),
  holidays: Type.Array(HolidayList),
  blockList: Type.Array(BlockedCaller, { maxItems: 5000 }),
  priorityCallers: Type.Array(PriorityCaller, { maxItems: 5000 }),
  extensions: Type.Array(Extension),
  agents: Type.Array(AgentSettings),
  queues: Type.Array(Queue),
  rooms: Type.Array(RoomSettings, { maxItems: 250 }),
  pauseReasons: Type.Array(PauseReason, { maxItems: 50 }),
  wrapUpCodes: Type.Array(WrapUpCode, { maxItems: 200 }),
  alerts: Type.Array(Alert, { maxItems: 100 }),
  featureCodes: FeatureCodes,
  recording: Recording,
  fax: Fax,
  journal: Journal,
  users: Type.Array(UserSettings),
  web: Web,
});

export const SectionName = Type.Union([
  Type.Literal("appliance"),
  Type.Literal("spans"),
  Type.Literal("analog"),
  Type.Literal("trunkGroups"),
  Type.Literal("incoming"),
  Type.Literal("outgoing"),
  Type.Literal("limits"),
  Type.Literal("schedules"),
  Type.Literal("holidays"),
  Type.Literal("blockList"),
  Type.Literal("priorityCallers"),
  Type.Literal("extensions"),
  Type.Literal("agents"),
  Type.Literal("queues"),
  Type.Literal("rooms"),
  Type.Literal("pauseReasons"),
  Type.Literal("wrapUpCodes"),
  Type.Literal("alerts"),
  Type.Literal("featureCodes"),
  Type.Literal("recording"),
  Type.Literal("fax"),
  Type.Literal("journal"),
  Type.Literal("users"),
  Type.Literal("web"),
]);

export const SettingsReply = Type.Object({
  /** Grows with each change; a write names the one it was made from. */
  revision: Type.Integer({ minimum: 0 }),
  settings: SettingsSections,
  /** Allowed, and surely not meant: a route that is never reached, a group that keeps all its channels. */
  warnings: Type.Array(Issue),
});

/**
 * `value` is checked against the section's schema and against the other sections; what is wrong comes back as
 * issues (422), whose paths begin at the whole settings: `/agents/0/queues/1`.
 */
export const SectionWrite = Type.Object({
  /** The revision this was read at; when another is in force, 409 and nothing is changed. */
  revision: Type.Integer({ minimum: 0 }),
  value: Type.Unknown(),
});

export type SectionName = Static<typeof SectionName>;
export type SettingsSections = Static<typeof SettingsSections>;
export type SettingsReply = Static<typeof SettingsReply>;
export type AgentSettings = Static<typeof AgentSettings>;
export type RoomSettings = Static<typeof RoomSettings>;
export type UserSettings = Static<typeof UserSettings>;
export type { Destination, IncomingDestination } from "../../config/settings.ts";
