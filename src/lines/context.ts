// What every line is given: the outside things it uses and the way it reports back.
import type { MediaEngine } from "../media/engine.ts";
import type { CallerIdForm } from "../media/tones.ts";
import type { CallDetails } from "../shared/call-details.ts";
import type { ChargeAdvice } from "../shared/charge-advice.ts";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/log.ts";
import type { DialRequest, KeptLeg, Leg, LineInfo, LineState } from "./leg.ts";
import type { FrameRing } from "./isdn/frame-ring.ts";
import type { Check } from "./line-test.ts";
import type { Measure } from "./measuring.ts";
import type { LineTiming, LineTones, LinesSettings, NumberMatch } from "./options.ts";

export interface LineContext {
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tones: LineTones;
  /** How the country's exchanges tell who calls. */
  readonly callerId: CallerIdForm | undefined;
  /** What a clock on the wall says, for a telephone's display. */
  readonly wallClock: () => {
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
  };
  /** Whether messages wait for who has this telephone; `undefined`: nobody has said. */
  readonly messagesWait: (extension: string) => boolean | undefined;
  readonly timing: LineTiming;
  readonly settings: () => LinesSettings;
  readonly matchNumber: (digits: string, line: LineInfo) => NumberMatch;
  readonly newId: () => string;
  /** The leg of an earlier run that this line had; the first asking takes it. */
  readonly kept: (line: string) => KeptLeg | undefined;
  /** The line has made its leg anew. */
  readonly goesOn: (leg: Leg) => void;
  /** Of a span's D-channel; it outlives the span's lines, which a change of settings builds anew. */
  readonly traceOf: (span: number) => FrameRing;
  readonly incoming: (leg: Leg) => void;
  readonly charged: (leg: string, advice: ChargeAdvice) => void;
  readonly detailed: (leg: string, details: CallDetails) => void;
  /** The line's state may have changed. */
  readonly changed: (line: Line) => void;
}

/** One line: it carries at most one leg. */
export interface Line {
  readonly id: string;
  info(): LineInfo;
  /**
   * Makes an outgoing leg. Asked only while the line's state is `idle`.
   * @throws ERR_LINE_BUSY, ERR_LINE_DOWN
   */
  dial(request: DialRequest): Leg;
  /** Ends the call on it, by Q.850 cause. False when there is none. */
  clear(cause: number): boolean;
  /** The settings changed: takes itself out of service, or back into it. */
  serviceChanged(): void;
  /** Whether messages wait has changed: a telephone's lamp is to show it. */
  lamp?(): void;
  /** What can be tested of it now; never rejects. */
  test(): Promise<readonly Check[]>;
  /**
   * Lends its audio to a measurement while it is out of service.
   * @param dial keys for an exchange line, before the measurement: so that its dial tone ends.
   * @throws ERR_LINE_IN_SERVICE, ERR_LINE_BUSY, what opening its audio throws, and what the measurement does
   */
  measure<T>(measure: Measure<T>, dial: string): Promise<T>;
}

/** What stands behind the lines of one span. */
export interface SpanLines {
  readonly lines: readonly Line[];
  /** ISDN: multiple frame established. */
  readonly dataLink: boolean | undefined;
  /** ISDN: the data link is up only while there are calls. */
  readonly onDemand: boolean;
  /** Calls that are up. */
  readonly activeCalls: number;
  /** Alarms have lasted: what cannot work without the span is released. */
  fail(): void;
  /** The span is in order (again). */
  recover(): void;
  /** Releases what is up, then closes media ports, then channels. */
  close(): Promise<void>;
}

/** Whatever of a line's condition is worst is its state. */
export function lineState(is: {
  readonly alarm: boolean;
  readonly down?: boolean;
  readonly blocked?: boolean;
  readonly inUse: boolean;
}): LineState {
  if (is.alarm) return "alarm";
  if (is.down === true) return "down";
  if (is.inUse) return "in-use";
  return is.blocked === true ? "blocked" : "idle";
}
