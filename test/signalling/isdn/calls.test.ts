// Whole calls between a user side and a network side, PRI and BRI: en bloc and overlap, cleared in every state
// by either side, many at once, glare.
import t from "tap";
import { channelStates, isLinkUp } from "../../../src/signalling/isdn/dchannel.ts";
import type { CallStateNumber } from "../../../src/signalling/isdn/q931/call.ts";
import type { Request } from "../../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { answering, join, remains, type Endpoint, type Joined } from "./joined.ts";

const called = { digits: "5551000", type: "unknown", plan: "isdn" } as const;

type Assert = Pick<typeof t, "strictSame">;
const ways = [
  ["user", "network"],
  ["network", "user"],
] as const;
const nothing = { calls: 0, busy: 0 };

function up(options: Parameters<typeof join>[1] = {}): { joined: Joined; clock: TestClock } {
  const clock = createTestClock();
  const joined = join(clock, options);
  joined.layer1(true);
  clock.advanceSync(100);
  return { joined, clock };
}

/** Nothing is left over: no call, no channel in use, no timer but the link's own. */
function clean(t: Assert, { user, network }: Joined): void {
  t.strictSame([remains(user), remains(network)], [nothing, nothing]);
  t.strictSame([...user.timers.keys(), ...network.timers.keys()], ["link/0/T203", "link/0/T203"]);
}

function stateOf(endpoint: Endpoint, call: string): CallStateNumber {
  return endpoint.state().layer3.calls[call]?.state ?? 0;
}

t.test("a call each way, answered, and cleared by each side", (t) => {
  for (const kind of ["PRI", "BRI"] as const) {
    for (const [from, to] of ways) {
      for (const clears of ["caller", "callee"] as const) {
        const { joined, clock } = up({ interface: kind });
        answering(joined.user);
        answering(joined.network);
        joined[from].request({
          type: "SetupRequest",
          call: "one",
          called,
          calling: {
            digits: "5552000",
            type: "national",
            plan: "isdn",
            presentation: "restricted",
            screening: "network",
          },
        });
        clock.advanceSync(100);
        t.strictSame(joined[from].names("one"), [
          "ProceedingIndication",
          "AlertingIndication",
          "SetupConfirm",
        ]);
        t.strictSame(joined[to].names("in-1"), ["SetupIndication", "SetupCompleteIndication"]);
        const { channel } = joined[from].last("SetupConfirm");
        t.equal(channel, from === "network" ? 1 : kind === "PRI" ? 31 : 2);
        const offered = joined[to].last("SetupIndication");
        t.match(offered, {
          channel,
          called,
          calling: { digits: "5552000", presentation: "restricted" },
          sendingComplete: true,
          bearer: { transferCapability: "3.1kHz-audio", layer1: "alaw" },
        });
        const [first, second, call] =
          clears === "caller" ? [joined[from], joined[to], "one"] : [joined[to], joined[from], "in-1"];
        first.request({ type: "DisconnectRequest", call, cause: 16 });
        clock.advanceSync(100);
        t.equal(first.last("ReleaseConfirm").cause.value, 16);
        t.equal(second.last("DisconnectIndication").cause.value, 16);
        t.equal(second.last("ReleaseConfirm").cause.value, 16);
        clean(t, joined);
      }
    }
  }
  t.end();
});

t.test("overlap sending each way: digits one by one until they are enough", (t) => {
  for (const [from, to] of ways) {
    const { joined, clock } = up({ user: { overlapReceiving: true }, network: { overlapReceiving: true } });
    const digits: string[] = [];
    joined[to].react = (indication) => {
      if (indication.type === "SetupIndication") {
        t.equal(indication.sendingComplete, false);
        digits.push(indication.called?.digits ?? "");
        joined[to].request({ type: "MoreInfoRequest", call: indication.call });
      }
      if (indication.type === "InfoIndication") {
        digits.push(indication.digits);
        if (digits.join("").length === 4) joined[to].request({ type: "ProceedingRequest", call: "in-1" });
      }
    };
    joined[from].request({
      type: "SetupRequest",
      call: "one",
      called: { ...called, digits: "1" },
      sendingComplete: false,
    });
    clock.advanceSync(100);
    t.equal(joined[from].last("MoreInfoIndication").call, "one");
    for (const digit of ["2", "3", "4"]) {
      // Slowly, yet within T302 and T304 each time.
      clock.advanceSync(9_000);
      joined[from].request({ type: "InfoRequest", call: "one", digits: digit });
      clock.advanceSync(100);
    }
    t.strictSame(digits, ["1", "2", "3", "4"]);
    t.equal(joined[from].last("ProceedingIndication").call, "one");
    joined[from].request({ type: "DisconnectRequest", call: "one" });
    joined[to].request({ type: "DisconnectRequest", call: "in-1" });
    clock.advanceSync(100);
    clean(t, joined);
  }
  t.end();
});

