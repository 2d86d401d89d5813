// boards/dahdi over a fake driver: discovery, hot plug, alarms, and what it makes of the driver's refusals. What the real
// driver does with it is the lab's board-contract.
import { driver } from "node-dahdi";
import t from "tap";
import { openDahdiBoard } from "../../../src/boards/dahdi/board.ts";
import type { AnalogPort, Board, Channel, LineAudio, LineConfig } from "../../../src/boards/board.ts";
import type { AudioEndpoint, LineUse } from "../../../src/shared/audio.ts";
import { parseProfile } from "../../../src/boards/profiles.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { createFakeDriver, office, type FakeDriver } from "./fake-driver.ts";
import { usualE1 } from "../../support/line-config.ts";

interface Rig {
  readonly fake: FakeDriver;
  readonly clock: TestClock;
  readonly board: Board;
}

function start(): Rig {
  const fake = createFakeDriver();
  const clock = createTestClock();
  return { fake, clock, board: openDahdiBoard({ clock, driver: fake.face }) };
}

function channelAt<K extends Channel["kind"]>(
  board: Board,
  number: number,
  kind: K,
): Extract<Channel, { kind: K }> {
  const channel = board.spans.flatMap((span) => span.channels).find((each) => each.number === number);
  if (channel?.kind !== kind) throw new Error(`channel ${number} is ${channel?.kind ?? "not there"}`);
  return channel as Extract<Channel, { kind: K }>;
}

const fxo = ({ board }: Rig): AnalogPort => channelAt(board, 35, "analog");
const fxs = ({ board }: Rig): AnalogPort => channelAt(board, 36, "analog");

t.test("finds spans and channels by their signalling", async (t) => {
  const { board } = start();
  t.same(
    board.spans.map((span) => [span.number, span.kind, span.channels.length]),
    [
      [1, "E1", 31],
      [2, "BRI", 3],
      [4, "analog", 2],
    ],
    "a gap in the numbers, and a broken port left out",
  );
  t.equal(channelAt(board, 16, "data").position, 16);
  t.equal(channelAt(board, 34, "data").position, 3);
  t.equal(channelAt(board, 35, "analog").role, "fxo", "fxs signalling is an FXO port");
  t.equal(channelAt(board, 36, "analog").role, "fxs");
  t.match(board.spans[0]?.status(), { alarms: [], counters: { bipolarViolations: 3 } });
  await board.close();
});

t.test("how a line is driven: the driver's mask, there and back", async (t) => {
  const { fake, board } = start();
  const [primary, basic, analog] = board.spans;
  const line: LineConfig = usualE1;
  t.equal(primary?.status().line, undefined, "never configured");
  const rows: readonly [changes: Partial<LineConfig>, mask: number][] = [
    [{}, 0x700],
    [{ crc4: false }, 0x300],
    [{ framing: "cas" }, 0x600],
    [{ coding: "ami", crc4: false, network: true, termination: true }, 0x1940],
    [{ alarmWhenClosed: true, lineBuildOut: 3 }, 0x10700],
  ];
  for (const [changes, mask] of rows) {
    const wanted = { ...line, ...changes };
    fake.calls.length = 0;
    primary?.configure(wanted, 2);
    t.strictSame(fake.calls, [
      `ctl configureSpan {span:1,lineBuildOut:${wanted.lineBuildOut},lineConfig:${mask},timing:2}`,
      "ctl startSpan 1",
    ]);
    t.strictSame(primary?.status().line, wanted);
  }
  fake.failures.set("ctl configureSpan", ["EINVAL"]);
  t.throws(() => basic?.configure(line, 0), { code: "ERR_DRIVER" });
  t.throws(() => analog?.configure(line, 0), { code: "ERR_UNSUPPORTED" });
  await board.close();
});

t.test("without the driver, and with one that refuses", (t) => {
  const fake = createFakeDriver();
  const open = (): unknown => openDahdiBoard({ clock: createTestClock(), driver: fake.face });
  fake.failures.set("openControl", ["ENOENT", "EACCES"]);
  t.throws(open, { code: "ERR_DRIVER_MISSING" });
  t.throws(open, { code: "ERR_DRIVER" });
  fake.failures.set("ctl spanStatus", ["EIO"]);
  t.throws(open, { code: "ERR_DRIVER" });
  t.equal(fake.controlClosed, true, "nothing is left open");
  t.end();
});

