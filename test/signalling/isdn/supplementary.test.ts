// Services of an active call between two sides: hold, suspension, user-to-user, facility, advice of charge; what
// a side does not offer; and messages longer than a frame.
import t from "tap";
import type { DChannelOptions, Element, Request } from "../../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { answering, join, remains, type Joined } from "./joined.ts";

const called = { digits: "5551000", type: "national", plan: "isdn" } as const;
const userUser = { protocol: 4, octets: [0x68, 0x69] } as const;
const services = { hold: true, suspend: true };

interface Line {
  readonly joined: Joined;
  readonly clock: TestClock;
  readonly say: (side: "user" | "network", request: Request) => void;
}

/** A line with an answered call: `a` for the user, who set it up, and `in-1` for the network. */
function active(own: Partial<DChannelOptions> = {}, kind: "PRI" | "BRI" = "BRI"): Line {
  const clock = createTestClock();
  const joined = join(clock, { interface: kind, user: { services, ...own }, network: { services, ...own } });
  answering(joined.network);
  joined.layer1(true);
  clock.advanceSync(100);
  const say = (side: "user" | "network", request: Request): void => {
    joined[side].request(request);
    clock.advanceSync(50);
  };
  say("user", { type: "SetupRequest", call: "a", called });
  return { joined, clock, say };
}

const states = ({ joined }: Line): readonly (number | undefined)[] => [
  joined.user.state().layer3.calls["a"]?.state,
  joined.network.state().layer3.calls["in-1"]?.state,
];

t.test("hold and retrieve, by either side", (t) => {
  for (const [from, to, ours, theirs] of [
    ["user", "network", "a", "in-1"],
    ["network", "user", "in-1", "a"],
  ] as const) {
    const { joined, say } = active();
    say(from, { type: "HoldRequest", call: ours });
    t.match(joined[to].last("HoldIndication"), { call: theirs });
    say(to, { type: "HoldResponse", call: theirs });
    t.notOk("refused" in joined[from].last("HoldConfirm"));
    say(from, { type: "RetrieveRequest", call: ours });
    say(to, { type: "RetrieveResponse", call: theirs, refused: 34 });
    t.match(joined[from].last("RetrieveConfirm"), { refused: { value: 34 } });
    say(from, { type: "RetrieveRequest", call: ours });
    say(to, { type: "RetrieveResponse", call: theirs });
    t.notOk("refused" in joined[from].last("RetrieveConfirm"));
    t.equal(joined[from].state().layer3.calls[ours]?.hold, "idle");
  }
  t.end();
});

t.test("hold that is not offered, or not answered", (t) => {
  const { joined, clock, say } = active({ services: {} });
  say("user", { type: "HoldRequest", call: "a" });
  t.match(joined.user.last("HoldConfirm"), { refused: { value: 69, location: "public-network-local" } });
  t.match(joined.network.logs.at(-1), { clause: "EN 300 196-1, hold" });
  joined.wire.cut = true;
  joined.user.request({ type: "HoldRequest", call: "a" });
  clock.advanceSync(4_000);
  t.match(joined.user.last("HoldConfirm"), { refused: { value: 102, location: "user" } }, "T-HOLD");
  t.end();
});

t.test("a call is suspended, and resumed under another name", (t) => {
  const line = active();
  const { joined, say } = line;
  say("user", { type: "SuspendRequest", call: "a", identity: [0x61] });
  t.match(joined.network.last("SuspendIndication"), { call: "in-1", identity: [0x61] });
  t.strictSame(states(line), [15, 15]);
  say("network", { type: "SuspendResponse", call: "in-1" });
  t.notOk("refused" in joined.user.last("SuspendConfirm"));
  t.strictSame(remains(joined.user), { calls: 0, busy: 0 }, "gone for the user");
  t.strictSame(remains(joined.network), { calls: 1, busy: 1 }, "kept by the network, with its channel");

  say("user", { type: "ResumeRequest", call: "b", identity: [0x62] });
  t.match(joined.user.last("ReleaseIndication"), { call: "b", cause: { value: 83 } }, "another identity");
  say("user", { type: "ResumeRequest", call: "b", identity: [0x61] });
  t.match(joined.network.last("ResumeIndication"), { call: "in-1", identity: [0x61] });
  say("network", { type: "ResumeResponse", call: "in-1" });
  t.match(joined.user.last("ResumeConfirm"), { call: "b", channel: 2 });
  t.equal(joined.user.state().layer3.calls["b"]?.state, 10);
  say("user", { type: "DisconnectRequest", call: "b" });
  say("network", { type: "ReleaseRequest", call: "in-1" });
  t.strictSame(
    [remains(joined.user), remains(joined.network)],
    [
      { calls: 0, busy: 0 },
      { calls: 0, busy: 0 },
    ],
  );
  t.end();
});

