// The interface machine: call references, messages without a call, channel selection, glare, the link.
import t from "tap";
import type { InterfaceInput } from "../../../../src/signalling/isdn/q931/interface.ts";
import { encodeMessage } from "../../../../src/signalling/isdn/q931/message.ts";
import type { MessageType } from "../../../../src/signalling/isdn/q931/message.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";
import type { Request } from "../../../../src/signalling/isdn/types.ts";
import {
  type Rig,
  anyChannel,
  bearer,
  callState,
  cause,
  ch,
  noChannel,
  readReference,
  restartClass,
  rig,
  setup,
} from "./interface-rig.ts";

t.test("messages for a call reference that is not in use (§5.8.3.2)", (t) => {
  const rows: readonly [
    clause: string,
    reference: string,
    type: MessageType,
    elements: Element[],
    reply: string[],
  ][] = [
    ["a", "p9", "CALL PROCEEDING", [], ["p9 RELEASE COMPLETE #81"]],
    ["a", "o9", "CONNECT", [], ["o9 RELEASE COMPLETE #81"]],
    ["a", "p9", "DISCONNECT", [cause(16)], ["p9 RELEASE COMPLETE #81"]],
    ["b", "p9", "RELEASE", [cause(16)], ["p9 RELEASE COMPLETE #81"]],
    ["c", "p9", "RELEASE COMPLETE", [cause(16)], []],
    ["d", "o9", "SETUP", [bearer], []],
    ["f", "p0", "CONNECT", [], ["p0 STATUS #81 state 0"]],
    ["g, 5.8.11: in Null too", "p9", "STATUS", [cause(30), callState(0)], []],
    ["g, 5.8.11: has a call", "p9", "STATUS", [cause(30), callState(10)], ["p9 RELEASE COMPLETE #101"]],
    ["h, 5.8.10", "p9", "STATUS ENQUIRY", [], ["p9 STATUS #30 state 0"]],
  ];
  for (const [clause, reference, type, elements, reply] of rows) {
    const said = rig().peer(reference, type, ...elements);
    // As the peer sees it, the originator of its own reference is itself: our answer turns the flag.
    const turned = reply.map((text) => text.replace(/^[po]/, (flag) => (flag === "p" ? "p" : "o")));
    t.strictSame(said, turned, `Q.931 5.8.3.2 ${clause}: ${reference} ${type}`);
  }
  t.end();
});

t.test("ignored octets cause nothing (§5.8.1–§5.8.3.1)", (t) => {
  const line = rig();
  for (const octets of [[], [8], [9, 2, 0, 1, 5], [8, 0, 5, 0], [8, 3, 0, 0, 1, 5]]) {
    t.strictSame(line.input({ type: "octets", ces: 0, octets }), []);
  }
  t.end();
});

t.test("a message that no frame can carry even without what is dispensable is not sent", (t) => {
  const line = rig({ n201: 12, segmentation: false });
  t.strictSame(line.request(setup("a")), ["ch 3 in-use", "start T303"]);
  t.strictSame(line.clauses, ["Q.921 §5.9.3"]);
  line.input({ type: "timer", timer: { call: "a", name: "T303" } });
  line.input({ type: "timer", timer: { call: "a", name: "T303" } });
  t.match(
    line.heard.at(-1),
    { type: "ChannelIndication", channel: 3, state: "idle" },
    "and the call fails by T303",
  );
  t.strictSame(line.state.calls, {});
  t.end();
});

t.test("to all terminals comes a SETUP or nothing (§5.2.1)", (t) => {
  const line = rig();
  const octets = encodeMessage(readReference("p9"), "DISCONNECT", [cause(16)]);
  t.strictSame(line.input({ type: "octets", ces: 127, octets }), []);
  t.strictSame(line.clauses, ["Q.931 §5.2.1"]);
  const network = rig({ side: "network", bus: true });
  t.strictSame(
    network.input({
      type: "octets",
      ces: 127,
      octets: encodeMessage(readReference("p9"), "SETUP", [bearer]),
    }),
    [],
    "and no terminal sends one to all",
  );
  t.end();
});

