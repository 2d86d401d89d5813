// What goes wrong between two sides: frames lost, doubled and late; a link that fails and comes back; RESTART;
// peers that fall silent, so that every timer runs out.
import t from "tap";
import type { DChannelOptions, Request, TimerName } from "../../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { answering, join, remains, seeded, type Joined } from "./joined.ts";

const called = { digits: "1", type: "unknown", plan: "isdn" } as const;
const nothing = { calls: 0, busy: 0 };

function up(options: Parameters<typeof join>[1] = {}): { joined: Joined; clock: TestClock } {
  const clock = createTestClock();
  const joined = join(clock, options);
  joined.layer1(true);
  clock.advanceSync(100);
  return { joined, clock };
}

t.test("frames lost, doubled and late: calls go through all the same", (t) => {
  for (let seed = 1; seed <= 12; seed++) {
    const kind = seed % 2 === 0 ? "PRI" : "BRI";
    const { joined, clock } = up({ interface: kind, seed });
    answering(joined.user);
    answering(joined.network);
    Object.assign(joined.wire, { loss: 0.05, double: 0.05, delay: 40 });
    const random = seeded(seed);
    let done = 0;
    for (let i = 0; i < 40; i++) {
      const from = random() < 0.5 ? joined.user : joined.network;
      from.request({ type: "SetupRequest", call: `c${i}`, called });
      clock.advanceSync(random() * 20_000);
      if (from.names(`c${i}`).includes("SetupConfirm")) done += 1;
      from.request({ type: "DisconnectRequest", call: `c${i}` });
      clock.advanceSync(20_000);
    }
    Object.assign(joined.wire, { loss: 0, double: 0, delay: 1 });
    clock.advanceSync(200_000);
    t.strictSame([remains(joined.user), remains(joined.network)], [nothing, nothing], `seed ${seed}`);
    t.ok(done >= 30, `seed ${seed}: ${done} of 40 calls answered`);
    joined.user.request({ type: "SetupRequest", call: "last", called });
    clock.advanceSync(1_000);
    t.equal(joined.user.names("last").at(-1), "SetupConfirm", `seed ${seed}: the next call is a normal one`);
  }
  t.end();
});

t.test("a D-channel cut for less than T309 keeps the active calls and drops those in set-up", (t) => {
  const { joined, clock } = up();
  answering(joined.network);
  for (let i = 0; i < 10; i++) joined.user.request({ type: "SetupRequest", call: `a${i}`, called });
  clock.advanceSync(1_000);
  joined.network.react = (indication) => {
    if (indication.type === "SetupIndication") {
      joined.network.request({ type: "AlertingRequest", call: indication.call });
    }
  };
  for (let i = 0; i < 5; i++) joined.user.request({ type: "SetupRequest", call: `s${i}`, called });
  clock.advanceSync(1_000);
  t.strictSame(remains(joined.user), { calls: 15, busy: 15 });
  joined.wire.cut = true;
  clock.advanceSync(30_000);
  t.equal(joined.user.last("DataLinkIndication").up, false);
  t.equal(joined.network.last("DataLinkIndication").up, false);
  t.strictSame(
    [remains(joined.user), remains(joined.network)],
    [
      { calls: 10, busy: 10 },
      { calls: 10, busy: 10 },
    ],
  );
  for (let i = 0; i < 5; i++) t.equal(joined.user.names(`s${i}`).at(-1), "ReleaseIndication");
  t.equal(joined.user.last("ReleaseIndication").cause.value, 27);
  joined.wire.cut = false;
  clock.advanceSync(30_000);
  t.equal(joined.user.last("DataLinkIndication").up, true);
  t.equal(joined.user.last("StatusIndication").state, 10, "the state of each call was asked for");
  clock.advanceSync(200_000);
  t.strictSame(remains(joined.user), { calls: 10, busy: 10 }, "the calls live on past T309");
  answering(joined.user);
  answering(joined.network);
  for (let i = 0; i < 10; i++) joined.user.request({ type: "DisconnectRequest", call: `a${i}` });
  clock.advanceSync(1_000);
  t.strictSame([remains(joined.user), remains(joined.network)], [nothing, nothing]);
  t.end();
});

