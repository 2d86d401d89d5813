// Reports over the API: figures with what they mean, as JSON and CSV; and the thread that makes them, on a real journal.
import t from "tap";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportIds, type ReportAsk } from "../../src/reports/ask.ts";
import { fold } from "../../src/reports/fold.ts";
import { createReporter } from "../../src/reports/reporter.ts";
import { openForWriting } from "../../src/storage/database.ts";
import { createWriter } from "../../src/storage/writer.ts";
import { noon, abandonedCall, queueCall, tempDatabase } from "../storage/support.ts";
import { monthBegan, monthOf } from "../reports/month.ts";
import { question } from "../reports/question.ts";
import { serve } from "./support.ts";

const calls = [...queueCall("a"), ...abandonedCall("b", noon + 60_000), ...queueCall("c", noon + 3_600_000)];
const url = (about: string, more = ""): string =>
  `/api/v1/reports/${about}?from=${noon - 7_200_000}&to=${noon + 86_400_000}${more}`;

interface Column {
  readonly name: string;
  readonly heading: string;
  readonly definition: string;
}

interface Row {
  readonly start: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly serviceLevelOfOffered: number | null;
}

t.test("queues by the hour and by the day", async (t) => {
  const { browser, house } = await serve(t);
  house.commit(calls);
  const lead = await browser("lead");
  const hours = await lead.request("GET", url("queues", "&step=hour"));
  t.equal(hours.statusCode, 200, hours.body);
  const { rows, columns } = hours.json<{ rows: readonly Row[]; columns: readonly Column[] }>();
  t.match(
    rows.map(({ offered, answered, abandoned }) => [offered, answered, abandoned]),
    [
      [2, 1, 1],
      [1, 1, 0],
    ],
  );
  t.match(rows[0], { serviceLevelOfOffered: 0.5, waiting: 0, talkMs: 60_000 });
  t.same(columns.map(({ name }) => name).toSorted(), Object.keys(rows[0] ?? {}).toSorted());
  t.match((await lead.request("GET", url("queues", "&language=zh"))).json(), {
    columns: [{ heading: "时间" }, { heading: "队列" }],
  });
  const days = await lead.request("GET", url("queues"));
  t.match(days.json(), { rows: [{ offered: 3, answered: 2 }] });
  const table = await lead.request("GET", url("queues", "&format=csv"));
  t.match(table.headers["content-type"], /text\/csv/u);
  const [head, first] = table.body.split("\r\n");
  t.match(head, /^start,queue,offered,answered,/u);
  t.match(first, /^2026-01-05 \d\d:00,sales,3,2,/u);
});

t.test("agents; who may ask, and what means nothing", async (t) => {
  const { browser, house } = await serve(t);
  house.commit(calls);
  const lead = await browser("lead");
  const agents = await lead.request("GET", url("agents"));
  t.equal(agents.statusCode, 200, agents.body);
  t.match(agents.json(), { rows: [{ agent: "301", answered: 2, talkMs: 120_000 }] });
  t.match((await lead.request("GET", url("agents", "&format=csv"))).body, /^start,agent,answered/u);
  const backwards = await lead.request("GET", `/api/v1/reports/queues?from=2&to=1`);
  t.equal(backwards.statusCode, 400);
  t.equal(
    (await lead.request("GET", `/api/v1/reports/queues?from=1000000000000&to=1700000000000&step=quarter`))
      .statusCode,
    400,
  );
  t.equal((await (await browser("anna")).request("GET", url("queues"))).statusCode, 403);
});