t.test("T302: digits stop coming, the line is told once and clears with cause 28", (t) => {
  const { joined, clock } = up({ network: { overlapReceiving: true } });
  answering(joined.user);
  joined.network.react = (indication) => {
    if (indication.type === "SetupIndication") {
      joined.network.request({ type: "MoreInfoRequest", call: indication.call });
    }
  };
  joined.user.request({ type: "SetupRequest", call: "one", called, sendingComplete: false });
  clock.advanceSync(14_000);
  t.notOk(joined.network.names("in-1").includes("TimeoutIndication"));
  clock.advanceSync(2_000);
  t.equal(joined.network.last("TimeoutIndication").call, "in-1");
  joined.network.request({ type: "DisconnectRequest", call: "in-1", cause: 28 });
  clock.advanceSync(100);
  t.equal(joined.user.last("DisconnectIndication").cause.value, 28);
  clean(t, joined);
  t.end();
});

/** Requests of the called side that bring a call into each state, and the states of user and network there. */
const stages: readonly {
  readonly name: string;
  readonly requests: readonly Request["type"][];
  readonly fromUser: readonly [user: number, network: number];
  readonly fromNetwork: readonly [user: number, network: number];
}[] = [
  { name: "offered", requests: [], fromUser: [1, 1], fromNetwork: [6, 6] },
  { name: "overlap", requests: ["MoreInfoRequest"], fromUser: [2, 2], fromNetwork: [25, 25] },
  { name: "proceeding", requests: ["ProceedingRequest"], fromUser: [3, 3], fromNetwork: [9, 9] },
  { name: "alerting", requests: ["AlertingRequest"], fromUser: [4, 4], fromNetwork: [7, 7] },
  { name: "active", requests: ["SetupResponse"], fromUser: [10, 10], fromNetwork: [10, 10] },
];

t.test("cleared in every state by either side, and by both at once", (t) => {
  for (const stage of stages) {
    for (const [from, to] of ways) {
      for (const who of ["caller", "callee", "both"] as const) {
        const { joined, clock } = up();
        for (const side of [joined.user, joined.network]) {
          side.react = (indication) => {
            if (indication.type === "DisconnectIndication") {
              side.request({ type: "ReleaseRequest", call: indication.call });
            }
          };
        }
        joined[from].request({ type: "SetupRequest", call: "one", called });
        clock.advanceSync(50);
        for (const type of stage.requests) joined[to].request({ type, call: "in-1" } as Request);
        clock.advanceSync(50);
        const what = `${stage.name}, from ${from}, ${who} clears`;
        const calls = { user: from === "user" ? "one" : "in-1", network: from === "user" ? "in-1" : "one" };
        t.strictSame(
          [stateOf(joined.user, calls.user), stateOf(joined.network, calls.network)],
          from === "user" ? stage.fromUser : stage.fromNetwork,
          what,
        );
        if (who !== "callee") joined[from].request({ type: "DisconnectRequest", call: "one", cause: 16 });
        if (who !== "caller") joined[to].request({ type: "DisconnectRequest", call: "in-1", cause: 21 });
        clock.advanceSync(1_000);
        clean(t, joined);
        for (const [side, call] of [
          [joined[from], "one"],
          [joined[to], "in-1"],
        ] as const) {
          const ends = side.names(call).filter((name) => /^Release(Indication|Confirm)$/.test(name));
          t.equal(ends.length, 1, `${what}: one end for ${side.name}`);
          t.equal(side.names(call).at(-1), ends[0], `${what}: and it is the last`);
        }
      }
    }
  }
  t.end();
});

