// Hunting in a trunk group.
import t from "tap";
import fc from "fast-check";
import { freshHunt, hunt, remember, taken, type HuntMemory } from "../../src/lines/hunt.ts";
import type { LineInfo, LineState } from "../../src/lines/leg.ts";

type Order = Parameters<typeof hunt>[1]["order"];
const orders: readonly Order[] = [
  "first",
  "last",
  "round-robin",
  "round-robin-down",
  "least-used",
  "most-idle",
];

const line = (span: number, position: number, state: LineState = "idle"): LineInfo => ({
  id: `${span}/${position}`,
  kind: "isdn",
  span,
  position,
  channel: 1,
  name: "",
  state,
});

// Not in order, and 10 comes after 9.
const group = [line(2, 1), line(1, 10, "in-use"), line(1, 9), line(1, 2, "alarm"), line(2, 2, "blocked")];

const ask = (order: Order, reserve = 0) => ({ group: "g", order, reserve });
const after = (last?: string): HuntMemory => (last === undefined ? freshHunt : taken(freshHunt, "g", last));

t.test("each order takes the idle line next in it", (t) => {
  const rows: readonly (readonly [Order, string | undefined, string])[] = [
    ["first", undefined, "1/9"],
    ["last", undefined, "2/1"],
    ["round-robin", undefined, "1/9"],
    ["round-robin", "1/9", "2/1"],
    ["round-robin", "2/1", "1/9"],
    ["round-robin", "gone", "1/9"],
    ["round-robin-down", undefined, "2/1"],
    ["round-robin-down", "2/1", "1/9"],
    ["round-robin-down", "1/9", "2/1"],
    ["round-robin-down", "1/10", "1/9"],
  ];
  for (const [order, last, expected] of rows)
    t.equal(hunt(group, ask(order), after(last))?.id, expected, `${order} after ${last ?? "none"}`);
  t.end();
});

t.test("least used and most idle go by what was before", (t) => {
  let memory = freshHunt;
  const use = (id: string, from: number, to: number): void => {
    memory = remember(memory, { id, state: "in-use" }, "idle", from);
    memory = remember(memory, { id, state: "idle" }, "in-use", to);
  };
  use("1/9", 0, 100);
  use("1/9", 200, 300);
  use("2/1", 400, 500);
  t.equal(hunt(group, ask("least-used"), memory)?.id, "2/1", "used once, the other twice");
  t.equal(hunt(group, ask("most-idle"), memory)?.id, "1/9", "free since 300, the other since 500");
  t.equal(remember(memory, { id: "1/9", state: "idle" }, "idle", 9), memory, "nothing changed");
  t.equal(remember(memory, { id: "1/9", state: "alarm" }, "idle", 9), memory, "an alarm is no use");
  t.equal(hunt([line(3, 1), line(3, 2)], ask("least-used"), memory)?.id, "3/1", "new ones in their order");
  t.end();
});

t.test("each group remembers its own last line", (t) => {
  const memory = taken(taken(freshHunt, "g", "1/9"), "other", "2/1");
  t.equal(hunt(group, ask("round-robin"), memory)?.id, "2/1");
  t.equal(hunt(group, { ...ask("round-robin"), group: "other" }, memory)?.id, "1/9");
  t.end();
});

t.test("none when nothing is idle, or only what is reserved", (t) => {
  for (const order of orders) {
    t.equal(hunt([], ask(order), freshHunt), undefined);
    t.equal(hunt([line(1, 1, "in-use"), line(1, 2, "down")], ask(order), after("1/1")), undefined);
    t.equal(hunt(group, ask(order, 2), freshHunt), undefined, `${order}: both are reserved`);
    t.not(hunt(group, ask(order, 1), freshHunt), undefined, `${order}: one may be had`);
  }
  t.end();
});

t.test("whatever is remembered: an idle line when more than the reserve are idle, else none", (t) => {
  const state = fc.constantFrom<LineState>("idle", "in-use", "blocked", "alarm", "down");
  const property = fc.property(
    fc.array(state, { maxLength: 12 }),
    fc.constantFrom(...orders),
    fc.nat(4),
    fc.dictionary(fc.constantFrom("1/1", "1/2", "1/3"), fc.nat()),
    fc.option(fc.constantFrom("1/1", "1/5", "9/9"), { nil: undefined }),
    (states, order, reserve, numbers, last) => {
      const lines = states.map((one, i) => line(1, i + 1, one));
      const memory = { ...after(last), uses: numbers, freedAt: numbers };
      const found = hunt(lines, ask(order, reserve), memory);
      const idle = lines.filter((one) => one.state === "idle");
      return idle.length > reserve ? found !== undefined && idle.includes(found) : found === undefined;
    },
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
  t.end();
});
