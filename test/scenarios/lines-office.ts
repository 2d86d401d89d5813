// An office on simulated boards: the box's lines with a small switchboard above them, and the rehearsal room's
// stations around it. Used with the fake media engine on a test's clock, and with the real one in real time.
import { createSimulatedPair, demoOffice, type SimulatedPair } from "../../src/boards/simulated/board.ts";
import { createLines, type LinesSettings } from "../../src/lines/lines.ts";
import type { Leg, Lines } from "../../src/lines/leg.ts";
import type { LineTones } from "../../src/lines/options.ts";
import type { MediaEngine } from "../../src/media/engine.ts";
import type { CallerIdForm } from "../../src/media/tones.ts";
import { createRehearsal, type Rehearsal, type Station } from "../../src/rehearsal/rehearsal.ts";
import type { Clock } from "../../src/shared/clock.ts";

export interface Office {
  readonly pair: SimulatedPair;
  readonly lines: Lines;
  readonly rehearsal: Rehearsal;
  /** Legs that came in from outside, newest last; the box answers each and plays `greeting`. */
  readonly callers: Leg[];
  /** Digits that callers pressed. */
  readonly digits: string[];
  /** Legs that were released, with cause and side. */
  readonly ended: string[];
  station(id: string): Station;
  /** Everybody's state: `outside-1 connected, phone-5/1 ringing`; those on hook are left out. */
  busyStations(): string;
  /** States of the lines that are not idle: `1/1 in-use`. */
  busyLines(): string;
  close(): Promise<void>;
}

const settings: LinesSettings & { extensions: LinesSettings["extensions"] } = {
  spans: [
    { span: 1, side: "user", tei: "fixed", overlap: false, group: "city" },
    { span: 2, side: "user", tei: "fixed", overlap: false, group: "bri" },
    { span: 3, side: "user", tei: "automatic", overlap: false, group: "bri" },
  ],
  analog: [1, 2, 3, 4].map((position) => ({
    port: { span: 4, position },
    group: "analog",
    ringsBeforeOffer: 1,
  })),
  trunkGroups: [
    { id: "city", hunt: "round-robin" },
    { id: "bri", hunt: "first" },
    { id: "analog", hunt: "last" },
  ],
  extensions: [1, 2, 3, 4, 5, 6, 7, 8].map((position) => ({
    number: `20${position}`,
    name: `Phone ${position}`,
    port: { span: 5, position },
  })),
};

/** `20x` a phone, `9…` outside over E1, `7…` over BRI, `8…` over an exchange line. */
function matchNumber(digits: string) {
  if (/^20[1-8]$/.test(digits)) return "complete";
  if (/^[789]\d+$/.test(digits)) return "ambiguous";
  return /^(2|20|[789])?$/.test(digits) ? "incomplete" : "invalid";
}

const groups: Readonly<Record<string, string>> = { 7: "bri", 8: "analog", 9: "city" };

export function createOffice(options: {
  readonly clock: Clock;
  readonly media: MediaEngine;
  readonly tones: LineTones;
  readonly greeting: string;
  /** How the exchange tells who calls on an analog line. */
  readonly callerId?: CallerIdForm;
}): Office {
  const { clock, media, tones, greeting, callerId } = options;
  const pair = createSimulatedPair(demoOffice, { clock, name: "office" });
  const lines = createLines({
    boards: [pair.near],
    media,
    settings: () => settings,
    clock,
    tones,
    callerId,
    matchNumber,
    timing: { fxs: { answerReversal: true } },
  });
  const rehearsal = createRehearsal({
    board: pair.far,
    media,
    clock,
    tones,
    callerId,
    settings: () => settings,
  });
  const callers: Leg[] = [];
  const digits: string[] = [];
  const ended: string[] = [];

  const watch = (leg: Leg): void => {
    leg.events.on((event) => {
      if (event.type === "digit") digits.push(event.digit);
      if (event.type === "released") ended.push(`${leg.line.id} ${event.cause} ${event.by}`);
    });
  };
  const fromOutside = (leg: Leg): void => {
    callers.push(leg);
    leg.answer();
    leg.media?.play([greeting], { loop: true });
  };
  const fromPhone = (leg: Leg): void => {
    const called = leg.called.digits;
    const group = called.startsWith("2") ? undefined : groups[called.charAt(0)];
    const to = settings.extensions.find(({ number }) => number === called)?.port;
    const via = group !== undefined ? { group } : { line: `${to?.span}/${to?.position}` };
    let other: Leg;
    try {
      const target = group === undefined ? called : called.slice(1);
      const party = { digits: target, type: "unknown", presentation: "allowed" } as const;
      other = lines.dial({ called: party, calling: leg.calling, via });
    } catch {
      return leg.release(17);
    }
    watch(other);
    const join = (): void => {
      if (leg.media !== undefined && other.media !== undefined) leg.media.connect(other.media);
    };
    other.events.on((event) => {
      if (event.type === "alerting") leg.alert({ inband: event.inband });
      if ((event.type === "alerting" || event.type === "progress") && event.inband) join();
      if (event.type === "answered") {
        leg.answer();
        join();
      }
      if (event.type === "released") leg.release(event.cause);
    });
    leg.events.on((event) => {
      if (event.type === "released") other.release(event.cause);
    });
  };
  lines.events.on((event) => {
    if (event.type !== "incoming") return;
    watch(event.leg);
    if (event.leg.line.kind === "fxs") fromPhone(event.leg);
    else fromOutside(event.leg);
  });

  const station = (id: string): Station => {
    const found = rehearsal.stations().find((one) => one.id === id);
    if (found === undefined) throw new Error(`no station ${id}`);
    return found;
  };
  return {
    pair,
    lines,
    rehearsal,
    callers,
    digits,
    ended,
    station,
    busyStations: () =>
      rehearsal
        .stations()
        .filter(({ state }) => state !== "idle")
        .map(({ id, state }) => `${id} ${state}`)
        .join(", "),
    busyLines: () =>
      lines
        .list()
        .filter(({ state }) => state !== "idle")
        .map(({ id, state }) => `${id} ${state}`)
        .join(", "),
    async close() {
      await Promise.all([lines.close(), rehearsal.close()]);
      await Promise.all([pair.near.close(), pair.far.close()]);
    },
  };
}
