// A line heard by a telephone: it is rung, hears the tap until it is hung up, and nothing is left open.
import t from "tap";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import type { Board, TapWhat } from "../../src/boards/board.ts";
import { createLines } from "../../src/lines/lines.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { matchNumber, openAnalog, tones } from "./rig.ts";

const ask = { extension: "201", direction: "both", beforeCanceller: false } as const;

function rig(tap?: Board["tap"]) {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxs", "fxo"] }] }, { clock });
  const { id, kind, spans, events } = pair.near;
  const board: Board = {
    ...{ id, kind, spans, events },
    cards: () => pair.near.cards(),
    close: () => pair.near.close(),
    ...(tap === undefined ? {} : { tap }),
  };
  const lines = createLines({
    boards: [board],
    media,
    clock,
    tones,
    matchNumber,
    settings: () => ({
      spans: [],
      analog: [],
      trunkGroups: [],
      extensions: [{ number: "201", name: "Reception", port: { span: 1, position: 1 } }],
    }),
  });
  return { clock, media, lines, handset: openAnalog(pair.far, 1, 1) };
}

t.test("rung, joined, and closed when it is hung up", async (t) => {
  const opened: [number, TapWhat][] = [];
  let closed = 0;
  const { clock, media, lines, handset } = rig((channel, what) => {
    opened.push([channel, what]);
    return { audio: { kind: "pair", pair: "tap", side: "near", law: "alaw" }, close: () => closed++ };
  });
  const tapping = lines.tap("1/2", ask);
  await clock.advance(1000);
  t.strictSame(opened, [], "not before the telephone is lifted");
  handset.offHook();
  await clock.advance(100);
  await tapping;
  t.strictSame(opened, [[2, { direction: "both", beforeCanceller: false }]]);
  t.equal(media.portOf("tap", "near")?.connectedTo, media.portOf("sim/1/1", "near"));
  handset.onHook();
  await clock.advance(3000);
  t.equal(closed, 1);
  t.equal(media.openPorts.length, 0);
  t.equal(lines.list()[0]?.state, "idle");
  t.equal(clock.pending, 0);
});

t.test(
  "refused: simulated lines, no such line or telephone, nobody lifts it, the driver says no",
  async (t) => {
    await t.rejects(rig().lines.tap("1/2", ask), { code: "ERR_UNSUPPORTED" });
    const { clock, lines, handset, media } = rig(() => {
      throw new Error("no pseudo channel");
    });
    await t.rejects(lines.tap("9/9", ask), { code: "ERR_LINE_UNKNOWN" });
    await t.rejects(lines.tap("1/2", { ...ask, extension: "999" }), { code: "ERR_LINE_UNKNOWN" });
    const unanswered = lines.tap("1/2", ask);
    unanswered.catch(() => undefined);
    await clock.advance(31_000);
    await t.rejects(unanswered, { code: "ERR_PHONE_UNANSWERED" });
    const refused = lines.tap("1/2", ask);
    refused.catch(() => undefined);
    await clock.advance(100);
    handset.offHook();
    await clock.advance(100);
    await t.rejects(refused, { message: "no pseudo channel" });
    handset.onHook();
    await clock.advance(3000);
    t.equal(media.openPorts.length, 0);
  },
);
