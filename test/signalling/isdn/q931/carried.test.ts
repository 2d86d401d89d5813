// What the messages carry: each field of a request in its element, each element in its indication's field.
import t from "tap";
import { createTestClock } from "../../../support/test-clock.ts";
import { join, type Joined } from "../joined.ts";
import type { Element, Request } from "../../../../src/signalling/isdn/types.ts";

const called = { digits: "5551000", type: "national", plan: "isdn" } as const;
const identified = { ...called, digits: "49", presentation: "restricted", screening: "network" } as const;
const progress = { description: 8, location: "transit-network" } as const;
const cause = { value: 17, location: "public-network-remote", diagnostic: [1, 2] } as const;
const userUser: Element = { name: "user-user", userUser: { protocol: 4, octets: [1, 2, 3] } };

function line(): { joined: Joined; say: (side: "user" | "network", request: Request) => void } {
  const clock = createTestClock();
  const options = { overlapReceiving: true };
  const joined = join(clock, { user: options, network: options });
  joined.layer1(true);
  clock.advanceSync(100);
  return {
    joined,
    say(side, request) {
      joined[side].request(request);
      clock.advanceSync(50);
    },
  };
}

t.test("SETUP", (t) => {
  const { joined, say } = line();
  const bearer = { transferCapability: "speech", mode: "circuit", rate: 16, layer1: "ulaw" } as const;
  say("user", {
    type: "SetupRequest",
    call: "one",
    called,
    calling: identified,
    redirecting: { ...identified, reason: "no-reply" },
    bearer,
    display: "Callbox",
    progress,
    channel: { number: 5, exclusive: true },
    elements: [userUser],
  });
  const heard = joined.network.last("SetupIndication");
  t.match(heard, {
    call: "in-1",
    channel: 5,
    called,
    calling: identified,
    redirecting: { ...identified, reason: "no-reply" },
    bearer,
    display: "Callbox",
    progress: [progress],
    inband: true,
    sendingComplete: true,
  });
  t.strictSame(heard.elements.at(-1), userUser);
  t.strictSame(
    heard.elements.find(({ name }) => name === "channel-identification"),
    {
      name: "channel-identification",
      channel: { selection: "indicated", channels: [5], exclusive: true, dChannel: false, primary: true },
    },
  );
  t.end();
});

t.test("SETUP and CONNECT with everything that they may carry", (t) => {
  const { joined, say } = line();
  const subaddress = { type: "nsap", odd: false, octets: [0x50, 0x31] } as const;
  const dateTime = { year: 26, month: 11, day: 27, hour: 1, minute: 2 } as const;
  const carried = {
    called,
    calling: identified,
    secondCalling: { ...identified, digits: "50", screening: "user-not-screened" },
    callingSubaddress: subaddress,
    calledSubaddress: { ...subaddress, type: "user-specified", odd: true },
    hlc: { characteristics: 1 },
    llc: [0x80, 0x90, 0xa3],
    keypad: "*21#",
    userUser: { protocol: 4, octets: [1] },
    dateTime,
  } as const;
  say("user", { type: "SetupRequest", call: "one", ...carried, transitCounter: 1 });
  const heard = joined.network.last("SetupIndication");
  t.match(heard, carried);
  t.notOk("transitCounter" in heard, "which EuroISDN has not");
  say("network", { type: "SetupResponse", call: "in-1", connectedSubaddress: subaddress, dateTime });
  t.match(joined.user.last("SetupConfirm"), { connectedSubaddress: subaddress, dateTime });
  t.end();
});