t.test("an offer on a bus, message by message (§5.2.5, §5.3.2 e)", (t) => {
  const bus = (): Rig & {
    from(ces: number, type: MessageType, ...elements: Element[]): readonly string[];
  } => {
    const own = rig({ side: "network", bus: true, primary: false, channels: [1, 2], callReferenceOctets: 1 });
    own.input({ type: "link", ces: 64, up: true });
    own.input({ type: "link", ces: 65, up: true });
    return Object.assign(own, {
      from: (ces: number, type: MessageType, ...elements: Element[]) =>
        own.input({
          type: "octets",
          ces,
          octets: encodeMessage({ ...readReference("o1"), octets: 1 }, type, elements),
        }),
    });
  };
  const timer = (name: "T303" | "T312"): InterfaceInput => ({ type: "timer", timer: { call: "c", name } });

  const nobody = bus();
  nobody.request(setup("c"));
  t.strictSame(nobody.input(timer("T303")), ["o1 SETUP ch 1?", "start T303", "start T312"]);
  t.strictSame(nobody.input(timer("T303")), ["ReleaseIndication c #18"]);
  t.strictSame(nobody.input(timer("T303")), [], "an expiry that crossed its stop");
  t.strictSame(
    nobody.from(64, "RELEASE", cause(16)),
    ["o1 RELEASE COMPLETE #81"],
    "too late, and nothing to release",
  );
  t.strictSame(nobody.from(64, "RELEASE COMPLETE", cause(16)), []);
  t.strictSame(nobody.input(timer("T312")), ["ch 1 idle"]);

  const ringing = bus();
  ringing.request(setup("c"));
  ringing.from(64, "ALERTING", ch(1));
  t.strictSame(ringing.input(timer("T303")), [], "an expiry that crossed the answer");
  ringing.from(65, "ALERTING", ch(1));
  ringing.input(timer("T312"));
  t.strictSame(
    ringing.request({ type: "RestartRequest", channels: [1] }),
    ["stop T301", "stop T301", "ReleaseIndication c #41", "ch 1 idle"],
    "a restart ends the call that two terminals ring for, once",
  );
  t.strictSame([ringing.state.offers, ringing.state.calls], [{}, {}]);
  t.end();
});

t.test("the channel of an incoming call (§5.2.3)", (t) => {
  const rows: readonly [what: string, before: string, wanted: Element[], said: string[], channels: string][] =
    [
      ["exclusive and free", "", [ch(2)], ["ch 2 in-use", "SetupIndication in-1"], "1 2:in-1 3"],
      ["preferred and free", "", [ch(2, false)], ["ch 2 in-use", "SetupIndication in-1"], "1 2:in-1 3"],
      ["exclusive and busy", "2", [ch(2)], ["p9 RELEASE COMPLETE #44"], "1 2:busy 3"],
      ["preferred and busy", "2", [ch(2, false)], ["ch 3 in-use", "SetupIndication in-1"], "1 2:busy 3:in-1"],
      ["any", "", [anyChannel], ["ch 3 in-use", "SetupIndication in-1"], "1 2 3:in-1"],
      ["left out", "", [], ["ch 3 in-use", "SetupIndication in-1"], "1 2 3:in-1"],
      ["none", "", [noChannel], ["p9 RELEASE COMPLETE #34"], "1 2 3"],
      ["unknown, exclusive", "", [ch(9)], ["p9 RELEASE COMPLETE #82"], "1 2 3"],
      ["unknown, preferred", "", [ch(9, false)], ["ch 3 in-use", "SetupIndication in-1"], "1 2 3:in-1"],
      ["blocked, exclusive", "blocked", [ch(2)], ["p9 RELEASE COMPLETE #44"], "1 2:blocked 3"],
    ];
  for (const [what, before, wanted, said, channels] of rows) {
    const line = rig();
    if (before === "2") {
      line.request(setup("busy", { number: 2, exclusive: true }));
      line.peer("o1", "CALL PROCEEDING", ch(2));
    }
    if (before === "blocked") line.request({ type: "ChannelRequest", channel: 2, blocked: true });
    t.strictSame(line.peer("p9", "SETUP", bearer, ...wanted), said, what);
    t.equal(line.channels(), channels, `${what}: channels`);
  }
  const full = rig({ channels: [1] });
  full.request(setup("busy"));
  full.peer("o1", "CALL PROCEEDING", ch(1));
  t.strictSame(full.peer("p9", "SETUP", bearer, anyChannel), ["p9 RELEASE COMPLETE #34"], "none is free");
  t.end();
});

