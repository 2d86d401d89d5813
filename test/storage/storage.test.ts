// The whole storage with its threads; and a process that is killed while it writes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import t from "tap";
import { silentLogger } from "../../src/shared/log.ts";
import { openForReading } from "../../src/storage/database.ts";
import { openStorage, type StorageEvent } from "../../src/storage/storage.ts";
import { verifyRecords } from "../../src/storage/writer.ts";
import { createTestClock } from "../support/test-clock.ts";
import { noon, queueCall, started, tempDatabase } from "./support.ts";

const open = (path: string) => openStorage({ path, log: silentLogger, clock: createTestClock() });

t.test("appended, committed, asked for, closed, and there again", async (t) => {
  const path = tempDatabase(t);
  const storage = await open(path);
  const told: StorageEvent[] = [];
  storage.events.on((event) => void told.push(event));
  const events = queueCall("a");
  for (const event of events) storage.append(event);
  t.equal(storage.status().waiting, events.length, "append only takes it");
  await storage.committed();
  t.same(storage.status(), { waiting: 0, lost: 0, fault: undefined });
  t.same(
    told.flatMap((event) => (event.type === "committed" ? event.events : [])),
    events,
  );
  t.match(await storage.records({}), { records: [{ call: "a", disposition: "answered" }], more: false });
  t.match(await storage.record("a"), { agent: "301" });
  t.equal(await storage.record("b"), undefined);
  t.equal((await storage.story("a")).length, events.length);
  t.equal((await storage.journal({ after: 0 })).length, events.length);
  t.match(await storage.counts({ from: noon, thresholds: {} }), { queues: [{ offered: 1 }] });
  storage.append(started("open"));
  await storage.close();
  await storage.close();
  await t.rejects(storage.records({}), { code: "ERR_CLOSED" });
  t.throws(() => storage.append(started("late")), { code: "ERR_CLOSED" });

  const again = await open(path);
  t.equal(again.recovered, 1, "the call that was open was written by close, and ended by the next start");
  t.match(await again.record("open"), { endedBy: "fault", cause: 41 });
  await again.close();
});

t.test("the reader's thread rests when nobody asks, and starts again when somebody does", async (t) => {
  const clock = createTestClock();
  const threads = (): number => readdirSync("/proc/self/task").length;
  const storage = await openStorage({ path: tempDatabase(t), log: silentLogger, clock });
  for (const event of queueCall("a")) storage.append(event);
  await storage.committed();
  const awake = threads();
  await clock.advance(19_000);
  await storage.record("a");
  await clock.advance(19_000);
  t.equal(threads(), awake, "asked meanwhile");
  await clock.advance(1000);
  for (let tries = 0; tries < 200 && threads() === awake; tries++) await sleep(10);
  t.ok(threads() < awake, "rests");
  t.match(await storage.record("a"), { agent: "301" }, "and answers");
  await storage.close();
  const closed = await openStorage({ path: tempDatabase(t), log: silentLogger, clock });
  await clock.advance(20_000);
  await closed.close();
  await t.rejects(closed.record("a"), { code: "ERR_CLOSED" }, "closed while it rested");
});

t.test("a wrong file is refused with its code, and no thread is left", async (t) => {
  const file = fileURLToPath(import.meta.url);
  await t.rejects(open(`${file}/callbox.db`), { code: "ERR_STORAGE_UNUSABLE" });
});

t.test("one Callbox at a time writes the journal", async (t) => {
  const path = tempDatabase(t);
  const child = fileURLToPath(new URL("./killed-writer.ts", import.meta.url));
  const other = spawn(process.execPath, [child, path, "other"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout, "data");
  await t.rejects(open(path), { code: "ERR_STORAGE_UNUSABLE", message: /lock/ });
  other.kill("SIGKILL");
  await once(other, "close");
  const storage = await open(path);
  t.ok((await storage.records({})).records.length > 0, "its lock ends with it");
  await storage.close();
});

t.test("kill -9 at any moment loses nothing that was committed", async (t) => {
  const path = tempDatabase(t);
  const child = fileURLToPath(new URL("./killed-writer.ts", import.meta.url));
  const committed: string[] = [];
  const rounds = 4;
  for (let round = 0; round < rounds; round++) {
    const writer = spawn(process.execPath, [child, path, `r${round}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const enough = 20 + round * 37;
    let seen = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      committed.push(line);
      if (++seen === enough) writer.kill("SIGKILL");
    }
    t.ok(seen >= enough, `round ${round}: killed after ${seen} groups`);
  }
  const storage = await open(path);
  t.ok(storage.recovered <= 1, "only the call that was being written was open");
  const lost: string[] = [];
  for (const call of committed) {
    const record = await storage.record(call);
    if (record?.disposition !== "answered" || record.talkMs !== 60_000) lost.push(call);
  }
  t.same(lost, [], `${committed.length} committed calls are there and whole`);
  await storage.close();
  const database = openForReading(path);
  t.same(verifyRecords(database), []);
  t.equal(database.pragma("integrity_check", { simple: true }), "ok");
  database.close();
});
