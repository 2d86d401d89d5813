// The media engine of the addon with types: thin calls, and events in batches. Policy lives in src/media.
import { engine as addon } from "../load.ts";

export type NativeLaw = "alaw" | "ulaw" | "linear16";

export type NativeEvent =
  | {
      readonly type: "digit-begin" | "digit";
      readonly id: number;
      readonly digit: string;
      readonly durationMs: number;
      /** Of both frequencies together, at the digit's loudest so far. */
      readonly levelDbm0: number;
      /** The column's frequency over the row's, dB. */
      readonly twistDb: number;
    }
  | {
      readonly type: "play-end";
      /** The player's. */
      readonly id: number;
      readonly reason: "end" | "stopped" | "replaced" | "closed" | "error";
      readonly samples: number;
      readonly errors: readonly { readonly item: string; readonly code: string }[];
    }
  | {
      readonly type: "record-end";
      /** The recorder's. */
      readonly id: number;
      readonly reason: "stopped" | "max" | "closed" | "error";
      readonly frames: number;
      readonly bytes: number;
      /** Of `frames`, those that are silence because the disk was too slow. */
      readonly lostFrames: number;
      /** Of the whole file, in 64 hexadecimal digits, where `sealed` was wanted; empty where it could not be made. */
      readonly sha256: string;
      /** Empty when all went well. */
      readonly code: string;
    }
  | {
      /** A page is over, or the fax. */
      readonly type: "fax-page" | "fax-end";
      /** The fax's. */
      readonly id: number;
      readonly reason: "done" | "stopped" | "closed";
      /** How T.30 ended: `ok`, or a word for what went wrong. */
      readonly status: string;
      readonly pages: number;
      /** bit/s. */
      readonly bitRate: number;
      readonly errorCorrection: boolean;
      /** Of the last page received without error correction. */
      readonly badRows: number;
      readonly longestBadRun: number;
      /** The far station's identification. */
      readonly far: string;
    }
  | NativeHeard
  /** Somebody begins or ends to speak. */
  | { readonly type: "talking"; readonly id: number; readonly talking: boolean }
  | { readonly type: "failed"; readonly id: number; readonly code: string }
  | { readonly type: "closed"; readonly id: number }
  | { readonly type: "warning"; readonly id: number; readonly code: string }
  | { readonly type: "audio"; readonly id: number; readonly samples: Int16Array };

/** What an ear listens for. */
export type NativeEar = "tones" | "fax" | "messages" | "answer" | "signals" | "clipping";

/**
 * - `tones`: a tone's place in the list, -1 when the last is over; `value` is the share of the sound that was its own.
 * - `fax`: 1, a fax machine calls (CNG); 2, one answers (CED). Each once.
 * - `messages`: `message` is type, length, and so many bytes.
 * - `answer`: 0 a person, 1 a machine, 2 nobody, 3 unknown, all with `value` milliseconds; 4 a beep of `value` Hz is over.
 * - `signals`: the character of a signal, 0 when it is over.
 * - `clipping`: 1 with the share of samples that were cut, 0 when no more are.
 */
export interface NativeHeard {
  readonly type: "heard";
  readonly id: number;
  readonly ear: NativeEar;
  readonly what: number;
  readonly value: number;
  readonly message: Uint8Array;
}

export interface NativePortStats {
  readonly law: NativeLaw;
  readonly received: number;
  readonly sent: number;
  readonly underruns: number;
  readonly overruns: number;
  /** Of 16-bit samples, over the last 96 ms. */
  readonly receivedMeanSquare: number;
  readonly sentMeanSquare: number;
  /** Its bridge is carried by the driver. */
  readonly relayed: boolean;
}

export interface NativeBitErrors {
  readonly bits: number;
  readonly errors: number;
  readonly losses: number;
  readonly erroredSeconds: number;
  readonly locked: boolean;
}

export interface NativeProbed {
  /** Of each place in the period, over all periods. */
  readonly sums: Int32Array;
  /** Sum of all samples' squares. */
  readonly energy: number;
  readonly periods: number;
}

export interface NativeLateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** The last 64 that were late by more than 4 ms: when they were done (CLOCK_MONOTONIC), in any order. */
  readonly late: readonly { readonly atMs: number; readonly lateMs: number }[];
}

export interface NativeEngineStats {
  readonly ports: number;
  readonly playing: number;
  readonly recording: number;
  readonly realtime: boolean;
  readonly ticks: number;
  readonly underruns: number;
  readonly mediaCpuMs: number;
  readonly filesCpuMs: number;
  readonly openFiles: number;
  readonly lostEvents: number;
}

/**
 * Ids are numbers above 0; a result of 0 means that the port was not open (or, of the open calls, that there
 * are 1,024 ports already). Calls with ids of what is closed do nothing.
 * @throws TypeError ERR_ARGUMENT for a wrong type or range; ERR_CLOSED after `close`.
 */
