// Sessions between two of our sides that send everything there is to send, for other eyes to read.
import type { DChannelOptions, Element, Request } from "../../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { createBus } from "./bus.ts";
import { join, type Joined } from "./joined.ts";

export interface Sent {
  readonly from: "user" | "network";
  readonly frame: Uint8Array;
}

const number = { digits: "2155501234", type: "national", plan: "isdn" } as const;
const identified = { ...number, presentation: "restricted", screening: "network" } as const;
const inband = { description: 8, location: "public-network-local" } as const;
const extra: readonly Element[] = [
  { name: "octets", id: 0x7d, codeset: 0, octets: [0x91, 0x81] },
  { name: "octets", id: 0x7e, codeset: 0, octets: [0x04, 0x68, 0x69] },
];

interface Session {
  readonly joined: Joined;
  readonly clock: TestClock;
  readonly sent: Sent[];
  /** Notes what both sides have sent. */
  readonly note: () => void;
  readonly say: (side: "user" | "network", request: Request) => void;
}

function begin(
  kind: "PRI" | "BRI",
  user: Partial<DChannelOptions>,
  network: Partial<DChannelOptions>,
): Session {
  const sent: Sent[] = [];
  const clock = createTestClock();
  const joined = join(clock, { interface: kind, user, network });
  const note = (): void => {
    for (const from of ["user", "network"] as const) {
      sent.push(...joined[from].sent.splice(0).map((frame) => ({ from, frame })));
    }
  };
  const say = (side: "user" | "network", request: Request): void => {
    joined[side].request(request);
    clock.advanceSync(20);
    note();
  };
  joined.layer1(true);
  clock.advanceSync(2_000);
  note();
  return { joined, clock, sent, note, say };
}

/** The basic call: both directions, overlap, progress, clearing, status, restart, link loss. */
export function basicSession(kind: "PRI" | "BRI", tei: "fixed" | "automatic"): readonly Sent[] {
  const { joined, clock, sent, note, say } = begin(
    kind,
    { tei, restart: "channels", overlapReceiving: true },
    { tei, restart: "interface", overlapReceiving: true },
  );
  for (const [from, to] of [
    ["user", "network"],
    ["network", "user"],
  ] as const) {
    say(from, {
      type: "SetupRequest",
      call: "x",
      called: number,
      calling: identified,
      redirecting: { ...identified, reason: "no-reply" },
      sendingComplete: false,
      display: "Callbox",
      progress: { description: 3, location: "user" },
      elements: extra,
    });
    const call = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "MoreInfoRequest", call, progress: inband });
    say(from, { type: "InfoRequest", call: "x", digits: "12", keypad: "*1#", sendingComplete: true });
    say(to, { type: "ProceedingRequest", call });
    say(to, { type: "ProgressRequest", call, progress: inband, cause: { value: 17, location: "user" } });
    say(to, { type: "AlertingRequest", call, progress: inband });
    say(to, { type: "SetupResponse", call, connected: identified });
    say(from, { type: "NotifyRequest", call: "x", description: 0 });
    say(from, { type: "StatusEnquiryRequest", call: "x" });
    say(to, { type: "DisconnectRequest", call, cause: 16, inband: true });
    say(from, { type: "ReleaseRequest", call: "x" });
    say(from, { type: "SetupRequest", call: "y", called: number });
    const second = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "RejectRequest", call: second, cause: 17 });
    say(from, { type: "RestartRequest" });
    // A message out of place brings STATUS with a diagnostic; a frame out of place brings REJ.
    say(from, { type: "SetupRequest", call: "z", called: number });
    const third = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "ProceedingRequest", call: third });
    joined.wire.cut = true;
    say(from, { type: "InfoRequest", call: "z", digits: "1" });
    joined.wire.cut = false;
    say(from, { type: "InfoRequest", call: "z", digits: "2" });
    clock.advanceSync(30_000);
    say(to, { type: "DisconnectRequest", call: third });
    say(from, { type: "ReleaseRequest", call: "z" });
  }
  joined.wire.cut = true;
  clock.advanceSync(30_000);
  note();
  return sent;
}

/** AOC-D: 5 units, total (EN 300 182-1). */
const charge = [
  ...[0x91, 0xa1, 0x12, 0x02, 0x01, 0x01, 0x02, 0x01, 0x22, 0x30, 0x0a],
  ...[0xa1, 0x05, 0x30, 0x03, 0x02, 0x01, 0x05, 0x82, 0x01, 0x01],
];

const subaddress = { type: "nsap", odd: false, octets: [0x50, 0x31, 0x32] } as const;
const userUser = { protocol: 4, octets: [0x68, 0x69] } as const;
const dateTime = { year: 26, month: 11, day: 27, hour: 1, minute: 2 } as const;

/** Elements that no request makes. */
const rest: readonly Element[] = [
  { name: "network-specific-facilities", octets: [0x00, 0xe5] },
  { name: "information-request", value: 1 },
  { name: "signal", value: 1 },
  { name: "transit-network-selection", network: { type: 2, plan: 1, digits: "123" } },
  { name: "octets", id: 0x47, codeset: 0, octets: [0x91, 0x31, 0x32] },
  { name: "facility", octets: charge },
];

