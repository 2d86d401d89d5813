// The whole call centre over real signalling: simulated boards speak Q.931 and loop-start, stations of the
// rehearsal room are the callers and the agents' telephones. Audio is the fake engine's, time a test's.
import t, { type Test } from "tap";
import type { Prompts } from "../../src/calls/say.ts";
import { checkSettings } from "../../src/config/read.ts";
import type { TrunkKind } from "../../src/rehearsal/rehearsal.ts";
import { tones } from "../lines/rig.ts";
import { createFakeMedia, type FakeMedia, type FakePort } from "../support/fake-media.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { createDemoOffice, type DemoOffice, type DemoOptions } from "./demo-office.ts";

interface Rig extends Omit<DemoOffice, "close"> {
  readonly clock: TestClock;
  readonly media: FakeMedia;
  press(id: string, keys: string): Promise<void>;
  /** All hung up and settled: nothing may be left. */
  close(t: Test): Promise<void>;
}

async function open(change?: DemoOptions["change"]): Promise<Rig> {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const prompts: Prompts = {
    files: (items) => items.map((item) => JSON.stringify(item)),
    music: (name) => [`music:${name}`],
  };
  const office = await createDemoOffice({
    clock,
    media,
    tones,
    prompts,
    ...(change === undefined ? {} : { change }),
  });
  const { lines, rehearsal, centre, journal } = office;
  await clock.advance(10_000);
  return {
    ...office,
    clock,
    media,
    async press(id, keys) {
      for (const key of keys) rehearsal.press(id, key);
      await clock.advance(keys.length * 250 + 500);
    },
    async close(t) {
      for (const { id } of rehearsal.stations()) rehearsal.hangUp(id);
      await clock.advance(30_000);
      t.same(
        rehearsal.stations().filter(({ state }) => state !== "idle"),
        [],
        "all stations are on hook",
      );
      t.same(
        lines.list().filter(({ state }) => state !== "idle"),
        [],
        "all lines are idle",
      );
      t.same(media.openPorts, [], "no port is open");
      t.same(centre.calls.list(), [], "no call is left");
      t.equal(
        journal.filter((event) => event.type === "call.started").length,
        journal.filter((event) => event.type === "call.ended").length,
        "every call has ended once",
      );
      const closed = office.close();
      await clock.advance(6000);
      await closed;
      t.equal(clock.pending, 0, "no timer is left");
    },
  };
}

/** Whether two stations hear each other: along lines and bridges from one handset to the other. */
function connected({ media, rehearsal }: Rig, a: string, b: string): boolean {
  const fake = (port: unknown): FakePort | undefined => media.all.find((one) => one === port);
  const target = fake(rehearsal.audio(b));
  let port = fake(fake(rehearsal.audio(a))?.connectedTo);
  for (let hops = 0; hops < 5 && port !== undefined; hops++) {
    if (port === target || port.connectedTo === target) return target !== undefined;
    if (port.endpoint.kind !== "pair") return false;
    const other = media.portOf(port.endpoint.pair, port.endpoint.side === "near" ? "far" : "near");
    port = fake(other?.connectedTo);
  }
  return false;
}

for (const trunk of ["isdn", "bri", "fxo"] as const satisfies readonly TrunkKind[]) {
  t.test(`a caller over ${trunk}: menu, key, queue, agent's telephone, conversation`, async (t) => {
    const rig = await open();
    const { clock, rehearsal, centre } = rig;
    rehearsal.dial("phone-5/2", "*22");
    await clock.advance(4000);
    await rig.press("phone-5/2", "301#");
    t.match(centre.acd.agents()[0], { number: "301", extension: "202" }, "logged in at the telephone");
    await clock.advance(8000);
    rehearsal.hangUp("phone-5/2");
    await clock.advance(3000);
    t.match(centre.acd.agents()[0], { status: "idle" });

    rehearsal.dial("outside-1", "88880000", { trunk });
    await clock.advance(trunk === "fxo" ? 6000 : 3000);
    t.equal(rig.station("outside-1").state, "connected", "answered by the flow");
    await rig.press("outside-1", "1");
    await clock.advance(2000);
    t.equal(rig.station("phone-5/2").state, "ringing");
    t.match(centre.calls.list(), [{ phase: "waiting", where: "sales" }]);
    t.notOk(connected(rig, "outside-1", "phone-5/2"));
    rehearsal.lift("phone-5/2");
    await clock.advance(2000);
    t.ok(connected(rig, "outside-1", "phone-5/2"), "both hear each other");
    t.match(centre.calls.list(), [{ phase: "talking", agent: "301" }]);
    await clock.advance(10_000);
    rehearsal.hangUp(trunk === "bri" ? "phone-5/2" : "outside-1");
    await clock.advance(trunk === "fxo" ? 20_000 : 5000);
    t.match(rig.records().at(-1), {
      direction: "in",
      caller: { number: trunk === "fxo" ? "" : "13800138001" },
      digits: "1",
      queue: "sales",
      agent: "301",
      extension: "202",
      cause: 16,
      endedBy: trunk === "bri" ? "called" : "caller",
      disposition: "answered",
      recordings: [{}],
    });
    await rig.close(t);
  });
}