t.test("a SETUP with faults leaves nothing behind (§5.8.6)", (t) => {
  const line = rig();
  t.strictSame(line.peer("p9", "SETUP", ch(2)), ["p9 RELEASE COMPLETE #96"]);
  t.equal(line.channels(), "1 2 3");
  t.strictSame(line.state.calls, {});
  t.end();
});

t.test("the channel of an outgoing call (§5.1.2)", (t) => {
  const user = rig();
  t.strictSame(
    user.request(setup("a")),
    ["ch 3 in-use", "o1 SETUP ch 3?", "start T303"],
    "the user hunts from the top",
  );
  const network = rig({ side: "network", exclusive: true });
  t.strictSame(
    network.request(setup("a")),
    ["ch 1 in-use", "o1 SETUP ch 1!", "start T303"],
    "the network from the bottom",
  );

  t.strictSame(
    user.peer("o1", "CALL PROCEEDING", ch(1)),
    ["ch 3 idle", "ch 1 in-use", "stop T303", "start T310", "ProceedingIndication a"],
    "the answer names another one",
  );
  t.equal(user.channels(), "1:a 2 3");
  t.strictSame(
    user.peer("o1", "ALERTING", ch(2)),
    ["stop T310", "start T301", "AlertingIndication a"],
    "later ones do not count",
  );
  t.equal(user.channels(), "1:a 2 3");

  const refuse = (said: readonly string[], line: Rig, what: string): void => {
    t.strictSame(said, ["stop T303", "o1 RELEASE #6", "start T308"], what);
    t.strictSame(
      line.peer("o1", "RELEASE COMPLETE"),
      ["stop T308", "ReleaseIndication a #6", "ch 3 idle"],
      `${what}: cleared`,
    );
  };
  const exclusive = rig();
  exclusive.request(setup("a", { number: 3, exclusive: true }));
  refuse(exclusive.peer("o1", "CALL PROCEEDING", ch(1)), exclusive, "another one than the exclusive one");
  const unknown = rig();
  unknown.request(setup("a"));
  refuse(unknown.peer("o1", "CONNECT", ch(9)), unknown, "one that does not exist");
  const silent = rig();
  silent.request(setup("a"));
  t.strictSame(
    silent.peer("o1", "CONNECT"),
    ["stop T303", "o1 CONNECT ACKNOWLEDGE", "SetupConfirm a"],
    "none named: as we offered",
  );
  t.end();
});

t.test("an outgoing call that cannot be", (t) => {
  const line = rig({ channels: [1] });
  t.strictSame(line.request(setup("a", { number: 7, exclusive: true })), ["ReleaseIndication a #44"]);
  line.request(setup("b"));
  t.strictSame(line.request(setup("c")), ["ReleaseIndication c #34"]);
  t.strictSame(line.request(setup("b")), [], "the name is taken");
  line.input({ type: "link", ces: 0, up: false });
  t.strictSame(line.request(setup("d")), ["ReleaseIndication d #27"]);
  t.strictSame(line.request({ type: "AlertingRequest", call: "gone" }), []);
  t.end();
});

t.test("call references of ours are unique, and never 0 (§4.3)", (t) => {
  const line = rig({ callReferenceOctets: 1, channels: [1, 2, 3] });
  line.request(setup("stays", { number: 1, exclusive: true }));
  line.peer("o1", "CONNECT", ch(1));
  const seen = new Set<number>();
  for (let i = 0; i < 300; i++) {
    line.request(setup("x", { number: 2, exclusive: true }));
    const { reference } = line.state.calls["x"] ?? { reference: 0 };
    t.ok(reference >= 1 && reference <= 127 && reference !== 1);
    seen.add(reference);
    line.peer(`o${reference}`, "RELEASE COMPLETE", cause(17));
  }
  t.equal(seen.size, 126);
  t.end();
});

t.test("the same reference value, ours and the peer's, are two calls", (t) => {
  const line = rig();
  line.request(setup("a"));
  line.peer("p1", "SETUP", bearer, ch(1));
  t.strictSame(line.peer("o1", "RELEASE COMPLETE", cause(17)), [
    "stop T303",
    "ReleaseIndication a #17",
    "ch 3 idle",
  ]);
  t.strictSame(line.peer("p1", "RELEASE", cause(16)), [
    "p1 RELEASE COMPLETE",
    "ReleaseIndication in-1 #16",
    "ch 1 idle",
  ]);
  t.end();
});

