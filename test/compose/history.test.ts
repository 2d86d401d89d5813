// The journal is read page by page, in order, to its end.
import t from "tap";
import { readAcdHistory, readDialledToday } from "../../src/compose/history.ts";
import { dated, type JournalEvent } from "../../src/shared/journal.ts";
import type { EventsQuery } from "../../src/storage/queries.ts";

t.test("all pages, oldest first", async (t) => {
  const events: JournalEvent[] = Array.from({ length: 20_001 }, (_, i) =>
    dated({ type: "agent.idle", agent: `${i}` }, i),
  );
  const asked: EventsQuery[] = [];
  const history = await readAcdHistory({
    journal(query) {
      asked.push(query);
      const from = query.after ?? 0;
      const found = events.slice(from, from + (query.limit ?? 0));
      return Promise.resolve(found.map((event, i) => ({ seq: from + i + 1, event })));
    },
  });
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
  t.same(await readAcdHistory({ journal: () => Promise.resolve([]) }), []);
});
