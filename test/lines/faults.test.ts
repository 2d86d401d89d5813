// What goes wrong under lines: no audio to be had, ports taken, cards pulled, settings changed.
import t from "tap";
import type { Board, BoardEvent } from "../../src/boards/board.ts";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import { createLines, type LinesSettings } from "../../src/lines/lines.ts";
import type { Leg, LinesEvent } from "../../src/lines/leg.ts";
import { createEmitter } from "../../src/shared/events.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { createRig, listen, matchNumber, openAnalog, tones } from "./rig.ts";

const party = { digits: "201", type: "unknown", presentation: "allowed" } as const;

t.test("no media port to be had: the leg ends as a fault, and the line is free again", async (t) => {
  for (const role of ["fxo", "fxs"] as const) {
    const rig = createRig({ spans: [{ kind: "analog", ports: [role] }] }, {});
    const far = rig.farPort(1, 1);
    await rig.media.close();
    const leg = rig.lines.dial({ called: party, calling: party, via: { line: "1/1" } });
    const heard = listen(leg);
    await rig.clock.advance(100);
    if (role === "fxs") far.offHook();
    await rig.clock.advance(5000);
    t.match(heard.at(-1), /^released 47 fault$/, role);
    if (role === "fxs") far.onHook();
    await rig.clock.advance(5000);
    t.equal(rig.lines.list()[0]?.state, "idle", role);
  }
});

t.test("a port that somebody else has is a line that is down; the others work", (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxs", "fxs"] }] }, { clock });
  openAnalog(pair.near, 1, 1);
  const lines = createLines({
    boards: [pair.near],
    media: createFakeMedia({ clock }),
    settings: () => noSettings,
    clock,
    tones,
    matchNumber,
  });
  t.strictSame(
    lines.list().map(({ state }) => state),
    ["down", "idle"],
  );
  t.throws(() => lines.dial({ called: party, calling: party, via: { line: "1/1" } }), {
    code: "ERR_LINE_DOWN",
  });
  t.end();
});

t.test("spans that come and go while running", async (t) => {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const pair = createSimulatedPair(
    { spans: [{ kind: "analog", ports: ["fxs"] }, { kind: "BRI" }] },
    { clock },
  );
  const [analog, bri] = pair.near.spans;
  if (analog === undefined || bri === undefined) throw new Error("no spans");
  const events = createEmitter<BoardEvent>();
  const board: Board = { ...pair.near, spans: [analog], events };
  const lines = createLines({
    boards: [board],
    media,
    settings: () => noSettings,
    clock,
    tones,
    matchNumber,
  });
  const told: LinesEvent[] = [];
  lines.events.on((event) => told.push(event));
  events.emit({ type: "span-added", span: bri });
  t.strictSame(
    lines.list().map(({ id }) => id),
    ["1/1", "2/1", "2/2"],
  );
  t.match(told, [{ type: "span", span: { number: 2, kind: "BRI" } }]);
  const leg: Leg = lines.dial({ called: party, calling: party, via: { line: "1/1" } });
  const heard = listen(leg);
  events.emit({ type: "span-removed", span: analog });
  await clock.advance(10);
  t.strictSame(heard, ["released 16 local"]);
  t.strictSame(
    lines.spans().map(({ number }) => number),
    [2],
  );
  const channel = analog.channels[0];
  t.doesNotThrow(() => channel?.kind === "analog" && channel.open({}), "its ports are closed");
  const closed = lines.close();
  await clock.advance(3000);
  await closed;
  t.equal(clock.pending, 0);
});

t.test("names, groups and hunting follow the settings at once", (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxo", "fxo"] }] }, { clock });
  const analog = (group: string) =>
    [1, 2].map((position) => ({
      port: { span: 1, position },
      group,
      name: `Line ${position}`,
      ringsBeforeOffer: 1,
    }));
  let settings: LinesSettings = {
    ...noSettings,
    analog: analog("a"),
    trunkGroups: [{ id: "a", hunt: "first" }],
  };
  const lines = createLines({
    boards: [pair.near],
    media: createFakeMedia({ clock }),
    settings: () => settings,
    clock,
    tones,
    matchNumber,
  });
  t.match(lines.list()[0], { group: "a", name: "Line 1" });
  settings = { ...settings, analog: analog("b"), trunkGroups: [{ id: "b", hunt: "last" }] };
  t.match(lines.list()[0], { group: "b" });
  t.throws(() => lines.dial({ called: party, calling: party, via: { group: "a" } }), {
    code: "ERR_LINE_UNKNOWN",
  });
  t.equal(lines.dial({ called: party, calling: party, via: { group: "b" } }).line.id, "1/2");
  t.end();
});

t.test("a span without a D-channel has lines that are down", (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "BRI" }] }, { clock });
  const [span] = pair.near.spans;
  if (span === undefined) throw new Error("no span");
  const board = {
    ...pair.near,
    spans: [{ ...span, channels: span.channels.filter(({ kind }) => kind === "bearer") }],
  };
  const lines = createLines({
    boards: [board],
    media: createFakeMedia({ clock }),
    settings: () => noSettings,
    clock,
    tones,
    matchNumber,
  });
  t.strictSame(
    lines.list().map(({ state }) => state),
    ["down", "down"],
  );
  t.equal(lines.spans()[0]?.dataLink, false);
  t.end();
});

const noSettings: LinesSettings = { spans: [], analog: [], trunkGroups: [], extensions: [] };
