// The journal's chain: whatever is altered in it is found; what is taken out by rule is not held against it.
import type { Database } from "better-sqlite3";
import fc from "fast-check";
import t from "tap";
import { recordOf } from "../../src/shared/call-record.ts";
import { dated, type JournalEvent } from "../../src/shared/journal.ts";
import { createAging, withoutPersons, type AgingType } from "../../src/storage/aging.ts";
import { verifyStep, type Verified } from "../../src/storage/chain.ts";
import { openForWriting } from "../../src/storage/database.ts";
import { createQueries } from "../../src/storage/queries.ts";
import { migrations } from "../../src/storage/schema.ts";
import { createWriter, verifyRecords } from "../../src/storage/writer.ts";
import { abandonedCall, noon, queueCall, tempDatabase } from "./support.ts";

const texts = (events: readonly JournalEvent[]): readonly string[] =>
  events.map((event) => JSON.stringify(event));
const hourMs = 3_600_000;
/** Six calls, one an hour. */
const events = Array.from({ length: 6 }, (_, i) =>
  i % 2 === 0 ? queueCall(`c${i}`, noon + i * hourMs) : abandonedCall(`c${i}`, noon + i * hourMs),
).flat();

interface Filled {
  readonly database: Database;
  readonly writer: ReturnType<typeof createWriter>;
}

function filled(path = ":memory:"): Filled {
  const database = openForWriting(path);
  const writer = createWriter(database, path);
  for (let at = 0; at < events.length; at += 7) writer.commit(at + 1, texts(events.slice(at, at + 7)));
  return { database, writer };
}

function verify(database: Database): Verified {
  let found = verifyStep(database, {});
  while (!found.done) found = verifyStep(database, { so: found });
  return found;
}

t.test("a journal as it was written holds, over restarts too", (t) => {
  const path = tempDatabase(t);
  const { database, writer } = filled(path);
  t.match(verify(database), { events: events.length, last: events.length, anonymised: 0, done: true });
  t.equal(verify(database).broken, undefined);
  const before = verify(database).link;
  writer.close();
  const again = createWriter(openForWriting(path), path);
  again.commit(events.length + 1, texts(queueCall("later", noon + 9 * hourMs)));
  again.close();
  const reopened = openForWriting(path);
  t.equal(verify(reopened).broken, undefined);
  t.not(verify(reopened).link, before);
  reopened.close();
  t.end();
});

t.test("the newest link stands for all: another history has another", (t) => {
  const { database } = filled();
  const other = openForWriting(":memory:");
  const moved = [...events.slice(0, 3), ...events.slice(4), ...events.slice(3, 4)];
  createWriter(other, ":memory:").commit(1, texts(moved));
  t.not(verify(other).link, verify(database).link);
  t.end();
});

/** What somebody with the file may do to it. @returns whether anything has changed that can be told from the rest */
const attacks: Readonly<Record<string, (database: Database, one: number, two: number) => boolean>> = {
  change(database, one) {
    const data = dataOf(database, one);
    const changed = data.replace(/"at":\d/u, '"at":9');
    database.prepare("UPDATE event SET data = ? WHERE seq = ?").run(changed, one);
    return changed !== data;
  },
  remove(database, one) {
    database.prepare("DELETE FROM event WHERE seq = ?").run(one);
    // That the last one is gone can be told only by its link, which somebody has written down.
    return one !== events.length;
  },
  swap(database, one, two) {
    const [a, b] = [dataOf(database, one), dataOf(database, two)];
    const put = database.prepare("UPDATE event SET data = ? WHERE seq = ?");
    put.run(b, one);
    put.run(a, two);
    return a !== b;
  },
  insert(database, one) {
    database.prepare("UPDATE event SET seq = seq + 1000 WHERE seq > ?").run(one);
    database.prepare("UPDATE event SET seq = seq - 999 WHERE seq > 1000").run();
    database.prepare("INSERT INTO event (seq, at, type, data) VALUES (?, 0, 'x', '{}')").run(one + 1);
    return true;
  },
  link(database, one) {
    database.prepare("UPDATE event SET link = zeroblob(32) WHERE seq = ?").run(one);
    return true;
  },
  redact(database, one) {
    database.prepare("UPDATE event SET data = '{}', digest = zeroblob(32) WHERE seq = ?").run(one);
    return true;
  },
};

