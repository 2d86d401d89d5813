// A Leg is one party on one line: the only thing that calls/ and the rooms above it see of a telephone line,
// whatever it is made of.
import type { Card, LineConfig, TapWhat } from "../boards/board.ts";
import type { BitErrors, MediaPort } from "../media/engine.ts";
import type { LevelMeasured } from "../media/line-measure.ts";
import type { CallDetails } from "../shared/call-details.ts";
import type { ChargeAdvice } from "../shared/charge-advice.ts";
import type { Events } from "../shared/events.ts";
import type { AlarmRecord } from "./alarm-log.ts";
import type { TooLoud } from "./audio-holder.ts";
import type { CounterRecord } from "./counter-log.ts";
import type { KeptReference } from "../signalling/isdn/types.ts";
import type { TracedFrame } from "./isdn/frame-ring.ts";
import type { EchoTest, LineTest } from "./line-test.ts";
import type { LineTarget } from "./service.ts";

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
  /** Of a connected leg whose line can be gone on with when this program dies; nothing else can. */
  kept(): KeptLeg | undefined;
}

/** A connected leg as plain JSON: from it a later run of the program makes the leg anew, on the line that stayed as it is. */
export interface KeptLeg {
  readonly id: string;
  /** LineInfo.id */
  readonly line: string;
  readonly direction: "in" | "out";
  readonly calling: PartyNumber;
  readonly called: PartyNumber;
  readonly own: KeptLine;
}

/** What the line itself has to know. `reversed`: the exchange reversed the polarity when it answered. */
export type KeptLine =
  | ({ readonly kind: "isdn" } & KeptReference)
  | { readonly kind: "fxo"; readonly reversed: boolean }
  | { readonly kind: "fxs" }
  /** A telephone that stays lifted: the line is that of the call which holds it (nailed-up seats). */
  | { readonly kind: "seat" };

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
  /** A call on a line that is taken out of service goes on: the line is `in-use` until it ends, then `blocked`. */
  readonly state: LineState;
  /** By what it is out of service; absent while it is in. `blocked` without it: failed, and being restarted. */
  readonly outOfService?: "line" | "span" | "group";
  readonly tooLoud?: TooLoud;
}

export type LinesEvent =
  /** A call came in and may be proceeded, alerted, answered or released. An FXS line collects its number first. */
  | { readonly type: "incoming"; readonly leg: Leg }
  /** What the network says that a leg costs so far; the last may come after the leg was released. */
  | { readonly type: "charged"; readonly leg: string; readonly advice: ChargeAdvice }
  /** What else the network says of a leg's call: after `incoming`, and whenever it says more. */
  | { readonly type: "detailed"; readonly leg: string; readonly details: CallDetails }
  | { readonly type: "line"; readonly line: LineInfo }
  | { readonly type: "span"; readonly span: SpanInfo }
  /** It is there no more; its lines were told `down` before. */
  | { readonly type: "span-removed"; readonly number: number };

export interface SpanInfo {
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly kind: "E1" | "BRI" | "analog";
  /** The driver's number of its first channel. */
  readonly firstChannel: number;
  /** ISDN: position of the D-channel. */
  readonly dataPosition: number | undefined;
  readonly alarms: readonly string[];
  /** ISDN: the data link (multiple frame established). `undefined` on analog spans. */
  readonly dataLink: boolean | undefined;
  /** ISDN: the data link is up only while there are calls, and its being down is no fault. */
  readonly onDemand: boolean;
  /** Calls that go on though the data link is down; they have T309. */
  readonly keptCalls: number;
  /** Clock, milliseconds: when alarms or data link last changed. */
  readonly since: number;
  /** The span that gives this one its clock; 0: none does, the card's own is used. */
  readonly syncSource: number;
  /** How its line is driven, of a digital span that was configured. */
  readonly line: LineConfig | undefined;
  /** Every alarm seen since the box started. */
  readonly alarmLog: readonly AlarmRecord[];
  /** Errors counted by the driver, of kinds that occurred. */
  readonly counters: readonly CounterRecord[];
}

export interface DialRequest {
  readonly called: PartyNumber;
  readonly calling: PartyNumber;
  /** What to seize: a trunk group, or one line (an extension's FXS line, rung). */
  readonly via: { readonly group: string } | { readonly line: string };
  /** Takes a channel that is reserved for incoming calls too. */
  readonly emergency?: boolean;
}