t.test("glare: both sides want one channel (§5.7)", (t) => {
  const user = rig();
  user.request(setup("a", { number: 2, exclusive: false }));
  t.strictSame(
    user.peer("p9", "SETUP", bearer, ch(2)),
    ["SetupIndication in-1"],
    "the network's call has it",
  );
  t.equal(user.channels(), "1 2:in-1 3");
  t.strictSame(
    user.peer("o1", "CALL PROCEEDING", ch(1)),
    ["ch 1 in-use", "stop T303", "start T310", "ProceedingIndication a"],
    "ours goes where the network says",
  );
  t.equal(user.channels(), "1:a 2:in-1 3");

  const refused = rig();
  refused.request(setup("a", { number: 2, exclusive: true }));
  refused.peer("p9", "SETUP", bearer, ch(2));
  t.strictSame(refused.peer("o1", "RELEASE COMPLETE", cause(44)), ["stop T303", "ReleaseIndication a #44"]);
  t.equal(refused.channels(), "1 2:in-1 3", "the end of ours does not free the other's channel");

  const stubborn = rig();
  stubborn.request(setup("a", { number: 2, exclusive: false }));
  stubborn.peer("p9", "SETUP", bearer, ch(2));
  t.strictSame(stubborn.peer("o1", "CALL PROCEEDING", ch(2)), ["stop T303", "o1 RELEASE #6", "start T308"]);

  const network = rig({ side: "network", exclusive: true });
  network.request(setup("a", { number: 2, exclusive: true }));
  t.strictSame(
    network.peer("p9", "SETUP", bearer, ch(2)),
    ["p9 RELEASE COMPLETE #44"],
    "exclusive: the network refuses",
  );
  t.strictSame(
    network.peer("p10", "SETUP", bearer, ch(2, false)),
    ["ch 1 in-use", "SetupIndication in-1"],
    "preferred: the network takes another",
  );
  t.strictSame(
    network.request({ type: "ProceedingRequest", call: "in-1" }),
    ["p10 CALL PROCEEDING ch 1!"],
    "and says which",
  );
  t.end();
});

t.test("channels in and out of service", (t) => {
  const line = rig();
  line.peer("p4", "SETUP", bearer, ch(2));
  t.strictSame(
    line.request({ type: "ChannelRequest", channel: 2, blocked: true }),
    [],
    "the call is left alone",
  );
  t.strictSame(line.peer("p4", "RELEASE", cause(16)), [
    "p4 RELEASE COMPLETE",
    "ReleaseIndication in-1 #16",
    "ch 2 blocked",
  ]);
  t.strictSame(line.request(setup("a", { number: 2, exclusive: true })), ["ReleaseIndication a #44"]);
  t.strictSame(line.request({ type: "ChannelRequest", channel: 2, blocked: false }), ["ch 2 idle"]);
  t.strictSame(line.request({ type: "ChannelRequest", channel: 99, blocked: true }), [], "no such channel");
  t.end();
});

t.test("the link fails: calls in set-up go, active calls stay for T309 (§5.8.9)", (t) => {
  const line = rig({ restart: "channels", channels: [1, 2] });
  for (const number of [1, 2]) {
    line.peer("o0", "RESTART ACKNOWLEDGE", ch(number), restartClass("indicated-channels"));
  }
  line.peer("p4", "SETUP", bearer, ch(1));
  line.request({ type: "SetupResponse", call: "in-1" });
  line.peer("p4", "CONNECT ACKNOWLEDGE");
  line.request(setup("b"));
  t.strictSame(line.input({ type: "link", ces: 0, up: false }), [
    "DataLinkIndication",
    "start T309",
    "stop T303",
    "ReleaseIndication b #27",
    "ch 2 idle",
  ]);
  t.strictSame(line.input({ type: "link", ces: 0, up: true }), [
    "DataLinkIndication",
    "stop T309",
    "p4 STATUS ENQUIRY",
    "start T322",
    "ch 2 restarting",
    "o0 RESTART ch 2!",
    "start T316",
  ]);
  t.strictSame(line.peer("p4", "STATUS", cause(30), callState(10)), [
    "stop T322",
    "StatusIndication in-1 #30",
  ]);
  line.input({ type: "link", ces: 0, up: false });
  t.strictSame(line.input({ type: "timer", timer: { call: "in-1", name: "T309" } }), [
    "ReleaseIndication in-1 #27",
    "ch 1 idle",
  ]);
  const back = line.input({ type: "link", ces: 0, up: true });
  t.equal(back.includes("o0 RESTART ch 2!"), true, "both channels are restarted in turn");
  t.equal(
    line
      .peer("o0", "RESTART ACKNOWLEDGE", ch(2), restartClass("indicated-channels"))
      .includes("o0 RESTART ch 1!"),
    true,
  );
  t.end();
});

