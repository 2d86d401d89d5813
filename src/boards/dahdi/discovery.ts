// What the driver has: spans by SPANSTAT, their channels by GET_PARAMS, which needs no device node but ctl.
import { driver as nodeDahdi } from "node-dahdi";
import {
  isDriverError,
  type ChannelParams,
  type DriverControl,
  type DriverSpanStatus,
} from "./driver-port.ts";
import type { ChannelUse, SpanKind } from "../board.ts";

const { signalling } = nodeDahdi.constants;

/** DAHDI_MAX_SPANS and DAHDI_MAX_CHANNELS. */
const maxSpans = 128;
const maxChannels = 1024;

export interface FoundSpan {
  readonly status: DriverSpanStatus;
  readonly kind: SpanKind;
  /** All of them, by position. */
  readonly channels: readonly FoundChannel[];
}

export interface FoundChannel {
  readonly number: number;
  readonly position: number;
  readonly use: ChannelUse;
  readonly usual: ChannelUse;
  /** As the driver has it. */
  readonly signalling: number;
  /** Mask of the signallings that it can have. */
  readonly capabilities: number;
}

export function discover(control: DriverControl): readonly FoundSpan[] {
  const statuses = spanStatuses(control).filter(isOfUse);
  if (statuses.length === 0) return [];
  const all = allChannels(control);
  return statuses.flatMap((status) => {
    const own = all.filter(({ span }) => span === status.number).sort((a, b) => a.position - b.position);
    const kind = kindOf(status, own);
    const channels = own.map(({ number, position, signalling: type, capabilities }) => ({
      ...{ number, position, capabilities, signalling: type },
      use: useOf(type),
      usual: usualUse(kind, position, own.length, capabilities),
    }));
    return own.length === 0 ? [] : [{ status, kind, channels }];
  });
}

/** A virtual span of which nothing was configured may be anything, unless it is as long as an E1 or a BRI. */
export const isOfUse = ({ configuredChannels, totalChannels, name }: DriverSpanStatus): boolean =>
  configuredChannels > 0 || !name.startsWith("DYN/") || totalChannels === 31 || totalChannels === 3;

/** Tells a span from another that took its number, and from itself before it was configured. */
export const fingerprint = ({ name, totalChannels, configuredChannels }: DriverSpanStatus): string =>
  `${name} ${configuredChannels}/${totalChannels}`;

/** Spans need not be numbered without gaps. */
export function spanStatuses(control: DriverControl): readonly DriverSpanStatus[] {
  const found: DriverSpanStatus[] = [];
  for (let number = 1; number <= maxSpans; number++) {
    const status = ifThere(() => control.spanStatus(number));
    if (status !== undefined) found.push(status);
    if (status !== undefined && found.length >= status.totalSpans) break;
  }
  return found;
}

function allChannels(control: DriverControl): readonly ChannelParams[] {
  const found: ChannelParams[] = [];
  for (let number = 1; number < maxChannels; number++) {
    const params = ifThere(() => control.params(number));
    if (params !== undefined && params.span > 0) found.push(params);
  }
  return found;
}

/** The value, or `undefined` for what the driver does not have. */
export function ifThere<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (isDriverError(error, "EINVAL") || isDriverError(error, "ENODEV") || isDriverError(error, "ENXIO"))
      return undefined;
    throw error;
  }
}

/** What a channel is for by its signalling; `unused` also for what Callbox does not use, and for broken ports. */
export function useOf(type: number): ChannelUse {
  switch (type) {
    case signalling.FXSLS:
    case signalling.FXSGS:
    case signalling.FXSKS:
      return "fxo";
    case signalling.FXOLS:
    case signalling.FXOGS:
    case signalling.FXOKS:
      return "fxs";
    case signalling.CLEAR:
      return "bearer";
    case signalling.HDLCFCS:
    case signalling.HARDHDLC:
      return "data";
    case signalling.CAS:
      return "cas";
    default:
      return "unused";
  }
}

const can = (capabilities: number, type: number): boolean => (capabilities & type) === type;

function usualUse(kind: SpanKind, position: number, count: number, capabilities: number): ChannelUse {
  if (kind === "BRI") return position === 3 ? "data" : "bearer";
  // The last of a T1.
  if (kind === "E1") return position === (count === 31 ? 16 : count) ? "data" : "bearer";
  if (can(capabilities, signalling.FXSKS)) return "fxo";
  return can(capabilities, signalling.FXOKS) ? "fxs" : "unused";
}

/** A card that has no line to drive is one of telephone ports. */
function kindOf(status: DriverSpanStatus, channels: readonly ChannelParams[]): SpanKind {
  const ports = channels.some(({ signalling: type }) => ["fxo", "fxs"].includes(useOf(type)));
  if (ports || status.lineCompatibility === 0) return "analog";
  return status.totalChannels <= 3 ? "BRI" : "E1";
}
