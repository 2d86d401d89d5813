// How lines are driven by the settings: told to the card once, taken back with the settings, tested, and shown.
import t from "tap";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import type { LineConfig } from "../../src/boards/board.ts";
import type { SpanSettings } from "../../src/config/settings.ts";
import { wantedLine } from "../../src/lines/line-config.ts";
import { createLines } from "../../src/lines/lines.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { matchNumber, tones } from "./rig.ts";
import { usualE1 } from "../support/line-config.ts";

const plain: LineConfig = usualE1;

t.test("what is not said is as lines of that kind are", (t) => {
  const rows: readonly [
    kind: "E1" | "BRI" | "analog",
    side: SpanSettings["side"],
    lineConfig: SpanSettings["lineConfig"],
    line: LineConfig | undefined,
    clockRank: number,
  ][] = [
    ["E1", "user", undefined, undefined, 0],
    ["analog", "user", { framing: "ccs" }, undefined, 0],
    ["E1", "user", {}, plain, 1],
    ["E1", "network", {}, plain, 0],
    [
      "E1",
      "network",
      { clockRank: 3, crc4: "off", framing: "cas" },
      { ...plain, crc4: false, framing: "cas" },
      3,
    ],
    ["BRI", "user", {}, { ...plain, coding: "ami", crc4: false }, 1],
    [
      "BRI",
      "network",
      { termination: true, crc4: "on" },
      { ...plain, coding: "ami", crc4: false, network: true, termination: true },
      0,
    ],
    [
      "E1",
      "user",
      { coding: "ami", lineBuildOut: 2, alarmWhenClosed: true },
      { ...plain, coding: "ami", lineBuildOut: 2, alarmWhenClosed: true },
      1,
    ],
  ];
  for (const [kind, side, lineConfig, line, clockRank] of rows) {
    const found = wantedLine({ side, ...(lineConfig && { lineConfig }) }, kind);
    t.strictSame(found?.line, line, `${kind} ${side} ${JSON.stringify(lineConfig)}`);
    t.equal(found?.clockRank ?? 0, clockRank);
  }
  t.end();
});

t.test("the card is told once, told anew when the settings change, and told back what it had", async (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair(
    { spans: [{ kind: "E1" }, { kind: "analog", ports: ["fxs"] }] },
    { clock },
  );
  const [span, analog] = pair.near.spans;
  if (span === undefined || analog === undefined) throw new Error("no span");
  const told: string[] = [];
  let refuses = false;
  const watched = {
    ...span,
    status: () => span.status(),
    configure(line: LineConfig, clockRank: number) {
      if (refuses) throw new CallboxError("ERR_DRIVER");
      told.push(`${line.framing} ${line.crc4 ? "crc4" : "-"} ${clockRank}`);
      span.configure(line, clockRank);
    },
  };
  span.configure({ ...plain, crc4: false }, 1);
  let lineConfig: SpanSettings["lineConfig"];
  let overlap = false;
  const lines = createLines({
    boards: [{ ...pair.near, spans: [watched, analog] }],
    media: createFakeMedia({ clock }),
    settings: () => ({
      spans: [
        { span: 1, side: "user", tei: "fixed", overlap, ...(lineConfig && { lineConfig }) },
        { span: 2, side: "user", tei: "fixed", overlap: false, lineConfig: {} },
      ],
      analog: [],
      trunkGroups: [],
      extensions: [],
    }),
    clock,
    tones,
    matchNumber,
  });
  const rebuild = async (): Promise<void> => {
    const done = lines.rebuild(1);
    await clock.advance(5000);
    await done;
  };
  const shown = () => lines.spans().find(({ number }) => number === 1)?.line;
  t.strictSame(told, [], "settings that say nothing leave the line as it is");
  t.strictSame(shown(), { ...plain, crc4: false });

  lineConfig = {};
  await rebuild();
  t.strictSame(told.splice(0), ["ccs crc4 1"]);
  t.strictSame(shown(), plain);
  overlap = true;
  await rebuild();
  t.strictSame(told, [], "another change of the span does not disturb its line");

  lineConfig = { framing: "cas", clockRank: 0 };
  await rebuild();
  t.strictSame(told.splice(0), ["cas crc4 0"]);
  const check = async (): Promise<unknown> => {
    const test = lines.test({ span: 1 });
    await clock.advance(60_000);
    return (await test).tested.flatMap(({ checks }) => checks).find((each) => each.check === "line-config")
      ?.result;
  };
  t.equal(await check(), "passed");

  refuses = true;
  lineConfig = { framing: "ccs" };
  await rebuild();
  t.strictSame(shown()?.framing, "cas", "the card refused");
  t.equal(await check(), "failed");
  refuses = false;
  await rebuild();
  t.strictSame(told.splice(0), ["ccs crc4 1"], "told again");

  lineConfig = undefined;
  await rebuild();
  t.strictSame(told.splice(0), ["ccs - 1"], "as it was before the settings said anything");
  t.equal(await check(), undefined, "and nothing to test");
  const closing = lines.close();
  await clock.advance(5000);
  await closing;
});
