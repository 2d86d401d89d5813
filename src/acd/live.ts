// Queues and agents as the console sees them now: plain JSON, pushed as it changes, and what a person may do.
import type { Events } from "../shared/events.ts";
import type { Party } from "../shared/journal.ts";

/** Names are the field's; `paused` carries a reason. */
export type AgentStatus =
  "logged-out" | "idle" | "offered" | "on-call" | "wrap-up" | "resting" | "paused" | "busy" | "unavailable";

/** Moments are wall-clock milliseconds since 1970 UTC. */
export interface LiveAgent {
  readonly number: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly status: AgentStatus;
  readonly since: number;
  /** Why the agent is paused. */
  readonly reason?: string;
  /** The phone the agent is logged in at. */
  readonly extension?: string;
  /** The call offered, spoken or wrapped up. */
  readonly call?: string;
  readonly queue?: string;
  /** When wrap-up, rest or ringing ends. */
  readonly until?: number;
  /** When the pause becomes too long by its reason's limit; `true`: it has. */
  readonly limit?: number | true;
}

export interface LiveQueue {
  readonly id: string;
  readonly name: string;
  /** All who wait, those with a phone ringing for them included. */
  readonly waiting: number;
  /** The first hundred in line. */
  readonly callers: readonly LiveWaiting[];
  /** Logged-in agents of the queue, and those of them who could take a call now. */
  readonly agents: number;
  readonly available: number;
  /** When the first in line came; none: nobody waits. */
  readonly longestSince?: number;
  /** Since midnight. */
  readonly totals: {
    readonly entered: number;
    readonly connected: number;
    /** Of them: within the time that counts towards the service level. */
    readonly inTime: number;
    readonly abandoned: number;
    /** Timed out, nobody there, or left by key. */
    readonly left: number;
  };
}

export interface LiveWaiting {
  readonly call: string;
  readonly caller: Party;
  readonly position: number;
  readonly since: number;
  /** Raised and lowered by a supervisor; 0 for most. */
  readonly priority: number;
  /** Has hung up, and is called back when the turn comes. */
  readonly callback?: true;
  /** The agents whose phones ring for this caller. */
  readonly offeredTo: readonly string[];
}

export type LiveAcdEvent =
  | { readonly type: "queue"; readonly queue: LiveQueue }
  | { readonly type: "agent"; readonly agent: LiveAgent };

export interface LiveAcd {
  queues(): readonly LiveQueue[];
  agents(): readonly LiveAgent[];
  readonly events: Events<LiveAcdEvent>;
  /**
   * Logs an agent in at a phone. Whoever was logged in there is logged out.
   * @param by who does it: `phone`, or a user's name.
   * @throws ERR_AGENT_UNKNOWN, ERR_EXTENSION_UNKNOWN, ERR_AGENT_SEAT
   */
  logIn(agent: string, extension: string, by: string): void;
  /** Logs out; a conversation goes on to its end. @throws ERR_AGENT_UNKNOWN */
  logOut(agent: string, by: string): void;
  /**
   * @param reason one of the settings' where there are any; empty for none
   * @throws ERR_AGENT_UNKNOWN, ERR_AGENT_LOGGED_OUT, ERR_PAUSE_REASON
   */
  pause(agent: string, reason: string, by: string): void;
  /** What the agent's present or last call was about. @throws ERR_AGENT_UNKNOWN, ERR_WRAP_UP_CODE, ERR_AGENT_NO_CALL */
  code(agent: string, code: string, by: string): void;
  /** Serves a waiting caller sooner, or later. @throws ERR_CALL_UNKNOWN when the call waits in no queue */
  prioritise(call: string, priority: number, by: string): void;
  /** Ends pause and wrap-up. @throws ERR_AGENT_UNKNOWN, ERR_AGENT_LOGGED_OUT */
  ready(agent: string, by: string): void;
}
