// Who is signed in, and the way in and out.
import type { Me } from "../../web/api/session.ts";
import { RefusedError, request, whenUnauthorised } from "./client.ts";

export const session = $state({
  /** `undefined` until the server was asked; null: nobody. */
  me: undefined as Me | null | undefined,
});

whenUnauthorised(() => (session.me = null));

/** Asks the server who is signed in. */
export async function resumeSession(): Promise<void> {
  try {
    session.me = await request("GET /session", {});
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    session.me = null;
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  session.me = await request("POST /session", { body: { name, password } });
}

export async function changePassword(current: string, next: string): Promise<void> {
  session.me = await request("PUT /session/password", { body: { current, next } });
}

export async function signOut(): Promise<void> {
  await request("DELETE /session", {}).catch(() => undefined);
  session.me = null;
}

export function may(role: "admin" | "supervisor"): boolean {
  const mine = session.me?.role;
  return mine === "admin" || mine === role;
}
