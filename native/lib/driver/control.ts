// The face of /dev/dahdi/ctl. Errors of every call: errors.ts.
import type { ChannelParams, ChannelTiming, Gains, SpanStatus, ToneZoneDefinition } from "./structs.ts";

/** Configures spans and channels. Every call needs the rights that the device node asks for. */
export interface Control {
  /** DAHDI_GETVERSION: the driver's version, and the names of its echo cancellers. */
  version(): { readonly version: string; readonly echoCancellers: string };
  /** DAHDI_SPANSTAT. @throws ERR_DRIVER EINVAL when there is no such span. */
  spanStatus(span: number): SpanStatus;
  /** Frames lost or repeated because two clocks differ; from /proc/dahdi, since SPANSTAT does not say. 0 for no such span. */
  timingSlips(span: number): number;
  /** DAHDI_GET_PARAMS of a channel that need not be open. @throws ERR_DRIVER EINVAL when there is no such channel. */
  params(channel: number): ChannelParams;
  /** DAHDI_SET_PARAMS: changes the given times, keeps the others. */
  setParams(channel: number, changes: Partial<ChannelTiming>): void;
  /** DAHDI_GETGAINS. @throws ERR_DRIVER EINVAL when the channel is in no audio mode. */
  gains(channel: number): Gains;
  setGains(channel: number, gains: Gains): void;

  /** DAHDI_SPANCONFIG. */
  configureSpan(config: {
    readonly span: number;
    /** 0–15, see the card's manual; default 0. */
    readonly lineBuildOut?: number;
    /** Mask of `lineConfig`; default 0. */
    readonly lineConfig?: number;
    /** Rank as clock source, 1 the first; 0: gives the clock. Default 0. */
    readonly timing?: number;
  }): void;
  /** DAHDI_CHANCONFIG. @throws ERR_DRIVER EINVAL where the port cannot do the signalling. */
  configureChannel(config: {
    readonly channel: number;
    /** One of `signalling`. */
    readonly signalling: number;
    readonly law?: "default" | "alaw" | "ulaw";
    /** The leading channel of a group; default the channel itself. */
    readonly master?: number;
    /** CAS: the bits of an idle line. DACS: the channel to connect with. */
    readonly idleBits?: number;
  }): void;
  /** DAHDI_ATTACH_ECHOCAN: the canceller to use when a channel asks for one; "" for none, which is the default. */
  attachEchoCanceller(channel: number, name: string): void;
  /** DAHDI_STARTUP, DAHDI_SHUTDOWN. */
  startSpan(span: number): void;
  shutdownSpan(span: number): void;
  /** DAHDI_MAINT with one of `maintenance`. @throws ERR_DRIVER ENOSYS where the card cannot. */
  maintain(span: number, command: number): void;

  /**
   * DAHDI_GET_DIALPARAMS: length of the digits that `dial` sends on all channels, milliseconds. What was never set reads
   * eight times too long: the driver has its defaults in samples.
   */
  dialParams(): { readonly dtmfMs: number; readonly mfR1Ms: number; readonly mfR2Ms: number };
  /** DAHDI_SET_DIALPARAMS: 10–4000 each; what is left out stays. */
  setDialParams(params: {
    readonly dtmfMs?: number;
    readonly mfR1Ms?: number;
    readonly mfR2Ms?: number;
  }): void;
  /** Loads a zone of libtonezone (DAHDI_LOADZONE). @returns its number. @throws ERR_ARGUMENT for an unknown country. */
  loadToneZone(country: string): number;
  /** Loads a zone of one's own. @throws ERR_DRIVER EBUSY when the number is taken. */
  defineToneZone(zone: ToneZoneDefinition): void;
  /** DAHDI_FREEZONE, DAHDI_DEFAULTZONE. */
  freeToneZone(zone: number): void;
  setDefaultToneZone(zone: number): void;

  /** DAHDI_DYNAMIC_CREATE: a span over a driver of its own (`loc`, `eth`). @returns the span's number. */
  createDynamicSpan(span: {
    readonly driver: string;
    readonly address: string;
    /** 1–256. */
    readonly channels: number;
    readonly timing?: number;
  }): number;
  /** DAHDI_DYNAMIC_DESTROY. @throws ERR_DRIVER EBUSY while a channel of it is open. */
  destroyDynamicSpan(span: { readonly driver: string; readonly address: string }): void;

  isClosed(): boolean;
  /** Doing it twice is harmless. */
  close(): void;
}
