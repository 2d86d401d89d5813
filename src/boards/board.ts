// The hardware port: what a voice card is to the rest of Callbox. `dahdi/` and `simulated/` both implement
// it and pass one contract suite. It knows hook states, frames and alarms; it knows no protocol and no call.
import type { AudioEndpoint, Law } from "../shared/audio.ts";
import type { Events } from "../shared/events.ts";

export interface Board {
  readonly id: string;
  readonly kind: "dahdi" | "simulated";
  readonly spans: readonly Span[];
  /** What carries the spans, also those without a number. */
  cards(): readonly Card[];
  /**
   * Hears a channel that others have open, and disturbs nobody. Absent where the board cannot.
   * @throws ERR_DRIVER
   */
  readonly tap?: (channel: number, what: TapWhat) => Tap;
  /** Spans that appeared or went away after start (hot plug). */
  readonly events: Events<BoardEvent>;
  /** Closes every open channel; what is pending is rejected with ERR_CLOSED. Safe to call twice. */
  close(): Promise<void>;
}

export interface TapWhat {
  /** Of the channel: what comes from its line, what goes out to it, or both together. */
  readonly direction: "received" | "sent" | "both";
  /** As it comes from the line, before the echo canceller has worked on it. */
  readonly beforeCanceller: boolean;
}

export interface Tap {
  readonly audio: AudioEndpoint;
  close(): void;
}

/** A card as the box has it, or what stands for one. */
export interface Card {
  /** Its place in the system: the path of the device. */
  readonly path: string;
  /** Stays with the card wherever it is plugged in; empty where it has none. */
  readonly hardwareId: string;
  /** Stays with the slot whatever is plugged into it; empty where it has none. */
  readonly location: string;
  readonly model: string;
  readonly spans: readonly CardSpan[];
}

export interface CardSpan {
  /** On its card, from 1. */
  readonly local: number;
  /** As the driver says: E1, BRI_NT, ANALOG_MIXED. */
  readonly type: string;
  /** Absent while the span has no number (assigned-spans.conf does not name it). */
  readonly number?: number;
  readonly firstChannel?: number;
}

export type BoardEvent =
  | { readonly type: "span-added"; readonly span: Span }
  | { readonly type: "span-removed"; readonly span: Span };

export type SpanKind = "E1" | "BRI" | "analog";

/** What a channel is for. A telephone port is what its card has there, or `unused`. */
export type ChannelUse = "fxo" | "fxs" | "bearer" | "data" | "cas" | "unused";

export interface Span {
  /** 1 and up, as the driver numbers spans. */
  readonly number: number;
  /** The driver's name (`WCTDM/0`, `DYN/loc/1:0`). */
  readonly name: string;
  readonly description: string;
  /** What the driver calls the card's model; board profiles match on it. */
  readonly deviceType?: string;
  readonly kind: SpanKind;
  /** Number of the first of its channels, in use or not. */
  readonly firstChannel: number;
  /** Those that are in use, by position. */
  readonly channels: readonly Channel[];
  /** What each channel is for, the first first. */
  readonly uses: readonly ChannelUse[];
  /** What each is for when nobody says otherwise: timeslot 16 of an E1 carries its D-channel. */
  readonly usualUses: readonly ChannelUse[];
  status(): SpanStatus;
  /**
   * Gives the channels other uses. The span is another one afterwards: `span-removed` and `span-added` are told before
   * this returns.
   * @throws ERR_CHANNEL_BUSY while one is open, ERR_UNSUPPORTED for a use that a channel cannot have, ERR_DRIVER
   */
  assign(uses: readonly ChannelUse[]): void;
  /**
   * Sets how the line is driven, and its rank among the card's sources of clock: 1 the first, 0 none. The line may
   * lose its framing for a moment.
   * @throws ERR_UNSUPPORTED on an analog span, ERR_DRIVER when the card refuses: what was set stays
   */
  configure(line: LineConfig, clockRank: number): void;
  readonly events: Events<SpanEvent>;
}

/** Alarms by their DAHDI names. */
export type Alarm = "RED" | "YELLOW" | "BLUE" | "RECOVER" | "LOOPBACK" | "NOTOPEN" | "LOS" | "LFA" | "LMFA";

