// What was dialled today: a fold over the journal. A restart forgets nothing, midnight forgets all.
import fc from "fast-check";
import t from "tap";
import { checkSettings } from "../../src/config/read.ts";
import { createLedger } from "../../src/routing/ledger.ts";
import { freshUsage, takeUsage, usedBy, type UsageState } from "../../src/routing/usage.ts";
import { dated, type JournalEntry, type JournalEvent } from "../../src/shared/journal.ts";
import { createTestClock } from "../support/test-clock.ts";

const zone = "Asia/Shanghai";
/** Midnight in Shanghai. */
const midnight = Date.UTC(2027, 0, 5, 16);
const minute = 60_000;

const added = (leg: string, more: object = {}): JournalEntry => ({
  type: "leg.added",
  call: `call of ${leg}`,
  leg,
  role: "called",
  direction: "out",
  line: "1/1",
  number: "1",
  group: "city",
  class: "local",
  payer: "201",
  ...more,
});
const connected = (leg: string): JournalEntry => ({
  type: "leg.state",
  call: `call of ${leg}`,
  leg,
  state: "connected",
});
const ended = (leg: string): JournalEntry => ({
  type: "leg.ended",
  call: `call of ${leg}`,
  leg,
  cause: 16,
  by: "remote",
});

/** Minutes after midnight, and what happened then. */
function fold(events: readonly (readonly [number, JournalEntry])[]): UsageState {
  return events.reduce(
    (state, [at, entry]) => takeUsage(state, dated<JournalEntry>(entry, midnight + at * minute), zone),
    freshUsage,
  );
}
const used = (state: UsageState, scope: string, at: number) =>
  usedBy(state, scope, midnight + at * minute, zone);

t.test("calls, and minutes from the answer on", (t) => {
  const state = fold([
    [10, added("a")],
    [11, connected("a")],
    [12, added("b", { class: "international", payer: undefined })],
    [13, connected("a")],
    [15, ended("a")],
    [15, ended("a")],
  ]);
  t.same(used(state, "extension:201", 20), { concurrent: 0, calls: 1, ms: 4 * minute });
  t.same(used(state, "costly", 20), { concurrent: 1, calls: 1, ms: 0 });
  t.same(used(state, "box", 20), { concurrent: 1, calls: 2, ms: 4 * minute });
  t.same(used(state, "group:city", 20), { concurrent: 1, calls: 2, ms: 4 * minute });
  t.same(used(state, "group:bri", 20), { concurrent: 0, calls: 0, ms: 0 });
  t.end();
});

t.test("phones, emergency calls and legs unheard of count nothing", (t) => {
  const state = fold([
    [1, added("phone", { class: undefined, group: undefined })],
    [1, added("help", { class: "emergency" })],
    [2, connected("help")],
    [3, ended("nobody")],
    [3, connected("nobody")],
  ]);
  t.equal(state, freshUsage);
  t.end();
});

t.test("midnight: counts begin again, a conversation counts from then on", (t) => {
  const state = fold([
    [-20, added("a")],
    [-10, connected("a")],
  ]);
  t.same(used(state, "box", -5), { concurrent: 1, calls: 1, ms: 5 * minute });
  t.same(used(state, "box", 5), { concurrent: 1, calls: 0, ms: 5 * minute });
  const over = fold([
    [-20, added("a")],
    [-10, connected("a")],
    [3, ended("a")],
  ]);
  t.same(used(over, "box", 5), { concurrent: 0, calls: 0, ms: 3 * minute });
  t.end();
});

t.test("a call that a restart cut off has ended", (t) => {
  const state = fold([
    [1, added("a")],
    [2, connected("a")],
    [5, { type: "call.ended", call: "call of a", cause: 41, by: "fault" }],
  ]);
  t.same(used(state, "box", 60), { concurrent: 0, calls: 1, ms: 3 * minute });
  t.end();
});

t.test(
  "whatever the journal says in whatever order: never less than nothing, plain JSON, closed when ended",
  (t) => {
    const leg = fc.constantFrom("a", "b", "c");
    const anyEntry = fc.oneof(
      fc
        .tuple(leg, fc.constantFrom("local", "international", "emergency", undefined))
        .map(([one, dialClass]) => added(one, { class: dialClass })),
      leg.map(connected),
      leg.map(ended),
    );
    const property = fc.property(
      fc.array(fc.tuple(fc.integer({ min: -3000, max: 3000 }), anyEntry), { maxLength: 40 }),
      (events) => {
        const state = fold([...events, ...["a", "b", "c"].map((one) => [3001, ended(one)] as const)]);
        const all = ["box", "costly", "extension:201", "group:city"].map((scope) => used(state, scope, 3002));
        return (
          JSON.stringify(JSON.parse(JSON.stringify(state))) === JSON.stringify(state) &&
          all.every(({ concurrent, calls, ms }) => concurrent === 0 && calls >= 0 && ms >= 0)
        );
      },
    );
    t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }));
    t.end();
  },
);

t.test("calls are ended when their minutes are used up: two use up twice as fast", async (t) => {
  const clock = createTestClock();
  const settings = checkSettings(
    {
      version: 1,
      appliance: { timeZone: "UTC" },
      extensions: [{ number: "201", name: "X", limits: { minutesPerDay: 10 } }],
    },
    "test",
  );
  const note = (entry: JournalEntry): JournalEvent => dated<JournalEntry>(entry, clock.now());
  const history = [note(added("before")), note(connected("before"))];
  await clock.advance(2 * minute);
  history.push(note(ended("before")));
  const over: string[] = [];
  const ledger = createLedger({
    clock,
    settings: () => settings,
    history,
    end(call, scope) {
      over.push(`${call} ${scope}`);
      ledger.take(note(ended(call.replace("call of ", ""))));
    },
  });
  t.equal(ledger.used({ scope: "extension", name: "201" }).ms, 2 * minute, "as before the restart");
  for (const leg of ["a", "b"]) {
    ledger.take(note(added(leg)));
    ledger.take(note(connected(leg)));
  }
  await clock.advance(4 * minute - 1);
  t.same(over, []);
  await clock.advance(1001);
  t.same(over, ["call of a extension:201", "call of b extension:201"]);
  t.equal(clock.pending, 0, "nothing is watched any more");
  ledger.take(note(added("c", { payer: "202" })));
  ledger.take(note(connected("c")));
  t.equal(clock.pending, 0, "no limit, no timer");
  ledger.close();
});
