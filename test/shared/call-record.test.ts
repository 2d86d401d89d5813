// A call record is a pure fold over the journal events of one call.
import fc from "fast-check";
import t from "tap";
import { evolveRecord, recordOf, type CallRecord } from "../../src/shared/call-record.ts";
import { sumOf, type ChargeAdvice } from "../../src/shared/charge-advice.ts";
import { callOf, createNote, dated, type JournalEntry, type JournalEvent } from "../../src/shared/journal.ts";
import { createTestClock } from "../support/test-clock.ts";

const call = "C1";

function at(seconds: number, entry: JournalEntry): JournalEvent {
  return dated(entry, seconds * 1000);
}

const start = at(0, {
  type: "call.started",
  call,
  direction: "in",
  caller: { number: "5551000" },
  called: "4000",
  line: "1/1",
  group: "city",
});

const queueCall: readonly JournalEvent[] = [
  start,
  at(1, { type: "call.answered", call }),
  at(1, { type: "recording.started", call, leg: "A", file: "2026/01/05/C1.wav" }),
  at(1, { type: "ivr.entered", call, flow: "main" }),
  at(4, { type: "ivr.digit", call, flow: "main", node: "menu", digit: "2" }),
  at(4, {
    type: "queue.entered",
    call,
    queue: "sales",
    caller: { number: "5551000" },
    priority: 0,
    until: 604_000,
  }),
  at(9, {
    type: "leg.added",
    call,
    leg: "B",
    role: "agent",
    direction: "out",
    line: "4/1",
    number: "201",
    extension: "201",
  }),
  at(9, { type: "queue.offered", call, queue: "sales", offer: "O1", agent: "7001", until: 29_000 }),
  at(12, {
    type: "queue.connected",
    call,
    queue: "sales",
    offer: "O1",
    agent: "7001",
    waitedMs: 8000,
    ringMs: 3000,
  }),
  at(12, { type: "call.joined", call, legs: ["A", "B"] }),
  at(20, { type: "call.held", call, leg: "A" }),
  at(20, { type: "call.parted", call }),
  at(25, { type: "call.resumed", call, leg: "A" }),
  at(25, { type: "call.joined", call, legs: ["A", "B"] }),
  at(40, { type: "call.parted", call }),
  at(40, {
    type: "queue.left",
    call,
    queue: "sales",
    reason: "completed-by-caller",
    agent: "7001",
    waitedMs: 8000,
    talkedMs: 28_000,
    position: 0,
  }),
  at(40, { type: "call.ended", call, cause: 16, by: "caller" }),
  at(41, {
    type: "recording.finished",
    call,
    file: "2026/01/05/C1.wav",
    bytes: 624_044,
    durationMs: 39_000,
    reason: "stopped",
  }),
];

t.test("a queue call from ring to release", (t) => {
  t.matchOnly(recordOf(queueCall), {
    call,
    direction: "in",
    caller: { number: "5551000" },
    called: "4000",
    line: "1/1",
    group: "city",
    extension: "201",
    startedAt: 0,
    answeredAt: 1000,
    connectedAt: 12_000,
    endedAt: 40_000,
    queue: "sales",
    queueWaitMs: 8000,
    queueLeft: "completed-by-caller",
    agent: "7001",
    talkMs: 23_000,
    holdMs: 5000,
    flow: "main",
    digits: "2",
    transfers: 0,
    attempts: 1,
    cause: 16,
    endedBy: "caller",
    disposition: "answered",
    recordings: [{ file: "2026/01/05/C1.wav", durationMs: 39_000, bytes: 624_044 }],
    open: {},
  });
  t.end();
});

t.test("dispositions", (t) => {
  const answered = at(1, { type: "call.answered", call });
  const rang = at(2, {
    type: "leg.added",
    call,
    leg: "B",
    role: "called",
    direction: "out",
    line: "4/2",
    number: "202",
    extension: "202",
  });
  const entered = at(2, {
    type: "queue.entered",
    call,
    queue: "q",
    caller: { number: "" },
    priority: 0,
    until: 9e5,
  });
  const gaveUp = at(5, {
    type: "queue.left",
    call,
    queue: "q",
    reason: "abandoned",
    waitedMs: 3000,
    talkedMs: 0,
    position: 1,
  });
  const late = at(5, {
    type: "queue.left",
    call,
    queue: "q",
    reason: "timed-out",
    waitedMs: 3000,
    talkedMs: 0,
    position: 1,
  });
  const end = (by: "caller" | "called" | "box" | "fault") =>
    at(6, { type: "call.ended", call, cause: 16, by });
  const rows: readonly [string, readonly JournalEvent[], CallRecord["disposition"]][] = [
    ["still going on", [start], "active"],
    ["only the menu", [start, answered, end("caller")], "self-service"],
    ["gave up in the queue", [start, answered, entered, gaveUp, end("caller")], "abandoned"],
    ["sent away by the queue", [start, answered, entered, late, end("box")], "unanswered"],
    ["hung up while an extension rang", [start, rang, end("caller")], "abandoned"],
    ["hung up while rung from a menu", [start, answered, rang, end("caller")], "abandoned"],
    ["nobody lifted", [start, rang, end("box")], "unanswered"],
    ["could not be put through", [start, end("box")], "unanswered"],
  ];
  for (const [name, events, expected] of rows) t.equal(recordOf(events)?.disposition, expected, name);
  t.end();
});

