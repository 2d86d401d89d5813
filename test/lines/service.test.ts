// Out of service and back, at once or when idle, over restarts; tests of lines; and what never gets lost.
import { join } from "node:path";
import t from "tap";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import { createSettings } from "../../src/config/store.ts";
import { createLines } from "../../src/lines/lines.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import type { OutOfService } from "../../src/config/settings.ts";
import type { LineInfo } from "../../src/lines/leg.ts";
import { covers, outOfServiceBy } from "../../src/lines/service.ts";
import { closeAll, isdn, number, states, type IsdnRig } from "./isdn-rig.ts";
import { createRig, first, listen, matchNumber, tones } from "./rig.ts";

const line = (all: { readonly lines: IsdnRig["lines"] }, id: string): LineInfo => {
  const found = all.lines.list().find((one) => one.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found;
};
const call = (all: IsdnRig, id: string) =>
  all.exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: id } });

t.test("what is covered, and by what", (t) => {
  const place = { id: "1/2", span: 1, group: "city" };
  const entries: readonly (readonly [OutOfService, boolean])[] = [
    [{ line: "1/2" }, true],
    [{ line: "1/1" }, false],
    [{ span: 1 }, true],
    [{ span: 2 }, false],
    [{ group: "city" }, true],
    [{ group: "other" }, false],
  ];
  for (const [entry, expected] of entries) t.equal(covers(entry, place), expected, JSON.stringify(entry));
  t.equal(covers({ group: "city" }, { id: "1/2", span: 1 }), false, "a line of no group");
  t.equal(outOfServiceBy([{ group: "city" }, { span: 1 }, { line: "1/2" }], place), "line");
  t.equal(outOfServiceBy([{ group: "city" }, { span: 1 }], place), "span");
  t.equal(outOfServiceBy([{ group: "city" }], place), "group");
  t.equal(outOfServiceBy([{ span: 9 }], place), undefined);
  t.end();
});

t.test(
  "bit errors: of a timeslot that is out of service, until the time is over or it is put back",
  async (t) => {
    const all = await isdn();
    await t.rejects(all.lines.bitErrors("1/1", 1000), { code: "ERR_LINE_IN_SERVICE" });
    await t.rejects(all.lines.bitErrors("9/9", 1000), { code: "ERR_LINE_UNKNOWN" });
    all.outOfService({ line: "1/1" });
    await all.clock.advance(100);
    const testing = all.lines.bitErrors("1/1", 5000);
    await all.clock.advance(1000);
    t.match(line(all, "1/1"), { state: "in-use", outOfService: "line" });
    await t.rejects(all.lines.bitErrors("1/1", 1000), { code: "ERR_LINE_BUSY" });
    await all.clock.advance(4000);
    t.match(await testing, { errors: 0 });
    t.match(line(all, "1/1"), { state: "blocked" });
    const cut = all.lines.bitErrors("1/1", 5000);
    await all.clock.advance(1000);
    all.outOfService();
    await all.clock.advance(10);
    t.match(await cut, { errors: 0 }, "over as it is put back");
    await all.clock.advance(10);
    t.match(line(all, "1/1"), { state: "idle" });
    call(all, "1/1");
    await all.clock.advance(10);
    first(all).answer();
    await all.clock.advance(10);
    t.match(line(all, "1/1"), { state: "in-use" }, "and takes calls");
    all.outOfService({ line: "1/1" });
    all.pair.cable(1).pull();
    await all.clock.advance(10_000);
    const cutOff = all.lines.bitErrors("1/1", 1000);
    await all.clock.advance(1100);
    t.match(await cutOff, { bits: 0 }, "also while the span is down, which is why one looks");
    all.pair.cable(1).plug();
    await all.clock.advance(20_000);
    all.outOfService();
    await closeAll(all, t);
  },
);

