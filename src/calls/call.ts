// A call as the rooms above see it: one party to serve, other legs to ring and to join, and one application
// at a time that handles it.
import type { Destination } from "../config/settings.ts";
import type { LineInfo, PartyNumber } from "../lines/leg.ts";
import type { MediaPort, PlayEnd } from "../media/engine.ts";
import type { Cancel } from "../shared/clock.ts";
import type { EndedBy } from "../shared/journal.ts";
import type { CallPhase, LiveCall, RecordingNow, Supervision } from "./live.ts";
import type { Authority } from "./plan.ts";
import type { SayItem } from "./say.ts";
import type { CallState, HandlerEvent, ToneName } from "./state.ts";

/** Why a handler is let go. `redirected`: the call goes on elsewhere. */
export type DropReason =
  { readonly type: "ended"; readonly cause: number; readonly by: EndedBy } | { readonly type: "redirected" };

/** An application that has the call in its hands: a flow, a queue, a phone that rings. */
export interface Handler {
  /** `waiting` in queue `sales`, for the console. */
  readonly phase: CallPhase;
  readonly where: string;
  event(event: HandlerEvent): void;
  /** Last thing told. Timers and whatever else the handler holds go now; the call is no longer its own. */
  dropped(reason: DropReason): void;
}

/** How a caller steers what is said. `ms`: forward, or back where negative. `speed`: times 0.5–2, at the same pitch. */
export type Steer = { readonly pause: "toggle" } | { readonly ms: number } | { readonly speed: number };

export interface Saying {
  /** Changes what is heard of it; nothing happens before it begins and after it ends. */
  steer(how: Steer): void;
  /** Resolves exactly once; `stopped` when something else was said, or the call ended, meanwhile. */
  readonly finished: Promise<PlayEnd["reason"]>;
  stop(): void;
}

export interface SayOptions {
  readonly loop?: boolean;
  /** BCP 47; the call's own language when left out. */
  readonly language?: string;
}

export interface MadeLeg {
  readonly leg: string;
  /** The trunk group it went over. */
  readonly group?: string;
}

/** Why nobody is rung. `wait`: an emergency call is given a channel as soon as it is free: try again shortly. */
export interface NotMade {
  readonly cause: number;
  readonly wait?: true;
}

export interface Call {
  readonly id: string;
  /** As it is now; plain JSON. */
  readonly state: CallState;
  /** The line of the party that the call began with. */
  readonly line: LineInfo;
  /** Number and name shown to whoever is rung. */
  readonly calling: PartyNumber;
  /** Language of prompts; a flow may change it. */
  language: string;
  /** Nothing of this call may be recorded: a PIN is dialled, or a message is taken on its own. */
  confidential: boolean;
  live(): LiveCall;
  /** Hands the call to an application; the one before is dropped as `redirected`. */
  handle(handler: Handler): void;
  /** After a restart: what handles the call is as it was when the program died. */
  goOn(handler: Handler): void;
  /** The handler is done, and nobody handles the call until the next `handle`. It is not told. */
  unhandle(handler: Handler): void;
  /** Answers the caller's line; harmless when it was answered before. For whoever needs the caller's keys or voice. */
  answer(): void;
  /** The caller is to hear something: answers, or, where the route wants no charge yet, only opens the ear. */
  listen(): void;
  /** How soon this caller is to be served; 0 for most. */
  readonly priority: number;
  /** Tells the caller that somebody is being rung. */
  alert(): void;
  /**
   * Rings somebody for this call. With `ring` the caller hears it and both are joined on answer; with `offer`
   * the handler is told and decides. `cause` (Q.850) when it cannot be done.
   */
  dial(to: Destination, purpose: "ring" | "offer", options?: DialOptions): MadeLeg | NotMade;
  join(leg: string): void;
  drop(leg: string, cause: number): void;
  /** When the other party hangs up, the served one stays, and the handler is told (`leg-left`, `alone`). */
  keep(on: boolean): void;
  /** Blind transfer of the caller, on behalf of `authority`. `escalated`: to those who know more. */
  give(to: Destination, authority: Authority, kind?: "blind" | "escalated"): void;
  /** See LiveCalls.supervise. */
  supervise(asked: Supervision): void;
  end(cause: number, by?: EndedBy): void;
  /** Says something to the served party, in place of what is said now. */
  say(items: readonly SayItem[], options?: SayOptions): Saying;
  /** To another leg of the call, that is joined to nobody yet; in the box's language. */
  sayTo(leg: string, items: readonly SayItem[]): Saying;
  /** Plays music until something else is played. */
  music(name: string): void;
  tone(name: ToneName): void;
  /** Stops what is said, played or sounded. */
  quiet(): void;
  /** Where the served party's audio is; `undefined` before there is any. */
  port(): MediaPort | undefined;
  /** Of the two that hear each other, else of the served party. */
  ports(): readonly MediaPort[];
  /** Whether it is a machine that has answered this leg, to whom the served party may talk already; told once. */
  whoAnswered(leg: string, told: (machine: boolean) => void): Cancel;
  /** Whether the call is being recorded, for all to see. `byHand`: a person began it, and may end it. */
  recording(now: RecordingNow, byHand: boolean): void;
}

export interface DialOptions {
  readonly role?: "called" | "agent";
  readonly agent?: string;
  readonly authority?: Authority;
  /** Trunk groups that have been tried in vain. */
  readonly tried?: readonly string[];
}
