// The journal verified, and written out in pages, however long it is.
import { Readable } from "node:stream";
import { createQueueLog } from "../../reports/queue-log.ts";
import type { JournalEvent } from "../../shared/journal.ts";
import type { journalRoutes as table } from "../api/journal.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type JournalDeps = Pick<WebDeps, "storage" | "log">;

const page = 2000;

export function journalRoutes({ storage, log }: JournalDeps): Pick<Handlers, keyof typeof table> {
  async function* all(from = -Infinity, to = Infinity): AsyncGenerator<JournalEvent> {
    for (let after = 0; ;) {
      const events = await storage.journal({ after, limit: page });
      for (const { event } of events) if (event.at >= from && event.at < to) yield event;
      if (events.length < page) return;
      after = events.at(-1)?.seq ?? after;
    }
  }
  async function* lines(events: AsyncIterable<JournalEvent>): AsyncGenerator<string> {
    for await (const event of events) yield `${JSON.stringify(event)}\n`;
  }
  async function* queueLog(events: AsyncIterable<JournalEvent>): AsyncGenerator<string> {
    const log = createQueueLog();
    for await (const event of events) for (const line of log.take(event)) yield `${line}\n`;
  }

  return {
    "GET /journal/verification": async ({ query: { link }, user }) => {
      const { done: _done, ...found } = await storage.verify(link);
      log.info({ ...found, by: user.name }, "journal verified");
      return found;
    },
    "GET /journal": ({ query: { format = "jsonl", from, to }, user, reply }) => {
      log.info({ format, by: user.name }, "journal written out");
      const events = all(from, to);
      return reply
        .type(format === "jsonl" ? "application/jsonl" : "text/plain; charset=utf-8")
        .header(
          "content-disposition",
          `attachment; filename="callbox-journal.${format === "jsonl" ? "jsonl" : "log"}"`,
        )
        .send(Readable.from(format === "jsonl" ? lines(events) : queueLog(events)));
    },
  };
}
