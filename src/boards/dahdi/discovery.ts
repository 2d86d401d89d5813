// What the driver has: spans by SPANSTAT, their channels by GET_PARAMS, which needs no device node but ctl.
import { driver as nodeDahdi } from "node-dahdi";
import {
  isDriverError,
  type ChannelParams,
  type DriverControl,
  type DriverSpanStatus,
} from "./driver-port.ts";
import type { SpanKind } from "../board.ts";

const { signalling } = nodeDahdi.constants;

/** DAHDI_MAX_SPANS and DAHDI_MAX_CHANNELS. */
const maxSpans = 128;
const maxChannels = 1024;

export interface FoundSpan {
  readonly status: DriverSpanStatus;
  readonly kind: SpanKind;
  /** Configured channels, by position. */
  readonly channels: readonly FoundChannel[];
}

export interface FoundChannel {
  readonly number: number;
  readonly position: number;
  readonly use: ChannelUse;
}

export type ChannelUse = "fxo" | "fxs" | "bearer" | "data" | "cas";

/** All spans that have a configured channel. */
export function discover(control: DriverControl): readonly FoundSpan[] {
  const statuses = spanStatuses(control).filter((status) => status.configuredChannels > 0);
  if (statuses.length === 0) return [];
  const channels = allChannels(control);
  return statuses.flatMap((status) => {
    const own = channels
      .filter(({ span }) => span === status.number)
      .flatMap((params) => {
        const use = useOf(params.signalling);
        return use === undefined ? [] : [{ number: params.number, position: params.position, use }];
      })
      .sort((a, b) => a.position - b.position);
    return own.length === 0 ? [] : [{ status, kind: kindOf(status, own), channels: own }];
  });
}

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

/** What a channel is for by its signalling; `undefined` for what Callbox does not use (and for broken ports). */
export function useOf(type: number): ChannelUse | undefined {
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
      return undefined;
  }
}

function kindOf(status: DriverSpanStatus, channels: readonly FoundChannel[]): SpanKind {
  if (channels.some(({ use }) => use === "fxo" || use === "fxs")) return "analog";
  return status.totalChannels <= 3 ? "BRI" : "E1";
}
