// What distribution says to the journal: queues, callbacks, agents, alerts; and what it knows of queues and agents.
import type { OfCall, Party } from "./entry-parts.ts";

/** Why a call left a queue, and what queue_log calls it. */
export const queueLogNames = {
  "completed-by-caller": "COMPLETECALLER",
  "completed-by-agent": "COMPLETEAGENT",
  abandoned: "ABANDON",
  "timed-out": "EXITWITHTIMEOUT",
  "nobody-there": "EXITEMPTY",
  /** As many were in line as the queue takes. */
  full: "EXITEMPTY",
  /** By the queue's schedule. */
  closed: "EXITEMPTY",
  key: "EXITWITHKEY",
  /** By key, to be called back. */
  callback: "EXITWITHKEY",
  "transferred-blind": "BLINDTRANSFER",
  "transferred-consulted": "ATTENDEDTRANSFER",
  /** The appliance went down with the call; queue_log knows no such thing. */
  restarted: "ABANDON",
} as const;

export type QueueLeaveReason = keyof typeof queueLogNames;

/** Why a queue sends a caller on, who would have waited. */
export type GivenUpReason = "timed-out" | "nobody-there" | "full" | "closed";

interface OfQueue extends OfCall {
  readonly queue: string;
}

/** In events of the queue a callback stands in the place of a call. */
interface OfCallback {
  readonly callback: string;
  readonly queue: string;
}

/** `until` and `restUntil` are wall-clock moments: replaying the journal sets the same deadlines. */
export type QueueEntry =
  | (OfQueue & {
      readonly type: "queue.entered";
      readonly caller: Party;
      readonly priority: number;
      /** When the longest allowed wait is over. */
      readonly until: number;
      /** What an agent must be, where that is anything: now, and as asked for in the beginning. */
      readonly needs?: Needs;
      readonly asked?: Needs;
      /** The place in line of an earlier call, which this caller takes up again. */
      readonly order?: number;
      /** How long the wait was thought to be. */
      readonly estimateMs?: number;
    })
  /** A supervisor has the call served sooner, or later. */
  | (OfQueue & { readonly type: "queue.prioritised"; readonly priority: number; readonly by: string })
  /** After so long a wait less is asked of an agent. */
  | (OfQueue & { readonly type: "queue.widened"; readonly needs: Needs })
  /** Is to be sent on for this reason, but keeps the place in line, unserved, while asked about a callback: until then at most. */
  | (OfQueue & { readonly type: "queue.asked"; readonly reason: GivenUpReason; readonly until: number })
  /** So many agents may be rung at once from now on. */
  | (OfQueue & { readonly type: "queue.ring-limit"; readonly agents: number })
  /** The caller `from` hung up and is to be called back when the turn comes, in the place in line that it had. */
  | (OfCallback & {
      readonly type: "callback.requested";
      readonly number: string;
      readonly from: string;
      /** Since when the caller has waited. */
      readonly enteredAt: number;
      readonly order: number;
      readonly priority: number;
      /** When it is given up. */
      readonly until: number;
      readonly tries: number;
      readonly needs?: Needs;
      readonly asked?: Needs;
    })
  /** The caller has answered, and speaks with the agent. */
  | (OfCallback & { readonly type: "callback.reached"; readonly agent: string })
  /** The agent was there, the caller was not. Cause by Q.850. */
  | (OfCallback & {
      readonly type: "callback.failed";
      readonly agent: string;
      readonly cause: number;
      /** An answering machine has taken the call. */
      readonly machine?: true;
      /** When it is tried again; none: it was the last try. */
      readonly again?: number;
      /** Tries that are left; one less than before where it says nothing. */
      readonly tries?: number;
    })
  | (OfCallback & { readonly type: "callback.due" })
  /** Nobody has been there for so long that callers who wait are sent on. */
  | { readonly type: "queue.deserted"; readonly queue: string }
  /** The call is reserved for this agent, whose phone rings. */
  | (OfQueue & {
      readonly type: "queue.offered";
      readonly offer: string;
      readonly agent: string;
      readonly until: number;
    })
  | (OfQueue & {
      readonly type: "queue.ring-no-answer";
      readonly offer: string;
      readonly agent: string;
      readonly reason: "no-answer" | "busy" | "rejected" | "failed";
      readonly ringMs: number;
      /** The agent is offered nothing before this. */
      readonly restUntil: number;
    })
  /** The offer was taken back: caller gone, waited too long, or the agent logged out. */
  | (OfQueue & {
      readonly type: "queue.ring-cancelled";
      readonly offer: string;
      readonly agent: string;
      readonly ringMs: number;
    })
  | (OfQueue & {
      readonly type: "queue.connected";
      readonly offer: string;
      readonly agent: string;
      readonly waitedMs: number;
      readonly ringMs: number;
    })
  | (OfQueue & {
      readonly type: "queue.left";
      readonly reason: QueueLeaveReason;
      readonly agent?: string;
      readonly waitedMs: number;
      /** From `queue.connected` on; 0 when nobody answered. */
      readonly talkedMs: number;
      /** 1 for the first in line; 0 when the caller was connected. */
      readonly position: number;
    });