t.test("a DISCONNECT without a cause: our RELEASE says so (§5.8.6.1)", (t) => {
  const line = rig();
  line.peer("p4", "SETUP", bearer, ch(1));
  line.peer("p4", "DISCONNECT");
  t.strictSame(line.request({ type: "ReleaseRequest", call: "in-1" }), ["p4 RELEASE #96", "start T308"]);
  t.strictSame(line.peer("p4", "RELEASE COMPLETE"), ["stop T308", "ReleaseConfirm in-1 #31", "ch 1 idle"]);
  t.end();
});

t.test("the state of the global call reference in STATUS (§4.5.7)", (t) => {
  const line = rig({ restart: "channels" });
  t.strictSame(line.peer("p0", "ALERTING"), ["p0 STATUS #81 state 61"], "Rest 1: ours is not acknowledged");
  t.strictSame(line.peer("o0", "STATUS", cause(96), callState(0)), [], "a STATUS about it is only noted");
  t.strictSame(line.peer("o0", "RESTART ACKNOWLEDGE", ch(1)), [], "an acknowledgement in error is none");
  t.end();
});

t.test("a message too long for a frame goes without its extras, where segments are not agreed", (t) => {
  const line = rig({ segmentation: false });
  const long: Element = {
    name: "octets",
    id: 0x7e,
    codeset: 0,
    octets: Array.from({ length: 250 }, () => 1),
  };
  t.strictSame(line.request({ ...setup("a"), elements: [long] } as Request), [
    "ch 3 in-use",
    "o1 SETUP ch 3?",
    "start T303",
  ]);
  t.end();
});

t.test("segments (Annex H): joined, timed out, out of order, of two links at once", (t) => {
  const line = rig();
  const segment = (
    first: boolean,
    remaining: number,
    content: readonly number[] = [],
    ces = 0,
  ): readonly string[] =>
    line.input({
      type: "octets",
      ces,
      octets: [8, 2, 0, 4, 0x60, 0, 2, (first ? 0x80 : 0) | remaining, 5, ...content],
    });
  const t314: InterfaceInput = { type: "timer", timer: { call: "0", name: "T314" } };
  t.strictSame(segment(true, 1, [0x04, 0x03, 0x80]), ["start T314"], "an element may be cut");
  t.strictSame(segment(true, 1, [0x04, 0x03, 0x80], 2), ["start T314"], "another terminal");
  t.strictSame(segment(false, 0, [0x90, 0xa3]), ["stop T314", "ch 3 in-use", "SetupIndication in-1"]);
  t.strictSame(line.input({ type: "link", ces: 2, up: false }), ["stop T314"], "whose link fails");
  t.strictSame(line.state.segments, {});
  t.strictSame(segment(true, 1, [0x04]), ["start T314"]);
  t.strictSame(line.input(t314), ["stop T314"]);
  t.strictSame(line.state.segments, {}, "given up");
  t.strictSame(segment(false, 0), [], "what comes after is discarded");
  t.end();
});

t.test("RESUME with the flag of an answer, and an answer that names no usable channel", (t) => {
  const line = rig({ side: "network" });
  t.strictSame(line.peer("o7", "RESUME"), [], "5.8.3.2 d");
  const user = rig();
  user.peer("p4", "SETUP", bearer, ch(2));
  t.strictSame(user.request({ type: "ResumeRequest", call: "r" }), ["o1 RESUME", "start T318"]);
  t.strictSame(user.peer("o1", "RESUME ACKNOWLEDGE", ch(2)), ["stop T318", "o1 RELEASE #6", "start T308"]);
  user.request({ type: "ResumeRequest", call: "q" });
  t.strictSame(user.peer("o2", "RESUME ACKNOWLEDGE", anyChannel), [
    "stop T318",
    "o2 RELEASE #6",
    "start T308",
  ]);
  user.request({ type: "ResumeRequest", call: "s" });
  t.strictSame(user.peer("o3", "RESUME ACKNOWLEDGE", ch(1)), ["ch 1 in-use", "stop T318", "ResumeConfirm s"]);
  t.strictSame(user.peer("o3", "RESUME ACKNOWLEDGE"), ["o3 STATUS #96 state 10"]);
  t.end();
});

