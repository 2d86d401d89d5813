// Figures of the journal: durable events a second one by one and as they come, and how long JavaScript is held up.
// Beside them the usual way: the same events and records through the same database on the JavaScript thread.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../src/shared/clock.ts";
import { dated, type JournalEvent } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { openForWriting } from "../../src/storage/database.ts";
import { openStorage, type Storage } from "../../src/storage/storage.ts";
import { createWriter } from "../../src/storage/writer.ts";
import { figure, type Figure } from "./figure.ts";

const singles = 500;
const many = 40_000;
const burst = 100;

export async function* figures(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "callbox-bench-"));
  try {
    const storage = await openStorage({
      path: join(folder, "threads.db"),
      log: silentLogger,
      clock: systemClock,
    });
    const beside = onThisThread(join(folder, "one.db"));
    yield figure("journal.single.rate", await single(storage), "events/s", 600, "higher", {
      "on the JavaScript thread": beside.single,
    });
    yield figure("journal.grouped.rate", await grouped(storage), "events/s", 25_000, "higher", {
      "on the JavaScript thread": beside.grouped,
    });
    const busy = await busyHour(storage);
    yield figure("journal.busy.longestHold", busy.longestHold, "ms", 5, "lower", {
      "on the JavaScript thread": beside.longestHold,
    });
    yield figure("journal.busy.durableP99", busy.durableP99, "ms", 50, "lower");
    yield figure("journal.query.page", await page(storage), "ms", 20, "lower");
    await storage.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let made = 0;
/** Events of calls one after another: start, answer, queue, talk, end. */
function nextEvent(): JournalEvent {
  const call = `01BENCH${String(Math.floor(made / 6)).padStart(10, "0")}`;
  const at = 1_795_000_000_000 + made;
  switch (made++ % 6) {
    case 0:
      return dated(
        {
          type: "call.started",
          call,
          direction: "in",
          caller: { number: "02155501234" },
          called: "88880000",
          line: "1/1",
        },
        at,
      );
    case 1:
      return dated({ type: "call.answered", call }, at);
    case 2:
      return dated(
        { type: "queue.entered", call, queue: "sales", caller: { number: "" }, priority: 0, until: at },
        at,
      );
    case 3:
      return dated(
        { type: "queue.connected", call, queue: "sales", offer: call, agent: "301", waitedMs: 1, ringMs: 1 },
        at,
      );
    case 4:
      return dated({ type: "call.joined", call, legs: ["a", "b"] }, at);
    default:
      return dated({ type: "call.ended", call, cause: 16, by: "caller" }, at);
  }
}

const rate = (count: number, since: number): number =>
  Math.round((count / (performance.now() - since)) * 1000);

async function single(storage: Storage): Promise<number> {
  const since = performance.now();
  for (let i = 0; i < singles; i++) {
    storage.append(nextEvent());
    await storage.committed();
  }
  return rate(singles, since);
}

async function grouped(storage: Storage): Promise<number> {
  const since = performance.now();
  for (let i = 0; i < many; i += burst) {
    for (let j = 0; j < burst; j++) storage.append(nextEvent());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await storage.committed();
  return rate(many, since);
}

/** Fifty events every 50 ms (several hundred calls being set up and ended each minute), for three seconds. */
async function busyHour(
  storage: Storage,
): Promise<{ readonly longestHold: number; readonly durableP99: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const waits: number[] = [];
  for (let i = 0; i < 60; i++) {
    const since = performance.now();
    for (let j = 0; j < 50; j++) storage.append(nextEvent());
    void storage.committed().then(() => waits.push(performance.now() - since));
    await wait(50);
  }
  await storage.committed();
  delay.disable();
  waits.sort((a, b) => a - b);
  return { longestHold: delay.max / 1e6, durableP99: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN };
}

async function page(storage: Storage): Promise<number> {
  const since = performance.now();
  for (let i = 0; i < 20; i++) await storage.records({ number: "555", queue: "sales", limit: 50 });
  return (performance.now() - since) / 20;
}

function onThisThread(path: string): {
  readonly single: number;
  readonly grouped: number;
  readonly longestHold: number;
} {
  const writer = createWriter(openForWriting(path), path);
  const commit = (count: number): number => {
    const texts = Array.from({ length: count }, () => JSON.stringify(nextEvent()));
    const since = performance.now();
    writer.commit(writer.last + 1, texts);
    return performance.now() - since;
  };
  const first = performance.now();
  for (let i = 0; i < singles; i++) commit(1);
  const singleRate = rate(singles, first);
  const second = performance.now();
  for (let i = 0; i < many; i += burst) commit(burst);
  const groupedRate = rate(many, second);
  const longestHold = Math.max(...Array.from({ length: 60 }, () => commit(50)));
  writer.close();
  return { single: singleRate, grouped: groupedRate, longestHold: Number(longestHold.toPrecision(3)) };
}
