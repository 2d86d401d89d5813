// Who is signed in. The browser holds a random token; the server knows its hash, and what it says is never believed.
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../shared/clock.ts";
import { createEmitter, type Events } from "../shared/events.ts";

export interface Session {
  /** The token's hash: good for a log, useless as a token. */
  readonly id: string;
  readonly user: string;
}

export interface Sessions {
  /** A new session with a new token, whatever the browser had before. */
  start(user: string): { readonly token: string; readonly session: Session };
  /** The session of a token, which counts as use of it. */
  find(token: string): Session | undefined;
  /** Whether a session goes on; asking is no use of it. */
  lives(id: string): boolean;
  end(id: string): void;
  /** Ends a user's sessions, but not this one. */
  endOthers(user: string, except?: string): void;
  readonly ended: Events<Session>;
  readonly size: number;
}

export interface SessionsOptions {
  readonly clock: Clock;
  /** A session ends after so long without a request; asked each time. */
  readonly idleMs: () => number;
  /** Sessions of one user; one more ends the one that rested longest. Default 20. */
  readonly mostOfUser?: number;
}

// However busy: a stolen token is worth nothing the day after.
const longestMs = 24 * 3_600_000;

interface Kept extends Session {
  readonly startedAt: number;
  usedAt: number;
}

export function createSessions({ clock, idleMs, mostOfUser = 20 }: SessionsOptions): Sessions {
  const sessions = new Map<string, Kept>();
  const ended = createEmitter<Session>();

  const end = (id: string): void => {
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.delete(id);
    ended.emit(session);
  };
  const isOver = (session: Kept, now: number): boolean =>
    now - session.usedAt > idleMs() || now - session.startedAt > longestMs;
  const endOver = (): void => {
    const now = clock.monotonic();
    for (const session of [...sessions.values()]) if (isOver(session, now)) end(session.id);
  };

  return {
    start(user) {
      endOver();
      const own = [...sessions.values()].filter((session) => session.user === user);
      own.sort((a, b) => a.usedAt - b.usedAt);
      for (const session of own.slice(0, Math.max(0, own.length + 1 - mostOfUser))) end(session.id);
      const token = randomBytes(32).toString("base64url");
      const now = clock.monotonic();
      const session: Kept = { id: hashOf(token), user, startedAt: now, usedAt: now };
      sessions.set(session.id, session);
      return { token, session };
    },
    find(token) {
      const session = sessions.get(hashOf(token));
      if (session === undefined) return undefined;
      const now = clock.monotonic();
      if (isOver(session, now)) {
        end(session.id);
        return undefined;
      }
      session.usedAt = now;
      return session;
    },
    lives(id) {
      const session = sessions.get(id);
      return session !== undefined && !isOver(session, clock.monotonic());
    },
    end,
    endOthers(user, except) {
      for (const session of [...sessions.values()])
        if (session.user === user && session.id !== except) end(session.id);
    },
    ended,
    get size() {
      endOver();
      return sessions.size;
    },
  };
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
