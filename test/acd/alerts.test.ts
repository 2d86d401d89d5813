// Rules for alerts: what each finds, how long it must be so, and that both beginning and end are in the journal.
import t from "tap";
import { createAlerts, type RaisedAlert } from "../../src/acd/alerts.ts";
import type { LiveAgent, LiveQueue } from "../../src/acd/live.ts";
import type { Alert } from "../../src/config/settings.ts";
import type { JournalEntry } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

const quiet: LiveQueue = {
  id: "sales",
  name: "Sales",
  waiting: 0,
  callers: [],
  agents: 2,
  available: 2,
  totals: { entered: 0, connected: 0, inTime: 0, abandoned: 0, left: 0 },
};
const anna: LiveAgent = { number: "301", name: "Anna", queues: ["sales"], status: "paused", since: 0 };

interface House {
  queue: LiveQueue;
  agent: LiveAgent;
  full: readonly string[];
  told: number;
}

function rig(rules: readonly Partial<Alert>[]) {
  const clock = createTestClock();
  const said: JournalEntry[] = [];
  const house: House = { queue: quiet, agent: anna, full: [], told: 0 };
  const alerts = createAlerts({
    clock,
    note: (entry) => void said.push(entry),
    log: silentLogger,
    rules: () =>
      rules.map((rule) => ({ id: "a", name: "A", what: "wait-above", limit: 0, forSeconds: 0, ...rule })),
    queues: () => [house.queue, { ...quiet, id: "support" }],
    agents: () => [house.agent],
    fullGroups: () => house.full,
  });
  alerts.events.on(() => (house.told += 1));
  const found = (): readonly (readonly [string, number])[] =>
    alerts.list().map(({ about, value }: RaisedAlert) => [about, value] as const);
  return { clock, said, house, alerts, found };
}

t.test("each rule finds what it is about, and lets go", async (t) => {
  const totals = { entered: 20, connected: 8, inTime: 5, abandoned: 2, left: 0 };
  const cases: readonly [Partial<Alert>, (house: House, now: number) => void, string, number][] = [
    [
      { what: "wait-above", limit: 60 },
      (house, now) => (house.queue = { ...quiet, waiting: 1, longestSince: now - 61_000 }),
      "sales",
      62,
    ],
    [{ what: "waiting-above", limit: 3 }, (house) => (house.queue = { ...quiet, waiting: 3 }), "sales", 3],
    [
      { what: "available-below", limit: 1 },
      (house) => (house.queue = { ...quiet, available: 1 }),
      "sales",
      1,
    ],
    [
      { what: "service-level-below", limit: 80 },
      (house) => (house.queue = { ...quiet, totals }),
      "sales",
      50,
    ],
    [{ what: "trunks-busy" }, (house) => (house.full = ["city"]), "city", 0],
    [
      { what: "pause-too-long" },
      (house, now) => (house.agent = { ...anna, limit: true, since: now - 9000 }),
      "301",
      10,
    ],
  ];
  for (const [rule, make, about, value] of cases) {
    const one = rig([rule]);
    await one.clock.advance(1000);
    t.same(one.found(), [], `${rule.what}: nothing yet`);
    make(one.house, one.clock.now());
    await one.clock.advance(1000);
    t.same(one.found(), [[about, value]], `${rule.what}`);
    one.house.queue = quiet;
    one.house.full = [];
    one.house.agent = anna;
    await one.clock.advance(1000);
    t.same(one.found(), []);
    t.match(one.said, [
      { type: "alert.raised", what: rule.what, about, value },
      { type: "alert.cleared", what: rule.what, about },
    ]);
    t.equal(one.house.told, 2);
    one.alerts.close();
    t.equal(one.clock.pending, 0);
  }
});

t.test(
  "only when it has been so for a while, only of the queue or group that is named, and told once",
  async (t) => {
    const one = rig([
      { what: "waiting-above", limit: 1, forSeconds: 5, queue: "sales" },
      { id: "b", what: "waiting-above", limit: 1, queue: "support" },
      { id: "c", what: "trunks-busy", group: "bri" },
    ]);
    one.house.queue = { ...quiet, waiting: 1 };
    one.house.full = ["city"];
    await one.clock.advance(4000);
    t.same(one.found(), []);
    one.house.queue = quiet;
    await one.clock.advance(1000);
    one.house.queue = { ...quiet, waiting: 2 };
    await one.clock.advance(5000);
    t.same(one.found(), [], "it begins anew");
    await one.clock.advance(20_000);
    t.same(one.found(), [["sales", 2]]);
    t.equal(one.said.length, 1);
    one.alerts.close();
  },
);

t.test("at night nobody is missed, and of a few calls a share says nothing", async (t) => {
  const one = rig([
    { what: "available-below", limit: 0 },
    { id: "b", what: "service-level-below", limit: 80 },
  ]);
  one.house.queue = {
    ...quiet,
    agents: 0,
    available: 0,
    totals: { entered: 4, connected: 4, inTime: 0, abandoned: 0, left: 0 },
  };
  await one.clock.advance(2000);
  t.same(one.found(), []);
  one.house.queue = { ...one.house.queue, waiting: 1 };
  await one.clock.advance(1000);
  t.same(one.found(), [["sales", 0]], "but when somebody waits");
  one.alerts.close();
});
