// Signing in and out, and one's own password.
import { hashPassword, verifyPassword } from "../../config/password.ts";
import type { Settings } from "../../config/settings.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { WebDeps } from "../deps.ts";
import type { Guard } from "../guard.ts";
import type { Handlers } from "../handlers.ts";
import type { Session, Sessions } from "../sessions.ts";
import { meOf, signedIn } from "../users.ts";

type Named = "POST /session" | "GET /session" | "DELETE /session" | "PUT /session/password";

interface SessionDeps extends Pick<WebDeps, "settings" | "log"> {
  readonly sessions: Sessions;
  readonly guard: Guard;
}

export function sessionRoutes({ settings, log, sessions, guard }: SessionDeps): Pick<Handlers, Named> {
  const me = (session: Session) => {
    const user = signedIn(session, settings.current());
    if (user === undefined) throw new CallboxError("ERR_NOT_SIGNED_IN");
    return meOf(user, settings.current());
  };
  const hashOf = (name: string, { users }: Settings): string | undefined =>
    users.find((user) => user.name === name)?.passwordHash;

  return {
    "POST /session": async ({ body, request, reply }) => {
      const hash = hashOf(body.name, settings.current());
      if (!(await verifyPassword(body.password, hash))) {
        log.warn({ user: body.name, from: request.ip }, "sign-in refused");
        throw new CallboxError("ERR_SIGN_IN");
      }
      // Always a new token: one that was planted in the browser before is worth nothing.
      const { token, session } = sessions.start(body.name);
      guard.giveCookie(reply, token);
      log.info({ user: body.name, from: request.ip }, "signed in");
      return me(session);
    },

    "GET /session": ({ request }) => {
      const user = guard.whoIs(request);
      return user === undefined ? null : meOf(user, settings.current());
    },

    "DELETE /session": ({ user, reply }) => {
      sessions.end(user.session.id);
      guard.takeCookie(reply);
      return null;
    },

    "PUT /session/password": async ({ user, body, reply, request }) => {
      const { name } = user;
      if (!(await verifyPassword(body.current, hashOf(name, settings.current())))) {
        log.warn({ user: name, from: request.ip }, "password change refused");
        throw new CallboxError("ERR_PASSWORD_WRONG");
      }
      if (body.next === body.current) throw new CallboxError("ERR_PASSWORD_SAME");
      const passwordHash = await hashPassword(body.next);
      await settings.update(
        ({ users }) => {
          const index = users.findIndex((one) => one.name === name);
          const before = users[index];
          if (before !== undefined) users[index] = { ...before, passwordHash, mustChange: false };
        },
        { by: name },
      );
      // Whoever signed in with the old password is out; this browser goes on with a new token.
      const { token, session } = sessions.start(name);
      sessions.endOthers(name, session.id);
      guard.giveCookie(reply, token);
      return me(session);
    },
  };
}
