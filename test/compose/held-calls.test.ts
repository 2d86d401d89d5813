// What a run writes down of its calls, and what the next one finds of it.
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { KeptCall } from "../../src/calls/go-on.ts";
import { openHeldCalls } from "../../src/compose/held-calls.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { temporaryFolder } from "../support/folder.ts";
import { createTestClock } from "../support/test-clock.ts";

const call = (id: string, priority = 0): KeptCall =>
  ({ state: { id }, legs: [], priority }) as unknown as KeptCall;
const names = (calls: readonly KeptCall[]): readonly string[] =>
  calls.map(({ state, priority }) => `${state.id} ${priority}`);

function rig() {
  const path = join(temporaryFolder("held"), "calls.held");
  const clock = createTestClock();
  return { path, clock, open: (boot = "b1") => openHeldCalls({ path, clock, log: silentLogger, boot }) };
}

t.test("the last word on each call counts, and a torn line is none", (t) => {
  const { path, open } = rig();
  const first = open();
  t.same(first.earlier, []);
  first.keep("a", call("a"));
  first.keep("b", call("b"));
  first.keep("a", call("a", 5));
  first.keep("b", undefined);
  first.keep("c", call("c"));
  first.keep("never", undefined);
  appendFileSync(path, '{"call":"d","kept":{"sta');
  t.same(names(open().earlier), ["a 5", "c 0"]);
  t.equal(statSync(path).mode & 0o077, 0, "nobody else may read it");
  t.end();
});

t.test("after a power cut nothing is held", (t) => {
  const { open } = rig();
  open().keep("a", call("a"));
  t.same(open("b2").earlier, []);
  t.end();
});

t.test("a program that dies again and again leaves its calls alone at last", async (t) => {
  const { clock, open } = rig();
  const dies = (runs?: string): readonly string[] => {
    const held = open();
    if (runs !== undefined) held.keep(runs, call(runs));
    held.close();
    return names(held.earlier);
  };
  dies("a");
  for (const round of [1, 2, 3]) t.same(dies(), ["a 0"], `start ${round}`);
  t.same(dies(), [], "the fourth within the time");

  dies("a");
  dies();
  dies();
  const lasts = open();
  await clock.advance(30_000);
  lasts.close();
  for (const round of [1, 2, 3]) t.same(dies(), ["a 0"], `start ${round} after a run that lasted`);
});

t.test("the file does not grow for ever", (t) => {
  const { path, open } = rig();
  const held = open();
  for (let i = 0; i < 30_000; i++) held.keep("a", call("a", i));
  t.ok(readFileSync(path).length < 1_100_000);
  held.close();
  t.same(names(open().earlier), ["a 29999"]);
  t.end();
});

t.test("a file that cannot be written costs no call", (t) => {
  const held = openHeldCalls({
    path: "/proc/no/calls.held",
    clock: createTestClock(),
    log: silentLogger,
    boot: "b",
  });
  t.doesNotThrow(() => held.keep("a", call("a")));
  held.close();
  t.end();
});
