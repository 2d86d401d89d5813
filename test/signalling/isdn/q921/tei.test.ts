// TEI management (Q.921 §5.3): messages, the user's and the network's tables, and a BRI line that uses both.
import t from "tap";
import { decodeTeiMessage, encodeTeiMessage } from "../../../../src/signalling/isdn/q921/tei-message.ts";
import {
  createTeiNetwork,
  nextTeiNetwork,
  type TeiNetworkInput,
  type TeiNetworkState,
} from "../../../../src/signalling/isdn/q921/tei-network.ts";
import {
  createTeiUser,
  nextTeiUser,
  type TeiUserInput,
  type TeiUserState,
} from "../../../../src/signalling/isdn/q921/tei-user.ts";
import { createTestClock } from "../../../support/test-clock.ts";
import { answering, createEndpoint, join, remains } from "../joined.ts";

t.test("messages, Table 8", (t) => {
  const rows = [
    ["identity-request", 0x1234, 127, "0f 12 34 01 ff"],
    ["identity-assigned", 0x1234, 64, "0f 12 34 02 81"],
    ["identity-denied", 0x1234, 127, "0f 12 34 03 ff"],
    ["check-request", 0, 127, "0f 00 00 04 ff"],
    ["check-response", 0xffff, 64, "0f ff ff 05 81"],
    ["remove", 0, 64, "0f 00 00 06 81"],
    ["verify", 0, 64, "0f 00 00 07 81"],
  ] as const;
  for (const [type, ri, ai, text] of rows) {
    const octets = text.split(" ").map((octet) => parseInt(octet, 16));
    t.strictSame(encodeTeiMessage({ type, ri, ai }), octets, type);
    t.strictSame(decodeTeiMessage(octets), { type, ri, ai }, type);
  }
  t.equal(decodeTeiMessage([0x0e, 0, 0, 1, 0xff]), undefined, "another management entity");
  t.equal(decodeTeiMessage([0x0f, 0, 0, 8, 0xff]), undefined, "an unknown type");
  t.equal(decodeTeiMessage([0x0f, 0, 0, 1]), undefined, "too short");
  t.end();
});

const none = createTeiUser(7);
const asking: TeiUserState = { phase: "requesting", tei: -1, ri: 9, attempts: 1, seed: 7 };
const assigned: TeiUserState = { phase: "assigned", tei: 64, ri: 9, attempts: 1, seed: 7 };
const verifying: TeiUserState = { ...assigned, phase: "verifying", attempts: 1 };
const message = (
  type: Parameters<typeof encodeTeiMessage>[0]["type"],
  ri: number,
  ai: number,
): TeiUserInput & TeiNetworkInput =>
  ({ type: "message", message: { type, ri, ai }, established: [] }) as const;

t.test("the user side", (t) => {
  const rows: readonly [
    clause: string,
    before: TeiUserState,
    input: TeiUserInput,
    phase: string,
    tei: number,
    effects: string,
  ][] = [
    [
      "5.3.2: asks",
      none,
      { type: "MDL-ASSIGN-indication" },
      "requesting",
      -1,
      "identity-request 127, start T202",
    ],
    ["5.3.2: asks once", asking, { type: "MDL-ASSIGN-indication" }, "requesting", -1, ""],
    ["5.3.2.1", asking, { type: "T202" }, "requesting", -1, "identity-request 127, start T202"],
    ["5.3.2.1: N202", { ...asking, attempts: 3 }, { type: "T202" }, "none", -1, "MDL-ERROR-response"],
    [
      "5.3.2",
      asking,
      message("identity-assigned", 9, 64),
      "assigned",
      64,
      "stop T202, MDL-ASSIGN-request 64",
    ],
    ["5.3.2: for another", asking, message("identity-assigned", 8, 64), "requesting", -1, ""],
    ["5.3.1.2: no automatic TEI", asking, message("identity-assigned", 9, 5), "requesting", -1, ""],
    ["5.3.2", asking, message("identity-denied", 9, 127), "none", -1, "stop T202, MDL-ERROR-response"],
    ["5.3.2: for another", asking, message("identity-denied", 8, 127), "requesting", -1, ""],
    [
      "5.3.2: ours to another",
      assigned,
      message("identity-assigned", 8, 64),
      "none",
      -1,
      "stop T202, MDL-REMOVE-request",
    ],
    ["5.3.3", assigned, message("check-request", 0, 64), "assigned", 64, "check-response 64"],
    ["5.3.3: all", assigned, message("check-request", 0, 127), "assigned", 64, "check-response 64"],
    ["5.3.3: another's", assigned, message("check-request", 0, 65), "assigned", 64, ""],
    ["5.3.3: has none", none, message("check-request", 0, 127), "none", -1, ""],
    ["5.3.4", assigned, message("remove", 0, 64), "none", -1, "stop T202, MDL-REMOVE-request"],
    ["5.3.4: all", assigned, message("remove", 0, 127), "none", -1, "stop T202, MDL-REMOVE-request"],
    ["5.3.4: another's", assigned, message("remove", 0, 65), "assigned", 64, ""],
    ["5.3.5", assigned, { type: "suspect" }, "verifying", 64, "verify 64, start T202"],
    ["5.3.5", none, { type: "suspect" }, "none", -1, ""],
    ["5.3.5.3", verifying, { type: "T202" }, "verifying", 64, "verify 64, start T202"],
    ["5.3.5.3", { ...verifying, attempts: 2 }, { type: "T202" }, "none", -1, "stop T202, MDL-REMOVE-request"],
    ["5.3.5.3", verifying, message("check-request", 0, 64), "assigned", 64, "stop T202, check-response 64"],
    ["crossed", assigned, { type: "T202" }, "assigned", 64, ""],
    ["5.3.2: another user's", assigned, message("identity-request", 3, 127), "assigned", 64, ""],
    ["5.3.3: another user's", assigned, message("check-response", 3, 65), "assigned", 64, ""],
    ["5.3.5: another user's", assigned, message("verify", 0, 64), "assigned", 64, ""],
  ];
  for (const [clause, before, input, phase, tei, effects] of rows) {
    const { state, effects: caused } = nextTeiUser(before, input, 3);
    t.equal(state.phase, phase, `Q.921 ${clause}`);
    t.equal(state.tei, tei, `Q.921 ${clause}: TEI`);
    t.equal(caused.map(write).join(", "), effects, `Q.921 ${clause}: effects`);
  }
  const first = nextTeiUser(none, { type: "MDL-ASSIGN-indication" }, 3).state;
  const second = nextTeiUser(first, { type: "T202" }, 3).state;
  t.not(first.ri, second.ri, "each request has another reference number");
  t.not(
    first.ri,
    nextTeiUser(createTeiUser(8), { type: "MDL-ASSIGN-indication" }, 3).state.ri,
    "and each seed",
  );
  t.end();
});