t.test("on a thread of its own, from the journal's file", async (t) => {
  const path = tempDatabase(t);
  const writer = createWriter(openForWriting(path), path);
  writer.commit(
    1,
    calls.map((event) => JSON.stringify(event)),
  );
  writer.close();
  const ask = question("queues", {
    ...{ from: 0, to: noon + 86_400_000, now: noon },
    ...{ step: "day", timeZone: "UTC" },
  });
  const options = { path, marks: `${path}.marks`, version: "test" };
  const reporter = createReporter(options);
  const first = reporter.ask({ report: ask });
  const second = reporter.ask({ report: { ...ask, report: "agents" } });
  const later = Array.from({ length: 4 }, () => reporter.ask({ report: ask }));
  await t.rejects(reporter.ask({ report: ask }), { code: "ERR_REPORTS_BUSY" });
  t.match((await first).rows, [{ offered: 3, answered: 2, abandoned: 1 }]);
  t.match((await second).rows, [{ agent: "301", answered: 2 }]);
  for (const { rows } of await Promise.all(later)) t.match(rows, [{ offered: 3 }], "each has its turn");
  await t.rejects(createReporter({ ...options, path: `${path}.none` }).ask({ report: ask }), {
    code: "ERR_STORAGE_UNUSABLE",
  });
  const { rows } = await reporter.ask({
    whatIf: {
      from: noon - 1000,
      to: noon + 86_400_000,
      timeZone: "UTC",
      thresholdMs: {},
      shortMs: 5000,
      change: {},
    },
  });
  t.match(rows, [{ queue: "sales", offered: 3 }]);
});

t.test("a report goes on from the last mark before what it is asked about", async (t) => {
  const path = tempDatabase(t);
  const marks = `${path}.marks`;
  const writer = createWriter(openForWriting(path), path);
  const dayMs = 86_400_000;
  const days = Array.from({ length: 5 }, (_, day) => queueCall(`d${day}`, noon + day * dayMs)).flat();
  const texts = days.map((event) => JSON.stringify(event));
  writer.commit(1, texts);
  const ask = question("agents", {
    ...{ from: noon + 3 * dayMs, to: noon + 5 * dayMs, now: noon + 5 * dayMs },
    ...{ step: "day", timeZone: "UTC" },
  });
  const names = (): readonly string[] => readdirSync(marks).sort();
  const reporter = createReporter({ path, marks, version: "1" });
  const answer = async (report: ReportAsk, own = reporter): Promise<void> => {
    t.same(await own.ask({ report }), fold(days, report));
  };
  await answer(ask);
  const first = names();
  t.equal(first.length, 4, "of each day that began since the first event");
  // What is older than the mark is not read: it could not be.
  const database = openForWriting(path);
  database.exec("DROP TRIGGER event_stays");
  const place = days.findIndex(({ type }) => type === "queue.connected");
  const spoil = (data: string): void =>
    void database.prepare("UPDATE event SET data = ? WHERE seq = ?").run(data, place + 1);
  spoil("{");
  await answer(ask);
  await t.rejects(reporter.ask({ report: { ...ask, from: 0 } }), { code: "ERR_STORAGE_UNUSABLE" });
  spoil(texts[place] ?? "");
  await answer({ ...ask, from: noon + dayMs, step: "quarter" });
  writeFileSync(join(marks, "calls-1-1.json"), "of another report");
  await answer(ask, createReporter({ path, marks, version: "2" }));
  t.same(names(), first, "those of another program were replaced");
  writeFileSync(join(marks, first.at(-1) ?? ""), "{");
  await answer(ask);
  database.prepare("DELETE FROM event WHERE seq = 1").run();
  t.same(
    await reporter.ask({ report: ask }),
    fold(days.slice(1), ask),
    "events that were removed are in no mark",
  );
  database.close();
  writer.close();
});

t.test(
  "every report can be had, in every language, with a word and a sentence for each figure",
  async (t) => {
    const { browser, house } = await serve(t);
    house.commit(calls);
    const lead = await browser("lead");
    for (const report of reportIds)
      for (const language of ["en", "zh", "ko"]) {
        const reply = await lead.request("GET", url(report, `&language=${language}`));
        t.equal(reply.statusCode, 200, `${report} ${reply.body.slice(0, 200)}`);
        for (const { name, heading, definition } of reply.json<{ columns: readonly Column[] }>().columns) {
          t.ok(heading !== "" && definition !== "", `${report} ${language}: ${name}`);
          if (language === "en") t.not(heading, name, `${report}: ${name} has a heading`);
        }
      }
    t.equal((await lead.request("GET", url("nothing"))).statusCode, 422);
  },
);

