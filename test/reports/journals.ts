// Journals of calls made by chance: what calls/, ivr/ and lines say, in an order that can be.
import fc from "fast-check";
import { dated, type JournalEntry, type JournalEvent } from "../../src/shared/journal.ts";

interface Plan {
  readonly begin: number;
  readonly number: string;
  readonly direction: "in" | "out" | "internal";
  readonly called: string;
  readonly group: string | null;
  readonly flow: readonly string[];
  readonly keys: readonly string[];
  readonly waitMs: number | null;
  readonly skill: boolean;
  readonly talkMs: number | null;
  readonly holdMs: number;
  readonly rated: number | null;
  readonly code: string | null;
  readonly by: "caller" | "called" | "fault";
}

const plan: fc.Arbitrary<Plan> = fc.record({
  begin: fc.integer({ min: 0, max: 3_000_000 }),
  number: fc.constantFrom("", "13800138000", "075588880001", "01062345678", "00442079460018"),
  direction: fc.constantFrom("in", "in", "in", "out", "internal"),
  called: fc.constantFrom("88880001", "88880002"),
  group: fc.constantFrom(null, "city", "bri"),
  flow: fc.subarray(["welcome", "menu", "bye"]),
  keys: fc.array(fc.constantFrom("1", "2", "#"), { maxLength: 3 }),
  waitMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
  skill: fc.boolean(),
  talkMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
  holdMs: fc.constantFrom(0, 0, 4000),
  rated: fc.option(fc.integer({ min: 1, max: 5 })),
  code: fc.option(fc.constantFrom("order", "repair")),
  by: fc.constantFrom("caller", "called", "fault"),
});

function eventsOf(plan: Plan, call: string): readonly JournalEvent[] {
  const events: JournalEvent[] = [];
  let at = plan.begin;
  const say = (entry: JournalEntry): void => void events.push(dated(entry, at));
  const group = plan.group === null ? {} : { group: plan.group };
  const queue = "sales";
  const agent = "301";
  say({
    type: "call.started",
    call,
    direction: plan.direction,
    caller: { number: plan.number },
    called: plan.called,
    line: "1/1",
    ...group,
  });
  say({
    type: "leg.added",
    call,
    leg: `${call}a`,
    role: "caller",
    direction: plan.direction === "out" ? "out" : "in",
    line: "1/1",
    number: plan.number,
    ...group,
  });
  if (plan.flow.length > 0) {
    say({ type: "ivr.entered", call, flow: "main" });
    for (const node of plan.flow) {
      at += 1000;
      say({ type: "ivr.node", call, flow: "main", node });
      for (const digit of plan.keys) say({ type: "ivr.digit", call, flow: "main", node, digit });
    }
    if (plan.waitMs !== null) say({ type: "ivr.left", call, flow: "main", outcome: "queue:sales" });
  }
  if (plan.waitMs !== null) {
    const asked = { level: 1, skills: { ko: 2 }, agent: null };
    say({
      type: "queue.entered",
      call,
      queue,
      caller: { number: plan.number },
      priority: 0,
      until: at + 600_000,
      ...(plan.skill ? { needs: asked, asked } : {}),
      estimateMs: 10_000,
    });
    at += plan.waitMs;
    if (plan.talkMs === null)
      say({
        type: "queue.left",
        call,
        queue,
        reason: "abandoned",
        waitedMs: plan.waitMs,
        talkedMs: 0,
        position: 1,
      });
    else {
      say({ type: "queue.connected", call, queue, offer: "1", agent, waitedMs: plan.waitMs, ringMs: 0 });
      say({ type: "call.joined", call, legs: [`${call}a`, `${call}b`] });
      if (plan.holdMs > 0) {
        say({ type: "call.held", call, leg: `${call}a` });
        at += plan.holdMs;
        say({ type: "call.resumed", call, leg: `${call}a` });
      }
      at += plan.talkMs;
      say({
        type: "queue.left",
        call,
        queue,
        reason: "completed-by-agent",
        agent,
        waitedMs: plan.waitMs,
        talkedMs: plan.talkMs,
        position: 0,
      });
      if (plan.rated !== null) say({ type: "call.rated", call, score: plan.rated, highest: 5, agent, queue });
    }
  }
  if (plan.by !== "fault") say({ type: "leg.ended", call, leg: `${call}a`, cause: 16, by: "remote" });
  say({ type: "call.ended", call, cause: 16, by: plan.by });
  at += 2000;
  if (plan.code !== null && plan.talkMs !== null)
    say({ type: "call.coded", call, code: plan.code, agent, queue, by: "x" });
  return events;
}

const other: fc.Arbitrary<JournalEvent> = fc
  .record({
    at: fc.integer({ min: 0, max: 3_000_000 }),
    what: fc.constantFrom<JournalEntry>(
      { type: "group.full", group: "city", lines: 2 },
      { type: "group.free", group: "city", lines: 2 },
      { type: "agent.logged-in", agent: "301", extension: "201", by: "x" },
      { type: "agent.logged-out", agent: "301", by: "x" },
      { type: "agent.paused", agent: "301", reason: "lunch", by: "x" },
      { type: "agent.ready", agent: "301", by: "x" },
      { type: "appliance.started", version: "1", recovered: 0 },
    ),
  })
  .map(({ at, what }) => dated(what, at));

/** In the order of time, as a journal is. */
export const callJournal: fc.Arbitrary<readonly JournalEvent[]> = fc
  .tuple(fc.array(plan, { maxLength: 14 }), fc.array(other, { maxLength: 14 }))
  .map(([plans, others]) =>
    [...plans.flatMap((one, i) => eventsOf(one, `C${i}`)), ...others].toSorted((a, b) => a.at - b.at),
  );