t.test("alarms are told within a second, and at once when a channel tells", async (t) => {
  const { board, fake, clock } = start();
  const [span] = board.spans;
  const told: unknown[] = [];
  span?.events.on((event) => told.push(event.alarms));
  const first = { ...office[0], alarms: 8 | 0x100 } as (typeof office)[number];
  fake.spans = [first, ...office.slice(1)];
  await clock.advance(1000);
  t.same(told, [["RED", "LOS"]]);
  t.same(span?.status().alarms, ["RED", "LOS"]);
  await clock.advance(3000);
  t.equal(told.length, 1, "once");
  const bearer = channelAt(board, 1, "bearer").open({});
  const heard: string[] = [];
  bearer.events.on((event) => heard.push(event.type));
  fake.spans = office;
  fake.tell(1, "NOALARM");
  await clock.advance(1);
  t.same(told, [["RED", "LOS"], []]);
  t.same(heard, ["alarm-clear"]);
  await board.close();
});

t.test("a driver that cannot be read is looked at again, and ends nothing", async (t) => {
  const { board, fake, clock } = start();
  fake.failures.set("ctl spanStatus", ["EIO"]);
  await clock.advance(1000);
  fake.spans = office.slice(1);
  await clock.advance(1000);
  t.equal(board.spans.length, 2);
  await board.close();
  t.equal(clock.pending, 0, "no timer is left");
});

t.test("a card that nobody has configured is put to its usual use, if it is ours", async (t) => {
  const fake = createFakeDriver();
  const clock = createTestClock();
  const { FXSKS, FXSLS, FXOKS, FXOLS, HARDHDLC, CLEAR } = driver.constants.signalling;
  fake.spans = [
    { number: 1, signalling: Array<number>(31).fill(0) },
    { number: 2, signalling: [0, 0, 0], capabilities: [CLEAR, CLEAR, HARDHDLC] },
    {
      number: 3,
      signalling: [0, 0, 0],
      capabilities: [FXSKS | FXSLS, FXOKS | FXOLS, 0],
      lineCompatibility: 0,
    },
    { number: 4, signalling: Array<number>(31).fill(0) },
  ];
  const board = openDahdiBoard({ clock, driver: fake.face, mine: (span) => span !== 4 });
  t.same(
    board.spans.map(({ number, kind, channels }) => [number, kind, channels.length]),
    [
      [1, "E1", 31],
      [2, "BRI", 3],
      [3, "analog", 2],
      [4, "E1", 0],
    ],
  );
  t.same(board.spans[2]?.uses, ["fxo", "fxs", "unused"], "as the modules on the card are");
  t.ok(fake.calls.includes("ctl configureSpan {span:1,lineConfig:1792,timing:1}"), "CCS, HDB3, CRC-4");
  t.ok(fake.calls.includes(`ctl configureChannel {channel:34,signalling:${HARDHDLC},law:alaw}`));
  t.ok(fake.calls.includes("ctl startSpan 2"));
  t.notOk(
    fake.calls.some((call) => call.startsWith("ctl startSpan 3")),
    "telephone ports need no start",
  );

  const [primary] = board.spans;
  fake.failures.set("ctl configureChannel", ["EINVAL"]);
  t.throws(() => primary?.assign(primary.usualUses), { code: "ERR_DRIVER" });
  t.equal(board.spans[0], primary, "nothing has changed");
  fake.spans = [...fake.spans, { number: 5, signalling: Array<number>(31).fill(0) }];
  fake.failures.set("ctl configureChannel", ["EINVAL"]);
  await clock.advance(1000);
  t.equal(board.spans.find(({ number }) => number === 5)?.channels.length, 0, "refused: shown, and not used");
  await board.close();
});

t.test("hot plug: spans come, go, and change places", async (t) => {
  const { board, fake, clock } = start();
  const told: string[] = [];
  board.events.on((event) => told.push(`${event.type} ${event.span.number} ${event.span.name}`));
  const [first] = board.spans;
  fake.spans = [...office, { number: 5, name: "DYN/loc/1:0", signalling: [0, 0] }];
  await clock.advance(1000);
  t.same(told, [], "a virtual span without a configured channel is nothing yet");
  fake.spans = [...office, { number: 5, signalling: [0, 0x80] }];
  await clock.advance(1000);
  t.same(told, ["span-added 5 FAKE/5"]);
  fake.spans = [
    office[0] as (typeof office)[number],
    { ...(office[1] as (typeof office)[number]), name: "OTHER" },
  ];
  await clock.advance(1000);
  t.same(told.slice(1).sort(), [
    "span-added 2 OTHER",
    "span-removed 2 FAKE/2",
    "span-removed 4 FAKE/4",
    "span-removed 5 FAKE/5",
  ]);
  t.equal(board.spans[0], first, "the span that stayed is the same object");
  await board.close();
});