/** Hold, suspension, user-to-user, facility and segments, accepted and refused. */
export function serviceSession(kind: "PRI" | "BRI" = "PRI"): readonly Sent[] {
  const own = { services: { hold: true, suspend: true }, segmentation: true };
  const { clock, sent, note, say } = begin(kind, own, own);
  const setup = { type: "SetupRequest", called: number, userUser } as const;
  say("user", {
    ...setup,
    call: "a",
    calling: identified,
    secondCalling: identified,
    callingSubaddress: subaddress,
    calledSubaddress: { type: "user-specified", odd: true, octets: [0x12, 0x30] },
    hlc: { characteristics: 1 },
    llc: [0x80, 0x90, 0xa3],
    keypad: "*21#",
    display: "Callbox",
    dateTime,
    elements: rest,
  });
  const connected = { connected: identified, connectedSubaddress: subaddress, dateTime };
  say("network", { type: "SetupResponse", call: "in-1", ...connected, userUser });
  for (const [from, to, ours, theirs] of [
    ["user", "network", "a", "in-1"],
    ["network", "user", "in-1", "a"],
  ] as const) {
    say(from, { type: "HoldRequest", call: ours });
    say(to, { type: "HoldResponse", call: theirs, refused: 29 });
    say(from, { type: "HoldRequest", call: ours });
    say(to, { type: "HoldResponse", call: theirs });
    say(from, { type: "RetrieveRequest", call: ours });
    say(to, { type: "RetrieveResponse", call: theirs, refused: 34 });
    say(from, { type: "RetrieveRequest", call: ours });
    say(to, { type: "RetrieveResponse", call: theirs });
    say(from, { type: "FacilityRequest", call: ours, facility: charge });
    say(from, { type: "UserInfoRequest", call: ours, userUser, moreData: true });
    say(from, { type: "UserInfoRequest", call: ours, userUser });
  }
  say("network", { type: "CongestionRequest", call: "in-1", ready: false });
  say("network", { type: "CongestionRequest", call: "in-1", ready: true });
  const identity = [0x61];
  say("user", { type: "SuspendRequest", call: "a", identity });
  say("network", { type: "SuspendResponse", call: "in-1", refused: 29 });
  say("user", { type: "SuspendRequest", call: "a", identity });
  say("network", { type: "SuspendResponse", call: "in-1" });
  say("user", { type: "ResumeRequest", call: "b" });
  say("user", { type: "ResumeRequest", call: "b", identity });
  say("network", { type: "ResumeResponse", call: "in-1" });
  say("user", { type: "DisconnectRequest", call: "b", userUser });
  say("network", { type: "ReleaseRequest", call: "in-1" });
  const long: readonly Element[] = Array.from({ length: 14 }, () => ({ name: "facility", octets: charge }));
  say("user", { ...setup, call: "c", elements: long });
  say("network", { type: "RejectRequest", call: "in-2", cause: 21, userUser });
  clock.advanceSync(1_000);
  note();
  return sent;
}

export function qsigSession(): readonly Sent[] {
  const { sent, say } = begin("PRI", { variant: "qsig" }, { variant: "qsig" });
  say("network", { type: "SetupRequest", call: "a", called: number, calling: identified, transitCounter: 2 });
  say("user", { type: "AlertingRequest", call: "in-1" });
  say("user", { type: "SetupResponse", call: "in-1", connected: identified });
  say("user", { type: "DisconnectRequest", call: "in-1" });
  say("network", { type: "ReleaseRequest", call: "a" });
  return sent;
}

/** Two terminals on a bus: their TEIs, an offer that one of them gets, a call of theirs, a TEI that is taken back. */
export function busSession(): readonly Sent[] {
  const bus = createBus(["automatic", "automatic"]);
  const { clock, network, terminals } = bus;
  const sent: Sent[] = [];
  const note = (ms: number): void => {
    // A frame takes a millisecond: what is noted so often is in order.
    for (let passed = 0; passed < ms; passed++) {
      clock.advanceSync(1);
      sent.push(...network.sent.splice(0).map((frame) => ({ from: "network", frame }) as const));
      for (const each of terminals)
        sent.push(...each.sent.splice(0).map((frame) => ({ from: "user", frame }) as const));
    }
  };
  note(1);
  network.request({
    type: "SetupRequest",
    call: "c",
    called: number,
    calling: identified,
    display: "Callbox",
  });
  note(20);
  for (const terminal of terminals) {
    const { call } = terminal.last("SetupIndication");
    terminal.request({ type: "ProceedingRequest", call });
    terminal.request({ type: "AlertingRequest", call });
  }
  note(20);
  const [first] = terminals;
  const call = first?.last("SetupIndication").call ?? "";
  first?.request({ type: "SetupResponse", call });
  note(50);
  first?.request({ type: "DisconnectRequest", call });
  note(20);
  network.request({ type: "ReleaseRequest", call: "c" });
  note(20);
  bus.plugged[0] = false;
  // T203, the retransmissions, and the two checks of its TEI.
  note(40_000);
  return sent;
}