t.test(
  "when idle: the call goes on, then the channel is blocked, and returns when it is put back",
  async (t) => {
    const all = await isdn();
    const out = call(all, "1/1");
    await all.clock.advance(10);
    first(all).answer();
    await all.clock.advance(10);
    all.outOfService({ line: "1/1" });
    await all.clock.advance(1000);
    t.equal(out.state, "connected");
    t.match(line(all, "1/1"), { state: "in-use", outOfService: "line" });
    out.release();
    await all.clock.advance(100);
    t.match(line(all, "1/1"), { state: "blocked", outOfService: "line" });
    t.ok(
      all.told.some(
        (event) => event.type === "line" && event.line.id === "1/1" && event.line.state === "blocked",
      ),
      "it is told of",
    );
    t.throws(() => all.lines.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } }), {
      code: "ERR_LINE_DOWN",
    });
    t.equal(
      all.lines.dial({ called: number("1"), calling: number("2"), via: { group: "out" } }).line.id,
      "1/2",
      "hunting passes it over",
    );
    all.outOfService();
    await all.clock.advance(10);
    t.match(line(all, "1/1"), { state: "idle" });
    t.equal(line(all, "1/1").outOfService, undefined);
    await closeAll(all, t);
  },
);

t.test(
  "a SETUP for a blocked channel: cause 44 when exclusive, another channel when preferred",
  async (t) => {
    for (const selection of ["exclusive", "preferred"] as const) {
      const all = await isdn("E1", "fixed", { exchange: { channelSelection: selection } });
      all.outOfService({ line: "1/1" });
      const out = call(all, "1/1");
      const heard = listen(out);
      await all.clock.advance(50);
      if (selection === "exclusive") {
        t.strictSame(heard, ["released 44 remote"]);
        t.equal(all.offered.length, 0);
      } else {
        first(all).answer();
        await all.clock.advance(50);
        t.equal(out.state, "connected");
        t.equal(first(all).line.id, out.line.id, "both speak on the same one");
        t.not(out.line.id, "1/1");
      }
      await closeAll(all, t);
    }
  },
);

t.test("a SETUP when all are blocked: cause 34 when preferred", async (t) => {
  const all = await isdn("BRI", "fixed", { exchange: { channelSelection: "preferred" } });
  all.outOfService({ span: 1 });
  const heard = listen(call(all, "1/1"));
  await all.clock.advance(50);
  t.strictSame(heard, ["released 34 remote"]);
  await closeAll(all, t);
});

t.test("at once: the calls end with cause 41, in every phase", async (t) => {
  const all = await isdn("BRI");
  const phases = ["offered", "answered", "dialling", "dialled"] as const;
  for (const phase of phases) {
    const outgoing = phase.startsWith("dial");
    const leg = outgoing
      ? all.lines.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } })
      : call(all, "1/1");
    const heard = listen(leg);
    if (phase !== "dialling") await all.clock.advance(20);
    if (phase === "answered") all.offered.at(-1)?.answer();
    await all.clock.advance(phase === "dialling" ? 0 : 20);
    all.outOfService({ group: "out" });
    t.equal(all.lines.clear({ group: "out" }), 1, phase);
    await all.clock.advance(100);
    t.equal(heard.at(-1), outgoing ? "released 41 local" : "released 41 remote", phase);
    t.equal(states(all.lines), "blocked", phase);
    all.outOfService();
    await all.clock.advance(10);
    t.equal(states(all.lines) + states(all.exchange), "idleidle", phase);
  }
  await closeAll(all, t);
});

t.test("what the settings say at the start holds from the start", async (t) => {
  const all = await isdn("E1", "fixed", { outOfService: [{ line: "1/3" }, { span: 7 }], exchange: {} });
  t.equal(line(all, "1/3").state, "blocked");
  t.equal(all.lines.list().filter(({ state }) => state === "idle").length, 29);
  const heard = listen(call(all, "1/3"));
  await all.clock.advance(50);
  t.strictSame(heard, ["released 44 remote"]);
  await closeAll(all, t);
});

