// Events of made-up calls, and a folder for a database that goes away with the test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dated, type EventOf, type JournalEntry, type JournalEvent } from "../../src/shared/journal.ts";

export const noon = Date.UTC(2026, 0, 5, 12);

export function tempDatabase(t: { teardown(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "callbox-storage-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "state", "callbox.db");
}

export function started(
  call: string,
  at = noon,
  more: Partial<Omit<EventOf<"call.started">, "at" | "v" | "type" | "call">> = {},
): JournalEvent {
  return dated(
    {
      type: "call.started",
      call,
      direction: "in",
      caller: { number: "02155501234" },
      called: "88880000",
      line: "1/1",
      ...more,
    },
    at,
  );
}

/** A call that waits `waitMs` in a queue, talks with an agent for `talkMs`, and ends. */
export function queueCall(
  call: string,
  at = noon,
  { queue = "sales", agent = "301", waitMs = 5000, talkMs = 60_000 } = {},
): readonly JournalEvent[] {
  const by = { call, queue, offer: `${call}-offer`, agent };
  const talkAt = at + waitMs;
  const endAt = talkAt + talkMs;
  const say = (entry: JournalEntry, when: number): JournalEvent => dated(entry, when);
  return [
    started(call, at),
    say({ type: "call.answered", call }, at),
    say({ type: "queue.entered", call, queue, caller: { number: "" }, priority: 0, until: at + 600_000 }, at),
    say({ type: "queue.connected", ...by, waitedMs: waitMs, ringMs: 1000 }, talkAt),
    say({ type: "call.joined", call, legs: ["a", "b"] }, talkAt),
    say({ type: "recording.started", call, leg: "a", file: `${call}.wav` }, talkAt),
    say(
      {
        type: "queue.left",
        call,
        queue,
        agent,
        reason: "completed-by-caller",
        waitedMs: waitMs,
        talkedMs: talkMs,
        position: 0,
      },
      endAt,
    ),
    say({ type: "call.ended", call, cause: 16, by: "caller" }, endAt),
    say(
      {
        type: "recording.finished",
        call,
        file: `${call}.wav`,
        bytes: 8000,
        durationMs: talkMs,
        reason: "stopped",
      },
      endAt + 5,
    ),
  ];
}

/** A call that gives up in the queue after `waitMs`. */
export function abandonedCall(
  call: string,
  at = noon,
  { queue = "sales", waitMs = 9000 } = {},
): readonly JournalEvent[] {
  return [
    started(call, at),
    dated(
      { type: "queue.entered", call, queue, caller: { number: "" }, priority: 0, until: at + 600_000 },
      at,
    ),
    dated(
      { type: "queue.left", call, queue, reason: "abandoned", waitedMs: waitMs, talkedMs: 0, position: 1 },
      at + waitMs,
    ),
    dated({ type: "call.ended", call, cause: 16, by: "caller" }, at + waitMs),
  ];
}
