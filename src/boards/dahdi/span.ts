// One span of the driver: its channels as ports, its alarms as events.
import { driver as nodeDahdi } from "node-dahdi";
import { CallboxError } from "../../shared/errors.ts";
import { createEmitter, type Emitter } from "../../shared/events.ts";
import { portDefaults } from "./defaults.ts";
import type { BoardProfile } from "../profiles.ts";
import type { Alarm, Channel, Span, SpanEvent, SpanStatus } from "../board.ts";
import { createAnalog } from "./analog.ts";
import { createBearer, createCas } from "./bearer.ts";
import { createData } from "./data.ts";
import { lineConfigOf, maskOf } from "./line-config.ts";
import { fingerprint, ifThere, type FoundChannel, type FoundSpan } from "./discovery.ts";
import { callboxError, type DriverControl, type DriverSpanStatus } from "./driver-port.ts";
import type { Site } from "./holder.ts";

export interface KnownSpan {
  readonly span: Span;
  readonly fingerprint: string;
  /** Takes what the driver says now, and tells alarms that changed. */
  look(status: DriverSpanStatus): void;
}

export function createSpan(
  found: FoundSpan,
  control: DriverControl,
  site: Site,
  profiles: readonly BoardProfile[],
): KnownSpan {
  const { status: first, kind } = found;
  const events: Emitter<SpanEvent> = createEmitter();
  let last = first;
  const look = (status: DriverSpanStatus): void => {
    const changed = status.alarms !== last.alarms;
    last = status;
    if (changed) events.emit({ type: "alarms", alarms: alarmsOf(status.alarms) });
  };
  const channels: Channel[] = [];
  const span: Span = {
    number: first.number,
    name: first.name,
    description: first.description,
    deviceType: first.deviceType,
    kind,
    channels,
    status() {
      const now = site.isClosed() ? undefined : ifThere(() => control.spanStatus(first.number));
      return statusOf(now ?? last, now !== undefined);
    },
    configure(line, clockRank) {
      if (kind === "analog") throw new CallboxError("ERR_UNSUPPORTED", { detail: `span ${first.number}` });
      try {
        const { lineBuildOut } = line;
        const { number } = first;
        control.configureSpan({ span: number, lineBuildOut, lineConfig: maskOf(line), timing: clockRank });
        control.startSpan(number);
      } catch (error) {
        throw callboxError(error, `configuring span ${first.number}`);
      }
    },
    events,
  };
  const defaults = portDefaults(profiles, span);
  for (const channel of found.channels) channels.push(createChannel(site, span, channel, defaults));
  return { span, fingerprint: fingerprint(first), look };
}

function createChannel(
  site: Site,
  span: Span,
  { number, position, use }: FoundChannel,
  defaults: ReturnType<typeof portDefaults>,
): Channel {
  const place = { number, position, span };
  switch (use) {
    case "fxo":
    case "fxs":
      return { ...place, kind: "analog", role: use, open: createAnalog(site, number, use, defaults) };
    case "bearer":
      return { ...place, kind: "bearer", open: createBearer(site, number, defaults) };
    case "cas":
      return { ...place, kind: "cas", open: createCas(site, number, defaults) };
    case "data":
      return { ...place, kind: "data", open: createData(site, number) };
  }
}

const alarmsOf = (mask: number): readonly Alarm[] => nodeDahdi.alarmNames(mask);

/** A span that is gone is no longer open to anybody. */
function statusOf(status: DriverSpanStatus, present: boolean): SpanStatus {
  const line = lineConfigOf(status.lineConfig, status.lineBuildOut);
  return {
    alarms: present ? alarmsOf(status.alarms) : ["NOTOPEN"],
    counters: {
      bipolarViolations: status.bipolarViolations,
      crc4Errors: status.crc4Errors,
      eBitErrors: status.eBitErrors,
      frameAlignmentErrors: status.frameAlignmentErrors,
      framingErrors: status.framingErrors,
      codeViolations: status.codeViolations,
      bitErrors: status.bitErrors,
      erroredSeconds: status.erroredSeconds,
      irqMisses: status.irqMisses,
      timingSlips: status.timingSlips,
    },
    syncSource: status.syncSource,
    ...(line !== undefined && { line }),
  };
}
