// The face of an open channel (/dev/dahdi/channel) and of a pseudo channel (/dev/dahdi/pseudo). Errors of every call:
// errors.ts; besides, ERR_DRIVER with ENODEV once the card is gone, and ENOTTY where its driver has no such call.
import type {
  BufferInfo,
  Buffers,
  ChannelParams,
  ChannelTiming,
  Conference,
  ConferenceRequest,
  Gains,
  SpanStatus,
  TakenEvent,
} from "./structs.ts";

/** What a channel and a pseudo channel have in common: audio, tones, conference. Non-blocking throughout. */
export interface AudioChannel {
  /** DAHDI_CHANNO. */
  channelNumber(): number;
  /**
   * Reads what the driver has ready, at most one block. Takes pending events first, when the driver insists.
   * @returns bytes read; 0 when there are none now.
   */
  read(buffer: Uint8Array): number;
  /** Writes at most one block. @returns bytes taken; 0 when all buffers are full. */
  write(buffer: Uint8Array): number;
  /** Resolves when all written audio is out (DAHDI_SYNC). Rejects with ERR_DRIVER ETIMEDOUT; default 1000 ms. */
  sync(timeoutMs?: number): Promise<void>;
  /** DAHDI_FLUSH with a mask of `flush`. */
  flush(what: number): void;
  /** DAHDI_IOMUX without waiting: which of the conditions (mask of `ioMux`) hold now. */
  ioMux(mask: number): number;
  /** DAHDI_GET/SET_BLOCKSIZE: bytes, 16–8192. Setting it empties the buffers. */
  blockSize(): number;
  setBlockSize(bytes: number): void;
  /** DAHDI_GET/SET_BUFINFO. Setting it empties the buffers. */
  bufferInfo(): BufferInfo;
  setBufferInfo(buffers: Buffers): void;
  /** DAHDI_SETLAW: until close. */
  setLaw(law: "default" | "alaw" | "ulaw"): void;
  /** DAHDI_SETLINEAR: 16-bit samples of the machine's byte order instead of the law's bytes, until close. */
  setLinear(on: boolean): void;
  /** DAHDI_GET/SETGAINS. @throws ERR_DRIVER EINVAL when the channel is in no audio mode. */
  gains(): Gains;
  setGains(gains: Gains): void;

  /**
   * DAHDI_DIAL. Digits after `T` are DTMF, after `M` MF-R1, after `O` (forward) or `R` (backward) MFC/R2, after `P`
   * pulses; `W` waits half a second. At most 254. DIALCOMPLETE follows.
   * @throws ERR_DRIVER ENODATA before a tone zone is loaded, EBUSY when the queue is full.
   */
  dial(operation: "append" | "replace", digits: string): void;
  dial(operation: "cancel"): void;
  /** DAHDI_DIALING. */
  dialing(): boolean;
  /** DAHDI_SENDTONE: one of `tones`, or a digit from its BASE up; -1 stops. @throws ERR_DRIVER ENODATA without a zone. */
  sendTone(tone: number): void;
  /** DAHDI_GET/SETTONEZONE: a loaded zone's number, -1 for the default. @throws ERR_DRIVER ENODATA when not loaded. */
  toneZone(): number;
  setToneZone(zone: number): void;

  /** DAHDI_GET/SETCONF. @throws ERR_DRIVER EINVAL in no audio mode, EBUSY when none is free. */
  conference(): Conference;
  setConference(conference: ConferenceRequest): Conference;
  /** DAHDI_GET/SETCONFMUTE. */
  conferenceMute(): boolean;
  setConferenceMute(on: boolean): void;
  /** DAHDI_RXMIRROR, DAHDI_TXMIRROR: gets a copy of another channel's audio; 0 ends it. Drivers built without: ENOTTY. */
  receiveMirror(channel: number): void;
  transmitMirror(channel: number): void;

  /** DAHDI_GETEVENT: the oldest event that waits; `undefined` when none does. */
  nextEvent(): TakenEvent | undefined;
  /**
   * Calls the listener for each event, as it comes; `undefined` stops. While there is a listener the process stays
   * alive. What came while there was none is told first. A listener's exception is an uncaught one.
   */
  onEvent(listener: ((code: number, at: number) => void) | undefined): void;
  isClosed(): boolean;
  /**
   * Ends listening at once; the descriptor is closed when a media port that uses it has let go too. The last close
   * hangs the channel up. Doing it twice is harmless.
   */
  close(): void;
}

/** A channel of /dev/dahdi/pseudo: exists while it is open, and is heard in conferences alone. */
export type PseudoChannel = AudioChannel;