export interface SpanStatus {
  /** Empty when the span is in order. */
  readonly alarms: readonly Alarm[];
  readonly counters: SpanCounters;
  /** The span number that gives the clock, 0 when internal. */
  readonly syncSource: number;
  /** Of a digital span that was configured. */
  readonly line?: LineConfig;
}

/** How a digital span's line is driven. */
export interface LineConfig {
  /** Common channel signalling (ISDN), or signalling bits in timeslot 16. */
  readonly framing: "ccs" | "cas";
  /** E1 is HDB3, hardly ever AMI; BRI is AMI. */
  readonly coding: "hdb3" | "ami";
  /** E1: CRC-4 multiframe (G.704 §2.3.3). */
  readonly crc4: boolean;
  /** 0–15, by the card's manual; 0 for E1. */
  readonly lineBuildOut: number;
  /** BRI: network termination (NT), else terminal (TE). */
  readonly network: boolean;
  /** BRI: 100 Ω across the bus at this end (I.430). */
  readonly termination: boolean;
  /** Tells the far end by the remote alarm while nobody here has the span's channels open. */
  readonly alarmWhenClosed: boolean;
}

/** Line counters since the driver started. */
export interface SpanCounters {
  readonly bipolarViolations: number;
  readonly crc4Errors: number;
  readonly eBitErrors: number;
  readonly frameAlignmentErrors: number;
  readonly framingErrors: number;
  readonly codeViolations: number;
  readonly bitErrors: number;
  readonly erroredSeconds: number;
  readonly irqMisses: number;
  /** Frames lost or repeated because the two ends' clocks differ (ITU-T G.822). */
  readonly timingSlips: number;
}

export type SpanEvent = { readonly type: "alarms"; readonly alarms: readonly Alarm[] };

export type Channel = AnalogPort | BearerChannel | DataChannel | CasChannel;

interface ChannelBase {
  /** The driver's channel number, unique over all spans (DAHDI channo). */
  readonly number: number;
  readonly span: Span;
  /** 1 and up within the span: the timeslot on E1, the port number on an analog card. */
  readonly position: number;
}

/** A telephone port. `fxo`: towards an exchange line. `fxs`: towards a telephone. */
export interface AnalogPort extends ChannelBase {
  readonly kind: "analog";
  readonly role: "fxo" | "fxs";
  /** @throws ERR_CHANNEL_BUSY when somebody else has it open. */
  open(options: OpenAnalogOptions): OpenAnalogPort;
}

export interface OpenOptions {
  readonly law?: Law;
  /** Over what the card's profile says; asked each time that a call's audio begins. */
  readonly audio?: () => LineAudio;
}

/** A loop that an earlier run of the program left closed. */
export interface OpenAnalogOptions extends OpenOptions {
  /**
   * The loop stays as it is. A telephone that was hung up meanwhile is told `on-hook`; one that is lifted still is not told.
   * @throws ERR_LINE_DROPPED when the driver has let go of the line
   */
  readonly goOn?: boolean;
}

/**
 * What a line does to audio. A card that has no such gain or canceller does without; simulated lines, which have no
 * echo, do without any.
 */
export interface LineAudio {
  /** Default by the card's profile, or `none`. */
  readonly echoCanceller?: "none" | "oslec" | "mg2" | "hardware";
  /** The longest echo it finds, ms; default the canceller's own (16). */
  readonly echoTailMs?: 4 | 8 | 16 | 32 | 64 | 128;
  /**
   * So long after a call's audio has begun, ms, an impulse is sent by which the canceller learns at once (it is heard as a
   * click, and nothing else for a moment). Default 0: it learns by what is said.
   */
  readonly echoTrainMs?: number;
  /** By table, dB. */
  readonly receiveGainDb?: number;
  readonly sendGainDb?: number;
  /** Of the card's codec, dB: by the card's manual. */
  readonly hardwareReceiveGainDb?: number;
  readonly hardwareSendGainDb?: number;
}