t.test("the network side", (t) => {
  const free = createTeiNetwork();
  const given: TeiNetworkState = { teis: [64], last: 64, checks: {} };
  const checking: TeiNetworkState = { ...given, checks: { 64: { attempts: 1, responses: 0 } } };
  const request = message("identity-request", 9, 127) as Extract<TeiNetworkInput, { type: "message" }>;
  const rows: readonly [
    clause: string,
    before: TeiNetworkState,
    input: TeiNetworkInput,
    tei: number,
    effects: string,
  ][] = [
    ["5.3.2", free, request, 64, "identity-assigned 64, MDL-ASSIGN-request 64"],
    [
      "5.3.2: the next value",
      { ...free, last: 64 },
      request,
      65,
      "identity-assigned 65, MDL-ASSIGN-request 65",
    ],
    [
      "5.3.2: round again",
      { ...free, last: 126 },
      request,
      64,
      "identity-assigned 64, MDL-ASSIGN-request 64",
    ],
    [
      "5.3.4: a terminal that started again",
      given,
      request,
      65,
      "remove 64, remove 64, stop T201, MDL-REMOVE-request 64, identity-assigned 65, MDL-ASSIGN-request 65",
    ],
    [
      "5.3.2: a second terminal",
      given,
      { ...request, established: [64] },
      64,
      "identity-denied 127, check-request 64, start T201",
    ],
    [
      "5.3.2: a second terminal, asked already",
      checking,
      { ...request, established: [64] },
      64,
      "identity-denied 127",
    ],
    ["5.3.3.2", checking, { type: "T201", tei: 64 }, 64, "check-request 64, start T201"],
    [
      "5.3.3.2: twice no answer",
      { ...given, checks: { 64: { attempts: 2, responses: 0 } } },
      { type: "T201", tei: 64 },
      -1,
      "remove 64, remove 64, stop T201, MDL-REMOVE-request 64",
    ],
    [
      "5.3.3.2: one answer",
      { ...given, checks: { 64: { attempts: 1, responses: 1 } } },
      { type: "T201", tei: 64 },
      64,
      "",
    ],
    [
      "5.3.3.2: two answers",
      { ...given, checks: { 64: { attempts: 1, responses: 2 } } },
      { type: "T201", tei: 64 },
      -1,
      "remove 64, remove 64, stop T201, MDL-REMOVE-request 64",
    ],
    ["5.3.3", checking, message("check-response", 1, 64), 64, ""],
    ["5.3.3: not asked", given, message("check-response", 1, 64), 64, ""],
    ["5.3.5", given, message("verify", 0, 64), 64, "check-request 64, start T201"],
    ["5.3.5: another's", given, message("verify", 0, 70), 64, ""],
    ["Table II.1", given, { type: "suspect", tei: 64 }, 64, "check-request 64, start T201"],
    ["Table II.1", free, { type: "suspect", tei: -1 }, -1, ""],
    ["crossed", given, { type: "T201", tei: 64 }, 64, ""],
    ["a frame of a TEI that nobody has", given, { type: "stranger", tei: 70 }, 64, "remove 70"],
    ["a frame of one that somebody has", given, { type: "stranger", tei: 64 }, 64, ""],
    ["its own echo", given, message("remove", 0, 64), 64, ""],
  ];
  for (const [clause, before, input, tei, effects] of rows) {
    const { state, effects: caused } = nextTeiNetwork(before, input, 1);
    t.strictSame(state.teis, tei === -1 ? [] : [tei], `Q.921 ${clause}`);
    t.equal(caused.map(write).join(", "), effects, `Q.921 ${clause}: effects`);
  }
  const three: TeiNetworkState = { teis: [64, 66, 65], last: 66, checks: {} };
  const fourth = nextTeiNetwork(three, request, 63);
  t.strictSame(fourth.state.teis, [64, 66, 65, 67], "on a bus each terminal has its own");
  const round = nextTeiNetwork({ ...three, last: 126 }, request, 63);
  t.equal(round.state.last, 67, "a value that somebody has is passed over");
  const full = nextTeiNetwork(three, { ...request, established: [64, 65, 66] }, 3);
  t.equal(
    full.effects.map(write).join(", "),
    "identity-denied 127, check-request 64, start T201, check-request 66, start T201, check-request 65, start T201",
    "no value is left: all are checked",
  );
  const stale = nextTeiNetwork(three, { ...request, established: [64, 65] }, 3);
  t.strictSame(stale.state.teis, [64, 65, 67], "one whose terminal is silent makes room");
  t.equal(nextTeiNetwork(checking, message("check-response", 1, 64), 1).state.checks[64]?.responses, 1);
  t.end();
});

