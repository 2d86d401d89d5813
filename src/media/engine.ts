// The media port: what the native engine offers to the rest of Callbox. Audio itself stays in native code.
import type { AudioEndpoint, Law, LineUse } from "../shared/audio.ts";
import type { Events } from "../shared/events.ts";

/** What may be queued towards a card: two ticks of the engine, and as many more as a slow machine needs. */
export const cardQueue = { leastMs: 16, mostMs: 144 } as const;

export interface MediaEngine {
  /** Opens a port on an endpoint. @throws ERR_CLOSED after `close`, ERR_MEDIA_PORTS when 1,024 are open. */
  open(endpoint: AudioEndpoint): MediaPort;
  /** Opens a port whose far end is JavaScript. */
  openStream(): StreamPort;
  /** Opens a conference without anybody in it. @throws ERR_CLOSED, ERR_MEDIA_CONFERENCES when 256 are open. */
  openConference(): Conference;
  stats(): EngineStats;
  /** Of the ticks since the last call: for one reader, the box's health. */
  takeLateness(): Lateness;
  readonly events: Events<EngineEvent>;
  /** Ends all ports; playbacks and recordings finish with reason `closed`. */
  close(): Promise<void>;
}

/** What something is heard from, and what can be recorded: a port, or a conference. */
export interface Sounding {
  /** Plays files one after another without gaps. Replaces what plays here. */
  play(items: readonly string[], options?: PlayOptions): FilePlayback;
  /** Plays files in a loop, read once for all who hear this list: music on hold. Begins where the others are. */
  playShared(items: readonly string[]): Playback;
  /** Plays a call-progress tone until stopped, or to its end if it does not repeat. Replaces what plays. */
  playTone(tone: Tone): Playback;
  /** Plays 16-bit linear samples, 8 kHz, at most ten minutes. Replaces what plays. */
  playSamples(samples: Int16Array): Playback;
  /** Stops what plays and flushes what is queued towards the line. */
  stopPlaying(): void;
  /**
   * Records a port by `layout`, a conference as the sum of all, mono. A-law WAV unless told otherwise.
   */
  record(path: string, options?: RecordOptions): Recording;
}

/** Ports that hear each other, each all others but itself. A port leaves with `disconnect`, `connect` or `close`. */
export interface Conference extends Sounding {
  readonly id: number;
  /**
   * Takes a port in, or changes the part of one that is in; both without a gap in anybody's audio. A port that is joined
   * to another brings it along, as one who speaks to all. Beyond 256 parties it does nothing.
   */
  join(port: MediaPort, part?: Part): void;
  /** Resolves when the media thread has let go; whoever took part hears nothing until joined again. */
  close(): Promise<void>;
}

export interface Part {
  /** Default true. */
  readonly hears?: boolean;
  /** Who hears this party: all, nobody (it listens), or one other alone (it whispers). Default all. */
  readonly speaksTo?: "all" | "nobody" | MediaPort;
  /** What is made of its voice, dB, up to 24; default 0. */
  readonly gainDb?: number;
  /** Brings its voice to the usual level by and by, at most 12 dB either way. */
  readonly automaticGain?: boolean;
}

/**
 * Calls on a closed port do nothing, since a party may hang up at any moment: what would play or record ends at
 * once with reason `closed`.
 */