/** What a call needs of an agent. */
export interface Needs {
  /** The highest level that may be rung. */
  readonly level: number;
  /** At least so much of each skill. */
  readonly skills: Readonly<Record<string, number>>;
  /** This agent alone. */
  readonly agent: string | null;
}

/** How an agent who is logged in may be no use to those who wait. */
export type EmptyState = "paused" | "in-use" | "ringing" | "unavailable" | "wrap-up";

/** What distribution knows of a queue. */
export interface QueueOptions {
  readonly id: string;
  readonly strategy: string;
  readonly ringMs: number;
  readonly wrapUpMs: number;
  readonly maxWaitMs: number;
  /** Callers do not wait where nobody is logged in. */
  readonly leaveWhenEmpty: boolean;
  /** No-answers in a row before the agent is paused; 0 never. */
  readonly pauseAfterNoAnswers: number;
  /** Of two queues whose callers could have an agent, the heavier one goes first; default 0. */
  readonly weight?: number;
  /** In line at most; 0: any number. */
  readonly mostWaiting?: number;
  /** For so long nobody must have been there before callers are sent on; default 0. */
  readonly emptyMs?: number;
  /** Agents in these states do not count as being there; default: whoever is logged in does. */
  readonly emptyStates?: readonly EmptyState[];
  /** After an offer that came to nothing an agent is left alone for so long; default 5 s each. */
  readonly restMs?: { readonly noAnswer: number; readonly busy: number; readonly rejected: number };
  /** Whoever was paused for not answering is ready again after so long; 0: when a person says so. */
  readonly autoReadyMs?: number;
  /** Of a strategy that rings one more every so often. */
  readonly growMs?: number;
  /** So long each level is alone with the call before the next one may be rung too; 0: the next one at once. */
  readonly tierMs?: number;
  /** What its calls ask of an agent, and how much less after a while. */
  readonly skills?: Readonly<Record<string, number>>;
  readonly relax?: readonly { readonly afterMs: number; readonly lowerBy: number }[];
  /** So long a caller waits for the agent spoken with last; 0 not at all. */
  readonly stickyMs?: number;
  /** Who gave up and calls again within so long has the old place in line; 0 never. */
  readonly resumeMs?: number;
  /** Whoever would be sent on for one of these is asked about a callback first; default none. */
  readonly askWhen?: readonly GivenUpReason[];
  /** Answered within so long counts as in time; default 20 s. */
  readonly serviceMs?: number;
}

export interface AgentOptions {
  readonly number: string;
  readonly name: string;
  readonly queues: readonly string[];
  /** By queue; 1 where it says nothing. */
  readonly levels?: Readonly<Record<string, number>>;
  readonly skills?: Readonly<Record<string, number>>;
  /** Default 1. */
  readonly weight?: number;
  /** In place of the queue's. */
  readonly wrapUpMs?: number;
  readonly pauseAfterNoAnswers?: number;
}

interface OfAlert {
  readonly rule: string;
  readonly name: string;
  readonly what: string;
  /** Queue, trunk group or agent. */
  readonly about: string;
}

interface OfAgent {
  readonly agent: string;
}

export type AgentEntry =
  /** Queues and agents as distribution uses them from now on. */
  | {
      readonly type: "acd.configured";
      readonly queues: readonly QueueOptions[];
      readonly agents: readonly AgentOptions[];
    }
  /** Counts of the day begin anew. */
  | { readonly type: "acd.day-began" }
  | (OfAgent & { readonly type: "agent.logged-in"; readonly extension: string; readonly by: string })
  | (OfAgent & { readonly type: "agent.logged-out"; readonly by: string })
  | (OfAgent & {
      readonly type: "agent.paused";
      readonly reason: string;
      readonly by: string;
      /** When the box makes the agent ready again. */
      readonly until?: number;
      /** When the pause has become too long, by its reason's limit. */
      readonly limit?: number;
    })
  /** The pause lasts longer than its reason allows. */
  | (OfAgent & { readonly type: "agent.overdue"; readonly reason: string })
  /** Ends pause and wrap-up. */
  | (OfAgent & { readonly type: "agent.ready"; readonly by: string })
  /** The conversation is over, after-call work begins. `until` equals `at` where none is set. */
  | (OfAgent & {
      readonly type: "agent.wrap-up";
      readonly call: string;
      readonly queue: string;
      readonly until: number;
    })
  /** Wrap-up, or the rest after a no-answer, ran out. */
  | (OfAgent & { readonly type: "agent.idle" })
  /** The phone is used otherwise, or does not work; `free` again later. */
  | (OfAgent & { readonly type: "agent.phone"; readonly phone: "free" | "busy" | "unavailable" });

/** A rule of the settings finds something that is not as it should be, and no more. */
export type AlertEntry =
  /** `value`: percent, seconds, callers or agents. */
  | (OfAlert & { readonly type: "alert.raised"; readonly value: number })
  | (OfAlert & { readonly type: "alert.cleared" });