t.test("RETRIEVE ACKNOWLEDGE may name another channel", (t) => {
  const line = rig();
  line.request(setup("a", { number: 1, exclusive: true }));
  line.peer("o1", "CONNECT");
  line.request({ type: "HoldRequest", call: "a" });
  line.peer("o1", "HOLD ACKNOWLEDGE");
  line.request({ type: "RetrieveRequest", call: "a" });
  t.strictSame(line.peer("o1", "RETRIEVE ACKNOWLEDGE", ch(3)), [
    "ch 1 idle",
    "ch 3 in-use",
    "stop T-RETRIEVE",
    "RetrieveConfirm a",
  ]);
  line.request({ type: "HoldRequest", call: "a" });
  line.peer("o1", "HOLD ACKNOWLEDGE");
  line.request({ type: "RetrieveRequest", call: "a" });
  t.strictSame(line.peer("o1", "RETRIEVE ACKNOWLEDGE"), ["stop T-RETRIEVE", "RetrieveConfirm a"], "or none");
  t.end();
});

t.test("clearing says which elements were not known (§5.8.7.1)", (t) => {
  const unknown: Element = { name: "octets", id: 0x1a, codeset: 0, octets: [] };
  const line = rig();
  line.peer("p4", "SETUP", bearer, ch(1));
  line.peer("p4", "DISCONNECT", cause(16), unknown);
  t.strictSame(line.request({ type: "ReleaseRequest", call: "in-1" }), ["p4 RELEASE #99", "start T308"]);
  t.strictSame(line.peer("p4", "DISCONNECT", unknown, { ...unknown, id: 0x1b }), [], "the first one counts");
  t.strictSame(line.peer("p4", "RELEASE", cause(16), unknown), [
    "stop T308",
    "ReleaseConfirm in-1 #16",
    "ch 1 idle",
  ]);
  const other = rig();
  other.peer("p4", "SETUP", bearer, ch(1));
  other.peer("p4", "DISCONNECT", cause(16), unknown);
  t.match(other.peer("p4", "DISCONNECT", cause(16), unknown), ["p4 STATUS #101 state 12"]);
  t.end();
});

