// Which calls are recorded, by the table, and how big a share is.
import fc from "fast-check";
import t from "tap";
import { checkSettings } from "../../src/config/read.ts";
import { begin } from "../../src/calls/machine.ts";
import type { CallState, LegFacts } from "../../src/calls/state.ts";
import { recordingWanted, type Wanted } from "../../src/recording/rules.ts";

type Rule = "always" | "share" | "on-demand" | "never" | undefined;

const leg = (id: string, more: Partial<LegFacts>): LegFacts => ({
  id,
  role: "called",
  direction: "out",
  line: "1/1",
  kind: "isdn",
  number: "1",
  state: "connected",
  ...more,
});

/** A caller by the group city who speaks with extension 201. */
function callOf(id: string, role: "called" | "agent" = "called"): CallState {
  const caller = leg("A", { role: "caller", direction: "in", group: "city" });
  const { state } = begin(
    {
      id,
      direction: "in",
      answering: "at-once",
      caller: { number: "1" },
      called: "2",
      leg: caller,
    },
    0,
  );
  const seat = leg("B", { role, kind: "fxs", extension: "201" });
  return { ...state, legs: { A: caller, B: seat }, talk: ["A", "B"] };
}

const settings = (calls: string, group: Rule, seat: Rule, sharePercent = 10) =>
  checkSettings(
    {
      recording: { calls, sharePercent },
      trunkGroups: [
        {
          id: "city",
          name: "City",
          incoming: { extension: "201" },
          ...(group === undefined ? {} : { recording: group }),
        },
      ],
      extensions: [{ number: "201", name: "One", ...(seat === undefined ? {} : { recording: seat }) }],
    },
    "test",
  );

t.test("what is said of trunk and seat goes before what holds for all", (t) => {
  const rows: readonly [string, Rule, Rule, Wanted][] = [
    ["all", undefined, undefined, "record"],
    ["none", undefined, undefined, "never"],
    ["on-demand", undefined, undefined, "on-demand"],
    ["queue", undefined, undefined, "on-demand"],
    ["all", "never", undefined, "never"],
    ["all", undefined, "never", "never"],
    ["none", "always", undefined, "record"],
    ["none", undefined, "always", "record"],
    ["none", "always", "never", "never"],
    ["none", "never", "always", "never"],
    ["none", "on-demand", undefined, "on-demand"],
    ["none", "always", "on-demand", "record"],
    ["all", "on-demand", undefined, "on-demand"],
  ];
  for (const [calls, group, seat, wanted] of rows)
    t.equal(recordingWanted(callOf("C1"), settings(calls, group, seat)), wanted, `${calls} ${group} ${seat}`);
  t.equal(recordingWanted(callOf("C1", "agent"), settings("queue", undefined, undefined)), "record");
  t.equal(
    recordingWanted({ ...callOf("C1", "agent"), talk: null }, settings("queue", undefined, "always")),
    "on-demand",
    "whoever is not heard does not count",
  );
  t.end();
});

t.test(
  "a share is what it says, call by call the same, and a greater one has the smaller one's calls in it",
  (t) => {
    const ids = Array.from(
      { length: 20_000 },
      (_, i) => `01JD${i.toString(32).toUpperCase().padStart(22, "0")}`,
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (percent) => {
        const exact = settings("share", undefined, undefined, percent);
        const chosen = ids.filter((id) => recordingWanted(callOf(id), exact) === "record");
        const share = (100 * chosen.length) / ids.length;
        // Four standard deviations of 20,000 throws.
        const spread = 400 * Math.sqrt(((percent / 100) * (1 - percent / 100)) / ids.length);
        t.ok(Math.abs(share - percent) <= Math.max(0.1, spread), `${percent} %: ${share}`);
        const more = settings("share", undefined, undefined, Math.min(100, percent + 5));
        t.ok(chosen.every((id) => recordingWanted(callOf(id), more) === "record"));
      }),
      { numRuns: 4 },
    );
    t.end();
  },
);