t.test("six calls at once for three agents: all are answered in turn", async (t) => {
  const rig = await open();
  const { clock, rehearsal, centre } = rig;
  for (const [agent, extension] of [
    ["301", "202"],
    ["302", "203"],
    ["303", "204"],
  ] as const)
    centre.acd.logIn(agent, extension, "test");
  for (const id of ["outside-1", "outside-2", "outside-3", "outside-4", "outside-5", "outside-6"])
    rehearsal.dial(id, "88880001");
  await clock.advance(3000);
  t.match(centre.acd.queues()[0], { id: "sales", waiting: 6 });
  for (let round = 0; round < 8; round++) {
    for (const phone of ["phone-5/2", "phone-5/3", "phone-5/4"])
      if (rig.station(phone).state === "ringing") rehearsal.lift(phone);
    await clock.advance(5000);
    for (const phone of ["phone-5/2", "phone-5/3", "phone-5/4"])
      if (rig.station(phone).state === "connected") rehearsal.hangUp(phone);
    await clock.advance(12_000);
  }
  const records = rig.records();
  t.equal(records.length, 6);
  for (const record of records) t.match(record, { disposition: "answered", queue: "sales", cause: 16 });
  const answered = rig.journal.filter((event) => event.type === "queue.connected");
  const entered = rig.journal.filter((event) => event.type === "queue.entered");
  t.same(
    answered.map((event) => event.call),
    entered.map((event) => event.call),
    "first come, first served",
  );
  t.match(centre.acd.queues()[0], {
    waiting: 0,
    totals: { entered: 6, connected: 6, abandoned: 0, left: 0 },
  });
  await rig.close(t);
});

t.test("flash on a real telephone: consult a colleague and transfer", async (t) => {
  const rig = await open();
  const { clock, rehearsal, centre } = rig;
  centre.acd.logIn("301", "202", "test");
  rehearsal.dial("outside-1", "88880001");
  await clock.advance(3000);
  rehearsal.lift("phone-5/2");
  await clock.advance(3000);
  t.ok(connected(rig, "outside-1", "phone-5/2"));
  rehearsal.flash("phone-5/2");
  await clock.advance(2000);
  t.match(centre.calls.list(), [{ phase: "held" }]);
  await rig.press("phone-5/2", "203");
  t.equal(rig.station("phone-5/3").state, "ringing");
  rehearsal.lift("phone-5/3");
  await clock.advance(1000);
  t.ok(connected(rig, "phone-5/2", "phone-5/3"), "the two consult");
  rehearsal.hangUp("phone-5/2");
  await clock.advance(3000);
  t.ok(connected(rig, "outside-1", "phone-5/3"), "and the caller has the colleague");
  rehearsal.hangUp("outside-1");
  await clock.advance(3000);
  t.match(rig.records().at(-1), { transfers: 1, extension: "203", queueLeft: "transferred-consulted" });
  await rig.close(t);
});

t.test("hang up in the consultation: the caller comes back to the same telephone", async (t) => {
  const rig = await open();
  const { clock, rehearsal, centre } = rig;
  centre.acd.logIn("301", "202", "test");
  rehearsal.dial("outside-1", "88880001");
  await clock.advance(3000);
  rehearsal.lift("phone-5/2");
  await clock.advance(3000);
  rehearsal.flash("phone-5/2");
  await clock.advance(2000);
  rehearsal.hangUp("phone-5/2");
  await clock.advance(3000);
  t.equal(rig.station("phone-5/2").state, "ringing");
  rehearsal.lift("phone-5/2");
  await clock.advance(2000);
  t.ok(connected(rig, "outside-1", "phone-5/2"));
  await rig.close(t);
});

t.test("telephone to telephone, and telephone to the outside", async (t) => {
  const rig = await open();
  const { clock, rehearsal } = rig;
  rehearsal.dial("phone-5/1", "205");
  await clock.advance(4000);
  t.equal(rig.station("phone-5/5").state, "ringing");
  rehearsal.lift("phone-5/5");
  await clock.advance(1000);
  t.ok(connected(rig, "phone-5/1", "phone-5/5"));
  rehearsal.dial("phone-5/6", "955501234");
  await clock.advance(8000);
  t.equal(rig.station("outside-3").state, "ringing");
  t.equal(rig.station("outside-3").with, "88880000", "the trunk group's number is shown");
  rehearsal.lift("outside-3");
  await clock.advance(2000);
  t.ok(connected(rig, "phone-5/6", "outside-3"));
  rehearsal.hangUp("outside-3");
  rehearsal.hangUp("phone-5/5");
  await clock.advance(3000);
  t.equal(rig.station("phone-5/1").state, "busy", "hears that the other has gone");
  t.same(
    rig.records().map((record) => [record?.direction, record?.endedBy, record?.disposition]),
    [
      ["internal", "called", "answered"],
      ["out", "called", "answered"],
    ],
  );
  await rig.close(t);
});

