// TEI management (Q.921 §5.3): messages, the user's and the network's tables, and a BRI line that uses both.
import t from "tap";
import { decodeTeiMessage, encodeTeiMessage } from "../../../../src/signalling/isdn/q921/tei-message.ts";
import {
  nextTeiNetwork,
  type TeiNetworkInput,
  type TeiNetworkState,
} from "../../../../src/signalling/isdn/q921/tei-network.ts";
import {
  createTeiUser,
  nextTeiUser,
  type TeiUserInput,
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

const message = (
  type: Parameters<typeof encodeTeiMessage>[0]["type"],
  ri: number,
  ai: number,
): TeiUserInput & TeiNetworkInput =>
  ({ type: "message", message: { type, ri, ai }, established: [] }) as const;

t.test("each request of a terminal has another reference number, and each seed (§5.3.2.1, §5.3.6.3)", (t) => {
  const none = createTeiUser(7);
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

t.test("the network side of a bus: each terminal has a TEI of its own (§5.3.2)", (t) => {
  const request = message("identity-request", 9, 127) as Extract<TeiNetworkInput, { type: "message" }>;
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
  const ended = nextTeiNetwork({ teis: [], last: 126, checks: {} }, request, 63);
  t.strictSame(ended.state.teis, [64], "after the last value comes the first");
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
