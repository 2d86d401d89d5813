// Each strategy against the slow reference, a thousand offers at least; and what those that draw lots come to.
import fc from "fast-check";
import t from "tap";
import { chance, choose } from "../../src/acd/choose.ts";
import { step } from "../../src/acd/decide.ts";
import { noNeeds } from "../../src/acd/needs.ts";
import { strategyIds, strategyOf } from "../../src/acd/strategies/index.ts";
import { emptyState } from "../../src/acd/state.ts";
import { Queue } from "../../src/config/settings.ts";
import { history, officeOf, run } from "./histories.ts";
import { sales } from "./office.ts";

for (const id of strategyIds)
  t.test(`${id}: the same choice as the slow reference`, (t) => {
    let offers = 0;
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(officeOf([id]), history, (settings, told) => {
          offers += run(settings, told).offers;
        }),
        { numRuns: 700 },
      ),
    );
    t.ok(offers >= 1000, `${offers} offers`);
    t.end();
  });

t.test("lots are drawn by weight, and the same journal draws the same", (t) => {
  for (const [strategy, weights, shares] of [
    ["random", [1, 1, 1, 1], [0.25, 0.25, 0.25, 0.25]],
    ["random", [9, 1, 1, 1], [0.25, 0.25, 0.25, 0.25]],
    ["weighted-random", [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]],
  ] as const) {
    let { state } = step(emptyState, {
      type: "configure",
      queues: [{ ...sales, strategy }],
      agents: weights.map((weight, i) => ({ number: `30${i}`, name: "", queues: ["sales"], weight })),
      at: 0,
    });
    for (const i of weights.keys())
      state = step(state, {
        type: "log-in",
        agent: `30${i}`,
        extension: `20${i}`,
        phone: "free",
        by: "x",
        at: 0,
      }).state;
    const drawn = [0, 0, 0, 0];
    const times = 20_000;
    const draw = (order: number): number => {
      const queue = state.queues["sales"];
      const chosen = queue && choose({ ...state, order }, queue, noNeeds);
      return Number(chosen?.agent.slice(-1));
    };
    for (let order = 0; order < times; order++) {
      const who = draw(order);
      drawn[who] = (drawn[who] ?? 0) + 1;
    }
    for (const [i, share] of shares.entries())
      t.ok(Math.abs((drawn[i] ?? 0) / times - share) < 0.015, `${strategy}: ${drawn[i]} of ${times}`);
    t.equal(draw(77), draw(77));
  }
  const sum = Array.from({ length: 10_000 }, (_, i) => chance(i)).reduce((a, b) => a + b, 0);
  t.ok(Math.abs(sum / 10_000 - 0.5) < 0.01, "chance is even");
  t.end();
});

t.test("the settings offer the strategies that there are", (t) => {
  const offered = (Queue.properties.strategy as unknown as { readonly enum: readonly string[] }).enum;
  t.same([...offered].sort(), [...strategyIds].sort());
  t.end();
});

t.test("a journal of another version may name a strategy that there is not", (t) => {
  t.equal(strategyOf("who-knows").id, "longest-idle");
  t.end();
});