export interface OpenAnalogPort {
  readonly audio: AudioEndpoint;
  readonly events: Events<AnalogEvent>;
  /** FXO: close the loop (answer or seize). FXS: feed the loop again after `onHook`. */
  offHook(): void;
  /** FXO: open the loop (hang up). FXS: stop ringing and signal disconnect to the phone (kewl start). */
  onHook(): void;
  /** FXO: a timed break (about 100–700 ms by the driver's settings), which the exchange sees as a flash. */
  flash(): void;
  /** FXS: ring the phone. Cadence in milliseconds, on and off in turn; the driver's default when left out. */
  startRing(cadence?: readonly number[]): void;
  /** FXS. */
  stopRing(): void;
  /** FXO: dial by loop breaks, digits 0–9; `pulses-sent` follows. */
  dialPulses(digits: string): void;
  /** FXS: audio passes to the phone for so long although it is on hook, ms. @throws ERR_UNSUPPORTED where the card cannot. */
  transmitOnHook(ms: number): void;
  /** FXS: so many messages wait: a lamp that is lit by voltage or reversal shows it. @throws ERR_UNSUPPORTED where the card cannot. */
  showMessages(count: number): void;
  /** FXS: reverse the battery (answer supervision, metering). @throws ERR_UNSUPPORTED where the card cannot. */
  setPolarity(reversed: boolean): void;
  close(): Closing;
}

export type AnalogEvent =
  /** FXO: the exchange begins to ring; comes once at the start of each burst. */
  | { readonly type: "ring-begin" }
  /** FXO: a ring burst was long enough to be valid (end of the burst). */
  | { readonly type: "ring" }
  /** FXS: the phone was lifted. */
  | { readonly type: "off-hook" }
  /** FXS: the phone was hung up. FXO: the exchange opened the loop (kewl-start disconnect). */
  | { readonly type: "on-hook" }
  | { readonly type: "flash" }
  /** FXS: the ringer was switched on or off by the cadence. */
  | { readonly type: "ringer"; readonly on: boolean }
  | { readonly type: "polarity" }
  | { readonly type: "pulse-digit"; readonly digit: string }
  | { readonly type: "pulses-sent" }
  | { readonly type: "hook-complete" }
  | { readonly type: "alarm" }
  | { readonly type: "alarm-clear" }
  | { readonly type: "removed" };

/** A 64 kbit/s channel that carries a call's audio (B-channel). */
export interface BearerChannel extends ChannelBase {
  readonly kind: "bearer";
  /** @throws ERR_CHANNEL_BUSY when somebody else has it open. */
  open(options: OpenOptions): OpenBearerChannel;
}

/** Pending while the channel cannot be opened again yet. */
export type Closing = undefined | Promise<void>;

export interface OpenBearerChannel {
  readonly audio: AudioEndpoint;
  readonly events: Events<BearerEvent>;
  close(): Closing;
}

export type BearerEvent =
  { readonly type: "alarm" } | { readonly type: "alarm-clear" } | { readonly type: "removed" };

/** A signalling channel that carries HDLC frames (D-channel). */
export interface DataChannel extends ChannelBase {
  readonly kind: "data";
  open(): OpenDataChannel;
}

export interface OpenDataChannel {
  /**
   * Sends one frame, flag to flag, without its FCS. At most 512 octets.
   * A frame that the driver cannot take now is dropped and `error` says so: layer 2 retransmits.
   */
  send(frame: Uint8Array): void;
  readonly events: Events<DataEvent>;
  close(): void;
}

export type DataEvent =
  /** A good frame, without its FCS; the octets are the listener's own. */
  | { readonly type: "frame"; readonly frame: Uint8Array }
  | { readonly type: "error"; readonly reason: "abort" | "overrun" | "bad-fcs" | "send-failed" }
  | { readonly type: "alarm" }
  | { readonly type: "alarm-clear" }
  | { readonly type: "removed" };

/** A channel with signalling bits (E1 CAS, for R2). */
export interface CasChannel extends ChannelBase {
  readonly kind: "cas";
  open(options: OpenOptions): OpenCasChannel;
}

export interface OpenCasChannel {
  readonly audio: AudioEndpoint;
  /** Sends the ABCD bits, A as bit 3. */
  sendBits(bits: number): void;
  readonly receivedBits: number;
  readonly events: Events<BearerEvent | { readonly type: "bits"; readonly bits: number }>;
  close(): Closing;
}
