// Calls as the console sees them now: plain JSON, pushed as it changes, and what a person may do to a call.
import type { Destination } from "../config/settings.ts";
import type { LegState } from "../lines/leg.ts";
import type { Events } from "../shared/events.ts";
import type { CallDirection, EndedBy, Party } from "../shared/journal.ts";

/** What the call is in the middle of. */
export type CallPhase = "arriving" | "menu" | "waiting" | "ringing" | "talking" | "held" | "voicemail";

/** Moments are wall-clock milliseconds since 1970 UTC. */
export interface LiveCall {
  readonly id: string;
  readonly direction: CallDirection;
  readonly caller: Party;
  readonly called: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly phase: CallPhase;
  readonly phaseSince: number;
  /** The flow, queue or number that the phase is about. */
  readonly where?: string;
  readonly agent?: string;
  readonly recording: boolean;
  readonly legs: readonly LiveLeg[];
  /** The two legs that hear each other. */
  readonly talking?: readonly [string, string];
}

export interface LiveLeg {
  readonly id: string;
  readonly role: "caller" | "called" | "agent";
  readonly direction: "in" | "out";
  /** LineInfo.id. */
  readonly line: string;
  readonly kind: "isdn" | "fxo" | "fxs";
  readonly number: string;
  readonly name?: string;
  readonly extension?: string;
  readonly state: LegState;
  readonly held: boolean;
}

export type LiveCallEvent =
  /** A call began or changed; the whole of it as it is now. */
  | { readonly type: "call"; readonly call: LiveCall }
  | { readonly type: "call-ended"; readonly id: string; readonly cause: number; readonly by: EndedBy };

export interface LiveCalls {
  /** In the order they began. */
  list(): readonly LiveCall[];
  readonly events: Events<LiveCallEvent>;
  /** Releases all parties. @throws ERR_CALL_UNKNOWN */
  hangUp(id: string): void;
  /**
   * Blind transfer: the caller goes to `to`, whoever speaks with the caller is released.
   * @throws ERR_CALL_UNKNOWN
   */
  transfer(id: string, to: Destination): void;
}
