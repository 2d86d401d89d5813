// The journal as Asterisk's queue_log: one call of each kind, line by line.
import t from "tap";
import { createQueueLog } from "../../src/reports/queue-log.ts";
import { dated, type JournalEntry } from "../../src/shared/journal.ts";

function linesOf(...entries: readonly JournalEntry[]): readonly string[] {
  const log = createQueueLog();
  return entries.flatMap((entry, i) => log.take(dated(entry, 1_800_000_000_000 + 1000 * i)));
}

const caller = { number: "5551000" };
const entered = (call: string): JournalEntry => ({
  type: "queue.entered",
  call,
  queue: "sales",
  caller,
  priority: 0,
  until: 0,
});
const left = { type: "queue.left", queue: "sales", waitedMs: 9400, talkedMs: 0, position: 1 } as const;

t.test("answered, abandoned, timed out, given away; agents come and go", (t) => {
  t.same(
    linesOf(
      { type: "agent.logged-in", agent: "301", extension: "201", by: "phone" },
      entered("A"),
      entered("B"),
      { type: "queue.offered", call: "A", queue: "sales", offer: "1", agent: "301", until: 0 },
      {
        type: "queue.ring-no-answer",
        call: "A",
        queue: "sales",
        offer: "1",
        agent: "301",
        reason: "no-answer",
        ringMs: 20_000,
        restUntil: 0,
      },
      {
        type: "queue.connected",
        call: "A",
        queue: "sales",
        offer: "2",
        agent: "301",
        waitedMs: 9400,
        ringMs: 3000,
      },
      { ...left, call: "A", reason: "completed-by-caller", agent: "301", talkedMs: 61_000, position: 0 },
      { ...left, call: "B", reason: "abandoned" },
      entered("C"),
      { ...left, call: "C", reason: "timed-out" },
      entered("D"),
      { ...left, call: "D", reason: "transferred-blind", agent: "301", talkedMs: 5000, position: 0 },
      { type: "agent.paused", agent: "301", reason: "lunch|break", by: "phone" },
      { type: "agent.ready", agent: "301", by: "phone" },
      { type: "agent.logged-out", agent: "301", by: "phone" },
    ),
    [
      "1800000000|NONE|NONE|Agent/301|AGENTLOGIN|201",
      "1800000001|A|sales|NONE|ENTERQUEUE||5551000|1",
      "1800000002|B|sales|NONE|ENTERQUEUE||5551000|2",
      "1800000004|A|sales|Agent/301|RINGNOANSWER|20000",
      "1800000005|A|sales|Agent/301|CONNECT|9|A|3",
      "1800000006|A|sales|Agent/301|COMPLETECALLER|9|61|1",
      "1800000007|B|sales|NONE|ABANDON|1|2|9",
      "1800000008|C|sales|NONE|ENTERQUEUE||5551000|1",
      "1800000009|C|sales|NONE|EXITWITHTIMEOUT|1|1|9",
      "1800000010|D|sales|NONE|ENTERQUEUE||5551000|1",
      "1800000011|D|sales|Agent/301|BLINDTRANSFER|||9|5|1",
      "1800000012|NONE|NONE|Agent/301|PAUSE|lunch break",
      "1800000013|NONE|NONE|Agent/301|UNPAUSE",
      "1800000014|NONE|NONE|Agent/301|AGENTLOGOFF|201|14",
    ],
  );
  t.end();
});

t.test("a call that went down with the box was completed, or given up", (t) => {
  const lines = linesOf(entered("A"), { ...left, call: "A", reason: "restarted" }, entered("B"), {
    ...left,
    call: "B",
    reason: "restarted",
    agent: "301",
    talkedMs: 1000,
  });
  t.match(lines[1], /\|ABANDON\|/u);
  t.match(lines[3], /\|COMPLETECALLER\|/u);
  t.end();
});