t.test("suspension that does not succeed", (t) => {
  const line = active();
  const { joined, clock, say } = line;
  say("user", { type: "SuspendRequest", call: "a" });
  say("network", { type: "SuspendResponse", call: "in-1", refused: 29 });
  t.match(joined.user.last("SuspendConfirm"), { refused: { value: 29 } });
  t.strictSame(states(line), [10, 10], "active as before");

  say("user", { type: "SuspendRequest", call: "a" });
  clock.advanceSync(4_000);
  t.match(joined.user.last("SuspendConfirm"), { refused: { value: 102 } }, "T319");
  say("network", { type: "SuspendResponse", call: "in-1" });
  t.match(joined.user.logs.at(-1), { clause: "Q.931 §5.8.4" }, "too late");
  clock.advanceSync(180_000);
  t.match(joined.network.last("ReleaseIndication"), { cause: { value: 102 } }, "T307");
  t.strictSame(remains(joined.network), { calls: 0, busy: 0 });
  t.end();
});

t.test("an identity that is taken, and a resumption that is refused or unanswered", (t) => {
  const { joined, clock, say } = active();
  say("user", { type: "SetupRequest", call: "b", called });
  say("user", { type: "SuspendRequest", call: "a", identity: [1] });
  say("network", { type: "SuspendResponse", call: "in-1" });
  say("user", { type: "SuspendRequest", call: "b", identity: [1] });
  t.match(joined.user.last("SuspendConfirm"), { call: "b", refused: { value: 84 } });
  t.match(joined.network.logs.at(-1), { clause: "Q.931 §5.6.3" });

  say("user", { type: "ResumeRequest", call: "c", identity: [1] });
  say("network", { type: "ResumeResponse", call: "in-1", refused: 34 });
  t.match(joined.user.last("ReleaseIndication"), { call: "c", cause: { value: 34 } });
  say("user", { type: "ResumeRequest", call: "d", identity: [1] });
  clock.advanceSync(4_000);
  t.match(joined.user.last("ReleaseIndication"), { call: "d", cause: { value: 102 }, by: "fault" }, "T318");
  say("user", { type: "ResumeRequest", call: "b" });
  t.match(joined.user.logs.at(-1), { message: "ResumeRequest for b, which exists" });
  t.end();
});

t.test("a network that offers no suspension does not know the messages", (t) => {
  const line = active({ services: {} });
  const { joined, clock, say } = line;
  say("user", { type: "SuspendRequest", call: "a" });
  t.match(joined.user.last("StatusIndication"), { cause: { value: 97, diagnostic: [0x25] } });
  clock.advanceSync(4_000);
  t.strictSame(states(line), [10, 10]);
  say("user", { type: "ResumeRequest", call: "b" });
  t.match(joined.user.last("ReleaseIndication"), { call: "b", cause: { value: 81 } });
  joined.layer1(false);
  clock.advanceSync(10);
  say("user", { type: "ResumeRequest", call: "c" });
  t.match(joined.user.last("ReleaseIndication"), { call: "c", cause: { value: 27 } });
  t.end();
});