t.test("the status of a span that is gone", async (t) => {
  const { board, fake } = start();
  const [span] = board.spans;
  fake.spans = office.slice(1);
  t.same(span?.status().alarms, ["NOTOPEN"]);
  await board.close();
  t.same(span?.status().alarms, ["NOTOPEN"], "and of a board that is closed");
});

t.test("refusals on opening", async (t) => {
  const { board, fake } = start();
  const bearer = channelAt(board, 1, "bearer");
  fake.failures.set("openChannel 1", ["EBUSY", "ENXIO", "EACCES"]);
  t.throws(() => bearer.open({}), { code: "ERR_CHANNEL_BUSY", detail: /another program/ });
  t.throws(() => bearer.open({}), { code: "ERR_CHANNEL_MISSING" });
  t.throws(() => bearer.open({}), { code: "ERR_DRIVER" });
  fake.failures.set("1 setAudioMode", ["EINVAL"]);
  t.throws(() => bearer.open({}), { code: "ERR_DRIVER" });
  t.equal(fake.open.size, 0, "a channel that could not be prepared is closed again");
  bearer.open({});
  t.same([...fake.open], [1]);
  await board.close();
  t.equal(fake.open.size, 0);
});

t.test(
  "the card's profile sets law and echo canceller, and does without one that is not there",
  async (t) => {
    const fake = createFakeDriver();
    const profile = parseProfile(
      "fake-card.json",
      JSON.stringify({
        $schema: "./schema.json",
        id: "fake-card",
        vendor: "Fake",
        model: "Card",
        driver: "fake",
        kind: "analog",
        match: { deviceType: "Fake" },
        spansPerCard: 1,
        portsPerSpan: 2,
        portName: "Port {position}",
        defaults: { law: "ulaw", echoCanceller: "oslec" },
      }),
    );
    const board = openDahdiBoard({ clock: createTestClock(), driver: fake.face, profiles: [profile] });
    const port = channelAt(board, 36, "analog").open({});
    t.match(port.audio, { kind: "dahdi", law: "ulaw" });
    t.ok(fake.calls.includes("36 setLaw ulaw"));
    t.notOk(
      fake.calls.some((call) => call.includes("Echo")),
      "nothing is cancelled while nobody speaks",
    );
    use(port.audio, "voice");
    t.ok(fake.calls.includes("ctl attachEchoCanceller 36 oslec"));
    t.ok(fake.calls.includes("36 setEchoCancel 1"));
    fake.failures.set("ctl attachEchoCanceller", ["EINVAL"]);
    const other = channelAt(board, 35, "analog").open({ law: "alaw" });
    t.doesNotThrow(() => use(other.audio, "voice"));
    t.ok(fake.calls.includes("35 setLaw alaw"), "what the caller says comes first");
    await board.close();
  },
);

const use = (audio: AudioEndpoint, what: LineUse): void => {
  if (audio.kind === "dahdi") audio.use?.(what);
};

t.test("a channel is tapped on a pseudo channel, which is closed in any case", async (t) => {
  const { fake, board } = start();
  const tap = board.tap?.(7, { direction: "both", beforeCanceller: false });
  t.match(tap?.audio, { kind: "dahdi", law: "alaw" });
  t.strictSame(
    fake.calls.filter((call) => call.startsWith("0 ")),
    ["0 setLaw alaw", "0 setConference {conference:7,mode:3}"],
  );
  t.ok(fake.open.has(0));
  tap?.close();
  t.notOk(fake.open.has(0));
  fake.failures.set("0 setConference", ["EINVAL"]);
  t.throws(() => board.tap?.(999, { direction: "received", beforeCanceller: true }), { code: "ERR_DRIVER" });
  t.notOk(fake.open.has(0), "also when the driver refuses");
  await board.close();
});

