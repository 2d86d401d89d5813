// What an installer sets of a span, seen from outside: alarms that last, T309, on-demand links, number types.
import t from "tap";
import { Value } from "typebox/value";
import type { SpanStatus } from "../../src/boards/board.ts";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import { IsdnTimers } from "../../src/config/line-settings.ts";
import { timerValues } from "../../src/signalling/isdn/timers.ts";
import type { LinesEvent } from "../../src/lines/leg.ts";
import { createLines } from "../../src/lines/lines.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { closeAll, isdn, number, states, type IsdnRig } from "./isdn-rig.ts";
import { first, listen, matchNumber, tones } from "./rig.ts";

const span = (all: IsdnRig) => {
  const [found] = all.lines.spans();
  if (found === undefined) throw new Error("no span");
  return found;
};

async function answered(all: IsdnRig) {
  const out = all.exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  await all.clock.advance(10);
  first(all).answer();
  await all.clock.advance(10);
  return out;
}

t.test("T309 is settable, and calls that it keeps are told of", async (t) => {
  const all = await isdn("E1", "fixed", {
    box: { timers: { T309: 30_000 } },
    exchange: { timers: { T309: 60_000 } },
  });
  const out = await answered(all);
  const heard = listen(first(all));
  t.equal(span(all).keptCalls, 0);
  all.pair.cable(1).loseFrames(() => true);
  await all.clock.advance(29_000);
  t.match(span(all), { dataLink: false, alarms: [], keptCalls: 1 });
  t.ok(
    all.told.some((event) => event.type === "span" && event.span.keptCalls === 1),
    "pushed",
  );
  all.pair.cable(1).loseFrames(undefined);
  await all.clock.advance(10_000);
  t.match(span(all), { dataLink: true, keptCalls: 0 });
  t.equal(out.state, "connected");
  t.strictSame(heard, []);
  all.pair.cable(1).loseFrames(() => true);
  await all.clock.advance(60_000);
  t.strictSame(heard, ["released 27 fault"], "held past T309");
  t.match(span(all), { dataLink: false, keptCalls: 0 });
  all.pair.cable(1).loseFrames(undefined);
  await all.clock.advance(60_000);
  t.equal(states(all.lines) + states(all.exchange), "idleidle");
  await closeAll(all, t);
});

t.test("how long an alarm must last is settable by span", async (t) => {
  for (const [alarmPersistenceMs, gone] of [
    [0, true],
    [10_000, false],
  ] as const) {
    const both = { alarmPersistenceMs, timers: { T309: 0 } };
    const all = await isdn("E1", "fixed", { box: both, exchange: both });
    await answered(all);
    all.pair.cable(1).pull();
    await all.clock.advance(3000);
    t.equal(first(all).state === "released", gone, `${alarmPersistenceMs} ms`);
    t.match(span(all).alarmLog, [{ alarm: "RED", active: true, count: 1 }]);
    all.pair.cable(1).plug();
    await all.clock.advance(20_000);
    t.match(span(all).alarmLog, [{ alarm: "RED", active: false, count: 1, lastDay: 1 }]);
    await closeAll(all, t);
  }
});

t.test("a bus whose link is up on demand may rest: no alarm, no line down, and calls wake it", async (t) => {
  const onDemand = { dataLink: "on-demand" } as const;
  const all = await isdn("BRI", "fixed", { box: onDemand, exchange: onDemand });
  t.match(span(all), { onDemand: true, alarms: [] });
  t.equal(states(all.lines), "idle");
  // Layer 1 is deactivated: the driver says RED.
  all.pair.cable(1).pull();
  await all.clock.advance(20_000);
  t.match(span(all), { alarms: [], alarmLog: [] });
  t.equal(states(all.lines), "idle");
  all.pair.cable(1).plug();
  const out = await answered(all);
  t.equal(out.state, "connected");
  t.equal(span(all).dataLink, true);
  // With a call on it, it must not rest.
  all.pair.cable(1).pull();
  await all.clock.advance(4000);
  t.match(span(all), { alarms: ["RED"] });
  await all.clock.advance(60_000);
  t.equal(first(all).state, "released");
  t.match(span(all), { alarms: [] }, "and without the call it rests again");
  all.pair.cable(1).plug();
  await all.clock.advance(20_000);
  t.equal(states(all.lines) + states(all.exchange), "idleidle");
  await closeAll(all, t);
});

t.test("a dead bus is noticed by the call that wants it", async (t) => {
  const all = await isdn("BRI", "fixed", { box: { dataLink: "on-demand" } });
  all.pair.cable(1).pull();
  await all.clock.advance(20_000);
  const out = all.lines.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } });
  const heard = listen(out);
  await all.clock.advance(60_000);
  t.match(heard.at(-1), /^released (27|102) fault$/);
  t.equal(states(all.lines), "idle");
  await closeAll(all, t);
});

t.test("an on-demand primary rate span is none: its link is always kept up", async (t) => {
  const all = await isdn("E1", "fixed", { box: { dataLink: "on-demand" } });
  t.match(span(all), { onDemand: false, dataLink: true });
  await closeAll(all, t);
});