export interface NativeEngine {
  /** `channel`: a handle of the driver face. Held until the port's `closed` event. */
  openDahdi(channel: object, law: NativeLaw): number;
  openPair(pair: string, side: "near" | "far", law: NativeLaw): number;
  openStream(): number;
  closePort(port: number): void;
  /** Playing and recording take the id of a port or of a conference. */
  /** `speed` in thousandths, 500–2000, at the same pitch. */
  playFiles(
    port: number,
    items: readonly string[],
    loop: boolean,
    offsetMs: number,
    speed: number,
    open: boolean,
  ): number;
  /** More of an `open` list; `last`: nothing follows. */
  appendFiles(player: number, items: readonly string[], last: boolean): void;
  /** An endless list, read once for all who hear it; begins where the others are. */
  playShared(port: number, items: readonly string[]): number;
  /** Of files that play; `gain` in thousandths, 0–16000. */
  controlPlaying(player: number, paused: boolean, gain: number): void;
  /** Samples that a player has said. */
  played(player: number): number;
  /** Four numbers a part: frequency, frequency (Hz, 0 for none), level of each (dBm0), milliseconds. `over`: heard together with what else a port sends. */
  playTone(port: number, parts: Float64Array, repeat: boolean, over: boolean): number;
  /** At most ten minutes. */
  playSamples(port: number, samples: Int16Array): number;
  /** `player` 0: whatever plays. */
  stopPlaying(port: number, player: number): void;
  /** `maxMs` 0: no end. `sealed`: the end tells the file's digest. A conference is one sum whatever the layout. */
  record(
    port: number,
    path: string,
    law: NativeLaw,
    layout: "stereo" | "received" | "mixed",
    maxMs: number,
    sealed: boolean,
  ): number;
  /**
   * Sends a TIFF file, or receives one; the other path is empty. `ident`: at most 20 characters; `header`, at most 50, and
   * `zone` (POSIX) make the line above each page. `fast`: V.17 beside V.29 and V.27ter. The event `fax-end` follows.
   */
  startFax(
    port: number,
    calling: boolean,
    send: string,
    receive: string,
    ident: string,
    header: string,
    zone: string,
    errorCorrection: boolean,
    fast: boolean,
  ): number;
  stopFax(port: number, fax: number): void;
  /** Sends the bits of ITU-T O.152 and looks for them in what comes. One bit in `errorEvery` is sent wrong, 0 for none. */
  testBits(port: number, errorEvery: number): void;
  /** Of the port's last test, while it is open. */
  bitErrors(port: number): NativeBitErrors | undefined;
  /**
   * Says a period of 4096 samples over and over, and adds up what comes by its place in the period: `periods` of them
   * (1–1000) after `settle`.
   */
  probeLine(port: number, period: Int16Array, settle: number, periods: number): void;
  /** What the port's last probe found, once it is through. */
  probed(port: number): NativeProbed | undefined;
  /** Tests of bits and probes speak in the place of all else, each in its last one's; 64 a port at most. */
  stopLineTest(port: number): void;
  /** Silence is recorded until it goes on. */
  pauseRecording(recorder: number, on: boolean): void;
  stopRecording(port: number, recorder: number): void;
  detect(port: number, on: boolean): void;
  /** Digits are heard by the detector alone; everything else that is received comes 56 ms later. */
  maskDigits(port: number, on: boolean): void;
  /**
   * Listens by the event `heard`, in the place of the last ear of the kind; without `as`, no more. `as`: of `messages`
   * `bell202` or `v23`; of `signals` `r2-forward`, `r2-backward` or `r1`; of `tones` thirteen numbers a tone, at most 8
   * tones: frequency, frequency (Hz, 0 for none), or three that follow each other (0 for none), then up to eight
   * milliseconds, on and off in turn or of each in the sequence, 0 for no more; a tone without an off goes on without end.
   * Of others anything.
   */
  listenFor(port: number, ear: NativeEar, as?: string | Float64Array): void;
  detectVoice(port: number, on: boolean): void;
  /** A result of 0: there are 256 already. The event `closed` follows `closeConference`. */
  openConference(): number;
  closeConference(conference: number): void;
  /**
   * Takes a port into a conference of at most 256, or changes its role; a port that is joined to another brings it along
   * as one who speaks to all. `listener`: a port, of `one`. `gain` in thousandths, 0–16000.
   */
  join(
    conference: number,
    port: number,
    hears: boolean,
    speaks: "nobody" | "all" | "one",
    listener: number,
    gain: number,
    automaticGain: boolean,
  ): void;
  connect(port: number, other: number): void;
  disconnect(port: number): void;
  mute(port: number, receive: boolean, send: boolean): void;
  write(port: number, samples: Int16Array): void;
  listen(port: number, on: boolean): void;
  portStats(port: number): NativePortStats | undefined;
  stats(): NativeEngineStats;
  /** Of ticks since the last call, milliseconds. */
  takeLateness(): NativeLateness;
  /** Stops the threads at once; nothing is reported any more. */
  close(): void;
}

/**
 * A whole audio file at 8 kHz, mono: WAV, or what its ending says.
 * Rejects with the code of what is wrong: ENOENT, ERR_AUDIO_FORMAT; EFBIG beyond ten minutes.
 */
export const readAudio = (path: string): Promise<Int16Array> =>
  (addon as { readonly readAudio: (path: string) => Promise<Int16Array> }).readAudio(path);

/** Code words of G.711 as 16-bit linear samples. @throws TypeError ERR_ARGUMENT */
export const decodeAudio = (law: "alaw" | "ulaw", bytes: Buffer): Int16Array =>
  (addon as { readonly decodeAudio: (law: string, bytes: Buffer) => Int16Array }).decodeAudio(law, bytes);

type OnEvents = (events: readonly NativeEvent[]) => void;

/**
 * Starts the engine's threads. `onEvents` gets what happened since its last call, oldest first.
 * @param leastMargin ticks of 8 ms, 0–16, by which queues towards cards are longer than two.
 * @throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE
 */
export function createNativeEngine(onEvents: OnEvents, leastMargin = 0): NativeEngine {
  const { Engine } = addon as {
    readonly Engine: new (onEvents: OnEvents, leastMargin: number) => NativeEngine;
  };
  return new Engine(onEvents, leastMargin);
}