t.test("a plan of shifts: read in the box's time zone, or refused with its line", async (t) => {
  const { browser } = await serve(t);
  const lead = await browser("lead");
  const good =
    "agent,from,to\n301,2026-01-05 09:00,2026-01-05 17:00\n\n302;2026/01/05 22:00;2026-01-06 06:00\n";
  const put = await lead.request("PUT", "/api/v1/shifts", { csv: good });
  t.equal(put.statusCode, 200, put.body);
  const { shifts } = put.json<{ shifts: { agent: string; from: number; to: number }[] }>();
  t.match(shifts, [{ agent: "301" }, { agent: "302" }]);
  t.equal((shifts[1]?.to ?? 0) - (shifts[1]?.from ?? 0), 8 * 3_600_000);
  for (const [csv, why] of [
    ["301,2026-01-05 09:00,2026-01-05 08:00", "line 1"],
    ["x\nabc,2026-01-05 09:00,2026-01-05 10:00", "abc"],
    ["301,2026-02-30 09:00,2026-02-30 10:00", "2026-02-30"],
    ["301,yesterday,today", "yesterday"],
  ] as const) {
    const refused = await lead.request("PUT", "/api/v1/shifts", { csv });
    t.equal(refused.statusCode, 422, csv);
    t.match(refused.body, why);
  }
  t.match((await lead.request("GET", "/api/v1/shifts")).json(), {
    shifts: [{ agent: "301" }, { agent: "302" }],
  });
});

t.test("what if, over the API", async (t) => {
  const { browser, house } = await serve(t);
  house.commit(monthOf({ calls: 300, agents: 5, everyMs: 40_000, talkMs: 150_000, patienceMs: 60_000 }));
  const lead = await browser("lead");
  const body = { from: monthBegan, to: monthBegan + 86_400_000 };
  const same = await lead.request("POST", "/api/v1/what-if", body);
  t.equal(same.statusCode, 200, same.body);
  t.match(same.json(), { rows: [{ queue: "sales", offered: 300, levelDifference: 0 }] });
  const fewer = await lead.request("POST", "/api/v1/what-if", {
    ...body,
    without: ["301", "302"],
    queues: { sales: { strategy: "ring-all", wrapUpSeconds: 30 } },
    language: "ko",
  });
  const [row] = fewer.json<{ rows: { levelDifference: number }[] }>().rows;
  t.ok((row?.levelDifference ?? 0) < -0.1, JSON.stringify(row));
  t.equal((await lead.request("POST", "/api/v1/what-if", { from: 2, to: 1 })).statusCode, 400);
  t.equal(
    (await lead.request("POST", "/api/v1/what-if", { ...body, queues: { sales: { strategy: "none" } } }))
      .statusCode,
    422,
  );
  t.equal((await (await browser("anna")).request("POST", "/api/v1/what-if", body)).statusCode, 403);
});

t.test("a supervisor scores a call, and the agent's report has it", async (t) => {
  const { browser, house } = await serve(t);
  house.commit(calls);
  const lead = await browser("lead");
  const give = (call: string, body: object) => lead.request("POST", `/api/v1/records/${call}/score`, body);
  t.equal((await give("a", { score: 60 })).statusCode, 204);
  t.equal((await give("a", { score: 90, note: "kind" })).statusCode, 204);
  t.equal((await give("b", { score: 90 })).statusCode, 422, "nobody spoke");
  t.equal((await give("nobody", { score: 90 })).statusCode, 404);
  t.equal((await give("a", { score: 101 })).statusCode, 422);
  t.equal(
    (await (await browser("anna")).request("POST", "/api/v1/records/a/score", { score: 1 })).statusCode,
    403,
  );
  const { record, story } = (await lead.request("GET", "/api/v1/records/a")).json<{
    record: { score: number };
    story: { type: string }[];
  }>();
  t.equal(record.score, 90, "the last one counts");
  t.match(
    story.filter(({ type }) => type === "call.scored"),
    [
      { agent: "301", score: 60, by: "lead" },
      { score: 90, note: "kind" },
    ],
  );
  const now = `/api/v1/reports/agents?from=1&to=${noon * 2}&step=whole`;
  t.match((await lead.request("GET", now)).json(), { rows: [{ agent: "301", scored: 2, quality: 0.75 }] });
});
