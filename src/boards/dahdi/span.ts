// One span of the driver: its channels as ports, its alarms as events.
import { driver as nodeDahdi } from "node-dahdi";
import { CallboxError } from "../../shared/errors.ts";
import { createEmitter, type Emitter } from "../../shared/events.ts";
import { portDefaults } from "./defaults.ts";
import { profileFor, type BoardProfile } from "../profiles.ts";
import type { Alarm, Channel, Span, SpanEvent, SpanStatus } from "../board.ts";
import { createAnalog } from "./analog.ts";
import { assignChannels, usualLine } from "./assignment.ts";
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
  const profile = profileOf(found, profiles);
  const events: Emitter<SpanEvent> = createEmitter();
  let last = first;
  let slips = 0;
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
    firstChannel: found.channels[0]?.number ?? 0,
    channels,
    uses: found.channels.map(({ use }) => use),
    usualUses: found.channels.map(({ usual }) => usual),
    status() {
      const now = site.isClosed() ? undefined : ifThere(() => control.spanStatus(first.number));
      if (now !== undefined) slips = control.timingSlips(first.number);
      return statusOf(now ?? last, slips, now !== undefined);
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
    assign(uses) {
      const open = [...site.holders].find((held) =>
        found.channels.some(({ number }) => number === held.number),
      );
      if (open !== undefined)
        throw new CallboxError("ERR_CHANNEL_BUSY", { detail: `channel ${open.number}` });
      assignChannels(control, found, uses, profile);
      site.assigned(span);
    },
    events,
  };
  const defaults = portDefaults(profile);
  for (const channel of found.channels) channels.push(...createChannel(site, span, channel, defaults));
  return { span, fingerprint: fingerprint(first), look };
}

function profileOf(
  { status: { name, description, deviceType } }: FoundSpan,
  profiles: readonly BoardProfile[],
): BoardProfile | undefined {
  return profileFor(profiles, { name, description, deviceType });
}

/**
 * Puts a span to its usual use that nobody has configured.
 * @throws ERR_DRIVER when the card refuses
 */
export function setUp(found: FoundSpan, control: DriverControl, profiles: readonly BoardProfile[]): void {
  const profile = profileOf(found, profiles);
  const { number, lineConfig } = found.status;
  const usual = found.channels.map((channel) => channel.usual);
  try {
    if (found.kind !== "analog" && lineConfig === 0)
      control.configureSpan({ span: number, lineConfig: maskOf(usualLine(found.kind, profile)), timing: 1 });
  } catch (error) {
    throw callboxError(error, `configuring span ${number}`);
  }
  assignChannels(control, found, usual, profile);
}

function createChannel(
  site: Site,
  span: Span,
  { number, position, use }: FoundChannel,
  defaults: ReturnType<typeof portDefaults>,
): readonly Channel[] {
  const place = { number, position, span };
  switch (use) {
    case "fxo":
    case "fxs":
      return [{ ...place, kind: "analog", role: use, open: createAnalog(site, number, use, defaults) }];
    case "bearer":
      return [{ ...place, kind: "bearer", open: createBearer(site, number, defaults) }];
    case "cas":
      return [{ ...place, kind: "cas", open: createCas(site, number, defaults) }];
    case "data":
      return [{ ...place, kind: "data", open: createData(site, number) }];
    case "unused":
      return [];
  }
}

const alarmsOf = (mask: number): readonly Alarm[] => nodeDahdi.alarmNames(mask);

/** A span that is gone is no longer open to anybody. */
function statusOf(status: DriverSpanStatus, timingSlips: number, present: boolean): SpanStatus {
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
      timingSlips,
    },
    syncSource: status.syncSource,
    ...(line !== undefined && { line }),
  };
}
