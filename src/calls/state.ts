// The vocabulary of the call machine: its state (plain JSON), what goes in, and what comes out.
import type { Destination } from "../config/settings.ts";
import type { LegEvent, LegState } from "../lines/leg.ts";
import type {
  CallDirection,
  EndedBy,
  JournalEntry,
  LegRole,
  Party,
  SuperviseMode,
} from "../shared/journal.ts";
import type { CallPhase, RecordingNow } from "./live.ts";
import type { Authority, Charge, Match } from "./plan.ts";

/**
 * Why an outgoing leg was made. `ring`: the caller hears it ring and is joined when it answers.
 * `offer`: an application decides what an answer means. `consult`: rung for the party that flashed. `supervise`: a
 * supervisor's phone, which is no party of the call.
 */
export type Purpose = "ring" | "offer" | "consult" | "supervise";

export interface LegFacts {
  readonly id: string;
  readonly role: LegRole;
  readonly direction: "in" | "out";
  readonly line: string;
  readonly kind: "isdn" | "fxo" | "fxs";
  readonly number: string;
  readonly name?: string;
  readonly group?: string;
  readonly extension?: string;
  /** The agent who works at this phone now. */
  readonly agent?: string;
  readonly state: LegState;
  /** Set while the leg is rung, gone when it is joined. */
  readonly purpose?: Purpose;
  /** Of a call to an outside number. */
  readonly charge?: Charge;
  /** Of a supervisor. */
  readonly supervises?: SuperviseMode;
  /** In a conference of three it is the one who came last; it hears and is heard as a supervisor who has barged in. */
  readonly third?: true;
  /** The main leg hears this one's network before the answer. */
  readonly heard?: true;
}

/** When the caller is answered: as soon as somebody, or something, deals with the call; or when a person does. */
export type Answering = "at-once" | "when-agent";

export interface CallState {
  readonly id: string;
  readonly direction: CallDirection;
  readonly caller: Party;
  readonly called: string;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly answering: Answering;
  /** The caller was told to listen before the answer (ALERTING with progress 8): what is played is heard. */
  readonly early: boolean;
  /** The leg that the call began with. */
  readonly first: string;
  /** The leg that applications serve: the first one, until a transfer passes the call to another. */
  readonly main: string;
  readonly legs: Readonly<Record<string, LegFacts>>;
  /** The two that hear each other. */
  readonly talk: readonly [string, string] | null;
  readonly consult: Consult | null;
  /** When the other party hangs up, the main leg stays: an application has something to say to it. */
  readonly keeps: boolean;
  readonly phase: CallPhase;
  readonly phaseSince: number;
  readonly where: string | null;
  readonly recording: RecordingNow;
  /** A person began the recording. */
  readonly recordedByHand: boolean;
  /** Last keys of a party in conversation, as far as they may begin a code. */
  readonly keys: { readonly leg: string; readonly digits: string } | null;
  readonly ended: { readonly cause: number; readonly by: EndedBy } | null;
}

/** A party has put the other one on hold and calls a third. */
export interface Consult {
  readonly by: string;
  readonly held: string;
  readonly stage:
    /** Dial tone, collecting. */
    | "digits"
    /** The third party is rung. */
    | "ringing"
    | "talking"
    /** A queue, flow or room was dialled, which takes the held party when `by` hangs up. */
    | "destination"
    /** The number led nowhere: a tone, then back. */
    | "failed";
  readonly digits: string;
  readonly target: string | null;
  readonly to: Destination | null;
  /** The extension that was dialled and forwards its calls: on whose behalf `to` is called. */
  readonly behalf?: string;
}

export type CallInput =
  | { readonly type: "leg"; readonly leg: string; readonly event: LegEvent }
  /** An outgoing leg was made. */
  | { readonly type: "added"; readonly leg: LegFacts }
  /** The leg asked for by a `dial` effect could not be made. Cause by Q.850. */
  | { readonly type: "not-added"; readonly cause: number }
  | { readonly type: "answer" }
  /** Something is to be heard by the main leg: it is answered, or told to listen, as `answering` says. */
  | { readonly type: "listen" }
  | { readonly type: "alert" }
  /** Joins the main leg with this one. */
  | { readonly type: "join"; readonly leg: string }
  /** A supervisor hears, or is heard, otherwise. `by`: who had it done, where it was not the phone's own keys. */
  | { readonly type: "supervise"; readonly leg: string; readonly mode: SuperviseMode; readonly by?: string }
  /** A supervisor takes the place of the party of ours. */
  | { readonly type: "take-over"; readonly leg: string }
  | { readonly type: "drop"; readonly leg: string; readonly cause: number }
  /** Blind transfer of the main leg. */
  | {
      readonly type: "give";
      readonly to: Destination;
      readonly authority: Authority;
      readonly kind?: "blind" | "escalated";
    }
  | { readonly type: "keep"; readonly on: boolean }
  | { readonly type: "phase"; readonly phase: CallPhase; readonly where: string | null }
  | { readonly type: "recording"; readonly now: RecordingNow; readonly byHand: boolean }
  /** The timer set by a `timer` effect. */
  | { readonly type: "timer" }
  | { readonly type: "end"; readonly cause: number; readonly by: EndedBy };

