// A pair of simulated boards joined by cables: what one sends the other receives, as two cross-connected
// spans of the real driver do. The box uses the near board; its simulated surroundings use the far one.
import type {
  Board,
  BoardEvent,
  Channel,
  ChannelUse,
  LineConfig,
  Span,
  SpanCounters,
  SpanEvent,
} from "../board.ts";
import type { Clock } from "../../shared/clock.ts";
import { createEmitter } from "../../shared/events.ts";
import { CallboxError } from "../../shared/errors.ts";
import { createAnalogWire } from "./analog.ts";
import { createCable, type Cable, type CableCore, type Side } from "./cable.ts";
import { createBearerWire, createDataWire, type Wire } from "./digital.ts";
import type { SimulatedPlan, SpanPlan } from "./plan.ts";

export type { Cable, Side } from "./cable.ts";
export { demoOffice, type SimulatedPlan, type SpanPlan } from "./plan.ts";

export interface SimulatedPair {
  /** The box's own board: ports as the plan names them. */
  readonly near: Board;
  /** The other ends: same span and channel numbers, FXO where the near board has FXS and the other way round. */
  readonly far: Board;
  /**
   * The program that has a side's channels open has died, and the service manager holds them: nothing is told to it any more,
   * the lines stay as they are, and their channels may be opened again.
   */
  orphan(side: Side): void;
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
    orphan(side) {
      for (const wire of wires.flat()) wire.end(side).orphan();
    },
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
  const events = createEmitter<BoardEvent>();
  let channel = 1;
  const spans = plan.spans.map((spanPlan, index) => {
    const own = wires[index] ?? [];
    const place = { side, number: index + 1, plan: spanPlan, wires: own, firstChannel: channel };
    channel += own.length;
    const slot = createSpanSlot(place, cableAt(cables, index), (before, after) => {
      events.emit({ type: "span-removed", span: before });
      events.emit({ type: "span-added", span: after });
    });
    return slot;
  });
  return {
    id: `${name}-${side}`,
    kind: "simulated",
    get spans() {
      return spans.map((slot) => slot.span());
    },
    cards: () => [
      {
        ...{ path: name, hardwareId: "", location: "", model: "Simulated office" },
        spans: spans.map((slot, index) => {
          const { kind, number, firstChannel } = slot.span();
          return { local: index + 1, type: kind, number, firstChannel };
        }),
      },
    ],
    events,
    close() {
      for (const wire of wires.flat()) wire.end(side).close();
      return Promise.resolve();
    },
  };
}

interface SpanPlace {
  readonly side: Side;
  readonly number: number;
  readonly plan: SpanPlan;
  readonly wires: readonly AnyWire[];
  readonly firstChannel: number;
}

/** What stays of a span while its channels get other uses. */
function createSpanSlot(
  { side, number, plan, wires, firstChannel }: SpanPlace,
  cable: CableCore,
  replaced: (before: Span, after: Span) => void,
): { readonly span: () => Span } {
  const alarms = (): SpanEvent => ({ type: "alarms", alarms: cable.connected ? [] : ["RED"] });
  let line = plan.kind === "analog" ? undefined : usualLine(plan.kind, side);
  let events = createEmitter<SpanEvent>();
  cable.changes.on(() => events.emit(alarms()));
  const create = (wanted?: readonly ChannelUse[]): Span => {
    const channels: Channel[] = [];
    const uses: ChannelUse[] = [];
    const usualUses: ChannelUse[] = [];
    const span: Span = {
      number,
      name: `SIM/${number}`,
      description: plan.description ?? `Simulated ${plan.kind}`,
      kind: plan.kind,
      ...{ firstChannel, channels, uses, usualUses },
      status: () => ({
        alarms: alarms().alarms,
        counters: noErrors,
        syncSource: 0,
        ...(line !== undefined && { line }),
      }),
      configure(wished) {
        if (plan.kind === "analog") throw new CallboxError("ERR_UNSUPPORTED", { detail: `span ${number}` });
        if (plan.kind === "E1" && (wished.network || wished.termination))
          throw new CallboxError("ERR_DRIVER", { detail: `span ${number} is no BRI` });
        line = { ...wished };
      },
      assign,
      events,
    };
    wires.forEach((wire, index) => {
      const channel = wire.channel(side, { span, number: firstChannel + index, position: index + 1 });
      const usual = channel.kind === "analog" ? channel.role : channel.kind;
      const use = wanted?.[index] ?? usual;
      usualUses.push(usual);
      uses.push(use);
      if (use === usual) channels.push(channel);
    });
    return span;
  };
  function assign(uses: readonly ChannelUse[]): void {
    const place = wires.findIndex((wire) => wire.end(side).isOpen);
    if (place >= 0) throw new CallboxError("ERR_CHANNEL_BUSY", { detail: `channel ${firstChannel + place}` });
    const wanted = wires.map((_, index) => uses[index] ?? "unused");
    const odd = wanted.findIndex((use, index) => use !== "unused" && use !== current.usualUses[index]);
    if (odd >= 0)
      throw new CallboxError("ERR_UNSUPPORTED", { detail: `channel ${odd + 1} of span ${number}` });
    const before = current;
    events = createEmitter<SpanEvent>();
    current = create(wanted);
    replaced(before, current);
  }
  let current = create();
  return { span: () => current };
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
