// What distribution knows, as plain JSON: queues with who waits, agents and what they do, and what is due.
// Moments are wall-clock milliseconds since 1970 UTC; order is kept by counters, which no clock can turn.
import type { GivenUpReason, Needs, Party, QueueOptions } from "../shared/journal.ts";
import type { Key, Tree } from "./tree.ts";

/** Raised when a kept state of an older program could not be gone on with: then the journal is folded from its beginning. */
export const acdStateVersion = 2;

/** With all defaults filled in. */
export type QueueRules = Required<QueueOptions>;

export interface AcdState {
  /** Raised by every event that needs an order or a new offer. */
  readonly order: number;
  /** When the counts of the day began; `null`: never. */
  readonly dayBegan: number | null;
  readonly queues: Readonly<Record<string, QueueState>>;
  /** By call id: all that wait, are offered, or speak with an agent. */
  readonly calls: Tree<QueuedCall>;
  /** By agent number. */
  readonly agents: Tree<AgentState>;
  /** Extension to the agent who is logged in there. */
  readonly seats: Tree<string>;
  /** By moment, kind (its place in `dueKinds`) and name. */
  readonly due: Tree<Due>;
}

/** Longest waits, offers, wrap-ups and rests, widenings, growing rings, pauses, queues that stay empty, next tries, pauses' limits. */
export const dueKinds = [
  "wait",
  "offer",
  "agent",
  "widen",
  "grow",
  "pause",
  "empty",
  "retry",
  "limit",
] as const;
export type DueKind = (typeof dueKinds)[number];

export interface Due {
  readonly type: DueKind;
  /** Call id; agent number for `offer`, `agent`, `pause` and `limit`; queue id for `empty`. */
  readonly id: string;
}

export interface QueueState {
  readonly options: QueueRules;
  /** Who waits, by what is needed of an agent (`lineOf`). */
  readonly lines: Readonly<Record<string, Line>>;
  /** How many are in line, those for whom phones ring among them. */
  readonly length: number;
  readonly pace: Pace;
  /** Those for whom phones ring, under the same keys: a call that comes back has kept its place. */
  readonly offered: Tree<string>;
  /** Numbers of the agents who could take a call now: by level, then as the strategy has it. */
  readonly free: Tree<string>;
  /** The highest level that any of its agents has. */
  readonly highest: number;
  /** Logged-in agents by level. */
  readonly staff: Readonly<Record<string, number>>;
  /** Agents who count as being there (`emptyStates`). */
  readonly there: number;
  /** Since when nobody has been there; `null` while somebody is. */
  readonly emptySince: number | null;
  /** So long that those who waited were sent on. */
  readonly deserted: boolean;
  /** Place (in the settings) of the agent rung last, by level. */
  readonly last: Readonly<Record<string, number>>;
  /** Callers who gave up, by number, for as long as they may have their place back. */
  readonly lost: Tree<LostPlace>;
  /** The same numbers by when that is over. */
  readonly lostUntil: Tree<string>;
  readonly totals: Totals;
}

/** How fast its line moves: see pace.ts. */
export interface Pace {
  /** When it was last counted up to. */
  readonly at: number;
  /** Milliseconds in which somebody waited. */
  readonly busyMs: number;
  /** Who left the line in them. */
  readonly left: number;
}

/** Since the day began. */
export interface Totals {
  readonly entered: number;
  readonly connected: number;
  /** Of them: within the queue's time. */
  readonly inTime: number;
  readonly abandoned: number;
  readonly left: number;
}

export const noTotals: Totals = { entered: 0, connected: 0, inTime: 0, abandoned: 0, left: 0 };

export interface Line {
  readonly needs: Needs;
  /** Call ids in the order in which they are served. */
  readonly waiting: Tree<string>;
  /** Of those for whom phones ring, who want one more. */
  readonly ringing: Tree<string>;
}

export interface LostPlace {
  readonly order: number;
  readonly priority: number;
  readonly until: number;
}

export interface QueuedCall {
  readonly call: string;
  readonly queue: string;
  readonly caller: Party;
  readonly key: Key;
  readonly enteredAt: number;
  readonly until: number;
  /** What an agent must be to be offered the call now, and what was asked for in the beginning. */
  readonly needs: Needs;
  readonly asked: Needs;
  /** `lineOf(needs)`. */
  readonly line: string;
  /** Somebody to be called back when the turn comes; `null`: a caller on the line. */
  readonly callback: { readonly number: string; readonly from: string; readonly tries: number } | null;
  /** When less is needed; `null`: it stays so. */
  readonly widensAt: number | null;
  readonly stage:
    | { readonly type: "waiting" }
    /** A callback that found nobody: not in line until its next try. */
    | { readonly type: "resting"; readonly until: number }
    | {
        readonly type: "offered";
        /** At least one; only ring strategies make several. */
        readonly offers: readonly Offer[];
        /** So many may be made at once. */
        readonly allowed: number;
        /** When one more is allowed; `null` for those that do not grow. */
        readonly growsAt: number | null;
      }
    | {
        /** Is to be sent on for this reason, and asked about a callback before: not in line any more. */
        readonly type: "asked";
        readonly reason: GivenUpReason;
      }
    | {
        /** `dialling`: a callback whose agent is there, and whose caller is rung. */
        readonly type: "dialling" | "connected";
        readonly agent: string;
        readonly at: number;
        readonly waitedMs: number;
      };
}

/** A reservation of one agent for one call: only the acceptance of this very offer counts. */
export interface Offer {
  readonly offer: string;
  readonly agent: string;
  readonly at: number;
  readonly until: number;
}

export type Phone = "free" | "busy" | "unavailable";

export interface AgentState {
  readonly number: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
  readonly skills: Readonly<Record<string, number>>;
  /** Of the lot that `weighted-random` draws. */
  readonly weight: number;
  /** In place of the queue's; `null`: the queue's. */
  readonly wrapUpMs: number | null;
  readonly pauseAfterNoAnswers: number | null;
  /** In the settings' list. */
  readonly place: number;
  /** Where the agent is logged in; `null` when logged out. */
  readonly extension: string | null;
  readonly phone: Phone;
  /** Why the agent takes no calls for now; `null` when ready. */
  readonly paused: string | null;
  /** When the box ends the pause; `null`: a person does. */
  readonly pausedUntil: number | null;
  /** When the pause has become too long; `null`: never, or it has. */
  readonly pauseLimit: number | null;
  /** It has. */
  readonly overdue: boolean;
  readonly activity: Activity;
  readonly since: number;
  /** When in the order of things the agent last became free. */
  readonly freeOrder: number;
  /** Offers in a row that were not answered. */
  readonly noAnswers: number;
  /** Of today, by queue. */
  readonly tallies: Readonly<Record<string, Tally>>;
}

export interface Membership {
  readonly queue: string;
  /** 1 is rung first; for the agent, queues of a lower level come first. */
  readonly level: number;
}

export interface Tally {
  readonly calls: number;
  readonly talkMs: number;
  /** When in the order of things the last one ended. */
  readonly last: number;
}

export const noTally: Tally = { calls: 0, talkMs: 0, last: 0 };

export type Activity =
  | { readonly type: "idle" }
  | { readonly type: "offered"; readonly call: string; readonly queue: string; readonly until: number }
  | { readonly type: "on-call"; readonly call: string; readonly queue: string }
  | { readonly type: "wrap-up"; readonly call: string; readonly queue: string; readonly until: number }
  /** After an offer that came to nothing, so that it is not made again at once. */
  | { readonly type: "resting"; readonly until: number };

export const emptyState: AcdState = {
  order: 0,
  dayBegan: null,
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
