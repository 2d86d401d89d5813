// The demo office with everything but hardware: simulated boards speaking real signalling, the call centre on
// one side of them, callers and telephones on the other. For the fake media engine on a test's clock, and for the
// real one in real time.
import { toneOf } from "../../src/media/tones.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulatedPair, demoOffice as demoBoard } from "../../src/boards/simulated/board.ts";
import type { Prompts } from "../../src/calls/say.ts";
import { createCallCentre, type CallCentre } from "../../src/compose/call-centre.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import type { Settings } from "../../src/config/settings.ts";
import { loadFlows } from "../../src/ivr/flows.ts";
import { createLines } from "../../src/lines/lines.ts";
import type { Lines } from "../../src/lines/leg.ts";
import type { LineTones } from "../../src/lines/options.ts";
import type { MediaEngine } from "../../src/media/engine.ts";
import { createRehearsal, type Rehearsal, type Station } from "../../src/rehearsal/rehearsal.ts";
import { matchNumber } from "../../src/routing/incoming.ts";
import { recordOf, type CallRecord } from "../../src/shared/call-record.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { callOf, type JournalEvent } from "../../src/shared/journal.ts";
import { createIds } from "../../src/shared/ids.ts";
import { silentLogger } from "../../src/shared/log.ts";

export interface DemoOffice {
  readonly lines: Lines;
  readonly rehearsal: Rehearsal;
  readonly centre: CallCentre;
  readonly journal: readonly JournalEvent[];
  station(id: string): Station;
  /** Of all calls, in the order they began. */
  records(): readonly (CallRecord | undefined)[];
  /** Everything of the box, its lines and the world outside; the media engine stays its owner's. */
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly clock: Clock;
  readonly media: MediaEngine;
  readonly tones: LineTones;
  readonly prompts: Prompts;
  /** The demo office, but not quite. */
  readonly change?: (settings: Settings) => Settings;
}

export async function createDemoOffice(options: DemoOptions): Promise<DemoOffice> {
  const { clock, media, tones, prompts, change = (same: Settings) => same } = options;
  const folder = mkdtempSync(join(tmpdir(), "callbox-demo-"));
  const settings = change(demoOffice());
  const current = () => settings;
  const pair = createSimulatedPair(demoBoard, { clock, name: "demo" });
  const lines = createLines({
    boards: [pair.near],
    media,
    settings: current,
    clock,
    tones,
    matchNumber: (digits, line) => matchNumber(settings, digits, line),
  });
  const rehearsal = createRehearsal({ board: pair.far, media, clock, tones, settings: current });
  const journal: JournalEvent[] = [];
  const flows = await loadFlows(join(import.meta.dirname, "../../src/ivr/flows"), {
    clock,
    log: silentLogger,
    watch: false,
  });
  const centre = createCallCentre({
    lines,
    media,
    settings: current,
    onSettings: () => () => undefined,
    journal: { append: (event) => void journal.push(event), committed: () => Promise.resolve() },
    clock,
    newId: createIds(() => clock.now()),
    log: silentLogger,
    prompts,
    flows,
    tone: (name) => (name === "sit" ? toneOf("cn", name) : tones[name]),
    verifyPin: () => Promise.resolve(true),
    changeSettings: () => Promise.resolve(),
    folder,
  });
  return {
    lines,
    rehearsal,
    centre,
    journal,
    station(id) {
      const found = rehearsal.stations().find((one) => one.id === id);
      if (found === undefined) throw new Error(`no station ${id}`);
      return found;
    },
    records: () =>
      [...new Set(journal.map(callOf))]
        .filter((call) => call !== undefined)
        .map((call) => recordOf(journal.filter((event) => callOf(event) === call))),
    async close() {
      await centre.close();
      await Promise.all([rehearsal.close(), lines.close()]);
      await Promise.all([pair.near.close(), pair.far.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
