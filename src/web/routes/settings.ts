// The settings without their secrets, and one section replaced at a time.
import { Value } from "typebox/value";
import { settingsError, type Issue } from "../../config/issues.ts";
import { hashPassword } from "../../config/password.ts";
import { settingsWarnings } from "../../config/routing-check.ts";
import { schemaIssues } from "../../config/read.ts";
import type { Settings, User } from "../../config/settings.ts";
import {
  SettingsSections,
  type AgentSettings,
  type RoomSettings,
  type SectionName,
  type SettingsReply,
  type UserSettings,
} from "../api/settings.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers, ReadonlyDeep } from "../handlers.ts";
import { present } from "../views.ts";

type Named = "GET /settings" | "PUT /settings/:section";

export function settingsRoutes({
  settings,
  changes,
}: Pick<WebDeps, "settings" | "changes">): Pick<Handlers, Named> {
  const reply = (): ReadonlyDeep<SettingsReply> => ({
    revision: settings.revision,
    settings: withoutSecrets(settings.current()),
    warnings: settingsWarnings(settings.current()),
  });
  return {
    "GET /settings": reply,
    "PUT /settings/:section": async ({ params: { section }, body, user }) => {
      const value = await stored(section, checked(section, body.value), settings.current());
      const change = { [section]: value };
      const update = { by: user.name, revision: body.revision };
      // What a line is, is changed on trial.
      if (section === "spans" || section === "analog") await changes.apply(change, update);
      else await settings.update((draft) => void Object.assign(draft, change), update);
      return reply();
    },
  };
}

function withoutSecrets(settings: Settings): ReadonlyDeep<SettingsSections> {
  // What is out of service is changed by routes of its own.
  const { version: _version, outOfService: _outOfService, agents, rooms, users, ...rest } = settings;
  return {
    ...rest,
    agents: agents.map(withoutPin),
    rooms: rooms.map(withoutPin),
    users: users.map(({ passwordHash: _hash, mustChange: _mustChange, ...user }) => user),
  };
}

function withoutPin<T extends { readonly pinHash?: string }>({ pinHash, ...rest }: T) {
  return { ...rest, hasPin: pinHash !== undefined };
}

/** The value with defaults filled in. @throws ERR_SETTINGS_INVALID with each place that does not fit */
function checked(section: SectionName, value: unknown): unknown {
  const schema = SettingsSections.properties[section];
  const filled: unknown = Value.Default(schema, value);
  const issues = schemaIssues(schema, filled);
  if (issues.length > 0)
    throw invalid(issues.map((issue) => ({ ...issue, path: `/${section}${issue.path}` })));
  return filled;
}

/** What the API takes, as the file keeps it: hashes for secrets, those that were not given as they were. */
async function stored(section: SectionName, value: unknown, before: Settings): Promise<unknown> {
  if (section === "agents")
    return storedPins(value as AgentSettings[], before.agents, (agent) => agent.number);
  if (section === "rooms") return storedPins(value as RoomSettings[], before.rooms, (room) => room.id);
  if (section === "users")
    return Promise.all((value as UserSettings[]).map((user, i) => storedUser(user, i, before.users)));
  return value;
}

/** A PIN that was not given stays as it was. */
function storedPins<T extends { readonly pin?: string; readonly hasPin?: boolean }>(
  given: readonly T[],
  before: readonly (Omit<T, "pin" | "hasPin"> & { readonly pinHash?: string })[],
  nameOf: (one: Omit<T, "pin" | "hasPin">) => string,
): Promise<readonly unknown[]> {
  return Promise.all(
    given.map(async ({ pin, hasPin: _hasPin, ...one }) => {
      const kept = before.find((old) => nameOf(old) === nameOf(one))?.pinHash;
      const pinHash = pin === undefined ? kept : pin === "" ? undefined : await hashPassword(pin);
      return { ...one, ...present({ pinHash }) };
    }),
  );
}

async function storedUser(given: UserSettings, index: number, before: readonly User[]): Promise<User> {
  const { password, ...user } = given;
  const kept = before.find(({ name }) => name === user.name);
  if (password !== undefined)
    return { ...user, passwordHash: await hashPassword(password), mustChange: true };
  if (kept === undefined)
    throw invalid([
      { path: `/users/${index}/password`, message: "is missing: a new user needs a first password" },
    ]);
  return { ...user, passwordHash: kept.passwordHash, mustChange: kept.mustChange };
}

const invalid = (issues: readonly Issue[]) => settingsError("ERR_SETTINGS_INVALID", "settings", issues);
