// A rig for tests of lines: a simulated pair of boards, the box's lines on the near one, and what happened on them.
import {
  createSimulatedPair,
  type SimulatedPair,
  type SimulatedPlan,
} from "../../src/boards/simulated/board.ts";
import type { OpenAnalogPort, Board, AnalogEvent } from "../../src/boards/board.ts";
import { createLines, type LinesOptions, type LinesSettings } from "../../src/lines/lines.ts";
import type { Leg, LegEvent, LineMaintenance, Lines, LinesEvent } from "../../src/lines/leg.ts";
import type { Tone } from "../../src/media/engine.ts";
import { createFakeMedia, type FakeMedia } from "../support/fake-media.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";

const tone = (frequency: number): Tone => ({
  parts: [{ frequencies: [frequency], levelDbm0: -10, ms: 1000 }],
  repeat: true,
});

/** Each tone is known by its frequency. */
export const tones = {
  dial: tone(1),
  ringback: tone(2),
  busy: tone(3),
  congestion: tone(4),
  sit: tone(6),
  howler: tone(5),
  ringCadence: [1000, 4000],
};

/** The dial plan: three digits from 1–8, `9` and then any number of digits (at least one), `*22`. */
export function matchNumber(digits: string): "incomplete" | "complete" | "ambiguous" | "invalid" {
  if (/^([1-8]\d\d|\*22)$/.test(digits)) return "complete";
  if (/^9\d+$/.test(digits)) return "ambiguous";
  return /^([1-8]?\d?|9|\*2?)$/.test(digits) ? "incomplete" : "invalid";
}

export interface Rig {
  readonly clock: TestClock;
  readonly media: FakeMedia;
  readonly pair: SimulatedPair;
  readonly lines: Lines & LineMaintenance;
  /** All events of lines so far. */
  readonly told: LinesEvent[];
  /** Legs offered so far. */
  readonly offered: Leg[];
  farPort(span: number, position: number): OpenAnalogPort;
}

export function createRig(
  plan: SimulatedPlan,
  settings: Partial<LinesSettings>,
  options: Partial<LinesOptions> = {},
): Rig {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const pair = createSimulatedPair(plan, { clock });
  const all = { spans: [], analog: [], trunkGroups: [], extensions: [], ...settings };
  const lines = createLines({
    boards: [pair.near],
    media,
    settings: () => all,
    clock,
    tones,
    matchNumber,
    ...options,
  });
  const told: LinesEvent[] = [];
  const offered: Leg[] = [];
  lines.events.on((event) => {
    told.push(event);
    if (event.type === "incoming") offered.push(event.leg);
  });
  return {
    clock,
    media,
    pair,
    lines,
    told,
    offered,
    farPort: (span, position) => openAnalog(pair.far, span, position),
  };
}

export function openAnalog(board: Board, span: number, position: number): OpenAnalogPort {
  const channel = board.spans[span - 1]?.channels[position - 1];
  if (channel?.kind !== "analog") throw new Error(`no analog port ${span}/${position}`);
  return channel.open({});
}

/** Writes down what a leg tells, short: `alerting`, `digit 5 dtmf`, `released 16 remote`. */
export function listen(leg: Leg): string[] {
  const heard: string[] = [];
  leg.events.on((event) => heard.push(short(event)));
  return heard;
}

function short(event: LegEvent): string {
  switch (event.type) {
    case "alerting":
    case "progress":
      return event.inband ? `${event.type} inband` : event.type;
    case "digit-begin":
      return `digit-begin ${event.digit}`;
    case "digit":
      return `digit ${event.digit} ${event.source}`;
    case "released":
      return `released ${event.cause} ${event.by}`;
    default:
      return event.type;
  }
}

export function seen(port: OpenAnalogPort): string[] {
  const events: string[] = [];
  port.events.on((event: AnalogEvent) => {
    if (event.type !== "ringer") events.push(event.type === "pulse-digit" ? event.digit : event.type);
  });
  return events;
}

/** What plays on the box's side of a channel: a tone's name, files, digits, or nothing. */
export function plays(rig: Rig, pair: string, side: "near" | "far" = "near"): string {
  const playing = rig.media.portOf(pair, side)?.playing;
  if (playing === undefined) return "nothing";
  if (playing.kind === "files") return playing.items.join();
  if (playing.kind === "digits") return playing.digits;
  const names = Object.entries(tones).find(([, value]) => value === playing.tone);
  return names?.[0] ?? "another tone";
}

/** The first leg offered. */
export function first(rig: Rig): Leg {
  const [leg] = rig.offered;
  if (leg === undefined) throw new Error("no leg was offered");
  return leg;
}