t.test("charges: the latest of each leg, and after the end as well", (t) => {
  const euro = (thousandths: number) => ({ kind: "currency", currency: "EUR", thousandths }) as const;
  const ended = recordOf([
    start,
    at(1, { type: "call.charged", call, leg: "B", advice: { kind: "units", units: 1 } }),
    at(2, { type: "call.charged", call, leg: "C", advice: { kind: "units", units: 5 } }),
    at(3, { type: "call.charged", call, leg: "B", advice: { kind: "units", units: 2 } }),
    at(4, { type: "call.ended", call, cause: 16, by: "caller" }),
    at(5, { type: "call.charged", call, leg: "C", advice: euro(1250) }),
  ]);
  t.strictSame(ended?.charges, { B: { kind: "units", units: 2 }, C: euro(1250) });
  t.strictSame(recordOf([start])?.charges, undefined);
  const rows: readonly [what: string, given: readonly ChargeAdvice[], sums: readonly ChargeAdvice[]][] = [
    ["none", [], []],
    [
      "units and units",
      [
        { kind: "units", units: 2 },
        { kind: "units", units: 3 },
      ],
      [{ kind: "units", units: 5 }],
    ],
    ["one currency", [euro(100), euro(50)], [euro(150)]],
    [
      "two currencies",
      [euro(100), { ...euro(50), currency: "CHF" }],
      [euro(100), { ...euro(50), currency: "CHF" }],
    ],
    ["free beside a sum says nothing", [{ kind: "free" }, euro(100)], [euro(100)]],
    ["free and free", [{ kind: "free" }, { kind: "free" }], [{ kind: "free" }]],
  ];
  for (const [what, given, sums] of rows) t.strictSame(sumOf(given), sums, what);
  t.end();
});

t.test("what is not of this call changes nothing", (t) => {
  const record = recordOf([start]);
  t.equal(evolveRecord(record, at(1, { type: "call.answered", call: "other" })), record);
  t.equal(evolveRecord(record, at(1, { type: "line.state", line: "1/1", state: "idle" })), record);
  t.equal(evolveRecord(record, start), record, "a second start");
  t.equal(evolveRecord(undefined, at(1, { type: "call.answered", call })), undefined);
  t.equal(callOf(start), call);
  t.equal(callOf(at(1, { type: "agent.idle", agent: "7001" })), undefined);
  t.end();
});

t.test("properties", (t) => {
  const shuffledTimes = fc.array(fc.integer({ min: -5000, max: 5000 }), {
    minLength: queueCall.length,
    maxLength: queueCall.length,
  });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(shuffledTimes, fc.nat(queueCall.length), (jumps, cut) => {
        const events = queueCall.map((event, i) => ({ ...event, at: event.at + (jumps[i] ?? 0) }));
        const record = recordOf(events);
        if (record === undefined) throw new Error("no record");
        if (Math.min(record.talkMs, record.holdMs, record.queueWaitMs) < 0)
          throw new Error("negative duration");
        // A record that was kept half way as JSON and taken up again ends the same.
        const half = JSON.parse(JSON.stringify(recordOf(events.slice(0, cut)) ?? null)) as CallRecord | null;
        const whole = events.slice(cut).reduce<CallRecord | undefined>(evolveRecord, half ?? undefined);
        if (JSON.stringify(whole) !== JSON.stringify(record)) throw new Error("not the same record");
      }),
    ),
  );
  t.end();
});

t.test("note dates what it is told", (t) => {
  const kept: JournalEvent[] = [];
  const note = createNote(
    { append: (event) => void kept.push(event), committed: () => Promise.resolve() },
    createTestClock(7),
  );
  note({ type: "appliance.stopped" });
  t.same(kept, [{ type: "appliance.stopped", v: 1, at: 7 }]);
  t.end();
});