export interface Channel extends AudioChannel {
  /** DAHDI_GET_PARAMS, DAHDI_SET_PARAMS: the latter changes the given times and keeps the others. */
  params(): ChannelParams;
  setParams(changes: Partial<ChannelTiming>): void;
  /** DAHDI_SPANSTAT of the channel's span. */
  spanStatus(): SpanStatus;
  /** DAHDI_AUDIOMODE: a clear channel carries audio. @throws ERR_DRIVER EINVAL on others. */
  setAudioMode(on: boolean): void;
  /** DAHDI_HDLCRAWMODE, DAHDI_HDLCFCSMODE: a clear channel carries frames, without or with FCS. */
  setHdlcRawMode(on: boolean): void;
  setHdlcFcsMode(on: boolean): void;
  /** DAHDI_HDLC_RATE: kbit/s; the driver takes anything but 56 for 64. */
  setHdlcRate(rate: 56 | 64): void;
  /** DAHDI_LOOPBACK: what comes in goes out. */
  setLoopback(on: boolean): void;
  /** DAHDI_BUFFER_EVENTS: READ_OVERRUN and WRITE_UNDERRUN are told. */
  setBufferEvents(on: boolean): void;

  /**
   * Sends one frame on an HDLC channel with FCS; the driver adds the FCS. 1–2048 bytes.
   * @returns false when all buffers are full and nothing was sent.
   */
  sendFrame(frame: Uint8Array): boolean;
  /** Calls the listener for each good frame, without its FCS; the buffer is the listener's own. `undefined` stops. */
  onFrame(listener: ((frame: Uint8Array) => void) | undefined): void;

  /**
   * DAHDI_HOOK. `ring` and `start` are one state: an FXS port rings by its cadence, an FXO port seizes.
   * @returns `in-progress` when it takes time: HOOKCOMPLETE follows (not after `ring` of an FXS port).
   * @throws ERR_DRIVER EBUSY when the hook machine is in another state, ENODATA without a tone zone.
   */
  hook(
    state: "on-hook" | "off-hook" | "wink" | "flash" | "start" | "ring" | "ring-off",
  ): "done" | "in-progress";
  /** DAHDI_SETCADENCE: 2–16 parts, on and off in turn, milliseconds; a negative on-part is where it loops to. */
  setCadence(cadence: readonly number[] | undefined): void;
  /** DAHDI_SETPOLARITY. */
  setPolarity(reversed: boolean): void;
  /** DAHDI_ONHOOKTRANSFER: audio passes on hook (caller ID) for so many milliseconds, 0–60000. */
  onHookTransfer(ms: number): void;
  /** DAHDI_VMWI: waiting messages, 0 switches the lamp off; DAHDI_VMWI_CONFIG: mask of `messageWaiting`. */
  setMessageWaiting(count: number): void;
  configureMessageWaiting(types: number): void;
  /** DAHDI_SET_HWGAIN: dB, -60 to 60 in steps of 0.1. */
  setHardwareGain(direction: "rx" | "tx", db: number): void;
  /** DAHDI_TONEDETECT: the card detects DTMF itself (DTMFDOWN, DTMFUP); mask of `toneDetect`. */
  setToneDetect(mask: number): void;

  /** DAHDI_ECHOCANCEL: 0 off, 1 on with the default, 32–1024 on with so many taps (8 to a millisecond). */
  setEchoCancel(taps: number): void;
  /** DAHDI_ECHOCANCEL_PARAMS: with at most 8 parameters of the canceller attached. */
  setEchoCancelParams(taps: number, parameters?: Readonly<Record<string, number>>): void;
  /** DAHDI_ECHOTRAIN: milliseconds, 0–8191. @throws ERR_DRIVER EINVAL without a canceller. */
  trainEchoCancel(ms: number): void;
  /** DAHDI_ECHOCANCEL_FAX_MODE. @throws ERR_DRIVER EINVAL without a canceller. */
  setEchoCancelFaxMode(on: boolean): void;

  /** DAHDI_SETTXBITS: ABCD, A as bit 3. @throws ERR_DRIVER EINVAL unless the channel is signalled CAS. */
  setTxBits(bits: number): void;
  /** DAHDI_GETRXBITS. The high nibble, where there is one, is a neighbour's. */
  rxBits(): number;
  /** DAHDI_GET/SETSIGFREEZE: the hook machine ignores the line. */
  signallingFreeze(): boolean;
  setSignallingFreeze(on: boolean): void;
}
