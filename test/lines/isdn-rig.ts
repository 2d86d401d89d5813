// A rig of ISDN lines: the box's user side, and a network side of our own on the far board.
import type { Test } from "tap";
import type { OutOfService, SpanSettings } from "../../src/config/settings.ts";
import type { Leg, LineMaintenance, Lines, PartyNumber } from "../../src/lines/leg.ts";
import { createLines, type LinesSettings } from "../../src/lines/lines.ts";
import { createRig, matchNumber, tones, type Rig } from "./rig.ts";

export const number = (digits: string, name?: string): PartyNumber => ({
  digits,
  type: "national",
  presentation: "allowed",
  ...(name === undefined ? {} : { name }),
});

export interface IsdnRig extends Rig {
  readonly rig: Rig;
  readonly exchange: Lines & LineMaintenance;
  /** Legs that came to the exchange. */
  readonly atExchange: Leg[];
  /** Takes these out of service, and all else back. */
  outOfService(...entries: OutOfService[]): void;
}

export interface IsdnRigOptions {
  readonly box?: Partial<SpanSettings>;
  readonly exchange?: Partial<SpanSettings>;
  readonly outOfService?: readonly OutOfService[];
}

/** Both sides up, link established. */
export async function isdn(
  kind: "E1" | "BRI" = "E1",
  tei: "fixed" | "automatic" = "fixed",
  options: IsdnRigOptions = {},
): Promise<IsdnRig> {
  const own = { span: 1, name: "Trunk", tei, overlap: false, group: "out" };
  let boxSettings: LinesSettings = {
    spans: [{ ...own, side: "user", ...options.box }],
    analog: [],
    trunkGroups: [{ id: "out", hunt: "first" }],
    extensions: [],
    outOfService: options.outOfService ?? [],
  };
  const rig = createRig({ spans: [{ kind }] }, {}, { settings: () => boxSettings });
  const settings: LinesSettings = {
    spans: [{ ...own, side: "network", ...options.exchange }],
    analog: [],
    trunkGroups: [],
    extensions: [],
  };
  const exchange = createLines({
    boards: [rig.pair.far],
    media: rig.media,
    settings: () => settings,
    clock: rig.clock,
    tones,
    matchNumber,
  });
  const atExchange: Leg[] = [];
  exchange.events.on((event) => event.type === "incoming" && atExchange.push(event.leg));
  // A RESTART that is lost while both sides come up is repeated after T316.
  await rig.clock.advance(15_000);
  return {
    ...rig,
    rig,
    exchange,
    atExchange,
    outOfService(...entries) {
      boxSettings = { ...boxSettings, outOfService: entries };
      rig.lines.settingsChanged();
    },
  };
}

export const states = (lines: Lines): string => [...new Set(lines.list().map(({ state }) => state))].join();

export async function closeAll({ clock, lines, exchange, media }: IsdnRig, t: Test): Promise<void> {
  const closed = Promise.all([lines.close(), exchange.close()]);
  await clock.advance(3000);
  await closed;
  t.equal(media.openPorts.length, 0, "no media port is left");
  t.equal(clock.pending, 0, "no timer is left");
}
