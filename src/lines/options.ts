// What Lines are built from, and the times and tones that a country or an exchange may want otherwise.
import type { Board } from "../boards/board.ts";
import type {
  AnalogSettings,
  Extension,
  OutOfService,
  SpanSettings,
  TrunkGroup,
} from "../config/settings.ts";
import type { MediaEngine, Tone } from "../media/engine.ts";
import type { CallerIdForm } from "../media/tones.ts";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/log.ts";
import type { FxoOptions } from "../signalling/analog/fxo.ts";
import type { FxsOptions } from "../signalling/analog/fxs.ts";
import type { NumberMatch } from "../signalling/analog/types.ts";
import type { DChannelOptions } from "../signalling/isdn/types.ts";
import type { KeptLeg, LineInfo } from "./leg.ts";

export type { NumberMatch } from "../signalling/analog/types.ts";

export interface LinesOptions {
  readonly boards: readonly Board[];
  readonly media: MediaEngine;
  /**
   * Asked each time: names, groups, hunting and extensions may change while calls run. What a span is (side, TEI,
   * overlap) and an FXO port's rings are read when its span appears.
   */
  readonly settings: () => LinesSettings;
  readonly clock: Clock;
  readonly tones: LineTones;
  /** How the country's exchanges tell an analog line who calls. Default: they do not. */
  readonly callerId?: CallerIdForm | undefined;
  /** Of what telephones show as the time of a call; default UTC. */
  readonly timeZone?: () => string;
  /** The dial plan's verdict on digits collected on a line: a phone, or a trunk with overlap receiving. */
  readonly matchNumber: (digits: string, line: LineInfo) => NumberMatch;
  readonly log?: Logger;
  /** Legs that an earlier run of the program had, of calls that are to go on. */
  readonly kept?: readonly KeptLeg[];
  readonly timing?: Partial<LineTiming>;
}

/** The part of the appliance's settings that lines read. */
export interface LinesSettings {
  readonly spans: readonly SpanSettings[];
  readonly analog: readonly AnalogSettings[];
  readonly trunkGroups: readonly (Pick<TrunkGroup, "id" | "hunt"> &
    Partial<Pick<TrunkGroup, "reserveIncoming">>)[];
  readonly extensions: readonly (Pick<Extension, "number" | "name" | "port"> &
    Partial<Pick<Extension, "forward" | "doNotDisturb">>)[];
  readonly outOfService?: readonly OutOfService[];
}

export interface LineTones {
  readonly dial: Tone;
  readonly ringback: Tone;
  readonly busy: Tone;
  readonly congestion: Tone;
  readonly sit: Tone;
  /** For a phone left off hook. */
  readonly howler: Tone;
  /** Milliseconds on and off, for ringing phones; the driver's own when left out. */
  readonly ringCadence?: readonly number[];
}

export interface LineTiming {
  /** Alarms shorter than this drop no call, ms, where the span's settings say nothing. ISDN calls then have T309 more. */
  readonly alarmPersistenceMs: number;
  /** Longest time that a far end's announcement is heard after its DISCONNECT, ms. */
  readonly announcementMs: number;
  /** Pause before a B-channel that failed (no answer to RELEASE or RESTART) is restarted, ms. */
  readonly restartFailedMs: number;
  /** Longest wait for the far ends' answers when closing, ms. */
  readonly closeMs: number;
  readonly fxo: Partial<FxoOptions>;
  readonly fxs: Partial<Omit<FxsOptions, "match">>;
  readonly isdn: NonNullable<DChannelOptions["timers"]>;
}

export const defaultTiming: LineTiming = {
  alarmPersistenceMs: 2500,
  announcementMs: 20_000,
  restartFailedMs: 10_000,
  closeMs: 2000,
  fxo: {},
  fxs: {},
  // Q.931 leaves T309 to the network (90 s); nobody holds on to a dead line for longer than this.
  // T316 (120 s): the first RESTART falls into the set-up of the link when the peer was waiting for us with SABMEs;
  // its channel must not stay out of use for two minutes after each start.
  isdn: { T309: 6000, T316: 10_000 },
};