export interface MediaPort extends Sounding {
  readonly id: number;
  readonly events: Events<PortEvent>;
  /** Sends DTMF (0–9, A–D, *, #; `,` is a pause of 500 ms). Replaces what plays. @throws ERR_DIGIT for another character. */
  sendDigits(digits: string, options?: DigitOptions): Playback;
  /** Sends multifrequency signals one after another. Replaces what plays. */
  sendSignals(signals: readonly MfSignal[], system: MfSystem, options?: DigitOptions): Playback;
  /** Switches DTMF detection of the received audio. Off at first. */
  detectDigits(on: boolean): void;
  /**
   * Keeps received digits from recordings and from whoever is joined to the port; only the detector hears them. All that
   * is received comes 56 ms later meanwhile.
   */
  maskDigits(on: boolean): void;
  /** Plays a tone together with what else is sent: neither replaces the other. Replaces the last one of its kind. */
  playOver(tone: Tone): Playback;
  /**
   * Listens for these tones in the received audio, at most 8, and tells which it hears: of one sound, on and off; or of three
   * single frequencies that follow each other (SIT). Others are left out. None, as at first: listens for none.
   */
  detectTones(tones: readonly ToneToHear[]): void;
  /**
   * Listens for messages in FSK at 1,200 bit/s, as a telephone does that rings; each that comes whole is told. None: listens
   * for none, as at first.
   */
  detectMessages(modem: Modem | undefined): void;
  /** Tells once when a fax machine is heard. Off at first. */
  detectFax(on: boolean): void;
  /** Tells who has answered a call, from when it is switched on: at once then. Off at first. */
  detectAnswer(on: boolean): void;
  /** Listens for multifrequency signals between exchanges. None: listens for none, as at first. */
  detectSignals(system: MfSystem | undefined): void;
  /** Tells when what is received is cut off at its peaks for a second, and when it has not been for three. Off at first. */
  detectClipping(on: boolean): void;
  /** Tells when a voice is heard here, and when it has been silent for 400 ms. Off at first. */
  detectVoice(on: boolean): void;
  /**
   * Sends or receives a fax (T.30), in the place of all else that the port says; replaces what plays, and another fax. The line's
   * echo canceller is off meanwhile.
   */
  fax(options: FaxOptions): FaxSession;
  /**
   * Counts the bit errors of a 64 kbit/s channel: sends pseudo-random bits (ITU-T O.152, 2^11 − 1) in the place of all else and
   * looks for them in what comes back, from a loop or from the same test at the far end. Replaces the last one. `errorEvery`: one bit in so many is sent wrong, for the far end to
   * find; default none.
   */
  testBits(options?: { readonly errorEvery?: number }): BitTest;
  /**
   * Says a period of 4096 samples (512 ms) over and over in the place of all else, and averages what comes back by its
   * place in the period. Takes the place of a test that goes on.
   */
  probe(period: Int16Array, options: ProbeOptions): LineProbe;
  /** Joins both directions of two ports, replacing what either was joined to. A playback overrides the bridge for as long as it lasts. */
  connect(other: MediaPort): void;
  disconnect(): void;
  /** Silences what the port receives (microphone off) or sends. */
  mute(options: { readonly receive?: boolean; readonly send?: boolean }): void;
  /** Root-mean-square level of the last 100 ms, dBm0; -Infinity for silence. */
  levels(): { readonly received: number; readonly sent: number };
  stats(): PortStats;
  /** Resolves when the media thread has let go of the endpoint: only then may the channel be closed. */
  close(): Promise<void>;
}

/** A port of JavaScript: 16-bit linear samples, 8 kHz, mono. */
export interface StreamPort extends MediaPort {
  /** What the port is to inject; beyond 400 ms of queue the oldest is dropped. */
  write(samples: Int16Array): void;
  /** Called with blocks of 20 ms of what the port hears, as they come. */
  onAudio(listener: ((samples: Int16Array) => void) | undefined): void;
}

/** `silence`: nobody said a word. `unsure`: neither a person's way nor a machine's. */
export type AnsweredBy = "human" | "machine" | "silence" | "unsure";

/** Multifrequency signalling: R2 (ITU-T Q.441) forward and backward, R1 (Q.320). */
export type MfSystem = "r2-forward" | "r2-backward" | "r1";
/** 1–15 by their numbers in Q.441; of R1 10 is the digit 0, 11–13 are ST', ST'' and ST''', 14 is KP and 15 ST. */
export type MfSignal = number;

/** Of one and nought, Hz: 1200 and 2200 (Bell 202), or 1300 and 2100 (ITU-T V.23). */
export type Modem = "bell202" | "v23";

export interface PlayOptions {
  /** Start again from the first item after the last. */
  readonly loop?: boolean;
  /** Begin so far into the list, milliseconds. */
  readonly offsetMs?: number;
  /** 0.5–2, at the same pitch; default 1. */
  readonly speed?: number;
  /**
   * Files that follow the list when they come: speech that is still being made. Each joins on without a gap when it comes in
   * time, else there is silence until it does.
   */
  readonly more?: AsyncIterable<string>;
}

export interface DigitOptions {
  /** Default 100. */
  readonly onMs?: number;
  /** Default 100. */
  readonly offMs?: number;
  /** Level of each of the two frequencies, dBm0; default -9. */
  readonly levelDbm0?: number;
}

export type RecordLayout = "stereo" | "received" | "mixed";