t.test("gains and canceller follow what the channel carries", async (t) => {
  const rig = start();
  const { fake } = rig;
  let audio: LineAudio = {
    echoCanceller: "mg2",
    echoTailMs: 32,
    echoTrainMs: 300,
    receiveGainDb: 3,
    hardwareSendGainDb: -2,
  };
  const { audio: endpoint } = channelAt(rig.board, 1, "bearer").open({ audio: () => audio });
  const since = (): string[] => fake.calls.splice(0).map((call) => call.replace(/\{.*\}/u, "table"));
  since();
  use(endpoint, "voice");
  const begun = [
    "1 setGains table",
    "1 setHardwareGain tx -2",
    "ctl attachEchoCanceller 1 mg2",
    "1 setEchoCancel 256",
    "1 trainEchoCancel 300",
  ];
  t.strictSame(since(), begun);
  use(endpoint, "modem");
  t.strictSame(since(), ["1 setEchoCancel 0"], "a fax has gains and no canceller");
  use(endpoint, "bits");
  t.strictSame(since(), ["1 setGains table"], "bits have neither");
  use(endpoint, "voice");
  t.strictSame(since(), [...begun.slice(0, 1), ...begun.slice(2)]);
  fake.tell(1, "RX_CED_DETECTED");
  fake.tell(1, "TX_CED_DETECTED");
  t.strictSame(since(), ["1 setEchoCancel 0"], "a modem was heard");
  use(endpoint, "voice");
  since();
  use(endpoint, "idle");
  t.strictSame(since(), ["1 setEchoCancel 0"]);
  fake.tell(1, "RX_CED_DETECTED");
  t.strictSame(since(), []);
  audio = {};
  use(endpoint, "voice");
  t.strictSame(since(), ["1 setGains table", "1 setHardwareGain tx 0"], "settings that changed meanwhile");
  audio = { receiveGainDb: 6, hardwareReceiveGainDb: 1, echoCanceller: "oslec" };
  for (const call of ["setGains", "setHardwareGain", "setEchoCancel"])
    fake.failures.set(`1 ${call}`, ["ENOTTY"]);
  t.doesNotThrow(() => use(endpoint, "voice"), "a call without them is better than none");
  await rig.board.close();
});

t.test("what cards cannot, and cards that are gone", async (t) => {
  const rig = start();
  const port = fxs(rig).open({});
  rig.fake.failures.set("36 setPolarity", ["ENOTTY", "ENODEV", "EIO"]);
  t.throws(() => port.setPolarity(true), { code: "ERR_UNSUPPORTED" });
  t.doesNotThrow(() => port.setPolarity(true), "the event `removed` tells of a card that is gone");
  t.throws(() => port.setPolarity(true), { code: "ERR_DRIVER" });
  const heard: string[] = [];
  port.events.on((event) => heard.push(event.type));
  rig.fake.tell(36, "REMOVED");
  t.same(heard, ["removed"]);
  await rig.board.close();
});

t.test("FXS: ringing waits until the driver has finished the call before", async (t) => {
  const rig = start();
  const port = fxs(rig).open({});
  const heard: unknown[] = [];
  port.events.on((event) => heard.push(event));
  rig.fake.failures.set("36 hook ring", ["EBUSY", "EBUSY"]);
  port.startRing([1000, 4000]);
  await rig.clock.advance(150);
  t.same(heard, []);
  await rig.clock.advance(100);
  t.same(heard, [{ type: "ringer", on: true }]);
  t.ok(rig.fake.calls.includes("36 setCadence [1000,4000]"));
  rig.fake.tell(36, "RINGEROFF");
  rig.fake.tell(36, "RINGERON");
  await rig.clock.advance(1);
  rig.fake.tell(36, "RINGOFFHOOK");
  await rig.clock.advance(1);
  t.same(heard.slice(1), [
    { type: "ringer", on: false },
    { type: "ringer", on: true },
    { type: "off-hook" },
    { type: "ringer", on: false },
  ]);
  t.equal(rig.fake.calls.at(-1), "36 hook off-hook", "which trips the ringing");
  port.startRing();
  t.equal(rig.fake.calls.at(-1), "36 hook off-hook", "a lifted phone does not ring");
  await rig.board.close();
});