t.test("SETUP with nothing but a number", (t) => {
  const { joined, say } = line();
  say("user", { type: "SetupRequest", call: "one", called, sendingComplete: false });
  const heard = joined.network.last("SetupIndication");
  t.match(heard, {
    sendingComplete: false,
    inband: false,
    bearer: { transferCapability: "3.1kHz-audio", layer1: "alaw" },
  });
  t.strictSame([heard.calling, heard.redirecting, heard.display], [undefined, undefined, undefined]);
  for (const name of ["secondCalling", "callingSubaddress", "hlc", "llc", "keypad", "userUser", "dateTime"]) {
    t.notOk(name in heard, name);
  }
  t.strictSame(
    heard.elements.map(({ name }) => name),
    ["bearer-capability", "channel-identification", "called-number"],
  );
  t.end();
});

t.test("INFORMATION, PROGRESS, ALERTING, CONNECT, DISCONNECT", (t) => {
  const { joined, say } = line();
  say("user", { type: "SetupRequest", call: "one", called, sendingComplete: false });
  say("network", { type: "MoreInfoRequest", call: "in-1", progress });
  t.match(joined.user.last("MoreInfoIndication"), { progress: [progress], inband: true });
  say("user", { type: "InfoRequest", call: "one", digits: "7" });
  t.match(joined.network.last("InfoIndication"), { digits: "7", keypad: "", sendingComplete: false });
  say("user", { type: "InfoRequest", call: "one", keypad: "*1#", display: "x", sendingComplete: true });
  const information = joined.network.last("InfoIndication");
  t.match(information, { digits: "", keypad: "*1#", sendingComplete: true });
  t.strictSame(
    information.elements.map(({ name }) => name),
    ["sending-complete", "display", "keypad-facility"],
  );
  say("network", { type: "ProceedingRequest", call: "in-1", elements: [userUser] });
  t.strictSame(joined.user.last("ProceedingIndication").elements, [userUser]);
  say("network", { type: "ProgressRequest", call: "in-1", progress, cause });
  t.match(joined.user.last("ProgressIndication"), { progress: [progress], cause });
  say("network", { type: "ProgressRequest", call: "in-1", progress: { description: 2, location: "user" } });
  t.notOk("cause" in joined.user.last("ProgressIndication"));
  t.equal(joined.user.last("ProgressIndication").inband, false);
  say("network", { type: "SetupResponse", call: "in-1", connected: identified });
  t.strictSame(joined.user.last("SetupConfirm").connected, identified);
  say("network", { type: "DisconnectRequest", call: "in-1", cause });
  t.strictSame(joined.user.last("DisconnectIndication").cause, cause);
  say("user", { type: "ReleaseRequest", call: "one" });
  t.strictSame(joined.network.last("ReleaseConfirm").cause, cause);
  t.end();
});

t.test("causes that we make name our side; a CONNECT need not name a number", (t) => {
  const { joined, say } = line();
  say("user", { type: "SetupRequest", call: "one", called });
  say("network", { type: "SetupResponse", call: "in-1" });
  t.notOk("connected" in joined.user.last("SetupConfirm"));
  say("user", { type: "DisconnectRequest", call: "one" });
  t.strictSame(joined.network.last("DisconnectIndication").cause, { value: 16, location: "user" });
  say("network", { type: "ReleaseRequest", call: "in-1", cause: 21 });
  say("user", { type: "SetupRequest", call: "two", called });
  say("network", { type: "RejectRequest", call: "in-2", cause: 21 });
  t.match(joined.user.last("ReleaseIndication"), {
    call: "two",
    by: "remote",
    cause: { value: 21, location: "public-network-local" },
  });
  t.end();
});

t.test("what no element could be said of is in the log, with its clause", (t) => {
  const { joined, say } = line();
  say("user", {
    type: "SetupRequest",
    call: "one",
    called,
    elements: [{ name: "octets", id: 0x1a, codeset: 0, octets: [] }],
  });
  t.match(joined.network.logs.at(-1), { level: "debug", clause: "Q.931 §5.8.7", call: "in-1" });
  const before = joined.network.logs.length;
  say("network", { type: "ProceedingRequest", call: "in-1" });
  t.equal(joined.network.logs.length, before, "and nothing where nothing is wrong");
  t.end();
});
