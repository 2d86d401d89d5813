// The first user of a new box: an admin whose password the box makes, prints once, and wants changed.
import { hashPassword, makePassword } from "./password.ts";
import type { SettingsStore } from "./store.ts";

export interface FirstUser {
  readonly name: string;
  readonly password: string;
}

/** @returns name and password when there was no user yet; the password is kept nowhere else. */
export async function ensureFirstUser(settings: SettingsStore): Promise<FirstUser | undefined> {
  if (settings.current().users.length > 0) return undefined;
  const first = { name: "admin", password: makePassword() };
  const passwordHash = await hashPassword(first.password);
  await settings.update(({ users }) => {
    users.push({ name: first.name, role: "admin", passwordHash, mustChange: true });
  });
  return first;
}