t.test(
  "FXS: a ring that is never possible is given up; one that was stopped is not tried again",
  async (t) => {
    const rig = start();
    const port = fxs(rig).open({});
    const asked = (): number => rig.fake.calls.filter((call) => call === "36 hook ring").length;
    rig.fake.failures.set(
      "36 hook ring",
      Array.from({ length: 100 }, () => "EBUSY"),
    );
    port.startRing();
    await rig.clock.advance(10_000);
    t.equal(asked(), 20);
    port.startRing();
    await rig.clock.advance(250);
    const before = asked();
    port.stopRing();
    await rig.clock.advance(10_000);
    t.equal(asked(), before);
    port.startRing();
    void port.close();
    await rig.clock.advance(10_000);
    t.equal(asked(), before + 1, "nor after close");
    await rig.board.close();
  },
);

t.test("FXS: a hang-up that the driver does not tell, because the disconnect settles", async (t) => {
  const rig = start();
  const port = fxs(rig).open({});
  const heard: string[] = [];
  port.events.on((event) => heard.push(event.type));
  const lift = (): void => {
    rig.fake.lifted.add(36);
    rig.fake.tell(36, "RINGOFFHOOK");
  };
  lift();
  port.onHook();
  rig.fake.lifted.delete(36);
  await rig.clock.advance(1000);
  t.same(heard.splice(0), ["off-hook", "on-hook"]);
  rig.fake.tell(36, "ONHOOK");
  t.same(heard, [], "told late: known already");
  lift();
  port.onHook();
  lift();
  t.same(heard.splice(0), ["off-hook", "on-hook", "off-hook"], "hung up and lifted again meanwhile");
  await rig.clock.advance(2000);
  t.same(heard, [], "still lifted");
  port.onHook();
  void port.close();
  await rig.clock.advance(2000);
  t.same(heard, []);
  await rig.board.close();
});

t.test("a tone zone is loaded where system.conf has none", async (t) => {
  const rig = start();
  rig.fake.failures.set("36 hook ring", ["ENODATA"]);
  fxs(rig).open({}).startRing();
  t.same(rig.fake.calls.slice(-4), [
    "36 hook ring",
    "ctl loadToneZone us",
    "36 setToneZone 0",
    "36 hook ring",
  ]);
  await rig.board.close();
});

t.test("FXO: each burst of ringing begins and ends, also where the driver tells the end alone", async (t) => {
  const rig = start();
  const port = fxo(rig).open({});
  const heard: string[] = [];
  port.events.on((event) => heard.push(event.type));
  rig.fake.tell(35, "RINGOFFHOOK");
  rig.fake.tell(35, "RINGBEGIN");
  rig.fake.tell(35, "RINGOFFHOOK");
  rig.fake.tell(35, "ONHOOK");
  rig.fake.tell(35, "POLARITY");
  t.same(heard, ["ring-begin", "ring", "ring-begin", "ring", "on-hook", "polarity"]);
  await rig.board.close();
});

t.test("FXO: flash and pulses only while it holds the line", async (t) => {
  const rig = start();
  const port = fxo(rig).open({});
  const after = (): readonly string[] => rig.fake.calls.splice(0);
  after();
  port.flash();
  port.dialPulses("12");
  t.same(after(), []);
  port.offHook();
  port.flash();
  port.dialPulses("1 2x3");
  port.dialPulses("abc");
  t.same(after(), ["35 hook off-hook", "35 hook flash", "35 dial replace P123"]);
  rig.fake.failures.set("35 hook flash", ["EBUSY"]);
  t.doesNotThrow(() => port.flash(), "a flash during a flash");
  await rig.board.close();
});

t.test("D-channels: frames, errors, and frames that cannot go", async (t) => {
  const { board, fake, clock } = start();
  const data = channelAt(board, 16, "data").open();
  const heard: unknown[] = [];
  data.events.on((event) => heard.push(event));
  fake.frame(16, Uint8Array.of(1, 2, 3));
  for (const event of ["ABORT", "OVERRUN", "BADFCS"] as const) fake.tell(16, event);
  t.same(heard.splice(0), [
    { type: "frame", frame: Uint8Array.of(1, 2, 3) },
    { type: "error", reason: "abort" },
    { type: "error", reason: "overrun" },
    { type: "error", reason: "bad-fcs" },
  ]);
  fake.failures.set("16 sendFrame", ["ENODEV"]);
  data.send(Uint8Array.of(1));
  data.send(new Uint8Array(513));
  data.send(new Uint8Array(0));
  t.same(heard, [], "not before send has returned");
  await clock.advance(1);
  t.equal(heard.length, 2);
  data.send(Uint8Array.of(9));
  t.equal(fake.calls.at(-1), "16 sendFrame {0:9}");
  await board.close();
});
