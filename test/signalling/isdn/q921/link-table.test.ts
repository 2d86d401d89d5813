// The data-link machine against the rows of Q.921's figures, and against the pairs where nothing may happen.
import t from "tap";
import { nextLink } from "../../../../src/signalling/isdn/q921/link-table.ts";
import { createLink, type LinkState } from "../../../../src/signalling/isdn/q921/link.ts";
import { linkRows, quiet } from "./link-rows.ts";
import { readInput, writeEffect } from "./notation.ts";

const options = { sapi: 0, n200: 3, window: 7 };

t.test("every row of the table", (t) => {
  for (const [clause, before, input, changes, effects] of linkRows) {
    const from: LinkState = { ...createLink(0), ...before };
    const step = nextLink(from, readInput(input), options);
    const name = `state ${before.state}: ${input} (Q.921 ${clause})`;
    t.strictSame(step.state, { ...from, ...changes }, name);
    t.strictSame(step.effects.map(writeEffect), effects, `${name}: effects`);
  }
  t.comment(`${linkRows.length} rows`);
  t.end();
});

t.test("where nothing may happen, nothing does", (t) => {
  for (const [number, inputs] of Object.entries(quiet)) {
    const state = Number(number) as LinkState["state"];
    for (const input of inputs) {
      const from: LinkState = {
        ...createLink(0),
        state,
        tei: state < 4 ? -1 : 0,
        t200: [5, 6, 8].includes(state),
      };
      const step = nextLink(from, readInput(input), options);
      t.strictSame(step.state, from, `state ${state}: ${input}`);
      t.strictSame(step.effects, [], `state ${state}: ${input}: effects`);
    }
  }
  t.end();
});

t.test("window 1 (BRI): one I frame at a time", (t) => {
  const narrow = { ...options, window: 1 };
  const first = nextLink({ ...createLink(0), state: 7 }, readInput("DL-DATA-request 1"), narrow);
  const second = nextLink(first.state, readInput("DL-DATA-request 2"), narrow);
  t.same(second.effects, []);
  const third = nextLink(second.state, readInput("RR! 1"), narrow);
  t.same(third.effects.map(writeEffect), ["stop T200", "start T203", "I 1/0", "stop T203", "start T200"]);
  t.end();
});