t.test("a caller waits unanswered and hears music; the agent's answer is the answer", async (t) => {
  for (const trunk of ["isdn", "bri"] as const) {
    const rig = await open((settings) =>
      checkSettings(
        {
          ...settings,
          incoming: [{ called: "88880001", to: { queue: "sales" }, answer: "when-agent" }],
          queues: settings.queues.map(({ overflow: _overflow, ...queue }) => queue),
        },
        "test",
      ),
    );
    const { clock, media, rehearsal, centre } = rig;
    rehearsal.dial("outside-1", "88880001", { trunk });
    await clock.advance(20_000);
    t.equal(rig.station("outside-1").state, "ringback", `${trunk}: not answered`);
    t.match(centre.calls.list(), [{ phase: "waiting", where: "sales" }]);
    const playing = media.openPorts.filter((port) => port.playing?.kind === "files");
    t.equal(playing.length, 1, "music is played");
    const handset = media.all.find((one) => one === rehearsal.audio("outside-1"));
    const far = media.all.find((one) => one === handset?.connectedTo);
    t.equal(far?.endpoint.kind, "pair", "and the exchange has put the caller through to it");
    centre.acd.logIn("301", "202", "test");
    await clock.advance(3000);
    t.equal(rig.station("outside-1").state, "ringback", "while the agent's telephone rings");
    rehearsal.lift("phone-5/2");
    await clock.advance(2000);
    t.equal(rig.station("outside-1").state, "connected");
    t.ok(connected(rig, "outside-1", "phone-5/2"), "both hear each other");
    await clock.advance(5000);
    rehearsal.hangUp("outside-1");
    await clock.advance(3000);
    const record = rig.records().at(-1);
    t.ok((record?.answeredAt ?? 0) - (record?.startedAt ?? 0) > 20_000, "answered by the agent");
    t.match(record, { disposition: "answered", agent: "301" });
    await rig.close(t);
  }
});

t.test("an emergency call gets a channel though all are taken", async (t) => {
  const rig = await open((settings) =>
    checkSettings(
      {
        ...settings,
        spans: settings.spans.map(({ group, ...span }) => (group === "bri" ? { ...span, group } : span)),
        analog: settings.analog.map(({ group: _group, ...port }) => port),
        outgoing: [{ pattern: "7.", group: "bri", strip: 1, class: "local" }],
      },
      "test",
    ),
  );
  const { clock, rehearsal, lines, journal } = rig;
  for (const [i, number] of ["13800138001", "13900139002", "55501234", "55505678"].entries()) {
    rehearsal.dial(`phone-5/${i + 1}`, `7${number}`);
    await clock.advance(8000);
  }
  const taken = () => lines.list().filter(({ group, state }) => group === "bri" && state === "in-use").length;
  t.equal(taken(), 4, "all channels are taken");
  rehearsal.dial("phone-5/5", "110");
  await clock.advance(5000);
  const preempted = journal.filter(({ type }) => type === "call.preempted");
  t.equal(preempted.length, 1, "one call made room");
  t.equal(rig.station("phone-5/4").state, "busy", "the newest");
  const helped = journal.findLast((event) => event.type === "leg.added" && event.class === "emergency");
  t.match(helped, { number: "110", group: "bri" });
  await rig.close(t);
});

t.test(
  "timeslots of one span in two groups; a channel is kept for who calls in, but not from help",
  async (t) => {
    const rig = await open((settings) =>
      checkSettings(
        {
          ...settings,
          spans: settings.spans.map(({ group, ...span }) =>
            span.span === 1
              ? {
                  ...span,
                  ...(group === undefined ? {} : { group }),
                  ranges: [
                    { from: 2, to: 3, group: "bri" },
                    { from: 3, to: 5, group: "analog" },
                  ],
                }
              : span,
          ),
          analog: settings.analog.map(({ group: _group, ...port }) => port),
          trunkGroups: settings.trunkGroups.map((group) =>
            group.id === "bri" ? { ...group, reserveIncoming: 1 } : group,
          ),
          outgoing: [
            { pattern: "7.", group: "bri", strip: 1, class: "local" },
            { pattern: "110", group: "bri", class: "emergency" },
          ],
        },
        "test",
      ),
    );
    const { clock, rehearsal, lines, journal } = rig;
    const members = (group: string) =>
      lines
        .list()
        .filter((line) => line.group === group)
        .map(({ id }) => id);
    t.same(members("bri"), ["1/2", "1/3"], "the first range that fits");
    t.same(members("analog"), ["1/4", "1/5"]);
    t.equal(members("city").length, 26);
    const out = () => journal.filter((event) => event.type === "leg.added" && event.group === "bri").length;
    rehearsal.dial("phone-5/1", "755501234");
    await clock.advance(8000);
    t.equal(out(), 1);
    rehearsal.dial("phone-5/2", "755505678");
    await clock.advance(8000);
    t.equal(out(), 1, "the other is kept");
    rehearsal.dial("phone-5/3", "110");
    await clock.advance(5000);
    t.equal(out(), 2, "not from an emergency call");
    t.same(
      journal.filter(({ type }) => type === "call.preempted"),
      [],
    );
    await rig.close(t);
  },
);