t.test(
  "testing a B-channel: RESTART acknowledged, unanswered, in use, link down; blocked ones too",
  async (t) => {
    const all = await isdn();
    const tested = all.lines.test({ line: "1/1" });
    await all.clock.advance(50);
    t.strictSame(await tested, {
      passed: true,
      tested: [
        {
          line: "1/1",
          checks: [
            { check: "alarms", result: "passed" },
            { check: "data-link", result: "passed" },
            { check: "restart", result: "passed" },
          ],
        },
      ],
    });
    all.outOfService({ line: "1/1" });
    const blocked = all.lines.test({ line: "1/1" });
    await all.clock.advance(50);
    t.equal((await blocked).passed, true, "blocked and tested");
    t.equal(line(all, "1/1").state, "blocked", "and blocked it stays");

    call(all, "1/2");
    await all.clock.advance(10);
    const busy = await all.lines.test({ line: "1/2" });
    t.match(busy.tested[0]?.checks[2], { check: "restart", result: "skipped", why: "in-use" });
    first(all).release();
    await all.clock.advance(50);

    // The exchange knows no RESTART: layer 2 acknowledges, nobody answers.
    for (const id of ["1/1", "1/4"]) {
      all.pair.cable(1).loseFrames((frame, from) => from === "far" && frame[8] === 0x4e);
      const silent = all.lines.test({ line: id });
      await all.clock.advance(30_000);
      t.match(await silent, {
        passed: false,
        tested: [{ checks: [{}, {}, { result: "failed", why: "no-answer" }] }],
      });
      all.pair.cable(1).loseFrames(undefined);
    }
    await all.clock.advance(60_000);
    t.equal(line(all, "1/4").state, "idle", "restarted until it answered");

    all.pair.cable(1).pull();
    await all.clock.advance(10_000);
    const down = await all.lines.test({ line: "1/4" });
    t.match(down.tested[0]?.checks, [
      { check: "alarms", result: "failed" },
      { check: "data-link", result: "failed" },
      { check: "restart", result: "skipped", why: "down" },
    ]);
    t.match(await all.lines.test({ span: 1 }), { passed: false, tested: [{ span: 1 }] });
    all.pair.cable(1).plug();
    await all.clock.advance(10_000);
    t.match(await all.lines.test({ group: "out" }), {
      passed: true,
      tested: [{ span: 1, checks: [{ check: "alarms" }, { check: "data-link" }] }],
    });
    await closeAll(all, t);
  },
);

t.test("a test that is under way ends when the link goes, or the lines close", async (t) => {
  const all = await isdn();
  const deaf = (): void => all.pair.cable(1).loseFrames((_, from) => from === "far");
  deaf();
  const cut = all.lines.test({ line: "1/1" });
  const twice = all.lines.test({ line: "1/1" });
  await all.clock.advance(20_000);
  t.equal((await cut).passed, false);
  t.equal((await twice).passed, false);
  all.pair.cable(1).loseFrames(undefined);
  await all.clock.advance(60_000);
  deaf();
  const closing = all.lines.test({ line: "1/1" });
  all.pair.cable(1).loseFrames(undefined);
  await closeAll(all, t);
  t.equal((await closing).tested.length, 1);
});

t.test("a channel that failed is restarted when a lost link comes back", async (t) => {
  const all = await isdn();
  call(all, "1/1");
  await all.clock.advance(10);
  first(all).answer();
  await all.clock.advance(10);
  all.pair.cable(1).loseFrames((frame, from) => from === "far" && [0x4d, 0x5a].includes(frame[8] ?? 0));
  first(all).release();
  await all.clock.advance(15_000);
  all.pair.cable(1).loseFrames(undefined);
  all.pair.cable(1).pull();
  await all.clock.advance(60_000);
  all.pair.cable(1).plug();
  await all.clock.advance(90_000);
  t.equal(states(all.lines) + states(all.exchange), "idleidle");
  await closeAll(all, t);
});

t.test("what is blocked stays so over a restart, and is put back for good", async (t) => {
  const folder = t.testdir();
  const clock = createTestClock();
  const open = () =>
    createSettings({
      path: join(folder, "settings.json"),
      defaults: demoOffice(),
      log: silentLogger,
      clock,
      watch: false,
    });
  const statesAfterStart = async (): Promise<string> => {
    const settings = await open();
    const pair = createSimulatedPair({ spans: [{ kind: "BRI" }] }, { clock });
    const lines = createLines({
      boards: [pair.near],
      media: createFakeMedia({ clock }),
      settings: () => settings.current(),
      clock,
      tones,
      matchNumber,
    });
    const out = lines.list().map(({ id, outOfService }) => `${id} ${outOfService ?? "in"}`);
    const closed = lines.close();
    await clock.advance(3000);
    await closed;
    await settings.close();
    return out.join();
  };
  t.equal(await statesAfterStart(), "1/1 in,1/2 in");
  const settings = await open();
  await settings.update((draft) => void draft.outOfService.push({ line: "1/2", reason: "crackles" }));
  await settings.close();
  t.equal(await statesAfterStart(), "1/1 in,1/2 line");
  t.equal(await statesAfterStart(), "1/1 in,1/2 line", "and over the next");
  const again = await open();
  await again.update((draft) => void draft.outOfService.splice(0));
  await again.close();
  t.equal(await statesAfterStart(), "1/1 in,1/2 in");
});