t.test("a D-channel cut for longer than T309 clears all with cause 27; channels are restarted", (t) => {
  const { joined, clock } = up({
    user: { restart: "channels", channels: [1, 2, 3] },
    network: { channels: [1, 2, 3] },
  });
  clock.advanceSync(1_000);
  answering(joined.network);
  joined.user.request({ type: "SetupRequest", call: "one", called });
  clock.advanceSync(1_000);
  const { channel } = joined.user.last("SetupConfirm");
  joined.wire.cut = true;
  clock.advanceSync(150_000);
  t.match(joined.user.last("ReleaseIndication"), { call: "one", cause: { value: 27 }, by: "fault" });
  t.strictSame([remains(joined.user), remains(joined.network)], [nothing, nothing]);
  joined.wire.cut = false;
  const before = joined.network.heard.length;
  clock.advanceSync(30_000);
  t.strictSame(
    joined.network.heard.slice(before).filter(({ type }) => type === "RestartIndication"),
    [{ type: "RestartIndication", channels: [channel] }],
  );
  joined.user.request({ type: "SetupRequest", call: "two", called });
  clock.advanceSync(1_000);
  t.equal(joined.user.names("two").at(-1), "SetupConfirm");
  t.end();
});

t.test("layer 1 down and up", (t) => {
  const { joined, clock } = up();
  answering(joined.network);
  joined.user.request({ type: "SetupRequest", call: "one", called });
  clock.advanceSync(1_000);
  joined.layer1(false);
  t.equal(joined.user.last("DataLinkIndication").up, false);
  joined.user.request({ type: "SetupRequest", call: "two", called });
  t.match(joined.user.last("ReleaseIndication"), { call: "two", cause: { value: 27 } });
  clock.advanceSync(5_000);
  joined.layer1(true);
  clock.advanceSync(1_000);
  t.equal(joined.user.last("DataLinkIndication").up, true);
  t.strictSame(
    [remains(joined.user), remains(joined.network)],
    [
      { calls: 1, busy: 1 },
      { calls: 1, busy: 1 },
    ],
  );
  t.end();
});

t.test("one side starts anew with calls up: RESTART clears the other side", (t) => {
  const clock = createTestClock();
  const joined = join(clock, { user: { restart: "channels" } });
  joined.layer1(true);
  clock.advanceSync(1_000);
  answering(joined.network);
  for (let i = 0; i < 8; i++) joined.user.request({ type: "SetupRequest", call: `c${i}`, called });
  clock.advanceSync(1_000);
  t.equal(remains(joined.network).calls, 8);

  // A fresh user side at the other end of the same wire.
  const again = join(clock, { user: { restart: "channels" } });
  again.network.input({ type: "layer1", up: true });
  const fresh = again.user;
  let fromNetwork = joined.network.sent.length;
  let fromUser = 0;
  joined.wire.cut = true;
  const carry = (): void => {
    for (const frame of joined.network.sent.slice(fromNetwork)) fresh.input({ type: "frame", frame });
    fromNetwork = joined.network.sent.length;
    for (const frame of fresh.sent.slice(fromUser)) joined.network.input({ type: "frame", frame });
    fromUser = fresh.sent.length;
    clock.after(2, carry);
  };
  carry();
  fresh.input({ type: "layer1", up: true });
  clock.advanceSync(5_000);
  t.equal(fresh.heard.filter(({ type }) => type === "RestartConfirm").length, 30);
  t.strictSame(remains(joined.network), nothing);
  const ended = joined.network.heard.filter(({ type }) => type === "ReleaseIndication");
  t.equal(ended.length, 8);
  fresh.request({ type: "SetupRequest", call: "next", called });
  clock.advanceSync(1_000);
  t.equal(fresh.names("next").at(-1), "SetupConfirm");
  t.end();
});

t.test("an on-demand link: set up for a call, and the call fails when nobody answers", (t) => {
  const options = { dataLink: "on-demand" } as const;
  const { joined, clock } = up({ interface: "BRI", user: options, network: options });
  t.equal(joined.user.sent.length, 0, "nothing is sent before a call");
  answering(joined.network);
  joined.user.request({ type: "SetupRequest", call: "one", called });
  clock.advanceSync(1_000);
  t.equal(joined.user.names("one").at(-1), "SetupConfirm");

  const silent = up({ interface: "BRI", user: options, network: options });
  silent.joined.wire.cut = true;
  silent.joined.user.request({ type: "SetupRequest", call: "one", called });
  silent.clock.advanceSync(3_000);
  t.strictSame(silent.joined.user.names("one"), []);
  silent.clock.advanceSync(20_000);
  t.equal(silent.joined.user.names("one").at(-1), "ReleaseIndication");
  const { length } = silent.joined.user.sent;
  silent.clock.advanceSync(60_000);
  t.equal(silent.joined.user.sent.length, length, "and no more is tried");
  t.end();
});