export type ToneName = "dial" | "ringback" | "busy" | "congestion" | "sit";

/**
 * How a party went away while the call goes on: it gave the call to another, left two others talking, or (`alone`) the main leg
 * by itself, which is kept.
 */
export type LeftHow = "transferred-blind" | "transferred-consulted" | "hung-up" | "alone";

/** What an application that handles the call is told. */
export type HandlerEvent =
  | { readonly type: "digit-begin" | "digit"; readonly digit: string }
  | { readonly type: "leg-alerting" | "leg-answered"; readonly leg: string }
  /** Of one that has answered an offer, and is not joined yet. */
  | { readonly type: "leg-digit"; readonly leg: string; readonly digit: string }
  /** `heard`: the caller has heard the far network's own tone or announcement. */
  | { readonly type: "leg-failed"; readonly leg: string; readonly cause: number; readonly heard?: true }
  | { readonly type: "leg-left"; readonly leg: string; readonly how: LeftHow }
  /** The phone in conversation has pressed the code for experts. */
  | { readonly type: "escalate"; readonly leg: string };

export type CallEffect =
  | { readonly type: "answer"; readonly leg: string }
  | { readonly type: "alert"; readonly leg: string; readonly inband: boolean }
  | { readonly type: "release"; readonly leg: string; readonly cause: number }
  | { readonly type: "connect"; readonly legs: readonly [string, string] }
  | { readonly type: "disconnect"; readonly leg: string }
  /** Who supervises has changed: who hears whom is made anew. */
  | { readonly type: "supervision" }
  | { readonly type: "tone"; readonly leg: string; readonly tone: ToneName }
  | { readonly type: "music"; readonly leg: string }
  /** Stops what plays towards the leg. */
  | { readonly type: "quiet"; readonly leg: string }
  /** Makes a leg for the consulting party; `added` or `not-added` follows. `again`: by another trunk group. */
  | { readonly type: "dial"; readonly to: Destination; readonly by: string; readonly again?: true }
  /** The main leg goes on to a destination; whoever handled the call is done. */
  | { readonly type: "redirect"; readonly to: Destination; readonly authority: Authority }
  /** A phone has pressed the code for the recording. */
  | { readonly type: "record-key"; readonly leg: string }
  | { readonly type: "timer"; readonly ms: number }
  | { readonly type: "no-timer" }
  | { readonly type: "note"; readonly entry: JournalEntry }
  | { readonly type: "tell"; readonly event: HandlerEvent }
  | { readonly type: "ended"; readonly cause: number; readonly by: EndedBy };

/** Keys that a phone of ours presses in a conversation; empty for none. */
export interface InCallCodes {
  /** Begins a transfer, for phones without a flash key. */
  readonly transfer: string;
  /** In a consultation: all three hear each other. */
  readonly conference: string;
  readonly escalate: string;
  readonly record: string;
}

/** What the machine may ask; pure, and the same for the length of one step. */
export interface CallContext {
  readonly now: number;
  match(digits: string): Match;
  /** Where all calls to an extension go, but those of whom they go to. @param caller an extension */
  forwarded(extension: string, caller: string | undefined): Destination | undefined;
  readonly codes: InCallCodes;
}

export interface Step {
  readonly state: CallState;
  readonly effects: readonly CallEffect[];
}

/** Q.850 causes that this room uses by name. */
export const cause = {
  unallocated: 1,
  preempted: 8,
  normal: 16,
  busy: 17,
  noAnswer: 19,
  absent: 20,
  rejected: 21,
  outOfOrder: 27,
  invalidNumber: 28,
  noCircuit: 34,
  networkOutOfOrder: 38,
  temporaryFailure: 41,
  notAllowed: 57,
} as const;
