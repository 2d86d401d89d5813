// Erlang's formulas against tables, against the chain that they solve, and against each other; what-if against them.
import t from "tap";
import { erlangA, erlangB, erlangC, neededFor } from "../../src/reports/erlang.ts";
import { createHeap } from "../../src/reports/heap.ts";
import type { Change } from "../../src/reports/what-if-ask.ts";
import { whatIf } from "../../src/reports/what-if.ts";
import { createDice } from "../support/dice.ts";
import { monthBegan, monthOf, type Month } from "./month.ts";

const near = (is: number, expected: number, off: number): boolean => Math.abs(is - expected) <= off;

t.test("Erlang B and C as the tables have them", (t) => {
  // Offered erlangs, servers, B, C.
  for (const [offered, servers, b, c] of [
    [1, 1, 0.5, 1],
    [5, 5, 0.2849, 1],
    [10, 10, 0.2146, 1],
    [10, 12, 0.1197, 0.4494],
    [10, 14, 0.0568, 0.1741],
  ] as const) {
    t.ok(
      near(erlangB(servers, offered), b, 0.0001),
      `B(${servers}, ${offered}) ${erlangB(servers, offered)}`,
    );
    const { waits } = erlangC(servers, { rate: offered / 180_000, handlingMs: 180_000 }, 20_000);
    t.ok(near(waits, c, 0.0001), `C(${servers}, ${offered}) ${waits}`);
  }
  for (const [offered, servers] of [
    [0.1, 3],
    [20, 25],
    [100, 110],
  ] as const) {
    // As the formula is written: a^n/n! over the sum of a^k/k!, each term from the one before.
    const terms = [1];
    for (let k = 1; k <= servers; k++) terms.push(((terms[k - 1] ?? 0) * offered) / k);
    const sum = terms.reduce((all, term) => all + term, 0);
    t.ok(near(erlangB(servers, offered), (terms.at(-1) ?? 0) / sum, 1e-12), `B(${servers}, ${offered})`);
  }
  const twelve = erlangC(12, { rate: 10 / 180_000, handlingMs: 180_000 }, 20_000);
  t.ok(near(twelve.serviceLevel, 0.6402, 0.0002), `${twelve.serviceLevel}`);
  t.ok(near(twelve.averageWaitMs, 40_446, 10), `${twelve.averageWaitMs}`);
  t.end();
});

/** Share who give up, from the stationary distribution of the chain of birth and death. */
function abandonOf(agents: number, rate: number, handlingMs: number, patienceMs: number): number {
  let [weight, sum, queue] = [1, 1, 0];
  for (let k = 1; k < agents + 4000 && weight > 1e-300; k++) {
    weight *= rate / (Math.min(k, agents) / handlingMs + Math.max(0, k - agents) / patienceMs);
    sum += weight;
    queue += weight * Math.max(0, k - agents);
  }
  return queue / sum / patienceMs / rate;
}

t.test("Erlang A is what the chain has, and Erlang C where patience has no end", (t) => {
  for (const [agents, offered] of [
    [1, 0.5],
    [1, 3],
    [10, 8],
    [10, 10],
    [10, 16],
    [50, 48],
    [200, 210],
  ] as const)
    for (const patienceMs of [20_000, 120_000, 600_000]) {
      const load = { rate: offered / 180_000, handlingMs: 180_000 };
      const made = erlangA(agents, load, patienceMs, 20_000);
      const chain = abandonOf(agents, load.rate, load.handlingMs, patienceMs);
      t.ok(
        near(made.abandon, chain, 1e-6),
        `${agents} agents, ${offered} erlangs, ${patienceMs}: ${made.abandon} ${chain}`,
      );
      t.ok(made.serviceLevel >= 0 && made.serviceLevel <= 1 - made.abandon + 1e-9);
    }
  const load = { rate: 10 / 180_000, handlingMs: 180_000 };
  const [a, c] = [erlangA(12, load, 1e9, 20_000), erlangC(12, load, 20_000)];
  t.ok(near(a.serviceLevel, c.serviceLevel, 1e-3), `${a.serviceLevel} ${c.serviceLevel}`);
  t.equal(
    neededFor(0.8, (agents) => erlangC(agents, load, 20_000)),
    14,
  );
  t.ok(neededFor(0.8, (agents) => erlangA(agents, load, 120_000, 20_000)) < 14, "fewer, where some give up");
  t.end();
});

