// What distribution may be told, and what it answers.
import type { AgentOptions, Party, QueueLeaveReason, QueueOptions } from "../shared/journal.ts";
import type { AcdEvent } from "./evolve.ts";
import type { AcdState, Phone } from "./state.ts";

export type AcdCommand = { readonly at: number } & (
  | {
      readonly type: "configure";
      readonly queues: readonly QueueOptions[];
      readonly agents: readonly AgentOptions[];
    }
  /** Counts of the day begin anew. */
  | { readonly type: "begin-day" }
  | {
      readonly type: "log-in";
      /** Takes no calls before `ready`. */
      readonly paused?: boolean;
      readonly agent: string;
      readonly extension: string;
      readonly phone: Phone;
      readonly by: string;
    }
  | { readonly type: "log-out"; readonly agent: string; readonly by: string }
  | {
      readonly type: "pause";
      readonly agent: string;
      readonly reason: string;
      readonly by: string;
      /** Longer is too long; nothing: however long. */
      readonly limitMs?: number;
    }
  | { readonly type: "ready"; readonly agent: string; readonly by: string }
  /** A phone is used otherwise, free again, or does not work. */
  | { readonly type: "phone"; readonly extension: string; readonly phone: Phone }
  | {
      readonly type: "enter";
      readonly call: string;
      readonly queue: string;
      readonly caller: Party;
      readonly priority: number;
      /** Beside what the queue asks for. */
      readonly skills?: Readonly<Record<string, number>>;
      /** Whom the caller would rather have, where the queue keeps to that. */
      readonly agent?: string;
      /** Nobody comes into line now: the caller is sent on at once. */
      readonly closed?: true;
    }
  | { readonly type: "prioritise"; readonly call: string; readonly priority: number; readonly by: string }
  /** The agent lifted the phone that rang for this offer. */
  | { readonly type: "accept"; readonly call: string; readonly offer: string }
  | {
      readonly type: "offer-failed";
      readonly call: string;
      readonly offer: string;
      readonly reason: FailReason;
    }
  /** A caller in line wants to be called back, and hangs up. */
  | {
      readonly type: "request-callback";
      readonly call: string;
      readonly callback: string;
      readonly number: string;
      readonly tries: number;
      readonly keepMs: number;
    }
  /** The caller has answered. */
  | { readonly type: "callback-reached"; readonly call: string }
  /** The agent is there, the caller was not to be had. Cause by Q.850. `machine`: one has answered. */
  | {
      readonly type: "callback-failed";
      readonly call: string;
      readonly cause: number;
      readonly machine?: true;
      readonly retryMs: number;
    }
  | { readonly type: "leave"; readonly call: string; readonly reason: QueueLeaveReason }
  /** The box went down with all its calls, but those that go on. */
  | { readonly type: "restart"; readonly goingOn?: readonly GoingOn[] }
  /** What is due by now. */
  | { readonly type: "tick" }
);

/** A call whose lines were held while the program was down. `agent`: who talks in it. */
export interface GoingOn {
  readonly call: string;
  readonly agent?: string;
}

export type FailReason = "no-answer" | "busy" | "rejected" | "failed";

type WithoutMoment<C> = C extends unknown ? Omit<C, "at"> : never;

/** A command whose moment is now. */
export type Unstamped = WithoutMoment<AcdCommand>;

export interface Decision {
  readonly state: AcdState;
  readonly events: readonly AcdEvent[];
}
