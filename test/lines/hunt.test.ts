// Hunting in a trunk group.
import t from "tap";
import { hunt } from "../../src/lines/hunt.ts";
import type { LineInfo, LineState } from "../../src/lines/leg.ts";

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

t.test("first, last and round-robin take the idle line next in their order", (t) => {
  const id = (order: "first" | "last" | "round-robin", last?: string) => hunt(group, order, last)?.id;
  t.equal(id("first"), "1/9");
  t.equal(id("last"), "2/1");
  t.equal(id("round-robin"), "1/9");
  t.equal(id("round-robin", "1/9"), "2/1");
  t.equal(id("round-robin", "2/1"), "1/9");
  t.equal(id("round-robin", "gone"), "1/9");
  t.end();
});

t.test("none when nothing is idle", (t) => {
  for (const order of ["first", "last", "round-robin"] as const) {
    t.equal(hunt([], order, undefined), undefined);
    t.equal(hunt([line(1, 1, "in-use"), line(1, 2, "down")], order, "1/1"), undefined);
  }
  t.end();
});
