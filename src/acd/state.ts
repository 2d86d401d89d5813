// What distribution knows, as plain JSON: queues with who waits, agents and what they do, and what is due.
// Moments are wall-clock milliseconds since 1970 UTC; order is kept by counters, which no clock can turn.
import type { AgentOptions, Party, QueueOptions } from "../shared/journal.ts";
import type { Key, Tree } from "./tree.ts";

export interface AcdState {
  /** Raised by every event that needs an order or a new offer. */
  readonly order: number;
  readonly queues: Readonly<Record<string, QueueState>>;
  /** By call id: all that wait, are offered, or speak with an agent. */
  readonly calls: Tree<QueuedCall>;
  /** By agent number. */
  readonly agents: Tree<AgentState>;
  /** Extension to the agent who is logged in there. */
  readonly seats: Tree<string>;
  /** By moment: waits, offers, wrap-ups and rests that end. */
  readonly due: Tree<Due>;
}

export interface Due {
  readonly type: "wait" | "offer" | "agent";
  /** Call id, or agent number. */
  readonly id: string;
}

export interface QueueState {
  readonly options: QueueOptions;
  /** Call ids in the order in which they are offered. */
  readonly waiting: Tree<string>;
  /** Those whose agent's phone rings, under the same keys: a call that comes back has kept its place. */
  readonly offered: Tree<string>;
  /** Numbers of the agents who could take a call now, best first. */
  readonly free: Tree<string>;
  readonly loggedIn: number;
  readonly totals: {
    readonly entered: number;
    readonly connected: number;
    readonly abandoned: number;
    readonly left: number;
  };
}

export interface QueuedCall {
  readonly call: string;
  readonly queue: string;
  readonly caller: Party;
  readonly key: Key;
  readonly enteredAt: number;
  readonly until: number;
  readonly stage:
    | { readonly type: "waiting" }
    | {
        readonly type: "offered";
        readonly offer: string;
        readonly agent: string;
        readonly at: number;
        readonly until: number;
      }
    | {
        readonly type: "connected";
        readonly agent: string;
        readonly at: number;
        readonly waitedMs: number;
      };
}

export type Phone = "free" | "busy" | "unavailable";

export interface AgentState {
  readonly number: string;
  readonly name: string;
  readonly queues: readonly string[];
  /** Where the agent is logged in; `null` when logged out. */
  readonly extension: string | null;
  readonly phone: Phone;
  /** Why the agent takes no calls for now; `null` when ready. */
  readonly paused: string | null;
  readonly activity: Activity;
  readonly since: number;
  /** When in the order of things the agent last became free. */
  readonly freeOrder: number;
  /** Offers in a row that were not answered. */
  readonly noAnswers: number;
}

export type Activity =
  | { readonly type: "idle" }
  | { readonly type: "offered"; readonly call: string; readonly queue: string; readonly until: number }
  | { readonly type: "on-call"; readonly call: string; readonly queue: string }
  | { readonly type: "wrap-up"; readonly call: string; readonly queue: string; readonly until: number }
  /** After an offer that came to nothing, so that it is not made again at once. */
  | { readonly type: "resting"; readonly until: number };

export const emptyState: AcdState = {
  order: 0,
  queues: {},
  calls: null,
  agents: null,
  seats: null,
  due: null,
};

/** May this agent be offered a call now? */
export function isFree(agent: AgentState): boolean {
  return (
    agent.extension !== null &&
    agent.phone === "free" &&
    agent.paused === null &&
    agent.activity.type === "idle"
  );
}

export interface QueueConfig extends QueueOptions {
  readonly name: string;
}

export type AgentConfig = AgentOptions;
