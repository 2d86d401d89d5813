// The writer on the test's own thread: what is kept, what is undone, what survives a damaged file or full disk.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import t from "tap";
import { recordOf } from "../../src/shared/call-record.ts";
import { dated, type JournalEvent } from "../../src/shared/journal.ts";
import { openForReading, openForWriting } from "../../src/storage/database.ts";
import { writerOps } from "../../src/storage/ops.ts";
import { createQueries } from "../../src/storage/queries.ts";
import { createWriter, verifyRecords } from "../../src/storage/writer.ts";
import { abandonedCall, noon, queueCall, started, tempDatabase } from "./support.ts";

const texts = (events: readonly JournalEvent[]): readonly string[] =>
  events.map((event) => JSON.stringify(event));

t.test("the record in the database is the fold over the journal", (t) => {
  const path = tempDatabase(t);
  const database = openForWriting(path);
  const writer = createWriter(database, path);
  const events = [...queueCall("a"), ...abandonedCall("b", noon + 1000)];
  t.equal(writer.commit(1, texts(events)), 0);
  const queries = createQueries(database);
  t.same(queries.record("a"), recordOf(queueCall("a")));
  t.match(queries.record("a"), { disposition: "answered", talkMs: 60_000, recordings: [{ bytes: 8000 }] });
  t.match(queries.record("b"), { disposition: "abandoned", queueWaitMs: 9000 });
  t.same(
    queries.story("a").map(({ event }) => event),
    queueCall("a"),
  );
  t.same(verifyRecords(database), []);
  writer.close();
  t.end();
});

t.test("however events of many calls are cut into groups, the records are the same", (t) => {
  const calls = ["a", "b", "c"].flatMap((call, i) => [
    queueCall(call, noon + i * 7),
    abandonedCall(`${call}x`, noon + i * 11),
  ]);
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(5), { maxLength: 80 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (turns, sizes) => {
          const left = calls.map((events) => [...events]);
          const mixed = turns.flatMap((turn) => left[turn]?.splice(0, 1) ?? []).concat(left.flat());
          const database = openForWriting(":memory:");
          const writer = createWriter(database, ":memory:");
          for (let at = 0, i = 0; at < mixed.length; i++) {
            const group = mixed.slice(at, at + (sizes[i] ?? 4));
            writer.commit(at + 1, texts(group));
            at += group.length;
          }
          const different = verifyRecords(database);
          const count = database
            .prepare("SELECT count(*) FROM call_record WHERE ended_at IS NOT NULL")
            .pluck()
            .get();
          writer.close();
          return different.length === 0 && count === calls.length;
        },
      ),
      { numRuns: 40 },
    ),
  );
  t.end();
});

t.test("a group that is given again is not written twice", (t) => {
  const path = tempDatabase(t);
  const database = openForWriting(path);
  const writer = createWriter(database, path);
  const events = queueCall("a");
  writer.commit(1, texts(events));
  writer.commit(1, texts(events));
  t.equal(writer.last, events.length);
  t.equal(createQueries(database).story("a").length, events.length);
  writer.close();
  t.end();
});

t.test("the journal cannot be rewritten", (t) => {
  const database = openForWriting(":memory:");
  createWriter(database, ":memory:").commit(1, texts([started("a")]));
  t.throws(() => database.exec("UPDATE event SET data = '{}'"), /append-only/);
  database.close();
  t.end();
});

t.test("an event that fits no record is kept in the journal, and the group with it", (t) => {
  const database = openForWriting(":memory:");
  const writer = createWriter(database, ":memory:");
  const odd = { ...started("odd"), caller: null } as unknown as JournalEvent;
  t.equal(writer.commit(1, texts([started("a"), odd, started("b")])), 1);
  const queries = createQueries(database);
  t.equal(queries.story("odd").length, 1);
  t.ok(queries.record("a"));
  t.ok(queries.record("b"));
  t.equal(queries.record("odd"), undefined);
  writer.close();
  t.end();
});