t.test("a BRI line with automatic TEI: assigned, a call, a terminal exchanged for another", (t) => {
  const clock = createTestClock();
  const joined = join(clock, { interface: "BRI", user: { tei: "automatic" }, network: { tei: "automatic" } });
  answering(joined.network);
  joined.layer1(true);
  clock.advanceSync(100);
  t.equal(joined.user.state().layer2.links[0]?.tei, 64);
  t.equal(joined.user.last("DataLinkIndication").up, true);
  joined.user.request({
    type: "SetupRequest",
    call: "one",
    called: { digits: "1", type: "unknown", plan: "unknown" },
  });
  clock.advanceSync(100);
  t.equal(joined.user.last("SetupConfirm").call, "one");
  joined.user.request({ type: "DisconnectRequest", call: "one" });
  clock.advanceSync(100);
  t.same(remains(joined.network), { calls: 0, busy: 0 });

  // The terminal is unplugged; another one comes, asks for a TEI, and gets one when the old one fails its check.
  joined.wire.cut = true;
  joined.user.input({ type: "layer1", up: false });
  const other = createEndpoint(
    { side: "user", interface: "BRI", tei: "automatic", seed: 99 },
    clock,
    (frame) => joined.network.input({ type: "frame", frame }),
  );
  const frames = joined.network.sent.length;
  let carried = frames;
  const carry = (): void => {
    for (; carried < joined.network.sent.length; carried++) {
      const frame = joined.network.sent[carried];
      if (frame !== undefined) other.input({ type: "frame", frame });
    }
    clock.after(5, carry);
  };
  carry();
  other.input({ type: "layer1", up: true });
  clock.advanceSync(30_000);
  t.equal(other.last("DataLinkIndication").up, true);
  t.equal(other.state().layer2.links[0]?.tei, 65);
  t.equal(joined.network.last("DataLinkIndication").up, true);
  t.end();
});

t.test("a TEI that is removed is asked for again", (t) => {
  const clock = createTestClock();
  const joined = join(clock, { interface: "BRI", user: { tei: "automatic" }, network: { tei: "automatic" } });
  joined.layer1(true);
  clock.advanceSync(100);
  joined.user.input({ type: "frame", frame: Uint8Array.of(0xfe, 0xff, 0x03, 0x0f, 0, 0, 0x06, 0x81) });
  t.equal(joined.user.last("DataLinkIndication").up, false);
  clock.advanceSync(60_000);
  t.equal(joined.user.last("DataLinkIndication").up, true);
  t.equal(joined.network.last("DataLinkIndication").up, true);
  t.equal(joined.user.state().layer2.links[0]?.tei, joined.network.state().layer2.links[0]?.tei);
  t.end();
});

function write(effect: { readonly type: string }): string {
  if ("message" in effect) {
    const { type, ai } = effect.message as { readonly type: string; readonly ai: number };
    return `${type} ${ai}`;
  }
  if ("timer" in effect) return `${effect.type} ${String(effect.timer)}`;
  return "tei" in effect ? `${effect.type} ${String(effect.tei)}` : effect.type;
}