export interface RecordOptions {
  readonly format?: "alaw" | "ulaw" | "linear16";
  /** `stereo` (default): left what the port receives, right what it sends. `received`: that alone. `mixed`: both in one. */
  readonly layout?: RecordLayout;
  /** The end tells the file's SHA-256. */
  readonly sealed?: boolean;
  readonly maxMs?: number;
}

export interface FaxSetup {
  /** True for the side that has called. */
  readonly calling: boolean;
  /** Told to the far station (TSI, CSI): digits, `+` and spaces, at most 20. */
  readonly ident?: string;
  /** The line above each page sent: after date and time, before the page's number; at most 50 characters. None without it. */
  readonly header?: string;
  /** Of the header's date, as POSIX has it (`CST-8`). */
  readonly zone?: string;
  /** Error correction (T.30 annex A) is offered; default true. */
  readonly errorCorrection?: boolean;
  /** V.17 (to 14,400 bit/s) is offered beside V.29 and V.27ter; default true. */
  readonly fast?: boolean;
  /** After each page. */
  readonly onPage?: (progress: FaxProgress) => void;
}

/** TIFF files, one page a directory, as fax machines have them (TIFF class F); what is sent may be any bilevel TIFF. */
export type FaxOptions = FaxSetup & ({ readonly send: string } | { readonly receive: string });

export interface FaxProgress {
  /** Sent or received so far. */
  readonly pages: number;
  /** bit/s. */
  readonly bitRate: number;
  readonly errorCorrection: boolean;
  /** Lines of the last page that did not arrive whole; of the side that receives without error correction. */
  readonly badRows: number;
  readonly longestBadRun: number;
  /** The far station's identification. */
  readonly far?: string;
}

export interface FaxEnd extends FaxProgress {
  /** `done`: by T.30, well or not. */
  readonly reason: "done" | "stopped" | "closed";
  /** `ok`, or why T.30 failed. */
  readonly status: string;
}

export interface FaxSession {
  /** Always resolves, exactly once, when the file is complete; never rejects. */
  readonly finished: Promise<FaxEnd>;
  stop(): void;
}

export interface BitTest {
  /** So far; the last there was once the port is closed. */
  read(): BitErrors;
  stop(): void;
}

export interface ProbeOptions {
  /** Periods before the first that counts: a canceller learns in them. */
  readonly settle: number;
  /** 1–1000. */
  readonly periods: number;
  /** The line meanwhile; `voice` is as it is. */
  readonly use: LineUse;
}

export interface LineProbe {
  /** `undefined` until all periods have come, and when the port is closed. */
  read(): Probed | undefined;
  stop(): void;
}

export interface Probed {
  /** Of each place in the period: what the line makes of the probe. */
  readonly mean: Float64Array;
  /** Of all that was heard. */
  readonly meanSquare: number;
}

export interface BitErrors {
  /** Looked at since the pattern was found first; 0: it never was. */
  readonly bits: number;
  readonly errors: number;
  /** Times that the pattern was lost: slips, or no signal. */
  readonly losses: number;
  readonly erroredSeconds: number;
  /** The pattern is there now. */
  readonly locked: boolean;
}

/** A cadence: parts in turn; with `repeat` from the first again after the last. */
export interface Tone {
  readonly parts: readonly TonePart[];
  readonly repeat: boolean;
}

export interface TonePart {
  /** 0 (silence), 1 or 2 frequencies, Hz, added. */
  readonly frequencies: readonly number[];
  /** Of each frequency, dBm0. */
  readonly levelDbm0: number;
  readonly ms: number;
}

/** `name` is told when it is heard. */
export interface ToneToHear {
  readonly name: string;
  readonly tone: Tone;
}

export interface Playback {
  /** Always resolves, exactly once; never rejects. */
  readonly finished: Promise<PlayEnd>;
  stop(): void;
}

/** What of it is heard, and how, may be changed while it plays; after its end nothing happens. */
export interface FilePlayback extends Playback {
  /** Silence until it goes on where it was. */
  pause(on: boolean): void;
  /** Goes on from this place of the list, milliseconds; what is queued towards the line is flushed. */
  seek(ms: number): void;
  /** 0.5–2, at the same pitch; from now on. */
  setSpeed(speed: number): void;
  /** dB, up to 24. */
  setVolume(db: number): void;
  /** Where in the list it is, milliseconds; of an endless one, counted on. */
  position(): number;
}