t.test("T203: a silent link is polled, and found dead after T200 × (N200 + 1)", (t) => {
  const { joined, clock } = up();
  clock.advanceSync(9_000);
  const before = joined.user.sent.length;
  clock.advanceSync(3_000);
  t.ok(joined.user.sent.length > before, "RR with P=1");
  joined.wire.cut = true;
  clock.advanceSync(10_000);
  t.equal(joined.user.last("DataLinkIndication").up, true, "not yet");
  clock.advanceSync(10_000);
  t.equal(joined.user.last("DataLinkIndication").up, false);
  t.end();
});

/** Every call timer, run out against a peer that says no more; with the values set, too. */
const timers: readonly {
  readonly timer: TimerName;
  readonly side: "user" | "network";
  readonly ms: number;
  /** Of the peer, before it falls silent. */
  readonly peer: readonly Request["type"][];
  /** Of the side that is looked at. */
  readonly own: readonly Request["type"][];
  readonly incoming: boolean;
  readonly state: number;
}[] = [
  {
    timer: "T301",
    side: "user",
    ms: 180_000,
    incoming: false,
    peer: ["AlertingRequest"],
    own: [],
    state: 11,
  },
  {
    timer: "T301",
    side: "network",
    ms: 180_000,
    incoming: false,
    peer: ["AlertingRequest"],
    own: [],
    state: 12,
  },
  { timer: "T304", side: "user", ms: 30_000, incoming: false, peer: ["MoreInfoRequest"], own: [], state: 11 },
  {
    timer: "T304",
    side: "network",
    ms: 20_000,
    incoming: false,
    peer: ["MoreInfoRequest"],
    own: [],
    state: 12,
  },
  {
    timer: "T310",
    side: "user",
    ms: 60_000,
    incoming: false,
    peer: ["ProceedingRequest"],
    own: [],
    state: 11,
  },
  {
    timer: "T310",
    side: "network",
    ms: 10_000,
    incoming: false,
    peer: ["ProceedingRequest"],
    own: [],
    state: 12,
  },
  { timer: "T313", side: "user", ms: 4_000, incoming: true, peer: [], own: ["SetupResponse"], state: 11 },
];

t.test("call timers run out at their time, by default and as set", (t) => {
  for (const { timer, side, ms, incoming, peer, own, state } of timers) {
    for (const set of [ms, 2_500]) {
      const options: Partial<DChannelOptions> = set === ms ? {} : { timers: { [timer]: set } };
      const { joined, clock } = up({ [side]: options });
      const here = joined[side];
      const there = joined[side === "user" ? "network" : "user"];
      (incoming ? there : here).request({ type: "SetupRequest", call: "one", called });
      clock.advanceSync(50);
      const call = incoming ? "in-1" : "one";
      for (const type of peer) there.request({ type, call: "in-1" } as Request);
      clock.advanceSync(20);
      const started = clock.monotonic();
      // The peer's layer 3 is silent from here on; its layer 2 still acknowledges.
      withoutAnswers(joined, side);
      for (const type of own) here.request({ type, call } as Request);
      const stateOf = (): number => here.state().layer3.calls[call]?.state ?? 0;
      const original = stateOf();
      clock.advanceSync(set - 100 - (incoming ? 0 : 20));
      t.equal(stateOf(), original, `${timer} ${side} ${set}: not before its time`);
      clock.advanceSync(300);
      t.equal(stateOf(), state, `${timer} ${side} ${set}: at its time`);
      t.ok(clock.monotonic() - started < set + 400);
      // T305, then T308 twice, and the call is over.
      clock.advanceSync(45_000);
      t.equal(stateOf(), 0, `${timer} ${side} ${set}: cleared`);
      t.match(here.last("ReleaseIndication"), { by: "fault", cause: { value: 102 } });
    }
  }
  t.end();
});