t.test("recovery ends open calls at the last sign of life, once", (t) => {
  const path = tempDatabase(t);
  const database = openForWriting(path);
  const writer = createWriter(database, path);
  const talking = queueCall("a").slice(0, 5);
  const waiting = abandonedCall("b", noon + 2000).slice(0, 2);
  const alarm = dated({ type: "alarm.raised", span: 1, name: "E1", alarms: ["RED"] }, noon + 30_000);
  writer.commit(1, texts([...talking, ...waiting, alarm]));
  t.same(writer.recover([]), { recovered: 2, goingOn: [] });
  t.same(writer.recover([]), { recovered: 0, goingOn: [] });
  const queries = createQueries(database);
  t.match(queries.record("a"), { endedAt: noon + 30_000, talkMs: 25_000, cause: 41, endedBy: "fault" });
  t.match(queries.record("b"), { endedAt: noon + 30_000, queueWaitMs: 28_000 });
  t.match(queries.counts({ from: 0, thresholds: {} }).queues, [
    { queue: "sales", offered: 2, answered: 1, waiting: 0, abandoned: 0, longestWaitMs: 28_000 },
  ]);
  t.same(verifyRecords(database), []);
  writer.close();
  t.end();
});

t.test("a full disk: a code, nothing of the group kept, and it goes on when there is room", (t) => {
  const path = tempDatabase(t);
  const database = openForWriting(path);
  const writer = createWriter(database, path);
  writer.commit(1, texts(queueCall("a")));
  const kept = writer.last;
  const pages = Number(database.pragma("page_count", { simple: true }));
  database.pragma(`max_page_count = ${pages + 1}`);
  const big = Array.from({ length: 200 }, (_, i) => queueCall(`big${i}`, noon + i)).flat();
  t.throws(() => writer.commit(kept + 1, texts(big)), { code: "ERR_STORAGE_FULL" });
  t.equal(writer.last, kept);
  const queries = createQueries(database);
  t.match(queries.record("a"), { disposition: "answered" }, "what was committed is there");
  t.equal(queries.record("big0"), undefined);
  database.pragma("max_page_count = 1000000");
  t.equal(writer.commit(kept + 1, texts(big)), 0);
  t.match(queries.record("big199"), { disposition: "answered" });
  t.same(verifyRecords(database), []);
  writer.close();
  t.end();
});

t.test("a file that is no database, or a damaged one, has a code and is left as it is", (t) => {
  const path = tempDatabase(t);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "this is a shopping list, not a database\n".repeat(40));
  const before = readFileSync(path);
  t.throws(() => openForWriting(path), { code: "ERR_STORAGE_CORRUPT" });
  t.same(readFileSync(path), before);

  const damaged = tempDatabase(t);
  const writer = createWriter(openForWriting(damaged), damaged);
  writer.commit(1, texts(Array.from({ length: 50 }, (_, i) => queueCall(`c${i}`)).flat()));
  writer.close();
  const bytes = readFileSync(damaged);
  bytes.fill(0xa5, 4096 * 2);
  writeFileSync(damaged, bytes);
  t.throws(() => writerOps(damaged).open({ mayGoOn: [] }), { code: "ERR_STORAGE_CORRUPT" });
  t.end();
});

t.test("a database of a newer version is refused", (t) => {
  const path = tempDatabase(t);
  const database = openForWriting(path);
  database.pragma("user_version = 99");
  database.close();
  t.throws(() => openForWriting(path), { code: "ERR_STORAGE_VERSION" });
  t.end();
});

t.test("a place that cannot be used has a code", (t) => {
  const path = tempDatabase(t);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${dirname(path)}/file`, "");
  t.throws(() => openForWriting(`${dirname(path)}/file/x/callbox.db`), { code: "ERR_STORAGE_UNUSABLE" });
  t.throws(() => openForReading(path), { code: "ERR_STORAGE_UNUSABLE" });
  t.end();
});