/** What an installer does to lines; what is out of service is kept in the settings, not here. */
export interface LineMaintenance {
  /** The settings are others now: lines go out of service and come back by them, and are told of. */
  settingsChanged(): void;
  /** Reads the spans' counters and clock sources from the driver; what changed is told of. To be called every few seconds. */
  readCounters(): void;
  /**
   * The last frames of a span's D-channel, those after the one of this number (default all that are kept), in order.
   * @throws ERR_SPAN_UNKNOWN, ERR_SPAN_NO_DCHANNEL
   */
  trace(span: number, after?: number): readonly TracedFrame[];
  /**
   * Ends the calls on what is named. Default cause 41, temporary failure (Q.850): no party ended the call, the
   * resource failed it, and trying again at once, on another channel, can succeed. 31 says less, and 44 answers only
   * a SETUP for a channel that cannot be had.
   * @returns how many
   * @throws ERR_LINE_UNKNOWN, ERR_SPAN_UNKNOWN, ERR_CLOSED
   */
  clear(target: LineTarget, cause?: number): number;
  /**
   * Tests without touching a call: a line whatever can be tested of its kind, a span or group alarms and data links.
   * Takes as long as the exchange does to answer a RESTART (twice T316 at most).
   * @throws ERR_LINE_UNKNOWN, ERR_SPAN_UNKNOWN, ERR_CLOSED
   */
  test(target: LineTarget): Promise<LineTest>;
  /**
   * Bit errors of a timeslot that is out of service: its far end has a loop, or runs the same test. Over as soon as the line is
   * put back.
   * @throws ERR_LINE_UNKNOWN, ERR_LINE_NO_BITS, ERR_LINE_IN_SERVICE, ERR_LINE_BUSY, ERR_CLOSED
   */
  bitErrors(line: string, ms: number): Promise<BitErrors>;
  /**
   * The echo of a line that is out of service, without its canceller and with it; takes ten seconds. An exchange line is seized.
   * @param dial keys that end the exchange's dial tone (default none: it counts as noise).
   * @throws ERR_LINE_UNKNOWN, ERR_LINE_IN_SERVICE (also when it is put back meanwhile), ERR_LINE_BUSY, ERR_LINE_NO_AUDIO,
   * ERR_CLOSED
   */
  echo(line: string, dial?: string): Promise<EchoTest>;
  /**
   * Rings a telephone of the box, which then hears a line's channel until it is hung up; what goes on there is not disturbed.
   * Resolves when it is answered.
   * @throws ERR_UNSUPPORTED on simulated lines, ERR_LINE_UNKNOWN, ERR_LINE_BUSY and ERR_LINE_DOWN of the telephone,
   * ERR_PHONE_UNANSWERED, ERR_DRIVER
   */
  tap(line: string, ask: TapAsk): Promise<void>;
  /** What is heard on such a line, while 1000 Hz are sent at this level, or nothing. @throws as `echo` */
  level(
    line: string,
    options?: { readonly sendDbm0?: number | undefined; readonly dial?: string | undefined },
  ): Promise<LevelMeasured>;
}

/** Hearing a line's channel. */
export interface TapAsk extends TapWhat {
  /** The telephone that hears it. */
  readonly extension: string;
}

/** All lines of the appliance. */
export interface Lines {
  readonly events: Events<LinesEvent>;
  list(): readonly LineInfo[];
  spans(): readonly SpanInfo[];
  /**
   * Legs of an earlier run of the program that go on, their lines being as they were (`LinesOptions.kept`); to be released by
   * whoever has no use for them. What has become of an ISDN call meanwhile its exchange says in a moment.
   */
  goingOn(): readonly Leg[];
  /** The cards that carry the spans. */
  cards(): readonly Card[];
  /**
   * Starts an outgoing leg.
   * @throws ERR_LINE_BUSY when no line of the group is free (Q.850 cause 34), ERR_LINE_UNKNOWN, ERR_LINE_DOWN (cause
   * 27 of a telephone, 38 of a group), ERR_CLOSED.
   */
  dial(request: DialRequest): Leg;
  /**
   * Messages wait for who has this telephone, or no more: its lamp shows it where the country's exchanges have a message for
   * that, and its dial tone stutters at first. Telephones that there are not are left alone.
   */
  tellMessages(extension: string, wait: boolean): void;
  /**
   * Builds the lines of a span anew, by the settings as they are now. Calls on it end with cause 41; others do not
   * notice.
   * @throws ERR_SPAN_UNKNOWN, ERR_CLOSED
   */
  rebuild(span: number): Promise<void>;
  /** Releases all legs and closes lines, media ports and channels, in that order. */
  close(): Promise<void>;
}
