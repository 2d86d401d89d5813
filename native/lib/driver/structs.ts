// The driver's structures, as this face gives and takes them.

/** How a channel's hook machine measures and makes signals; milliseconds, 0–60000. */
export interface ChannelTiming {
  readonly prewinkTime: number;
  readonly preflashTime: number;
  readonly winkTime: number;
  /** Length of a flash that this port makes. */
  readonly flashTime: number;
  readonly startTime: number;
  readonly rxWinkTime: number;
  /** Longest break that counts as a flash; a longer one is a hang-up. */
  readonly rxFlashTime: number;
  readonly debounceTime: number;
  readonly pulseBreakTime: number;
  readonly pulseMakeTime: number;
  readonly pulseAfterTime: number;
}

/** DAHDI_GET_PARAMS. */
export interface ChannelParams extends ChannelTiming {
  readonly number: number;
  /** The channel that leads the group this one belongs to (itself when alone). */
  readonly master: number;
  readonly span: number;
  /** Position in the span, 1 and up. */
  readonly position: number;
  readonly name: string;
  /** One of `signalling`, with SIG_BROKEN added when the port's hardware failed. */
  readonly signalling: number;
  /** Mask of the signallings that the port can do. */
  readonly capabilities: number;
  readonly law: "alaw" | "ulaw";
  readonly rxOffHook: boolean;
  /** ABCD bits, -1 where the channel has none. */
  readonly rxBits: number;
  readonly txBits: number;
  readonly idleBits: number;
  /** Hook states as the driver numbers them, -1 where there are none. */
  readonly rxHookSignal: number;
  readonly txHookSignal: number;
  /** Mask of `alarms`. */
  readonly alarms: number;
}

/** DAHDI_SPANSTAT. Counters count since the driver started or `maintenance.RESET_COUNTERS`. */
export interface SpanStatus {
  readonly number: number;
  readonly name: string;
  readonly description: string;
  /** Mask of `alarms`; 0 when the span is in order. */
  readonly alarms: number;
  readonly txLevel: number;
  readonly rxLevel: number;
  readonly bipolarViolations: number;
  readonly crc4Errors: number;
  readonly eBitErrors: number;
  readonly frameAlignmentErrors: number;
  readonly framingErrors: number;
  readonly codeViolations: number;
  readonly bitErrors: number;
  readonly prbs: number;
  readonly erroredSeconds: number;
  readonly irqMisses: number;
  /** Number of the span that gives the clock, 0 when the card runs free. */
  readonly syncSource: number;
  readonly configuredChannels: number;
  readonly totalChannels: number;
  /** Of the whole system. */
  readonly totalSpans: number;
  readonly lineBuildOut: number;
  /** Mask of `lineConfig`. */
  readonly lineConfig: number;
  readonly lineBuildOutText: string;
  readonly location: string;
  readonly manufacturer: string;
  readonly deviceType: string;
  readonly irq: number;
  /** Mask of what the span can do; 0 for analog spans. */
  readonly lineCompatibility: number;
  /** `E1`, `T1`, `J1`, `NT`, `TE`, `FXS`, `FXO`, `BRI_S` …, cut to five characters by the driver. */
  readonly type: string;
}

/** DAHDI_GET/SETGAINS: for each code word of the channel's law, the one that replaces it. 256 bytes each. */
export interface Gains {
  readonly rx: Uint8Array;
  readonly tx: Uint8Array;
}

export type BufferPolicy = "immediate" | "when-full" | "half-full";

/** DAHDI_SET_BUFINFO. `count` × `size` may not exceed 32768. */
export interface Buffers {
  /** When the driver begins to send: at once, with half of the buffers full, or with all. */
  readonly txPolicy: BufferPolicy;
  /** 2–32. */
  readonly count: number;
  /** Bytes of one buffer, which is what one read or write moves at most: 16–8192. */
  readonly size: number;
}

export interface BufferInfo {
  readonly txPolicy: BufferPolicy | "unknown";
  readonly rxPolicy: BufferPolicy | "unknown";
  readonly count: number;
  readonly size: number;
  /** -1: this driver does not say. */
  readonly readFull: number;
  readonly writeFull: number;
}

/** DAHDI_SETCONF. */
export interface ConferenceRequest {
  /** 1–1024; -1 takes the first free one; 0 leaves. For the MONITOR modes: the number of the channel to monitor. */
  readonly conference: number;
  /** One of `conferenceMode`, with its flags; 0 leaves. */
  readonly mode: number;
}

export interface Conference extends ConferenceRequest {
  readonly channel: number;
}

/** An event as `nextEvent` gives it. */
export interface TakenEvent {
  /** For `decodeEvent`. */
  readonly code: number;
  /** CLOCK_MONOTONIC, milliseconds, when it was taken from the driver. */
  readonly at: number;
}

/** A zone of tones. */
export interface ToneZone {
  /** The driver's number of the zone, 0–127. */
  readonly number: number;
  /** Two letters. */
  readonly country: string;
  readonly description: string;
  /** Milliseconds on and off in turn, at most 16. */
  readonly ringCadence: readonly number[];
  /**
   * By number of `tones`, 0–15: `[!]frequency[+frequency][/ms]`, separated by commas. The parts without `!` repeat.
   * At most 255 characters.
   */
  readonly tones: Readonly<Record<number, string>>;
}

export interface ToneZoneDefinition extends ToneZone {
  /** Levels in dBm0, -60 to 3; default -10, -10, -7 and -8. */
  readonly dtmfHighLevel?: number;
  readonly dtmfLowLevel?: number;
  readonly mfR1Level?: number;
  readonly mfR2Level?: number;
}
