// A pair of simulated boards joined by cables: what one sends the other receives, as two cross-connected
// spans of the real driver do. The box uses the near board; its simulated surroundings use the far one.
import type { Board, BoardEvent, Channel, LineConfig, Span, SpanCounters, SpanEvent } from "../board.ts";
import type { Clock } from "../../shared/clock.ts";
import { createEmitter } from "../../shared/events.ts";
import { CallboxError } from "../../shared/errors.ts";
import { createAnalogWire } from "./analog.ts";
import { createCable, type Cable, type CableCore, type Side } from "./cable.ts";
import { createBearerWire, createDataWire, type Place, type Wire } from "./digital.ts";
import type { SimulatedPlan, SpanPlan } from "./plan.ts";

export type { Cable, Side } from "./cable.ts";
export { demoOffice, type SimulatedPlan, type SpanPlan } from "./plan.ts";

export interface SimulatedPair {
  /** The box's own board: ports as the plan names them. */
  readonly near: Board;
  /** The other ends: same span and channel numbers, FXO where the near board has FXS and the other way round. */
  readonly far: Board;
  /** The cable of a span. @throws ERR_SPAN_UNKNOWN */
  cable(span: number): Cable;
}

export interface SimulatedPairOptions {
  readonly clock: Clock;
  /** Begins the names of audio pairs, which are unique in one media engine. Default `sim`. */
  readonly name?: string;
}

/** Makes both boards of a plan, all cables plugged in. */
export function createSimulatedPair(
  plan: SimulatedPlan,
  { clock, name = "sim" }: SimulatedPairOptions,
): SimulatedPair {
  const cables = plan.spans.map(() => createCable());
  const wires = plan.spans.map((span, index) =>
    span.kind === "analog"
      ? analogWires(span.ports, `${name}/${index + 1}`, cableAt(cables, index), clock)
      : digitalWires(span.kind, `${name}/${index + 1}`, cableAt(cables, index), clock),
  );
  const board = (side: Side): Board => createBoard(side, name, plan, wires, cables);
  return {
    near: board("near"),
    far: board("far"),
    cable: (span) => cableAt(cables, span - 1),
  };
}

type AnyWire = Wire<Channel>;

function analogWires(
  ports: readonly ("fxo" | "fxs")[],
  name: string,
  cable: CableCore,
  clock: Clock,
): readonly AnyWire[] {
  return ports.map((near, index) =>
    createAnalogWire(`${name}/${index + 1}`, near === "fxo" ? "near" : "far", cable, clock),
  );
}

function digitalWires(kind: "E1" | "BRI", name: string, cable: CableCore, clock: Clock): readonly AnyWire[] {
  const { channels, signalling } =
    kind === "E1" ? { channels: 31, signalling: 16 } : { channels: 3, signalling: 3 };
  return Array.from({ length: channels }, (_, index) => index + 1).map((position) =>
    position === signalling
      ? createDataWire(`${name}/${position}`, cable, clock)
      : createBearerWire(`${name}/${position}`, cable, clock),
  );
}

function createBoard(
  side: Side,
  name: string,
  plan: SimulatedPlan,
  wires: readonly (readonly AnyWire[])[],
  cables: readonly CableCore[],
): Board {
  let channel = 1;
  const spans = plan.spans.map((spanPlan, index) => {
    const own = wires[index] ?? [];
    const span = createSpan(side, index + 1, spanPlan, own, channel, cableAt(cables, index));
    channel += own.length;
    return span;
  });
  return {
    id: `${name}-${side}`,
    kind: "simulated",
    spans,
    events: createEmitter<BoardEvent>(),
    close() {
      for (const wire of wires.flat()) wire.closeSide(side);
      return Promise.resolve();
    },
  };
}

function createSpan(
  side: Side,
  number: number,
  plan: SpanPlan,
  wires: readonly AnyWire[],
  firstChannel: number,
  cable: CableCore,
): Span {
  const events = createEmitter<SpanEvent>();
  const alarms = (): SpanEvent => ({ type: "alarms", alarms: cable.connected ? [] : ["RED"] });
  cable.changes.on(() => events.emit(alarms()));
  const channels: Channel[] = [];
  let line = plan.kind === "analog" ? undefined : usualLine(plan.kind, side);
  const span: Span = {
    number,
    name: `SIM/${number}`,
    description: plan.description ?? `Simulated ${plan.kind}`,
    kind: plan.kind,
    channels,
    status: () => ({
      alarms: alarms().alarms,
      counters: noErrors,
      syncSource: 0,
      ...(line !== undefined && { line }),
    }),
    configure(wanted) {
      if (plan.kind === "analog") throw new CallboxError("ERR_UNSUPPORTED", { detail: `span ${number}` });
      if (plan.kind === "E1" && (wanted.network || wanted.termination))
        throw new CallboxError("ERR_DRIVER", { detail: `span ${number} is no BRI` });
      line = { ...wanted };
    },
    events,
  };
  wires.forEach((wire, index) => {
    const place: Place = { span, number: firstChannel + index, position: index + 1 };
    channels.push(wire.channel(side, place));
  });
  return span;
}

/** The far side of a cable is the exchange. */
function usualLine(kind: "E1" | "BRI", side: Side): LineConfig {
  return {
    framing: "ccs",
    coding: kind === "E1" ? "hdb3" : "ami",
    crc4: kind === "E1",
    lineBuildOut: 0,
    network: kind === "BRI" && side === "far",
    termination: false,
    alarmWhenClosed: false,
  };
}

const noErrors: SpanCounters = {
  bipolarViolations: 0,
  framingErrors: 0,
  codeViolations: 0,
  bitErrors: 0,
  crc4Errors: 0,
  eBitErrors: 0,
  frameAlignmentErrors: 0,
  erroredSeconds: 0,
  irqMisses: 0,
  timingSlips: 0,
};

function cableAt(cables: readonly CableCore[], index: number): CableCore {
  const cable = cables[index];
  if (cable === undefined) throw new CallboxError("ERR_SPAN_UNKNOWN", { detail: `span ${index + 1}` });
  return cable;
}