const dataOf = (database: Database, seq: number): string =>
  String(database.prepare("SELECT data FROM event WHERE seq = ?").pluck().get(seq));

t.test("an altered, removed, added or moved event is found, wherever it is", (t) => {
  const seq = fc.integer({ min: 1, max: events.length });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(seq, seq, fc.constantFrom(...Object.entries(attacks)), (one, two, [name, attack]) => {
        const { database } = filled();
        // Whoever has the file has the triggers too.
        database.exec("DROP TRIGGER event_stays");
        const altered = attack(database, one, two);
        const { broken } = verify(database);
        if ((broken !== undefined) !== altered)
          throw new Error(`${name} ${one} ${two}: ${broken?.why ?? "not found"}`);
      }),
      { numRuns: 400 },
    ),
  );
  t.end();
});

t.test("old events lose numbers and names by rule, and then go; the chain and the records hold", (t) => {
  const { database, writer } = filled();
  const aging = createAging(database);
  let next = events.length + 1;
  const say = (type: AgingType, at: number): void => {
    const found = aging.before({ type, at });
    if (found !== undefined) writer.commit(next++, texts([dated({ type, ...found }, noon + 8 * hourMs)]));
  };
  say("journal.anonymised", noon + 3 * hourMs);
  t.match(verify(database), { anonymised: 0 }, "said, not done yet");
  while (aging.anonymise());
  const half = verify(database);
  t.equal(half.broken, undefined);
  t.ok(half.anonymised > 0);
  const queries = createQueries(database);
  t.equal(queries.record("c0")?.caller.number, "0215550****");
  t.equal(queries.record("c4")?.caller.number, "02155501234", "the newer ones are as they were");
  t.same(verifyRecords(database), []);
  t.equal(queries.record("c0")?.agent, "301", "agents and queues stay: figures need them");

  say("journal.removed", noon + 2 * hourMs);
  while (aging.remove());
  t.equal(queries.record("c0"), undefined);
  t.equal(queries.record("c1"), undefined);
  t.ok(queries.record("c2"));
  const rest = verify(database);
  t.equal(rest.broken, undefined);
  t.equal(rest.events, next - 1 - queueCall("c0").length - abandonedCall("c1").length);
  t.same(verifyRecords(database), []);
  t.equal(
    aging.before({ type: "journal.removed", at: noon + 2 * hourMs }),
    undefined,
    "nothing is said twice",
  );
  database.exec("DROP TRIGGER event_stays");
  database.prepare("DELETE FROM event WHERE seq = (SELECT min(seq) FROM event)").run();
  t.equal(verify(database).broken?.why, "missing", "beyond what the journal said, nothing may go");
  t.end();
});

t.test("persons are outside; extensions, agents and what costs are not", (t) => {
  const event = {
    type: "call.started",
    call: "01",
    caller: { number: "+8613800001234", name: "Li" },
    called: "88880000",
    legs: [{ number: "201" }],
  };
  t.same(withoutPersons(event), {
    type: "call.started",
    call: "01",
    caller: { number: "+861380000****" },
    called: "8888****",
    legs: [{ number: "201" }],
  });
  const plain = { type: "agent.paused", agent: "301", reason: "lunch" };
  t.equal(withoutPersons(plain), plain, "the same where there is nothing");
  t.end();
});

t.test("a journal of before there was a chain is linked when it is opened", (t) => {
  const path = tempDatabase(t);
  const { database } = filled(path);
  database.exec(`
    DROP TRIGGER event_stays;
    ALTER TABLE event DROP COLUMN link;
    ALTER TABLE event DROP COLUMN digest;
    DROP TABLE progress;
    CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;`);
  database.pragma(`user_version = ${migrations.length - 1}`);
  database.close();
  const opened = openForWriting(path);
  t.match(verify(opened), { events: events.length, done: true });
  t.equal(verify(opened).broken, undefined);
  t.same(createQueries(opened).record("c0"), recordOf(queueCall("c0")));
  opened.close();
  t.end();
});