t.test("user-to-user information, implicitly and in messages of its own", (t) => {
  const clock = createTestClock();
  const joined = join(clock, {});
  joined.layer1(true);
  clock.advanceSync(100);
  const say = (side: "user" | "network", request: Request): void => {
    joined[side].request(request);
    clock.advanceSync(50);
  };
  say("user", { type: "SetupRequest", call: "a", called, userUser });
  t.strictSame(joined.network.last("SetupIndication").userUser, userUser);
  say("network", { type: "AlertingRequest", call: "in-1", userUser });
  t.strictSame(joined.user.last("AlertingIndication").userUser, userUser);
  say("network", { type: "SetupResponse", call: "in-1", userUser });
  t.strictSame(joined.user.last("SetupConfirm").userUser, userUser);
  say("user", { type: "UserInfoRequest", call: "a", userUser, moreData: true });
  t.match(joined.network.last("UserInfoIndication"), { userUser, moreData: true });
  say("network", { type: "CongestionRequest", call: "in-1", ready: false, cause: 43 });
  t.match(joined.user.last("CongestionIndication"), { ready: false, cause: { value: 43 } });
  say("user", { type: "UserInfoRequest", call: "a", userUser });
  t.equal(joined.network.heard.filter(({ type }) => type === "UserInfoIndication").length, 1, "held back");
  t.match(joined.user.logs.at(-1), { clause: "EN 300 286-1, service 3" });
  say("network", { type: "CongestionRequest", call: "in-1", ready: true });
  t.match(joined.user.last("CongestionIndication").elements, [
    { name: "congestion-level", level: 0 },
    { name: "cause" },
  ]);
  say("user", { type: "UserInfoRequest", call: "a", userUser });
  t.match(joined.network.last("UserInfoIndication"), { moreData: false });
  say("user", { type: "DisconnectRequest", call: "a", userUser });
  t.strictSame(joined.network.last("DisconnectIndication").userUser, userUser);
  say("user", { type: "SetupRequest", call: "b", called });
  say("network", { type: "RejectRequest", call: "in-2", cause: 21, userUser });
  t.strictSame(joined.user.last("ReleaseIndication").userUser, userUser);
  t.end();
});

t.test("facility, and advice of charge in whichever message", (t) => {
  const { joined, say } = active();
  // AOC-D: 3 units, sub-total; AOC-E: EUR 120 hundredths (EN 300 182-1).
  const during = [
    ...[0x91, 0xa1, 0x15, 0x02, 0x01, 0x01, 0x02, 0x01, 0x22, 0x30, 0x0d, 0xa1, 0x08, 0x30, 0x06, 0x02, 0x01],
    ...[0x03, 0x02, 0x01, 0x01, 0x82, 0x01, 0x00],
  ];
  const end = [
    ...[0x91, 0xa1, 0x19, 0x02, 0x01, 0x02, 0x02, 0x01, 0x23, 0x30, 0x11, 0x30, 0x0f, 0xa1, 0x0d, 0x81, 0x03],
    ...[0x45, 0x55, 0x52, 0xa2, 0x06, 0x81, 0x01, 0x78, 0x82, 0x01, 0x01],
  ];
  say("network", { type: "FacilityRequest", call: "in-1", facility: during });
  t.strictSame(joined.user.last("FacilityIndication").facility, [during]);
  t.match(joined.user.last("AocIndication"), {
    call: "a",
    charge: { phase: "during", subtotal: true, amount: { type: "units", units: [{ units: 3, kind: 1 }] } },
  });
  const elements: readonly Element[] = [{ name: "facility", octets: end }];
  say("network", { type: "DisconnectRequest", call: "in-1", elements });
  t.match(joined.user.last("AocIndication"), {
    charge: {
      phase: "end",
      amount: { type: "currency", currency: "EUR", amount: 120, multiplier: 0.01 },
    },
  });
  t.equal(joined.user.heard.at(-1)?.type, "DisconnectIndication", "the charge comes before");
  t.end();
});

t.test(
  "a SETUP longer than a frame goes in segments, and loses what is not needed where they are not agreed",
  (t) => {
    const elements: readonly Element[] = [
      { name: "facility", octets: Array.from({ length: 200 }, (_, i) => i & 0x7f) },
      { name: "user-user", userUser: { protocol: 0, octets: Array.from({ length: 120 }, () => 7) } },
    ];
    for (const [segmentation, names] of [
      [true, ["facility", "user-user"]],
      [false, []],
    ] as const) {
      const { joined, say } = active({ segmentation });
      say("user", { type: "SetupRequest", call: "b", called, elements });
      const heard = joined.network.last("SetupIndication").elements.map(({ name }) => name);
      t.strictSame(
        heard.filter((name) => name === "facility" || name === "user-user"),
        names,
      );
      t.equal(joined.user.names("b").at(-1), "SetupConfirm");
    }
    t.end();
  },
);
