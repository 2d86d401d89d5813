// The bit error test: nought on a good channel, those that are made on a bad one, and no pattern where there is none.
import t from "tap";
import { engineFor, pair, pass } from "./support.ts";

t.test("the same test at both ends of a good channel: the pattern, and no error", async (t) => {
  for (const law of ["alaw", "ulaw"] as const) {
    const engine = engineFor(t);
    const [near, far] = [engine.open(pair("1", "near", law)), engine.open(pair("1", "far", law))];
    const tests = [near.testBits(), far.testBits()];
    await pass(engine.openStream(), 2300);
    for (const test of tests) {
      const { bits, ...rest } = test.read();
      t.ok(bits > 2 * 64_000 && bits < 2.5 * 64_000, `${law}: ${bits} bits`);
      t.match(rest, { errors: 0, losses: 0, erroredSeconds: 0, locked: true }, law);
    }
    for (const test of tests) test.stop();
    await near.close();
    t.match(tests[0]?.read(), { errors: 0 }, "the last counts stay");
  }
});

t.test("a far end that sends bits wrong: each one is found", async (t) => {
  const engine = engineFor(t);
  await Promise.all(
    [10_000, 1000, 100].map(async (errorEvery) => {
      const name = `${errorEvery}`;
      const [near, far] = [engine.open(pair(name, "near")), engine.open(pair(name, "far"))];
      far.testBits({ errorEvery });
      const test = near.testBits();
      await pass(engine.openStream(), 5000);
      const { bits, errors, losses, locked, erroredSeconds } = test.read();
      t.ok(bits > 4 * 64_000, `${bits} bits`);
      t.match({ losses, locked }, { losses: 0, locked: true });
      t.ok(
        Math.abs(errors - bits / errorEvery) <= 1,
        `${errors} errors in ${bits} bits, one in ${errorEvery}`,
      );
      t.ok(erroredSeconds >= 3, `${erroredSeconds} errored seconds`);
    }),
  );
});

t.test("no signal, a tone, and a pattern that goes away", async (t) => {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  const silent = near.testBits();
  await pass(engine.openStream(), 500);
  t.match(silent.read(), { bits: 0, locked: false }, "silence is no pattern");
  const there = far.testBits();
  await pass(engine.openStream(), 500);
  t.match(silent.read(), { errors: 0, locked: true });
  there.stop();
  await pass(engine.openStream(), 500);
  const { losses, locked } = silent.read();
  t.match({ losses, locked }, { losses: 1, locked: false });
  const fresh = near.testBits();
  t.match(fresh.read(), { bits: 0, losses: 0 }, "a new one counts anew");
});