export interface PlayEnd {
  /** `error`: nothing of the list could be played; `errors` tells why. */
  readonly reason: "end" | "stopped" | "replaced" | "closed" | "error";
  readonly playedMs: number;
  /** Items that were left out: missing or unreadable files. The others were played. */
  readonly errors: readonly { readonly item: string; readonly code: string }[];
}

export interface Recording {
  readonly path: string;
  /** Resolves when the file is complete on disk. Never rejects: `error` tells what went wrong. */
  stop(): Promise<RecordEnd>;
  readonly finished: Promise<RecordEnd>;
  /** Silence takes the place of what is said until it goes on: the file stays as long as the call. */
  pause(on: boolean): void;
}

export interface RecordEnd {
  readonly reason: "stopped" | "max" | "closed" | "error";
  readonly durationMs: number;
  readonly bytes: number;
  /** So much of it is silence, because the disk stood still for longer than the engine can hold (4 s). */
  readonly lostMs?: number;
  /** Of the finished file, in 64 hexadecimal digits (FIPS 180-4); of a `sealed` recording that went well. */
  readonly sha256?: string;
  readonly error?: string;
}

export type PortEvent =
  | {
      readonly type: "digit";
      readonly digit: string;
      readonly durationMs: number;
      /** Of both frequencies together, at the digit's loudest. */
      readonly levelDbm0?: number;
      /** The column's frequency over the row's, dB: 0 as it should be; a line may bend it by some. */
      readonly twistDb?: number;
    }
  /** A digit was recognised but still lasts: barge in on this one. */
  | { readonly type: "digit-begin"; readonly digit: string }
  /**
   * A tone that is listened for is heard by its cadence; `undefined`: the last is over. `confidence`: the share of the sound
   * that was the tone's own, 0.35–1.
   */
  | { readonly type: "tone"; readonly tone: string | undefined; readonly confidence?: number }
  /** Of `detectAnswer`, once: who has answered, and how long that took to tell. */
  | { readonly type: "answer"; readonly by: AnsweredBy; readonly afterMs: number }
  /** Of `detectAnswer`: a machine's tone is over, and it records from now on. */
  | { readonly type: "beep"; readonly hz: number }
  /** Of `detectSignals`: a signal begins; `undefined`: R2's is over. */
  | { readonly type: "signal"; readonly signal: MfSignal | undefined }
  /** Of `detectClipping`: the line is so loud that `share` of its samples are cut off; or it is no more. */
  | { readonly type: "clipping"; readonly clipping: boolean; readonly share: number }
  /** Of `detectFax`: a fax machine that calls makes itself known by CNG, one that answers by CED (T.30 §4.3.3). */
  | { readonly type: "fax-tone"; readonly tone: "cng" | "ced" }
  /** Of `detectMessages`: type, length, and so many bytes (Bellcore GR-30, ETSI EN 300 659-1). Its checksum was right. */
  | { readonly type: "message"; readonly message: Uint8Array }
  /** Of `detectVoice`. */
  | { readonly type: "talking"; readonly talking: boolean }
  /** The endpoint fails (card gone); the port sends silence until it is closed. */
  | { readonly type: "failed"; readonly code: string };

export type EngineEvent = { readonly type: "warning"; readonly code: string; readonly detail: string };

export interface PortStats {
  readonly law: Law | "linear16";
  readonly received: number;
  readonly sent: number;
  readonly underruns: number;
  readonly overruns: number;
  /** The driver itself carries what the peer says to the line, within a millisecond; what is heard passes here as ever. */
  readonly relayed: boolean;
}

/** How long after their due moment ticks were done, milliseconds. */
export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** The last 64 ticks that were late by more than 4 ms: when they were done (CLOCK_MONOTONIC), in any order. */
  readonly late: readonly { readonly atMs: number; readonly lateMs: number }[];
}

export interface EngineStats {
  readonly ports: number;
  readonly playing: number;
  readonly recording: number;
  /** True when the media thread runs under SCHED_FIFO. */
  readonly realtime: boolean;
  /** Media ticks done so far: a watchdog sees that it grows. */
  readonly ticks: number;
  readonly underruns: number;
  /** CPU time of the media and file threads since start, milliseconds. */
  readonly cpuMs: { readonly media: number; readonly files: number };
  readonly openFiles: number;
}
