// From a session to the person, by the settings in force: a role taken away is gone with the next request.
import type { Settings } from "../config/settings.ts";
import type { Me, Role } from "./api/session.ts";
import type { Session } from "./sessions.ts";

export interface SignedIn {
  readonly name: string;
  readonly role: Role;
  readonly mustChange: boolean;
  /** The agent number that this user works as. */
  readonly agent: string | undefined;
  readonly session: Session;
}

/** @returns undefined when there is no such user any more */
export function signedIn(session: Session, settings: Settings): SignedIn | undefined {
  const user = settings.users.find(({ name }) => name === session.user);
  if (user === undefined) return undefined;
  const { name, role, mustChange, agent } = user;
  return { name, role, mustChange, agent, session };
}

/** Who asks from the box itself may read and write its files as well. */
export function localAdmin(name: string): SignedIn {
  return { name, role: "admin", mustChange: false, agent: undefined, session: { id: "", user: name } };
}

export function meOf({ name, role, mustChange, agent }: SignedIn, settings: Settings): Me {
  const { appliance } = settings;
  return {
    name,
    role,
    mustChange,
    ...(agent === undefined ? {} : { agent }),
    appliance: appliance.name,
    language: appliance.language,
    timeZone: appliance.timeZone,
    country: appliance.country,
  };
}

/** Admins may do everything, supervisors what is theirs, agents only what is open to all. */
export function mayUse(role: Role, access: "public" | "any" | "supervisor" | "admin"): boolean {
  return access === "public" || access === "any" || role === "admin" || role === access;
}
