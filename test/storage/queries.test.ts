// Questions to a journal of a made-up day.
import t from "tap";
import { openForWriting } from "../../src/storage/database.ts";
import { createQueries } from "../../src/storage/queries.ts";
import { createWriter } from "../../src/storage/writer.ts";
import { abandonedCall, noon, queueCall, started } from "./support.ts";

const hour = 3_600_000;
const database = openForWriting(":memory:");
const day = [
  ...queueCall("01", noon),
  ...queueCall("02", noon + hour, { queue: "support", agent: "302", waitMs: 30_000 }),
  ...abandonedCall("03", noon + 2 * hour),
  ...queueCall("04", noon + 3 * hour, { agent: "302" }),
  started("05", noon + 4 * hour, { caller: { number: "13900001111" } }),
  ...queueCall("00", noon - 30 * hour),
];
createWriter(database, ":memory:").commit(
  1,
  day.map((event) => JSON.stringify(event)),
);
const queries = createQueries(database);
const calls = (query: Parameters<typeof queries.records>[0]): readonly string[] =>
  queries.records(query).records.map(({ call }) => call);
t.teardown(() => database.close());

t.test("pages, newest first, without calls that go on", (t) => {
  t.same(calls({}), ["04", "03", "02", "01", "00"]);
  const first = queries.records({ limit: 2 });
  t.same(
    first.records.map(({ call }) => call),
    ["04", "03"],
  );
  t.equal(first.more, true);
  t.same(calls({ limit: 2, before: "03" }), ["02", "01"]);
  t.match(queries.records({ limit: 2, before: "01" }), { records: [{ call: "00" }], more: false });
  t.same(calls({ before: "nobody" }), []);
  t.equal(calls({ limit: 0 }).length, 1);
  t.end();
});

t.test("filters", (t) => {
  t.same(calls({ queue: "support" }), ["02"]);
  t.same(calls({ agent: "302" }), ["04", "02"]);
  t.same(calls({ disposition: "abandoned" }), ["03"]);
  t.same(calls({ direction: "out" }), []);
  t.same(calls({ from: noon, to: noon + 2 * hour }), ["02", "01"]);
  t.same(calls({ number: "55501" }).length, 5);
  t.same(calls({ number: "8888" }).length, 5);
  t.same(calls({ number: "%" }), [], "no wildcards");
  t.same(calls({ number: "' OR 1=1 --" }), []);
  t.same(calls({ queue: "sales", agent: "302", from: noon }), ["04"]);
  t.end();
});

t.test("the journal from the first call of a day on", (t) => {
  const since = (at: number) =>
    queries.events({ since: at, types: ["call.started"] }).map(({ event }) => event);
  t.match(
    since(noon + 2 * hour),
    [{ call: "03" }, { call: "04" }, { call: "05" }, { call: "00" }],
    "in the journal's order",
  );
  t.equal(since(noon - 40 * hour).length, 1, "from where that call stands in the journal");
  t.same(since(noon + 5 * hour), [], "no call since");
  t.match(queries.events({ since: noon, after: 5, limit: 1 })[0], { seq: 6 });
  t.end();
});

t.test("counts since a moment", (t) => {
  const counts = queries.counts({ from: noon, thresholds: { support: 30_000 } });
  t.strictSame(
    counts.queues.find(({ queue }) => queue === "sales"),
    {
      queue: "sales",
      offered: 3,
      answered: 2,
      answeredInTime: 2,
      abandoned: 1,
      waiting: 0,
      answeredWaitMs: 10_000,
      longestWaitMs: 9000,
    },
  );
  t.match(
    counts.queues.find(({ queue }) => queue === "support"),
    { answered: 1, answeredInTime: 1 },
  );
  t.match(
    queries
      .counts({ from: noon, thresholds: { support: 29_999 } })
      .queues.find(({ queue }) => queue === "support"),
    { answeredInTime: 0 },
  );
  t.strictSame(counts.agents, [
    { agent: "301", answered: 1, talkMs: 60_000 },
    { agent: "302", answered: 2, talkMs: 120_000 },
  ]);
  t.strictSame(counts.calls, [{ direction: "in", calls: 5 }]);
  t.strictSame(
    counts.quarters,
    [0, 1, 2, 3].map((hours) => ({
      at: noon + hours * hour,
      offered: 1,
      answered: hours === 2 ? 0 : 1,
      abandoned: hours === 2 ? 1 : 0,
    })),
  );
  t.end();
});

t.test("the journal by pages and types", (t) => {
  const all = queries.events({});
  t.same(
    all.map(({ event }) => event),
    day,
  );
  t.equal(queries.events({ after: 3, limit: 2 })[0]?.seq, 4);
  const ends = queries.events({ types: ["call.ended"] });
  t.equal(ends.length, 5);
  t.ok(ends.every(({ event }) => event.type === "call.ended"));
  t.end();
});
