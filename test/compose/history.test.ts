// The journal is read page by page, in order, to its end.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { writeSnapshot } from "../../src/compose/acd-snapshot.ts";
import { readAcdHistory, readDialledToday } from "../../src/compose/history.ts";
import { dated, type JournalEvent } from "../../src/shared/journal.ts";
import { emptyState } from "../../src/acd/state.ts";
import { restore } from "../../src/acd/restore.ts";
import { temporaryFolder } from "../support/folder.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";
import { agents, sales, support } from "../acd/office.ts";
import { step } from "../../src/acd/decide.ts";
import type { EventsQuery } from "../../src/storage/queries.ts";

const nowhere = join(temporaryFolder("history"), "none.json");

t.test("all pages, oldest first", async (t) => {
  const events: JournalEvent[] = Array.from({ length: 20_001 }, (_, i) =>
    dated({ type: "agent.idle", agent: `${i}` }, i),
  );
  const asked: EventsQuery[] = [];
  const { events: all, kept } = await readAcdHistory(
    {
      journal(query) {
        asked.push(query);
        const from = query.after ?? 0;
        const found = events.slice(from, from + (query.limit ?? 0));
        return Promise.resolve(found.map((event, i) => ({ seq: from + i + 1, event })));
      },
    },
    nowhere,
  );
  const history = [...all];
  t.equal(kept, undefined);
  t.equal(history.length, events.length);
  t.same(history.at(-1), events.at(-1));
  t.same(
    asked.map(({ after }) => after),
    [0, 10_000, 20_000],
  );
  t.ok(asked[0]?.types?.includes("queue.left"));
});

t.test("what was dialled today, from local midnight", async (t) => {
  const asked: EventsQuery[] = [];
  const journal = (query: EventsQuery) => {
    asked.push(query);
    return Promise.resolve([]);
  };
  t.same(await readDialledToday({ journal }, Date.UTC(2027, 0, 6, 2), "Asia/Shanghai"), []);
  t.match(asked, [{ since: Date.UTC(2027, 0, 5, 16), after: 0 }]);
  t.ok(asked[0]?.types?.includes("leg.added"));
});

t.test("an empty journal has no history", async (t) => {
  t.same(await readAcdHistory({ journal: () => Promise.resolve([]) }, nowhere), { events: [] });
});

t.test(
  "a state that was kept is gone on with; where it does not fit the journal, all is folded",
  async (t) => {
    const path = join(temporaryFolder("snapshot"), "acd-state.json");
    const journal: JournalEvent[] = [];
    let state = emptyState;
    const give = (command: Parameters<typeof step>[1]): void => {
      const decision = step(state, command);
      state = decision.state;
      journal.push(...decision.events);
    };
    const storage = {
      journal: ({ after = 0, limit = 1000 }: EventsQuery) =>
        Promise.resolve(
          journal.slice(after, after + limit).map((event, i) => ({ seq: after + i + 1, event })),
        ),
      last: () => journal.length,
      committed: () => Promise.resolve(),
    };
    give({ type: "configure", queues: [sales, support], agents, at: 0 });
    give({ type: "log-in", agent: "301", extension: "201", phone: "free", by: "x", at: 1000 });
    const familiar = { last: [["5551000", "301", 500]] as const, conversations: [], callers: [] };
    await writeSnapshot({
      storage,
      path,
      keep: () => ({ state, familiar }),
      clock: createTestClock(),
      log: silentLogger,
    });
    give({ type: "enter", call: "A", queue: "sales", caller: { number: "1" }, priority: 0, at: 2000 });
    give({ type: "pause", agent: "301", reason: "x", by: "x", at: 3000 });
    const after = await readAcdHistory(storage, path);
    t.same(after.kept?.familiar, familiar);
    const later = [...after.events];
    t.match(later[0], { type: "queue.entered" }, "only what came after");
    const whole = restore(journal as Parameters<typeof restore>[0], 5000);
    t.same(restore(later, 5000, after.kept?.state), whole, "and comes to the same");
    const snapshot = JSON.parse(readFileSync(path, "utf8")) as object;
    for (const wrong of [{ version: 0 }, { digest: "0" }, { seq: 9999 }]) {
      writeFileSync(path, JSON.stringify({ ...snapshot, ...wrong }));
      const found = await readAcdHistory(storage, path);
      t.equal(found.kept, undefined, JSON.stringify(wrong));
      t.equal([...found.events].length, journal.length);
    }
    writeFileSync(path, "{");
    t.equal((await readAcdHistory(storage, path)).kept, undefined, "a file that was cut");
  },
);