t.test("a heap gives what is due soonest, and of the same moment what came first", (t) => {
  const random = createDice(1);
  const heap = createHeap<number>();
  const all = Array.from({ length: 500 }, (_, i) => ({ at: Math.floor(random() * 50), i }));
  for (const { at, i } of all) heap.add(at, i);
  const sorted = all.toSorted((a, b) => a.at - b.at || a.i - b.i);
  for (const { at, i } of sorted) {
    t.equal(heap.first(), at);
    t.equal(heap.take(), i);
  }
  t.equal(heap.take(), undefined);
  t.end();
});

const ask = (month: Month, change: Change = {}) => ({
  from: monthBegan,
  to: monthBegan + month.calls * month.everyMs * 1.2,
  timeZone: "UTC",
  thresholdMs: { sales: 20_000 },
  shortMs: 0,
  change,
});

t.test("replayed as it was, the month is as Erlang says; with one agent more too", (t) => {
  const month: Month = { calls: 20_000, agents: 12, everyMs: 18_000, talkMs: 180_000, patienceMs: Infinity };
  const journal = monthOf(month);
  const [row] = whatIf(journal, ask(month, { more: { "301": 1 } })).rows as readonly Record<string, number>[];
  const load = { rate: 1 / month.everyMs, handlingMs: month.talkMs };
  const [twelve, thirteen] = [12, 13].map((agents) => erlangC(agents, load, 20_000));
  t.comment(JSON.stringify(row));
  t.equal(row?.["offered"], 20_000);
  t.ok(near(row?.["levelWas"] ?? 0, twelve?.serviceLevel ?? 0, 0.03), `as it was ${twelve?.serviceLevel}`);
  t.ok(
    near(row?.["levelBase"] ?? 0, row?.["levelWas"] ?? 1, 0.002),
    "the same callers, the same agents: the same",
  );
  t.ok(
    near(row?.["levelChanged"] ?? 0, thirteen?.serviceLevel ?? 0, 0.03),
    `one more ${thirteen?.serviceLevel}`,
  );
  t.ok(near(row?.["waitChangedMs"] ?? 0, thirteen?.averageWaitMs ?? 0, 3000), `${thirteen?.averageWaitMs}`);
  const { levelLow = 0, levelDifference = 0, levelHigh = 0 } = row ?? {};
  t.ok(levelLow < levelDifference && levelDifference < levelHigh && levelLow > 0, "better, for sure");
  t.end();
});

t.test("where callers give up: as Erlang A says, with two agents less", (t) => {
  const month: Month = { calls: 20_000, agents: 12, everyMs: 18_000, talkMs: 180_000, patienceMs: 90_000 };
  const [row] = whatIf(monthOf(month), ask(month, { without: ["301", "302"] })).rows as readonly Record<
    string,
    number
  >[];
  const load = { rate: 1 / month.everyMs, handlingMs: month.talkMs };
  const [twelve, ten] = [12, 10].map((agents) => erlangA(agents, load, month.patienceMs, 20_000));
  t.comment(JSON.stringify(row));
  t.ok(near(row?.["levelBase"] ?? 0, twelve?.serviceLevel ?? 0, 0.02), `${twelve?.serviceLevel}`);
  t.ok(near(row?.["abandonmentBase"] ?? 0, twelve?.abandon ?? 0, 0.01), `${twelve?.abandon}`);
  t.ok(near(row?.["levelChanged"] ?? 0, ten?.serviceLevel ?? 0, 0.03), `${ten?.serviceLevel}`);
  t.ok(near(row?.["abandonmentChanged"] ?? 0, ten?.abandon ?? 0, 0.02), `${ten?.abandon}`);
  t.end();
});

t.test("the same question has the same answer, and nothing asked changes nothing", (t) => {
  const month: Month = { calls: 2000, agents: 5, everyMs: 40_000, talkMs: 150_000, patienceMs: 60_000 };
  const journal = monthOf(month);
  const first = whatIf(journal, ask(month));
  t.same(whatIf(journal, ask(month)), first);
  t.match(first.rows, [{ levelDifference: 0, levelLow: 0, levelHigh: 0 }]);
  t.end();
});
