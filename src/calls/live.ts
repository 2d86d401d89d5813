// Calls as the console sees them now: plain JSON, pushed as it changes, and what a person may do to a call.
import type { Destination } from "../config/settings.ts";
import type { LegState } from "../lines/leg.ts";
import type { Events } from "../shared/events.ts";
import type { CallDirection, EndedBy, LegRole, Party, SuperviseMode } from "../shared/journal.ts";

/** What the call is in the middle of. */
export type CallPhase =
  | "arriving"
  | "menu"
  | "waiting"
  | "ringing"
  | "talking"
  | "held"
  | "voicemail"
  | "fax"
  | "conference"
  /** An agent's telephone that stays lifted between calls. */
  | "seat";

/** `paused`: it goes on, and takes nothing. */
export type RecordingNow = "off" | "on" | "paused";

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
  /** The flow, queue, room or number that the phase is about. */
  readonly where?: string;
  readonly agent?: string;
  readonly recording: RecordingNow;
  /** A person began it, and may end it. */
  readonly recordedByHand: boolean;
  readonly legs: readonly LiveLeg[];
  /** The two legs that hear each other. */
  readonly talking?: readonly [string, string];
}

export interface LiveLeg {
  readonly id: string;
  readonly role: LegRole;
  readonly direction: "in" | "out";
  /** LineInfo.id. */
  readonly line: string;
  readonly kind: "isdn" | "fxo" | "fxs";
  readonly number: string;
  readonly name?: string;
  readonly extension?: string;
  readonly state: LegState;
  readonly held: boolean;
  /** How a supervisor takes part. */
  readonly supervises?: SuperviseMode;
}

/** What a supervisor wants with a call. */
export interface Supervision {
  /** Of the supervisor's phone, which is rung. */
  readonly extension: string;
  /** `take-over`: takes the place of the party of ours. `end`: the supervisor's phone is released. */
  readonly mode: SuperviseMode | "take-over" | "end";
  /** Who has it done. */
  readonly by: string;
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
  /**
   * A supervisor hears the call on a phone of the box, or changes what part it takes. The parties hear no difference, and
   * the call goes on when the supervisor hangs up.
   * @throws ERR_CALL_UNKNOWN, ERR_SUPERVISION when the phone cannot be rung or does not supervise, ERR_MEDIA_CONFERENCES
   */
  supervise(id: string, asked: Supervision): void;
}
