// QSIG basic call (ECMA-143): where it differs from Q.931, by rows and between two exchanges.
import t from "tap";
import { nextCall } from "../../../../src/signalling/isdn/q931/call-table.ts";
import { createTestClock, type TestClock } from "../../../support/test-clock.ts";
import { answering, join, remains, type Joined } from "../joined.ts";
import { assertEffects } from "../well-formed.ts";
import { readRows, stateText, writeEffects } from "./notation.ts";

/** Both sides: the notation's `U` is whoever is looked at. */
const qsigRows = `
let HOLDING = HOLD, HOLD ACKNOWLEDGE, HOLD REJECT #29, RETRIEVE, RETRIEVE ACKNOWLEDGE, RETRIEVE REJECT #29
let REARRANGEMENT = SUSPEND, SUSPEND ACKNOWLEDGE, SUSPEND REJECT #29, RESUME, RESUME ACKNOWLEDGE, RESUME REJECT #85
let USER-TO-USER = USER INFORMATION, CONGESTION CONTROL
U1 T303 | CONNECT | U10 | stop T303; CONNECT ACKNOWLEDGE; SetupConfirm | ECMA-143, connect
U6 | SetupResponse | U8 T313 | CONNECT ch 7!; start T313 | ECMA-143, connect
U8 T313 | CONNECT ACKNOWLEDGE | U10 | stop T313; SetupCompleteIndication | ECMA-143, connect
U8 T313 | T313 | U11 T305 fault#102 | DISCONNECT #102; start T305 | ECMA-143, connect
U3 T310 | PROGRESS pi 8 | U3 | stop T310; ProgressIndication inband | ECMA-143, T310
U10 | DisconnectRequest #16 inband | U11 T305 here#16 | DISCONNECT #16; start T305 | ECMA-143, clearing: no T306
U10 | DISCONNECT #16 | U12 peer#16 | DisconnectIndication #16 | ECMA-143, clearing
U10 | NOTIFY | same | NotifyIndication | ECMA-165
U10 | FACILITY | same | FacilityIndication | ECMA-165
U1 T303 / U2 T304 / U3 T310 / U4 T301 / U10 | HOLDING, REARRANGEMENT, USER-TO-USER | same | #97 | ECMA-143, error handling
U10 | HoldRequest, RetrieveRequest, SuspendRequest, UserInfoRequest, CongestionRequest | same | | not in QSIG
U0 | ResumeRequest | same | | not in QSIG
`;

const services = { hold: true, suspend: true };
const options = { variant: "qsig", services, side: "user", primary: true, law: "alaw" } as const;

t.test("rows", (t) => {
  for (const { text, before, input, after, effects } of readRows(qsigRows)) {
    const step = nextCall(before, input, { ...options, overlapReceiving: false });
    assertEffects(step.effects);
    t.strictSame(writeEffects(step.effects), effects, text);
    t.strictSame(stateText(step.call), after, `${text}: state`);
  }
  t.end();
});

const called = { digits: "2001", type: "subscriber", plan: "private" } as const;

function exchanges(): { joined: Joined; clock: TestClock } {
  const clock = createTestClock();
  const variant = "qsig";
  const joined = join(clock, { user: { variant }, network: { variant } });
  joined.layer1(true);
  clock.advanceSync(100);
  return { joined, clock };
}

t.test("calls both ways, both ends acknowledged, causes of a private network", (t) => {
  for (const [from, to] of [
    ["user", "network"],
    ["network", "user"],
  ] as const) {
    const { joined, clock } = exchanges();
    answering(joined[to]);
    joined[from].request({ type: "SetupRequest", call: "a", called, transitCounter: 3 });
    clock.advanceSync(100);
    t.match(joined[to].last("SetupIndication"), { transitCounter: 3, called });
    t.match(joined[to].last("SetupCompleteIndication"), { call: "in-1" }, "CONNECT ACKNOWLEDGE has come");
    t.match(joined[from].last("SetupConfirm"), { call: "a" });
    joined[from].request({ type: "DisconnectRequest", call: "a" });
    clock.advanceSync(100);
    t.match(joined[to].last("DisconnectIndication").cause, { location: "private-network-local" });
    t.strictSame(
      [remains(joined.user), remains(joined.network)],
      [
        { calls: 0, busy: 0 },
        { calls: 0, busy: 0 },
      ],
    );
  }
  t.end();
});

t.test("in glare the master has the channel", (t) => {
  const { joined, clock } = exchanges();
  const channel = { number: 5, exclusive: true };
  joined.user.request({ type: "SetupRequest", call: "a", called, channel });
  joined.network.request({ type: "SetupRequest", call: "b", called, channel });
  clock.advanceSync(100);
  t.match(joined.user.last("SetupIndication"), { channel: 5 });
  t.match(joined.user.last("ReleaseIndication"), { call: "a", cause: { value: 44 } });
  t.end();
});

t.test("T310 is that of many exchanges", (t) => {
  const { joined, clock } = exchanges();
  joined.network.react = (indication) => {
    if (indication.type === "SetupIndication") {
      joined.network.request({ type: "ProceedingRequest", call: indication.call });
    }
  };
  joined.user.request({ type: "SetupRequest", call: "a", called });
  clock.advanceSync(110_000);
  t.equal(joined.user.state().layer3.calls["a"]?.state, 3);
  clock.advanceSync(6_000);
  t.match(joined.network.last("DisconnectIndication").cause, { value: 102 });
  t.end();
});
