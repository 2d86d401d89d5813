// Timeslots by the settings: given to the card before its lines are opened, taken back with the settings, refused aloud.
import t from "tap";
import type { BoardEvent } from "../../src/boards/board.ts";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import type { SpanSettings } from "../../src/config/settings.ts";
import { crossCheck } from "../../src/config/cross-check.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import { wantedUses } from "../../src/lines/assignment.ts";
import { createLines } from "../../src/lines/lines.ts";
import { createEmitter } from "../../src/shared/events.ts";
import { createLogger } from "../../src/shared/log.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { matchNumber, tones } from "./rig.ts";

type Slots = Pick<SpanSettings, "timeslots" | "dataTimeslot">;

t.test("timeslots as uses", (t) => {
  const pair = createSimulatedPair(
    { spans: [{ kind: "E1" }, { kind: "BRI" }] },
    { clock: createTestClock() },
  );
  const [primary, basic] = pair.near.spans;
  if (primary === undefined || basic === undefined) throw new Error("no spans");
  const used = (slots: Slots): string | undefined =>
    wantedUses(slots, primary)
      ?.flatMap((use, index) => (use === "unused" ? [] : [`${index + 1}${use === "data" ? "D" : ""}`]))
      .join(" ");
  t.equal(used({}), undefined, "left to the driver");
  t.equal(used({ dataTimeslot: 16 }), undefined);
  t.equal(used({ timeslots: "1-3,20" }), "1 2 3 16D 20");
  t.equal(used({ timeslots: "1-3", dataTimeslot: 31 }), "1 2 3 31D");
  t.equal(used({ dataTimeslot: 1 })?.split(" ").length, 31);
  t.match(used({ dataTimeslot: 1 }), /^1D 2 .* 16 /);
  t.equal(wantedUses({ timeslots: "1" }, basic), undefined, "a BRI has all of its own");
  t.end();
});

t.test("what is no list of timeslots is found before it is in force", (t) => {
  const wrong = ({ timeslots, dataTimeslot }: Slots): readonly string[] => {
    const office = demoOffice();
    const spans = office.spans.map((span, index) =>
      index > 0 ? span : { ...span, ...(timeslots && { timeslots }), ...(dataTimeslot && { dataTimeslot }) },
    );
    return crossCheck({ ...office, spans }).map(({ path, message }) => `${path} ${message}`);
  };
  t.same(wrong({ timeslots: "1-15,17-31" }), []);
  t.same(wrong({ timeslots: "1-16", dataTimeslot: 31 }), []);
  for (const timeslots of ["0-3", "5-2", "30-32"])
    t.match(wrong({ timeslots }), [/^\/spans\/0\/timeslots is no list of timeslots 1 to 31/], timeslots);
  t.match(wrong({ timeslots: "10-20" }), ["/spans/0/timeslots 16 is the timeslot of the D-channel"]);
  t.end();
});

t.test("the card has them before the lines are opened; they come and go with the settings", async (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "E1" }] }, { clock });
  let slots: Slots = { timeslots: "1-5" };
  const warnings: string[] = [];
  const lines = createLines({
    boards: [pair.near],
    media: createFakeMedia({ clock }),
    settings: () => ({
      spans: [{ span: 1, side: "user", tei: "fixed", overlap: false, ...slots }],
      ...{ analog: [], trunkGroups: [], extensions: [] },
    }),
    ...{ clock, tones, matchNumber },
    log: createLogger({ level: "warn", to: { write: (line) => void warnings.push(line) } }),
  });
  const told: string[] = [];
  lines.events.on((event) => event.type === "line" && told.push(event.line.id));
  const positions = (): string =>
    lines
      .list()
      .map(({ position }) => position)
      .join(" ");
  t.equal(positions(), "1 2 3 4 5");
  t.equal(lines.spans().length, 1);
  const rebuild = async (to: Slots): Promise<void> => {
    slots = to;
    const done = lines.rebuild(1);
    await clock.advance(5000);
    await done;
  };
  await rebuild({ timeslots: "2,17-18" });
  t.equal(positions(), "2 17 18");
  t.ok(told.includes("1/17"), "told");
  await rebuild({ timeslots: "2,17-18", dataTimeslot: 31 });
  t.equal(positions(), "2 17 18", "a simulated card has its D-channel in timeslot 16: as it was");
  t.match(warnings.join(""), "the card refuses these timeslots");
  await rebuild({});
  t.equal(lines.list().length, 30, "as usual again");
  const closing = lines.close();
  await clock.advance(5000);
  await closing;
});

t.test("a card that is pulled out: its lines are told down, then that the span is gone", async (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxs", "fxs"] }] }, { clock });
  const events = createEmitter<BoardEvent>();
  const { spans, ...board } = pair.near;
  const lines = createLines({
    boards: [{ ...board, spans, events, cards: () => board.cards(), close: () => board.close() }],
    media: createFakeMedia({ clock }),
    settings: () => ({ spans: [], analog: [], trunkGroups: [], extensions: [] }),
    ...{ clock, tones, matchNumber },
  });
  const told: string[] = [];
  lines.events.on((event) => {
    if (event.type === "line") told.push(`${event.line.id} ${event.line.state}`);
    if (event.type === "span-removed") told.push(`gone ${event.number}`);
    if (event.type === "span") told.push(`span ${event.span.number}`);
  });
  const [span] = spans;
  if (span === undefined) throw new Error("no span");
  events.emit({ type: "span-removed", span });
  await clock.advance(5000);
  t.strictSame(told.splice(0), ["1/1 down", "1/2 down", "gone 1"]);
  t.strictSame([lines.list(), lines.spans()], [[], []]);
  events.emit({ type: "span-added", span });
  t.strictSame(told, ["span 1", "1/1 idle", "1/2 idle"]);
  const closing = lines.close();
  await clock.advance(5000);
  await closing;
});
