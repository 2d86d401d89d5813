// A Leg is one party on one line: the only thing that calls/ and the rooms above it see of a telephone line,
// whatever it is made of.
import type { MediaPort } from "../media/engine.ts";
import type { Events } from "../shared/events.ts";

/** A number with what ISDN says about it (Q.931 §4.5.10); analog lines leave the defaults. */
export interface PartyNumber {
  /** Digits as signalled, without prefix; empty when there are none. */
  readonly digits: string;
  readonly type: "unknown" | "international" | "national" | "network-specific" | "subscriber" | "abbreviated";
  readonly presentation: "allowed" | "restricted" | "unavailable";
  readonly name?: string;
  /** Who vouches for it (Q.931 §4.5.10, octet 3a); not given: user-provided, not screened. */
  readonly screening?: "user-not-screened" | "user-passed" | "user-failed" | "network";
}

export type LegState =
  /** Outgoing: set-up sent, nothing heard. Incoming: offered to us, nothing answered yet. */
  "offered" | "proceeding" | "alerting" | "connected" | "released";

export interface Leg {
  readonly id: string;
  readonly line: LineInfo;
  /** As the box sees it: `in` came to us, `out` was made by us. */
  readonly direction: "in" | "out";
  readonly state: LegState;
  readonly calling: PartyNumber;
  readonly called: PartyNumber;
  /** Present from the moment audio can pass: for an incoming leg after `proceed`, for an outgoing one when the bearer is there. */
  readonly media: MediaPort | undefined;
  readonly events: Events<LegEvent>;
  /** Incoming: the number is complete and the call is being dealt with (CALL PROCEEDING). */
  proceed(): void;
  /** Incoming: the called party is being rung (ALERTING; `inband` tells the caller to listen, Q.931 progress 8). */
  alert(options?: { readonly inband?: boolean }): void;
  /** Incoming: answer (CONNECT, off-hook). */
  answer(): void;
  /** Ends the leg, in any state. Cause by Q.850; default 16. Doing it twice is harmless. */
  release(cause?: number): void;
  /** Outgoing: digits dialled after answer, as DTMF. */
  sendDigits(digits: string): void;
}

export type LegEvent =
  | { readonly type: "proceeding" }
  /** `inband`: the far end gives its own ringback, so none of ours is wanted. */
  | { readonly type: "alerting"; readonly inband: boolean }
  /** Audio of the far network can be heard (announcement, ringback) though nobody has answered. */
  | { readonly type: "progress"; readonly inband: boolean }
  | { readonly type: "answered" }
  | { readonly type: "digit-begin"; readonly digit: string }
  | { readonly type: "digit"; readonly digit: string; readonly source: "dtmf" | "pulse" | "signalling" }
  | { readonly type: "flash" }
  /** Last event of a leg. `by`: who ended it. Cause by Q.850. */
  | { readonly type: "released"; readonly cause: number; readonly by: "local" | "remote" | "fault" };

export type LineState = "idle" | "in-use" | "blocked" | "alarm" | "down";

/** What is known of a line; plain data, safe to send to the console. */
export interface LineInfo {
  /** Stable over restarts: `span/position` (`1/16`). */
  readonly id: string;
  readonly kind: "isdn" | "fxo" | "fxs";
  readonly span: number;
  /** Timeslot or port, 1 and up. */
  readonly position: number;
  /** The driver's channel number. */
  readonly channel: number;
  readonly name: string;
  /** Trunk lines belong to a group; FXS lines have an extension number. */
  readonly group?: string;
  readonly extension?: string;
  readonly state: LineState;
}

export type LinesEvent =
  /** A call came in and may be proceeded, alerted, answered or released. An FXS line collects its number first. */
  | { readonly type: "incoming"; readonly leg: Leg }
  | { readonly type: "line"; readonly line: LineInfo }
  | { readonly type: "span"; readonly span: SpanInfo };

export interface SpanInfo {
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly kind: "E1" | "BRI" | "analog";
  readonly alarms: readonly string[];
  /** ISDN: the data link (multiple frame established). `undefined` on analog spans. */
  readonly dataLink: boolean | undefined;
  /** Clock, milliseconds: when alarms or data link last changed. */
  readonly since: number;
}

export interface DialRequest {
  readonly called: PartyNumber;
  readonly calling: PartyNumber;
  /** What to seize: a trunk group, or one line (an extension's FXS line, rung). */
  readonly via: { readonly group: string } | { readonly line: string };
  /** Takes a channel that is reserved for incoming calls too. */
  readonly emergency?: boolean;
}

/** All lines of the appliance. */
export interface Lines {
  readonly events: Events<LinesEvent>;
  list(): readonly LineInfo[];
  spans(): readonly SpanInfo[];
  /**
   * Starts an outgoing leg.
   * @throws ERR_LINE_BUSY when no line of the group is free (Q.850 cause 34), ERR_LINE_UNKNOWN, ERR_LINE_DOWN (cause 27),
   * ERR_CLOSED.
   */
  dial(request: DialRequest): Leg;
  /** Releases all legs and closes lines, media ports and channels, in that order. */
  close(): Promise<void>;
}
