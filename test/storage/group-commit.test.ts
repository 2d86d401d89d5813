// Group commit against a disk that a test holds in its hand.
import t from "tap";
import { CallboxError } from "../../src/shared/errors.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { createGroupCommit } from "../../src/storage/group-commit.ts";
import { createTestClock } from "../support/test-clock.ts";
import { started } from "./support.ts";

const full = new CallboxError("ERR_STORAGE_FULL");

function setUp(most?: number) {
  const clock = createTestClock();
  const groups: { first: number; size: number; resolve: () => void; reject: (error: unknown) => void }[] = [];
  const committed: JournalEvent[] = [];
  const faults: (string | undefined)[] = [];
  const group = createGroupCommit({
    first: 1,
    clock,
    commit: (first, texts) =>
      new Promise((resolve, reject) => groups.push({ first, size: texts.length, resolve, reject })),
    onCommitted: (events) => void committed.push(...events),
    onFault: (fault) => void faults.push(fault?.code),
    ...(most === undefined ? {} : { most }),
  });
  const last = () => {
    const found = groups.at(-1);
    if (found === undefined) throw new Error("no group was given");
    return found;
  };
  return { clock, group, groups, committed, faults, last };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test("what comes while the disk is busy goes as one group, in order", async (t) => {
  const { group, groups, committed, last } = setUp();
  group.append(started("a"));
  await tick();
  t.match(groups, [{ first: 1, size: 1 }]);
  for (const call of ["b", "c", "d"]) group.append(started(call));
  const all = group.committed();
  await tick();
  t.equal(groups.length, 1, "one group at a time");
  last().resolve();
  await tick();
  t.match(last(), { first: 2, size: 3 });
  t.equal(committed.length, 1);
  last().resolve();
  await all;
  t.same(
    committed.map((event) => ("call" in event ? event.call : "")),
    ["a", "b", "c", "d"],
  );
  await group.close();
});

t.test("committed resolves only when all that was appended before is on disk", async (t) => {
  const { group, last } = setUp();
  group.append(started("a"));
  let done = false;
  const first = group.committed().then(() => (done = true));
  await tick();
  t.notOk(done);
  group.append(started("b"));
  last().resolve();
  await first;
  t.equal(group.waiting, 1, "what came later does not hold it up");
  await tick();
  last().resolve();
  await group.committed();
  await group.committed();
});

t.test("while the disk fails, events stay, are tried again each second, and none is doubled", async (t) => {
  const { clock, group, groups, committed, faults, last } = setUp();
  group.append(started("a"));
  const waiter = group.committed();
  await tick();
  last().reject(full);
  await t.rejects(waiter, { code: "ERR_STORAGE_FULL" });
  await t.rejects(group.committed(), { code: "ERR_STORAGE_FULL" }, "and at once while it lasts");
  group.append(started("b"));
  await tick();
  t.equal(groups.length, 1, "nothing is tried before its time");
  await clock.advance(1000);
  t.match(last(), { first: 1, size: 2 });
  last().reject(full);
  await clock.advance(1000);
  t.same(faults, ["ERR_STORAGE_FULL"], "told once");
  last().resolve();
  await tick();
  t.same(faults, ["ERR_STORAGE_FULL", undefined]);
  t.equal(committed.length, 2);
  t.equal(group.waiting, 0);
  t.equal(clock.pending, 0);
});

t.test("a fault without a code of ours gets one", async (t) => {
  const { group, faults, last } = setUp();
  group.append(started("a"));
  await tick();
  last().reject(new Error("odd"));
  await tick();
  t.same(faults, ["ERR_STORAGE_UNUSABLE"]);
});

t.test("memory is bounded: beyond it events are counted as lost", async (t) => {
  const { group } = setUp(2);
  for (const call of ["a", "b", "c"]) group.append(started(call));
  t.equal(group.waiting, 2);
  t.equal(group.lost, 1);
  await tick();
});

t.test("what is no event is refused where it is appended", (t) => {
  const { group } = setUp();
  t.throws(() => group.append({ ...started("a"), at: Number.NaN }), { code: "ERR_JOURNAL_EVENT" });
  t.equal(group.waiting, 0);
  t.end();
});

t.test("close writes what waits, refuses what comes later, and says when it could not", async (t) => {
  const good = setUp();
  good.group.append(started("a"));
  const closing = good.group.close();
  await tick();
  good.last().resolve();
  await closing;
  t.equal(good.committed.length, 1);
  t.throws(() => good.group.append(started("b")), { code: "ERR_CLOSED" });
  await good.group.close();

  const bad = setUp();
  bad.group.append(started("a"));
  await tick();
  const failing = bad.group.close();
  bad.last().reject(full);
  await t.rejects(failing, { code: "ERR_STORAGE_FULL" });
  t.equal(bad.clock.pending, 0, "nothing is tried after that");
});