t.test("what real exchanges send: passed over, not held against them", (t) => {
  const octets = (text: string): InterfaceInput => ({
    type: "octets",
    ces: 0,
    octets: [...Buffer.from(text.replaceAll(" ", ""), "hex")],
  });
  const rows: readonly [what: string, octets: string, said: readonly string[]][] = [
    [
      "a call reference of one octet on PRI",
      "08 01 05 05 04 03 80 90 a3",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    ["no channel identification", "08 02 00 05 05 04 03 80 90 a3", ["ch 3 in-use", "SetupIndication in-1"]],
    [
      "a locking shift at the end",
      "08 02 00 05 05 04 03 80 90 a3 96 01 01 00",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    [
      "elements out of order",
      "08 02 00 05 05 70 02 81 31 04 03 80 90 a3",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    [
      "doubled elements",
      "08 02 00 05 05 04 03 80 90 a3 04 03 88 90 a3",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    [
      "a last element cut short, not mandatory",
      "08 02 00 05 05 04 03 80 90 a3 70 09 81 31",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    [
      "a progress indicator of another standard",
      "08 02 00 05 05 04 03 80 90 a3 1e 02 e2 ff",
      ["ch 3 in-use", "SetupIndication in-1"],
    ],
    ["the dummy call reference", "08 00 62 1c 01 91", []],
  ];
  for (const [what, text, said] of rows) t.strictSame(rig().input(octets(text)), said, what);
  t.end();
});

t.test("every rejection says by which clause", (t) => {
  const rows: readonly [what: string, clause: string, reject: (line: Rig) => unknown][] = [
    ["another protocol", "§5.8.1", (line) => line.input({ type: "octets", ces: 0, octets: [9, 1, 1, 5] })],
    ["a short message", "§5.8.2", (line) => line.input({ type: "octets", ces: 0, octets: [8, 1] })],
    [
      "a long call reference",
      "§5.8.3.1",
      (line) => line.input({ type: "octets", ces: 0, octets: [8, 3, 0, 0, 1, 5] }),
    ],
    ["a message for no call", "§5.8.3.2 a", (line) => line.peer("p9", "ALERTING")],
    ["RELEASE for no call", "§5.8.3.2 b", (line) => line.peer("p9", "RELEASE")],
    ["SETUP with the flag of an answer", "§5.8.3.2 d", (line) => line.peer("o9", "SETUP", bearer)],
    ["SETUP for a call that exists", "§5.8.3.2 e", (line) => line.peer("p4", "SETUP", bearer)],
    ["STATUS about no call", "§5.8.11 a", (line) => line.peer("p9", "STATUS", cause(30), callState(10))],
    ["a message out of place", "§5.8.4", (line) => line.peer("p4", "CONNECT")],
    [
      "an unknown message",
      "§5.8.4",
      (line) => line.input({ type: "octets", ces: 0, octets: [8, 2, 0, 4, 0x34] }),
    ],
    ["no mandatory element", "§5.8.6.1", (line) => line.peer("p4", "NOTIFY")],
    [
      "a broken mandatory element",
      "§5.8.6.2",
      (line) => line.input({ type: "octets", ces: 0, octets: [8, 2, 0, 4, 0x6e, 0x27, 0] }),
    ],
    [
      "an unknown element",
      "§5.8.7.1",
      (line) => line.peer("p4", "INFORMATION", { name: "octets", id: 0x1a, codeset: 0, octets: [] }),
    ],
    [
      "a broken element",
      "§5.8.7.2",
      (line) => line.input({ type: "octets", ces: 0, octets: [8, 2, 0, 4, 0x7b, 0x70, 0] }),
    ],
    ["no channel", "§5.2.3", (line) => line.peer("p9", "SETUP", bearer, noChannel)],
    [
      "RESTART ACKNOWLEDGE unasked",
      "§5.5.1",
      (line) => line.peer("o0", "RESTART ACKNOWLEDGE", ...[indicated]),
    ],
    [
      "a segment out of order",
      "Annex H.3",
      (line) => line.input({ type: "octets", ces: 0, octets: lateSegment }),
    ],
  ];
  const indicated = restartClass("indicated-channels");
  const lateSegment = [8, 2, 0, 4, 0x60, 0, 2, 0, 5];
  for (const [what, clause, reject] of rows) {
    const line = rig();
    line.peer("p4", "SETUP", bearer);
    reject(line);
    t.strictSame(line.clauses, [`Q.931 ${clause}`], what);
  }
  const line = rig();
  line.request(setup("a", { number: 1, exclusive: true }));
  line.peer("o1", "CALL PROCEEDING", ch(2));
  t.strictSame(line.clauses, ["Q.931 §5.1.2, §5.2.3.1"], "another channel than the exclusive one");
  line.request({ type: "AlertingRequest", call: "a" });
  t.strictSame(line.clauses, ["Q.931 Annex A"], "a request without a meaning");
  line.request({ type: "AlertingRequest", call: "nobody" });
  t.strictSame(line.clauses, ["Q.931 §5"], "a request for no call");
  t.strictSame(line.request(setup("a")), [], "a call that exists is left alone");
  t.strictSame(line.clauses, ["Q.931 §5.1.1"]);
  t.end();
});

t.test("an exclusive channel that was yielded in glare (§5.7): any other will do", (t) => {
  const line = rig();
  line.request(setup("a", { number: 2, exclusive: true }));
  t.strictSame(line.peer("p4", "SETUP", bearer, ch(2)), ["SetupIndication in-1"]);
  t.strictSame(line.peer("o1", "CALL PROCEEDING", ch(1)), [
    "ch 1 in-use",
    "stop T303",
    "start T310",
    "ProceedingIndication a",
  ]);
  t.end();
});

t.test("a call that never had a channel names none", (t) => {
  const line = rig();
  line.request({ type: "ResumeRequest", call: "r" });
  t.strictSame(
    line.peer("o1", "CONNECT"),
    ["o1 STATUS #101 state 17"],
    "and waits for RESUME ACKNOWLEDGE alone",
  );
  line.peer("o1", "RESUME REJECT", cause(85));
  t.match(line.heard.at(-1), { type: "ReleaseIndication", channel: undefined });
  t.end();
});
