// Hostile frames: random ones, and real ones that were mutated, at both sides of a D-channel. Nothing may throw
// or wedge, and after each batch a normal call succeeds. FUZZ_SEED repeats a run, FUZZ_FRAMES sets its length.
import { isDeepStrictEqual } from "node:util";
import t from "tap";
import { isLinkUp } from "../../src/signalling/isdn/dchannel.ts";
import { createLink } from "../../src/signalling/isdn/q921/link.ts";
import type { Request } from "../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { serviceSession } from "../signalling/isdn/sessions.ts";
import { answering, join, remains, type Endpoint, type Joined } from "../signalling/isdn/joined.ts";
import { createMutator } from "./mutations.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 931);
const wanted = Number(process.env["FUZZ_FRAMES"] ?? 120_000);
const batch = 1_000;
const called = { digits: "1", type: "unknown", plan: "isdn" } as const;
const { random, below, mutate, noise } = createMutator(seed);

function line(kind: "PRI" | "BRI", tei: "fixed" | "automatic"): { joined: Joined; clock: TestClock } {
  const clock = createTestClock();
  const own = { tei, services: { hold: true, suspend: true }, segmentation: true };
  const joined = join(clock, { interface: kind, user: own, network: own, seed, saved: false });
  answering(joined.user);
  answering(joined.network);
  joined.layer1(true);
  clock.advanceSync(1_000);
  return { joined, clock };
}

/** Real frames of a session, to be mutated. */
function record(kind: "PRI" | "BRI", tei: "fixed" | "automatic"): readonly Uint8Array[] {
  const { joined, clock } = line(kind, tei);
  for (const side of [joined.user, joined.network]) {
    side.request({
      type: "SetupRequest",
      call: "x",
      called,
      display: "Somebody",
      calling: { ...called, presentation: "allowed", screening: "network" },
      redirecting: { ...called, presentation: "allowed", screening: "network", reason: "busy" },
      progress: { description: 3, location: "user" },
    });
    clock.advanceSync(1_000);
    side.request({ type: "StatusEnquiryRequest", call: "x" });
    side.request({ type: "NotifyRequest", call: "x", description: 0 });
    side.request({ type: "InfoRequest", call: "x", digits: "12", keypad: "*1" });
    clock.advanceSync(1_000);
    side.request({ type: "DisconnectRequest", call: "x" });
    clock.advanceSync(1_000);
    side.request({ type: "RestartRequest", channels: [1] });
    clock.advanceSync(20_000);
  }
  return [...joined.user.sent, ...joined.network.sent, ...serviceSession(kind).map(({ frame }) => frame)];
}

/**
 * An I frame that the receiver takes as the next one, with mutated contents; often for a call that it has.
 * Layer 3 is fuzzed behind a layer 2 that finds no fault.
 */
function inSequence(joined: Joined, to: "user" | "network", base: Uint8Array): Uint8Array {
  const { layer2, layer3 } = joined[to].state();
  const link = layer2.links[0] ?? createLink(0);
  const message = mutate(base.subarray(4));
  const calls = Object.values(layer3.calls);
  const call = calls[below(calls.length)];
  if (call !== undefined && below(4) > 0 && message.length > 2 + call.referenceOctets) {
    const flag = call.origin === "here" ? 0x80 : 0;
    const reference =
      call.referenceOctets === 1
        ? [call.reference | flag]
        : [(call.reference >> 8) | flag, call.reference & 0xff];
    message.set([8, call.referenceOctets, ...reference]);
  }
  return Uint8Array.of(to === "user" ? 2 : 0, (link.tei << 1) | 1, link.vr << 1, link.vs << 1, ...message);
}

/** Something that the line may want at any moment. */
function request(endpoint: Endpoint): void {
  const calls = Object.keys(endpoint.state().layer3.calls);
  const call = calls[below(calls.length)] ?? "none";
  const requests: readonly Request[] = [
    { type: "SetupRequest", call: `r${below(1e6)}`, called, sendingComplete: false },
    { type: "MoreInfoRequest", call },
    { type: "AlertingRequest", call },
    { type: "InfoRequest", call, digits: "5" },
    { type: "StatusEnquiryRequest", call },
    { type: "DisconnectRequest", call, inband: true },
    { type: "RestartRequest", channels: [1] },
    { type: "HoldRequest", call },
    { type: "HoldResponse", call },
    { type: "RetrieveRequest", call },
    { type: "RetrieveResponse", call },
    { type: "SuspendRequest", call, identity: [1] },
    { type: "SuspendResponse", call },
    { type: "ResumeRequest", call: `r${below(1e6)}`, identity: [1] },
    { type: "ResumeResponse", call },
    { type: "UserInfoRequest", call, userUser: { protocol: 4, octets: [1] } },
    { type: "FacilityRequest", call, facility: Array.from({ length: 240 }, () => 0x11) },
  ];
  const chosen = requests[below(requests.length)];
  if (chosen !== undefined) endpoint.request(chosen);
}

for (const [kind, tei] of [
  ["PRI", "fixed"],
  ["BRI", "fixed"],
  ["BRI", "automatic"],
] as const) {
  t.test(`${kind}, ${tei} TEI: ${Math.ceil(wanted / 3)} frames, FUZZ_SEED=${seed}`, (t) => {
    const corpus = record(kind, tei);
    const informationFrames = corpus.filter((frame) => frame.length > 4 && ((frame[2] ?? 1) & 1) === 0);
    const { joined, clock } = line(kind, tei);
    let frames = 0;
    for (let round = 0; frames < wanted / 3; round++) {
      for (let i = 0; i < batch; i++, frames++) {
        const to = random() < 0.5 ? "user" : "network";
        const base = corpus[below(corpus.length)] ?? noise();
        const choice = below(20);
        const frame =
          choice === 0
            ? noise()
            : choice < 4 || !isLinkUp(joined[to].state())
              ? mutate(base)
              : inSequence(joined, to, informationFrames[below(informationFrames.length)] ?? base);
        joined[to].input({ type: "frame", frame });
        if (below(40) === 0) request(joined[to]);
        // A moment, so that a link that was reset comes back; now and then long enough for timers.
        clock.advanceSync(below(200) === 0 ? below(20_000) : below(6));
      }
      // Whatever the noise began, its timers end it: no call and no channel is left.
      clock.advanceSync(600_000);
      for (const side of [joined.user, joined.network]) {
        for (const call of Object.keys(side.state().layer3.calls)) {
          side.request({ type: "DisconnectRequest", call });
        }
      }
      clock.advanceSync(600_000);
      const left = [remains(joined.user), remains(joined.network)];
      if (left.some(({ calls, busy }) => calls + busy > 0)) t.fail(`round ${round}: ${JSON.stringify(left)}`);
      for (const from of [joined.user, joined.network]) {
        const call = `normal-${round}`;
        from.request({ type: "SetupRequest", call, called });
        clock.advanceSync(1_000);
        const state = from.names(call).at(-1);
        if (state !== "SetupConfirm") t.fail(`round ${round}: ${from.name}'s call got ${state ?? "nothing"}`);
        from.request({ type: "DisconnectRequest", call });
        clock.advanceSync(1_000);
      }
      for (const side of [joined.user, joined.network]) {
        const plain: unknown = JSON.parse(JSON.stringify(side.state()));
        if (!isDeepStrictEqual(plain, side.state())) t.fail(`round ${round}: the state is not plain JSON`);
        side.heard.length = side.sent.length = side.logs.length = 0;
      }
    }
    t.ok(frames >= wanted / 3, `${frames} frames, a normal call each way after every ${batch}`);
    t.end();
  });
}
