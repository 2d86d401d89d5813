// The data-link machine against the rows of Q.921's figures, on both sides of the line, and no pair of state and
// input without a row or a word that nothing happens.
import t from "tap";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type Side,
} from "../../../../src/signalling/isdn/q921/frame.ts";
import { nextLink } from "../../../../src/signalling/isdn/q921/link-table.ts";
import { createLink, type LinkInput, type LinkState } from "../../../../src/signalling/isdn/q921/link.ts";
import { inputKinds, kindOf } from "./link-inputs.ts";
import { quiet } from "./link-quiet.ts";
import { establishedRows } from "./link-rows-established.ts";
import { recoveryRows } from "./link-rows-recovery.ts";
import { unestablishedRows } from "./link-rows.ts";
import { readInput, writeEffect } from "./notation.ts";

const options = { sapi: 0, n200: 3, window: 7 };
const rows = [...unestablishedRows, ...establishedRows, ...recoveryRows];
const states = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** A frame as this side of the line hears it: written by the other. */
function heard(input: LinkInput, side: Side): LinkInput {
  if (!("sapi" in input)) return input;
  const frame = decodeFrame(encodeFrame(input, side === "user" ? "network" : "user"), side);
  if (frame.type === "invalid") throw new Error(`${input.type} cannot be read back`);
  return frame;
}

function quietLink(state: LinkState["state"]): LinkState {
  return { ...createLink(0), state, tei: state < 4 ? -1 : 0, t200: [5, 6, 8].includes(state) };
}

for (const side of ["user", "network"] as const) {
  t.test(`every row of the table, ${side} side`, (t) => {
    for (const [clause, before, input, changes, effects] of rows) {
      const from: LinkState = { ...createLink(0), ...before };
      const step = nextLink(from, heard(readInput(input), side), options);
      const name = `state ${before.state}: ${input} (Q.921 ${clause})`;
      t.strictSame(step.state, { ...from, ...changes }, name);
      t.strictSame(step.effects.map(writeEffect), effects, `${name}: effects`);
      const frames: readonly Frame[] = step.effects.flatMap((each) =>
        each.type === "frame" ? [each.frame] : [],
      );
      const tei = step.state.tei === -1 ? from.tei : step.state.tei;
      t.ok(
        frames.every((frame) => frame.tei === tei),
        `${name}: by the link's TEI (§5.2.2, §3.3.4)`,
      );
    }
    t.comment(`${rows.length} rows`);
    t.end();
  });

  t.test(`where nothing may happen, nothing does, ${side} side`, (t) => {
    for (const state of states) {
      for (const [clause, inputs] of quiet[state]) {
        for (const input of inputs) {
          const from = quietLink(state);
          const step = nextLink(from, heard(readInput(input), side), options);
          t.strictSame(step.state, from, `state ${state}: ${input} (Q.921 ${clause})`);
          t.strictSame(step.effects, [], `state ${state}: ${input}: effects`);
        }
      }
    }
    t.end();
  });
}

t.test("no pair of state and input is left out", (t) => {
  const rowKinds = rows.map(([, before, input]) => ({
    state: before.state,
    kind: kindOf(input, { ...createLink(0), ...before }),
  }));
  const quietKinds = states.flatMap((state) =>
    quiet[state].flatMap(([, inputs]) =>
      inputs.map((input) => ({ state, kind: kindOf(input, createLink(0)) })),
    ),
  );
  const listed = new Set([...rowKinds, ...quietKinds].map(({ state, kind }) => `${state}: ${kind}`));
  const pairs = states.flatMap((state) => inputKinds.map((kind) => `${state}: ${kind}`));
  t.strictSame(
    pairs.filter((pair) => !listed.has(pair)),
    [],
    "pairs without a row",
  );
  t.strictSame(
    [...listed].filter((pair) => !pairs.includes(pair)),
    [],
    "rows of no known kind",
  );
  t.equal(new Set(pairs).size, pairs.length);
  t.comment(
    `${pairs.length} pairs of state and input: ${rows.length} rows, ${quietKinds.length} where nothing happens`,
  );
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