t.test("a CONNECT that the link's reset has lost is found out, long before T301 (§5.8.8, §5.8.10)", (t) => {
  const { joined, clock } = up();
  for (const from of ["user", "network"] as const) {
    const to = joined[from === "user" ? "network" : "user"];
    answering(joined[from]);
    to.react = (indication) => {
      if (indication.type === "SetupIndication")
        to.request({ type: "AlertingRequest", call: indication.call });
      if (indication.type === "DisconnectIndication")
        to.request({ type: "ReleaseRequest", call: indication.call });
    };
    joined[from].request({ type: "SetupRequest", call: from, called });
    clock.advanceSync(100);
    t.equal(joined[from].names(from).at(-1), "AlertingIndication");
    joined.wire.cut = true;
    to.request({ type: "SetupResponse", call: to.last("SetupIndication").call });
    // T200 has run out N200 + 1 times at the answerer, which sets the link up anew; its queue is gone.
    clock.advanceSync(4_500);
    joined.wire.cut = false;
    // A user has T313 and T305 for it besides.
    clock.advanceSync(from === "user" ? 2_000 : 40_000);
    t.strictSame([remains(joined.user), remains(joined.network)], [nothing, nothing], `${from}'s call`);
    t.equal(joined[from].names(from).includes("SetupConfirm"), false);
  }
  t.end();
});

t.test("a flood of useless messages: its answers do not delay the calls (§5.8.4)", (t) => {
  const { joined } = up();
  answering(joined.user);
  answering(joined.network);
  const { layer2 } = joined.user.state();
  const link = layer2.links[0];
  if (link === undefined) return t.end();
  // RESUME for no call, 5,000 of them, with the network's numbers of frames.
  for (let i = 0; i < 5_000; i++) {
    const { vr, va } = joined.user.state().layer2.links[0] ?? link;
    const message = [8, 2, 0x10 | (i >> 8), i & 0xff, 0x62];
    joined.user.input({
      type: "frame",
      frame: Uint8Array.of(2, 1, vr << 1, va << 1, ...message),
    });
  }
  const waiting = joined.user.state().layer2.links[0]?.queue.length ?? 0;
  t.ok(waiting <= 64 + 7, `${waiting} messages wait`);
  t.match(joined.user.logs.at(-1), { message: /dropped/u });
  t.end();
});

t.test("T303: SETUP twice, then the end", (t) => {
  for (const side of ["user", "network"] as const) {
    const { joined, clock } = up();
    withoutAnswers(joined, side);
    joined[side].request({ type: "SetupRequest", call: "one", called });
    clock.advanceSync(7_900);
    t.strictSame(joined[side].names("one"), []);
    clock.advanceSync(200);
    t.match(joined[side].last("ReleaseIndication"), {
      by: "fault",
      cause: { value: side === "user" ? 102 : 18 },
    });
    const setups = joined[side].sent.filter((frame) => frame[8] === 0x05);
    t.equal(setups.length, 2);
  }
  t.end();
});

t.test("T316: RESTART twice, and the next channel; T322: STATUS ENQUIRY twice, then cleared", (t) => {
  const { joined, clock } = up({ user: { channels: [1, 2] }, network: { channels: [1, 2] } });
  answering(joined.network);
  joined.user.request({ type: "SetupRequest", call: "one", called, channel: { number: 1, exclusive: true } });
  clock.advanceSync(1_000);
  withoutAnswers(joined, "user");
  joined.user.request({ type: "StatusEnquiryRequest", call: "one" });
  joined.user.request({ type: "RestartRequest", channels: [2] });
  clock.advanceSync(7_900);
  t.equal(joined.user.state().layer3.calls["one"]?.state, 10);
  clock.advanceSync(200);
  t.equal(joined.user.state().layer3.calls["one"]?.state, 11);
  clock.advanceSync(40_000);
  t.match(joined.user.last("ReleaseIndication"), { call: "one", cause: { value: 41 } });
  t.match(joined.user.last("ChannelIndication"), { channel: 1, state: "failed" });
  clock.advanceSync(192_500);
  t.match(joined.user.last("ChannelIndication"), { channel: 2, state: "failed" });
  t.end();
});

/** From now on the other side acknowledges frames, but its layer 3 says nothing. */
function withoutAnswers(joined: Joined, side: "user" | "network"): void {
  const other = joined[side === "user" ? "network" : "user"];
  const original = other.input;
  other.input = (input) => {
    const frame = input.type === "frame" ? input.frame : undefined;
    // An I frame whose message is for nobody: a protocol discriminator that is not Q.931's.
    if (frame !== undefined && frame.length > 4 && ((frame[2] ?? 1) & 1) === 0) {
      const muted = Uint8Array.from(frame);
      muted[4] = 0x55;
      original({ type: "frame", frame: muted });
    } else {
      original(input);
    }
  };
}