t.test("what is not there cannot be cleared or tested", async (t) => {
  const all = await isdn("BRI");
  for (const [target, code] of [
    [{ line: "9/9" }, "ERR_LINE_UNKNOWN"],
    [{ group: "none" }, "ERR_LINE_UNKNOWN"],
    [{ span: 9 }, "ERR_SPAN_UNKNOWN"],
  ] as const) {
    t.throws(() => all.lines.clear(target), { code });
    await t.rejects(all.lines.test(target), { code });
  }
  await closeAll(all, t);
  t.throws(() => all.lines.clear({ span: 1 }), { code: "ERR_CLOSED" });
});

t.test("an exchange line out of service is neither seized nor answered; one in a call goes on", async (t) => {
  let outOfService: OutOfService[] = [];
  const rig = createRig(
    { spans: [{ kind: "analog", ports: ["fxo"] }] },
    {},
    {
      settings: () => ({ spans: [], analog: [], trunkGroups: [], extensions: [], outOfService }),
    },
  );
  const far = rig.farPort(1, 1);
  far.startRing([1000, 1000]);
  await rig.clock.advance(2500);
  t.equal(rig.offered.length, 1);
  outOfService = [{ line: "1/1" }];
  rig.lines.settingsChanged();
  first(rig).answer();
  await rig.clock.advance(1000);
  t.equal(first(rig).state, "connected");
  t.equal(rig.lines.clear({ line: "1/1" }), 1);
  await rig.clock.advance(5000);
  t.equal(first(rig).state, "released");
  t.match(rig.lines.list(), [{ state: "blocked", outOfService: "line" }]);
  t.equal(rig.lines.clear({ line: "1/1" }), 0, "nothing is on it");
  far.startRing([1000, 1000]);
  await rig.clock.advance(5000);
  t.equal(rig.offered.length, 1, "it rings in vain");
  outOfService = [];
  rig.lines.settingsChanged();
  await rig.clock.advance(5000);
  t.equal(rig.offered.length, 2, "back in service");
  t.match(await rig.lines.test({ line: "1/1" }), {
    passed: true,
    tested: [{ checks: [{}, { check: "port" }] }],
  });
});

t.test("a telephone out of service is dead until it is put back", async (t) => {
  let outOfService: OutOfService[] = [{ line: "1/1" }];
  const rig = createRig(
    { spans: [{ kind: "analog", ports: ["fxs"] }] },
    {},
    {
      settings: () => ({ spans: [], analog: [], trunkGroups: [], extensions: [], outOfService }),
    },
  );
  const far = rig.farPort(1, 1);
  t.throws(() => rig.lines.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } }), {
    code: "ERR_LINE_DOWN",
  });
  far.offHook();
  await rig.clock.advance(500);
  t.equal(rig.media.openPorts.length, 0, "no dial tone");
  outOfService = [];
  rig.lines.settingsChanged();
  await rig.clock.advance(500);
  t.equal(rig.media.openPorts.length, 1, "dial tone");
  far.onHook();
  await rig.clock.advance(2000);
  t.match(rig.lines.list(), [{ state: "idle" }]);
  outOfService = [{ span: 1 }];
  rig.lines.settingsChanged();
  far.offHook();
  await rig.clock.advance(500);
  far.onHook();
  await rig.clock.advance(2000);
  outOfService = [];
  rig.lines.settingsChanged();
  await rig.clock.advance(500);
  t.equal(rig.media.openPorts.length, 0, "it was hung up meanwhile");
});