t.test("number types: prefixes are put before what comes, and taken off what goes", async (t) => {
  const prefixes = { national: "0", international: "00" };
  const all = await isdn("E1", "fixed", {
    box: { prefixes, calledType: "by-prefix", callingType: "national" },
  });
  all.exchange.dial({
    called: { ...number("5550100"), type: "subscriber" },
    calling: { ...number("4930123"), type: "international" },
    via: { line: "1/1" },
  });
  await all.clock.advance(10);
  t.match(first(all).calling, { digits: "004930123", type: "unknown" });
  t.match(first(all).called, { digits: "5550100", type: "subscriber" });
  first(all).release();
  await all.clock.advance(50);
  all.lines.dial({
    called: { digits: "004930123", type: "unknown", presentation: "allowed" },
    calling: { digits: "7551234", type: "unknown", presentation: "allowed" },
    via: { line: "1/2" },
  });
  await all.clock.advance(50);
  t.match(all.atExchange[0], {
    called: { digits: "4930123", type: "international" },
    calling: { digits: "7551234", type: "national" },
  });
  await closeAll(all, t);
});

t.test("overlap sending: the exchange may ask for more, and is told that there is none", async (t) => {
  const all = await isdn("E1", "fixed", { box: { overlapSending: true }, exchange: { overlap: true } });
  const out = all.lines.dial({ called: number("55"), calling: number("1"), via: { line: "1/1" } });
  await all.clock.advance(100);
  t.equal(all.atExchange.length, 1, "offered at once, though `55` could have grown");
  t.equal(all.atExchange[0]?.called.digits, "55");
  all.atExchange[0]?.answer();
  await all.clock.advance(50);
  t.equal(out.state, "connected");
  await closeAll(all, t);
});

t.test("counters and clock source are read on demand, and told of when they grow", (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "E1" }] }, { clock });
  const [real] = pair.near.spans;
  if (real === undefined) throw new Error("no span");
  let status: SpanStatus = real.status();
  const lines = createLines({
    boards: [{ ...pair.near, spans: [{ ...real, status: () => status }] }],
    media: createFakeMedia({ clock }),
    settings: () => ({ spans: [], analog: [], trunkGroups: [], extensions: [] }),
    clock,
    tones,
    matchNumber,
  });
  const told: LinesEvent[] = [];
  lines.events.on((event) => told.push(event));
  lines.readCounters();
  t.strictSame(told, [], "nothing counted, nothing told");
  t.match(lines.spans(), [{ counters: [], syncSource: 0 }]);
  status = { ...status, counters: { ...status.counters, crc4Errors: 3 } };
  lines.readCounters();
  t.match(told, [
    { type: "span", span: { counters: [{ counter: "crc4Errors", sinceStart: 3, lastDay: 3 }] } },
  ]);
  status = { ...status, syncSource: 2 };
  lines.readCounters();
  t.match(told[1], { type: "span", span: { syncSource: 2 } });
  t.equal(told.length, 2);
  t.end();
});

t.test("every timer of the machine is settable, around its own value", (t) => {
  const own = timerValues({ side: "user" });
  t.same(Object.keys(IsdnTimers.properties).sort(), Object.keys(own).sort());
  t.ok(Value.Check(IsdnTimers, own), "the defaults are in the ranges");
  t.ok(Value.Check(IsdnTimers, timerValues({ side: "network" })));
  t.notOk(Value.Check(IsdnTimers, { T303: 1 }));
  t.notOk(Value.Check(IsdnTimers, { T999: 1000 }));
  t.end();
});

const bus = { topology: "multipoint" } as const;

t.test("on a bus a call to another terminal's number is left to it", async (t) => {
  const all = await isdn("BRI", "automatic", { box: { ...bus, msns: ["5550100"] }, exchange: bus });
  const call = (called: string) =>
    all.exchange.dial({ called: number(called), calling: number("1"), via: { line: "1/1" } });
  const other = call("5550199");
  const heard = listen(other);
  await all.clock.advance(2000);
  t.equal(all.offered.length, 0);
  t.strictSame(heard, [], "no answer of ours, not even a refusal");
  t.equal(states(all.lines), "idle", "and no channel taken");
  await all.clock.advance(30_000);
  t.match(heard.at(-1), /^released/);
  const ours = call("0755".concat("5550100"));
  await all.clock.advance(100);
  t.equal(all.offered.length, 1);
  first(all).answer();
  await all.clock.advance(100);
  t.equal(ours.state, "connected");
  await closeAll(all, t);
});

t.test("a point-to-point line takes every number, whatever its MSNs", async (t) => {
  const all = await isdn("BRI", "fixed", { box: { msns: ["5550100"] } });
  all.exchange.dial({ called: number("5550199"), calling: number("1"), via: { line: "1/1" } });
  await all.clock.advance(50);
  t.equal(all.offered.length, 1);
  await closeAll(all, t);
});

t.test("a terminal's own fixed TEI, and QSIG between two exchanges", async (t) => {
  for (const [kind, box, exchange] of [
    ["BRI", { ...bus, tei: 17 }, bus],
    ["E1", { switchType: "qsig" }, { switchType: "qsig" }],
  ] as const) {
    const all = await isdn(kind, "fixed", { box, exchange });
    const out = all.lines.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } });
    await all.clock.advance(1000);
    all.atExchange[0]?.answer();
    await all.clock.advance(100);
    t.equal(out.state, "connected", kind);
    await closeAll(all, t);
  }
});