t.test("an announcement is heard before the release (§5.3.4.1): T306 ends it", (t) => {
  const { joined, clock } = up();
  joined.user.request({ type: "SetupRequest", call: "one", called });
  clock.advanceSync(50);
  joined.network.request({ type: "ProceedingRequest", call: "in-1" });
  joined.network.request({ type: "DisconnectRequest", call: "in-1", cause: 1, inband: true });
  clock.advanceSync(50);
  t.match(joined.user.last("DisconnectIndication"), { inband: true, cause: { value: 1 }, channel: 31 });
  clock.advanceSync(29_000);
  t.equal(stateOf(joined.user, "one"), 12, "the user listens");
  clock.advanceSync(2_000);
  t.match(joined.user.last("ReleaseIndication"), { by: "remote", cause: { value: 1 } });
  clean(t, joined);
  t.end();
});

t.test("progress and tones before the answer", (t) => {
  const { joined, clock } = up();
  joined.user.request({ type: "SetupRequest", call: "one", called });
  clock.advanceSync(50);
  const inband = { description: 8, location: "public-network-local" } as const;
  joined.network.request({ type: "ProceedingRequest", call: "in-1" });
  joined.network.request({ type: "ProgressRequest", call: "in-1", progress: inband });
  clock.advanceSync(50);
  t.match(joined.user.last("ProgressIndication"), { inband: true, progress: [inband] });
  clock.advanceSync(100_000);
  t.equal(stateOf(joined.user, "one"), 3, "T310 was stopped");
  joined.network.request({ type: "AlertingRequest", call: "in-1", progress: inband });
  joined.network.request({ type: "NotifyRequest", call: "in-1", description: 2 });
  clock.advanceSync(50);
  t.equal(joined.user.last("AlertingIndication").inband, true);
  t.equal(joined.user.last("NotifyIndication").description, 2);
  t.end();
});

t.test("30 calls at once each way, all channels used once, the 31st refused", (t) => {
  for (const [from, to] of ways) {
    const { joined, clock } = up();
    answering(joined[to]);
    for (let i = 0; i < 31; i++) joined[from].request({ type: "SetupRequest", call: `c${i}`, called });
    const states = channelStates(joined[from].state());
    t.strictSame([states.size, new Set(states.values())], [30, new Set(["in-use"])]);
    t.equal(isLinkUp(joined[from].state()), true);
    t.match(joined[from].last("ReleaseIndication"), { call: "c30", cause: { value: 34 }, by: "fault" });
    clock.advanceSync(2_000);
    const confirmed = joined[from].heard.flatMap((i) => (i.type === "SetupConfirm" ? [i.channel] : []));
    t.equal(new Set(confirmed).size, 30);
    t.strictSame(remains(joined[to]), { calls: 30, busy: 30 });
    for (let i = 0; i < 30; i++) joined[from].request({ type: "DisconnectRequest", call: `c${i}` });
    clock.advanceSync(2_000);
    clean(t, joined);
  }
  t.end();
});

t.test("glare: calls meet on every channel, and every call is either up or refused", (t) => {
  const { joined, clock } = up({ interface: "BRI" });
  answering(joined.user);
  answering(joined.network);
  for (const [side, number] of [
    ["user", 1],
    ["network", 1],
    ["network", 2],
  ] as const) {
    joined[side].request({
      type: "SetupRequest",
      call: `${side}-${number}`,
      called,
      channel: { number, exclusive: side === "network" },
    });
  }
  clock.advanceSync(500);
  t.strictSame(
    joined.network.names("network-1").at(-1),
    "SetupConfirm",
    "the network's call has the channel",
  );
  t.strictSame(joined.network.names("network-2").at(-1), "SetupConfirm");
  t.match(joined.user.last("ReleaseIndication"), { call: "user-1", cause: { value: 34 } });
  t.strictSame(
    [remains(joined.user), remains(joined.network)],
    [
      { calls: 2, busy: 2 },
      { calls: 2, busy: 2 },
    ],
  );

  const two = up({ interface: "BRI" });
  answering(two.joined.user);
  answering(two.joined.network);
  two.joined.user.request({
    type: "SetupRequest",
    call: "u",
    called,
    channel: { number: 1, exclusive: false },
  });
  two.joined.network.request({
    type: "SetupRequest",
    call: "n",
    called,
    channel: { number: 1, exclusive: true },
  });
  two.clock.advanceSync(500);
  t.equal(two.joined.network.last("SetupConfirm").channel, 1);
  t.match(two.joined.user.last("SetupConfirm"), { call: "u", channel: 2 }, "the user's call moves over");
  t.end();
});
