// The gate that every request passes: where it comes from, who sends it, and whether that person may.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { IncomingHttpHeaders } from "node:http";
import type { SettingsStore } from "../config/store.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Route } from "./api/routes.ts";
import type { Sessions } from "./sessions.ts";
import { localAdmin, mayUse, signedIn, type SignedIn } from "./users.ts";

export interface Guard {
  whoIs(request: FastifyRequest): SignedIn | undefined;
  /**
   * Lets a request pass to something of the API.
   * @param whileMustChange passes also before the first password was changed
   * @throws ERR_ORIGIN_FOREIGN, ERR_NOT_SIGNED_IN, ERR_PASSWORD_MUST_CHANGE, ERR_FORBIDDEN
   */
  admit(
    request: FastifyRequest,
    access: Exclude<Route["access"], "public">,
    whileMustChange?: boolean,
  ): SignedIn;
  /** @throws ERR_ORIGIN_FOREIGN */
  checkOrigin(request: FastifyRequest): void;
  giveCookie(reply: FastifyReply, token: string): void;
  takeCookie(reply: FastifyReply): void;
}

export interface GuardOptions {
  /** Who asks from the box itself, past the network; `undefined` for the network. */
  readonly local: (request: FastifyRequest["raw"]) => string | undefined;
  readonly sessions: Sessions;
  readonly settings: SettingsStore;
  readonly tls: boolean;
}

export function createGuard({ local, sessions, settings, tls }: GuardOptions): Guard {
  // The prefix makes browsers refuse the cookie from anybody but this very host over TLS.
  const cookie = tls ? "__Host-callbox" : "callbox";
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure: tls } as const;

  const whoIs = (request: FastifyRequest): SignedIn | undefined => {
    const name = local(request.raw);
    if (name !== undefined) return localAdmin(name);
    const token = request.cookies[cookie];
    const session = token === undefined ? undefined : sessions.find(token);
    return session === undefined ? undefined : signedIn(session, settings.current());
  };
  const checkOrigin = (request: FastifyRequest): void => {
    if (!isOwnOrigin(request.headers)) throw new CallboxError("ERR_ORIGIN_FOREIGN");
  };

  return {
    whoIs,
    checkOrigin,
    admit(request, access, whileMustChange = false) {
      checkOrigin(request);
      const user = whoIs(request);
      if (user === undefined) throw new CallboxError("ERR_NOT_SIGNED_IN");
      if (user.mustChange && !whileMustChange) throw new CallboxError("ERR_PASSWORD_MUST_CHANGE");
      if (!mayUse(user.role, access)) throw new CallboxError("ERR_FORBIDDEN", { detail: `for ${access}s` });
      return user;
    },
    giveCookie: (reply, token) => void reply.setCookie(cookie, token, options),
    takeCookie: (reply) => void reply.clearCookie(cookie, options),
  };
}

/**
 * Browsers say where a request comes from: what another site makes them send is refused, whatever cookie it
 * carries. Programs that are no browsers say nothing, and nobody can make them send a cookie that is not theirs.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (headers.origin === undefined) return true;
  try {
    return new URL(headers.origin).host === headers.host;
  } catch {
    return false;
  }
}
