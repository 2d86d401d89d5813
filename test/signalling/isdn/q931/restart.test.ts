// RESTART of channels and of the interface (Q.931 §5.5), both ways.
import t from "tap";
import { decodeMessage } from "../../../../src/signalling/isdn/q931/message.ts";
import type { InterfaceInput } from "../../../../src/signalling/isdn/q931/interface.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";
import { bearer, callState, cause, ch, restartClass, rig, setup } from "./interface-rig.ts";

t.test("RESTART that we send (§5.5.1)", (t) => {
  const line = rig({ restart: "channels" });
  t.strictSame(
    line.said,
    ["DataLinkIndication", "ch 1 restarting", "o0 RESTART ch 1!", "start T316"],
    "one channel after the other, from the start",
  );
  t.strictSame(line.peer("o0", "RESTART ACKNOWLEDGE", ch(1), restartClass("indicated-channels")), [
    "stop T316",
    "ch 1 idle",
    "RestartConfirm 1",
    "ch 2 restarting",
    "o0 RESTART ch 2!",
    "start T316",
  ]);
  t.strictSame(line.peer("p4", "SETUP", bearer, ch(3)), ["ch 3 in-use", "SetupIndication in-1"]);
  t.strictSame(
    line.input({ type: "timer", timer: { call: "", name: "T316" } }),
    ["o0 RESTART ch 2!", "start T316"],
    "T316: once more",
  );
  t.strictSame(
    line.peer("o0", "RESTART ACKNOWLEDGE", ch(1), restartClass("indicated-channels")),
    [],
    "a late answer to another one",
  );
  t.strictSame(
    line.input({ type: "timer", timer: { call: "", name: "T316" } }),
    ["ch 2 idle"],
    "given up; channel 3 has a call",
  );
  t.equal(line.channels(), "1 2 3:in-1");
  t.strictSame(
    line.peer("o0", "RESTART ACKNOWLEDGE", ch(2), restartClass("indicated-channels")),
    [],
    "too late",
  );

  const asked = rig();
  asked.request(setup("a", { number: 2, exclusive: true }));
  t.strictSame(
    asked.request({ type: "RestartRequest", channels: [2] }),
    [
      "stop T303",
      "ReleaseIndication a #41",
      "ch 2 idle",
      "ch 2 restarting",
      "o0 RESTART ch 2!",
      "start T316",
    ],
    "a request clears the call",
  );
  asked.input({ type: "timer", timer: { call: "", name: "T316" } });
  t.strictSame(
    asked.input({ type: "timer", timer: { call: "", name: "T316" } }),
    ["ch 2 failed"],
    "asked for and unanswered: out of service",
  );
  t.strictSame(asked.request(setup("b", { number: 2, exclusive: true })), ["ReleaseIndication b #44"]);
  t.strictSame(
    asked.peer("p4", "SETUP", bearer, ch(2)),
    ["ch 2 in-use", "SetupIndication in-1"],
    "the peer knows better",
  );
  t.end();
});

t.test("RESTART of the interface, and cut by the link", (t) => {
  const line = rig({ restart: "interface" });
  t.strictSame(line.said, [
    "DataLinkIndication",
    "ch 1 restarting",
    "ch 2 restarting",
    "ch 3 restarting",
    "o0 RESTART",
    "start T316",
  ]);
  t.strictSame(line.input({ type: "link", ces: 0, up: false }), [
    "DataLinkIndication",
    "stop T316",
    "ch 1 idle",
    "ch 2 idle",
    "ch 3 idle",
  ]);
  t.equal(
    line.input({ type: "link", ces: 0, up: true }).includes("o0 RESTART"),
    true,
    "again when it is back",
  );
  t.strictSame(line.peer("o0", "RESTART ACKNOWLEDGE", restartClass("single-interface")), [
    "stop T316",
    "ch 1 idle",
    "ch 2 idle",
    "ch 3 idle",
    "RestartConfirm 1,2,3",
  ]);
  t.end();
});

t.test("RESTART, when the link is established anew under it", (t) => {
  const line = rig({ restart: "interface" });
  // The peer's SABME discarded what it had not acknowledged (Q.921 §5.7).
  t.strictSame(line.input({ type: "link", ces: 0, up: true }), ["o0 RESTART", "start T316"]);
  line.peer("o0", "RESTART ACKNOWLEDGE", restartClass("single-interface"));
  t.strictSame(line.input({ type: "link", ces: 0, up: true }), [], "nothing is outstanding any more");
  t.end();
});

t.test("RESTART that we receive (§5.5.2)", (t) => {
  const indicated = restartClass("indicated-channels");
  const rows: readonly [what: string, elements: Element[], said: string[]][] = [
    ["one channel", [ch(2), indicated], ["RestartIndication 2", "p0 RESTART ACKNOWLEDGE ch 2!"]],
    ["a list", [ch([1, 2]), indicated], ["RestartIndication 1,2", "p0 RESTART ACKNOWLEDGE ch 1,2!"]],
    [
      "the interface",
      [restartClass("single-interface")],
      ["RestartIndication 1,2,3", "p0 RESTART ACKNOWLEDGE"],
    ],
    [
      "all interfaces",
      [restartClass("all-interfaces")],
      ["RestartIndication 1,2,3", "p0 RESTART ACKNOWLEDGE"],
    ],
    ["no indicator: 5.8.6.1", [ch(2)], ["p0 STATUS #96 state 0"]],
    ["no channel: 5.8.6.1", [indicated], ["p0 STATUS #96 state 0"]],
    ["an unknown channel", [ch(9), indicated], ["p0 STATUS #82 state 0"]],
  ];
  for (const [what, elements, said] of rows)
    t.strictSame(rig().peer("p0", "RESTART", ...elements), said, what);

  const line = rig();
  line.peer("p4", "SETUP", bearer, ch(2));
  t.strictSame(line.peer("p0", "RESTART", ch(2), indicated), [
    "ReleaseIndication in-1 #41",
    "ch 2 idle",
    "RestartIndication 2",
    "p0 RESTART ACKNOWLEDGE ch 2!",
  ]);
  t.end();
});

t.test("RESTART that the line acknowledges; T317", (t) => {
  const line = rig({ restartResponse: "application" });
  const indicated = restartClass("indicated-channels");
  t.strictSame(line.peer("p0", "RESTART", ch(2), indicated), ["RestartIndication 2", "start T317"]);
  t.strictSame(line.peer("p0", "CONNECT"), ["p0 STATUS #81 state 62"], "Rest 2");
  t.strictSame(line.request({ type: "RestartResponse" }), ["stop T317", "p0 RESTART ACKNOWLEDGE ch 2!"]);
  t.strictSame(line.request({ type: "RestartResponse" }), [], "once only");
  line.peer("p0", "RESTART", ch(2), indicated);
  t.strictSame(line.input({ type: "timer", timer: { call: "", name: "T317" } }), []);
  t.strictSame(line.request({ type: "RestartResponse" }), [], "not after T317");
  t.end();
});

t.test("RELEASE that is never answered: the channel waits for a restart (§5.3.3)", (t) => {
  const line = rig({ restart: "channels", channels: [1] });
  line.peer("o0", "RESTART ACKNOWLEDGE", ch(1), restartClass("indicated-channels"));
  line.request(setup("a"));
  line.peer("o1", "CONNECT", ch(1));
  line.peer("o1", "DISCONNECT", cause(16));
  t.strictSame(line.request({ type: "ReleaseRequest", call: "a" }), ["o1 RELEASE #16", "start T308"]);
  const t308: InterfaceInput = { type: "timer", timer: { call: "a", name: "T308" } };
  t.strictSame(line.input(t308), ["o1 RELEASE #16", "start T308"], "the same cause again");
  t.strictSame(line.input(t308), ["ReleaseConfirm a #16", "ch 1 failed"]);
  line.input({ type: "link", ces: 0, up: false });
  t.strictSame(line.input({ type: "link", ces: 0, up: true }), [
    "DataLinkIndication",
    "ch 1 restarting",
    "o0 RESTART ch 1!",
    "start T316",
  ]);
  line.peer("o0", "RESTART ACKNOWLEDGE", ch(1), restartClass("indicated-channels"));
  t.equal(line.channels(), "1");
  t.end();
});

t.test("a storm of RESTARTs leaves nothing behind", (t) => {
  for (const restartResponse of ["automatic", "application"] as const) {
    const line = rig({ restartResponse });
    const before = JSON.stringify(line.state).length;
    for (let i = 0; i < 500; i++) {
      line.peer("p0", "RESTART", ch((i % 3) + 1), restartClass("indicated-channels"));
    }
    line.request({ type: "RestartResponse" });
    t.equal(JSON.stringify(line.state).length, before, restartResponse);
  }
  const line = rig({ restartResponse: "application" });
  line.peer("p0", "RESTART", ch(2), restartClass("indicated-channels"));
  line.peer("p0", "RESTART", ch(2), restartClass("indicated-channels"));
  t.strictSame(line.request({ type: "RestartResponse" }), ["stop T317", "p0 RESTART ACKNOWLEDGE ch 2!"]);
  t.strictSame(line.input({ type: "timer", timer: { call: "", name: "T316" } }), [], "a late T316");
  t.strictSame(line.peer("o0", "STATUS"), [], "STATUS about it, without a cause");
  t.strictSame(
    line.input({ type: "timer", timer: { call: "gone", name: "T305" } }),
    [],
    "of a call that is gone",
  );
  t.end();
});

t.test("a RestartRequest for all, and for some, where the interface is restarted as one", (t) => {
  const line = rig({ restart: "interface" });
  line.peer("o0", "RESTART ACKNOWLEDGE", restartClass("single-interface"));
  t.equal(line.request({ type: "RestartRequest" }).includes("o0 RESTART"), true);
  line.peer("o0", "RESTART ACKNOWLEDGE", restartClass("single-interface"));
  t.equal(line.request({ type: "RestartRequest", channels: [2] }).includes("o0 RESTART ch 2!"), true);
  t.end();
});

t.test("the whole interface is not restarted under a call", (t) => {
  const line = rig({ restart: "interface" });
  line.peer("o0", "RESTART ACKNOWLEDGE", restartClass("single-interface"));
  line.peer("p4", "SETUP", bearer, ch(2));
  line.request({ type: "SetupResponse", call: "in-1" });
  line.peer("p4", "CONNECT ACKNOWLEDGE");
  line.request({ type: "RestartRequest", channels: [1, 3] });
  line.input({ type: "link", ces: 0, up: false });
  t.equal(line.input({ type: "link", ces: 0, up: true }).includes("o0 RESTART ch 1!"), true);
  t.equal(line.channels(), "1:restarting 2:in-1 3");
  t.end();
});

t.test("each message, timer and log entry of a restart, whole", (t) => {
  const line = rig({ restart: "channels", channels: [1, 2], callReferenceOctets: 1 });
  const whole = (): unknown[] =>
    line.effects.map((effect) => {
      if (effect.type === "octets") return Buffer.from(effect.octets).toString("hex");
      return effect.type === "log" ? `${effect.level}: ${effect.message} (${effect.clause})` : effect;
    });
  const t316 = { type: "start", timer: { call: "", name: "T316" } };
  const stop = { ...t316, type: "stop" };
  const ch1 = {
    type: "indication",
    indication: { type: "ChannelIndication", channel: 1, state: "restarting" },
  };
  // Channel identification a9 83 81: primary, exclusive, B-channel units, channel 1; restart indicator 80.
  t.strictSame(whole().slice(1), [ch1, "08010046" + "1803a98381" + "790180", t316]);
  const timer = { type: "timer", timer: { call: "", name: "T316" } } as const;
  line.input(timer);
  t.strictSame(whole(), ["080100461803a98381790180", t316], "once more");
  line.input(timer);
  t.match(whole(), [
    "warn: RESTART of channel 1 unanswered (Q.931 §5.5.1)",
    { indication: { channel: 1, state: "idle" } },
    { indication: { channel: 2, state: "restarting" } },
    "080100461803a98382790180",
    t316,
  ]);
  line.input(timer);
  t.strictSame(whole(), ["080100461803a98382790180", t316], "the second has its second try as well");
  line.input({ type: "link", ces: 0, up: false });
  t.match(whole(), [
    { type: "indication", indication: { type: "DataLinkIndication", up: false } },
    stop,
    { indication: { channel: 2, state: "idle" } },
  ]);
  t.strictSame(line.state.restart, {
    due: [2],
    queue: [],
    awaited: null,
    retried: true,
    responding: [],
  });
  t.end();
});

t.test("requests queue behind what is under way, and what was queued outlasts the link", (t) => {
  const line = rig({ restart: "channels", channels: [1, 2, 3] });
  line.request({ type: "RestartRequest", channels: [3] });
  line.request({ type: "RestartRequest", channels: [2, 1] });
  t.strictSame(
    line.state.restart.queue.map(({ channels }) => channels),
    [[2], [3], [3], [1], [2]],
  );
  t.strictSame(
    line.state.restart.queue.map(({ requested, wholeInterface }) => [requested, wholeInterface]),
    [
      [false, false],
      [false, false],
      [true, false],
      [true, false],
      [true, false],
    ],
  );
  line.input({ type: "link", ces: 0, up: false });
  t.strictSame(line.state.restart.due, [1, 2, 3]);
  t.strictSame(line.request({ type: "RestartRequest", channels: [1] }), [], "nothing is sent without a link");
  t.strictSame(line.input({ type: "link", ces: 0, up: true }).slice(0, 2), [
    "DataLinkIndication",
    "ch 1 restarting",
  ]);
  t.end();
});

t.test("what a RESTART with a fault is answered by (§5.8.6)", (t) => {
  const line = rig();
  const status = (): unknown => {
    const [effect] = line.effects;
    const message = effect?.type === "octets" ? decodeMessage(effect.octets) : undefined;
    return message?.type === "reject" ? undefined : message?.elements;
  };
  line.peer("p0", "RESTART", restartClass("indicated-channels"));
  t.match(status(), [
    { name: "cause", cause: { value: 96, diagnostic: [0x18] } },
    { name: "call-state", state: 0 },
  ]);
  line.peer("p0", "RESTART", ch(2));
  t.match(
    status(),
    [{ name: "cause", cause: { value: 96, diagnostic: [0x79] } }],
    "the restart indicator is missing",
  );
  line.peer("p0", "STATUS", cause(81), callState(61));
  t.match(line.effects, [
    { type: "log", level: "info", message: "STATUS about RESTART: cause 81", clause: "Q.931 §5.8.3.2 f" },
  ]);
  line.peer("p0", "STATUS", callState(61));
  t.match(line.effects, [{ message: "STATUS about RESTART: cause 0" }]);
  line.peer("o0", "RESTART ACKNOWLEDGE", ch(2), restartClass("indicated-channels"));
  t.match(line.effects, [{ type: "log", level: "info", message: "RESTART ACKNOWLEDGE without a RESTART" }]);
  t.end();
});

t.test("the peer's RESTART puts a channel right that had failed; two are answered in their order", (t) => {
  const line = rig({ restartResponse: "application" });
  line.state = {
    ...line.state,
    channels: { ...line.state.channels, 2: { call: "", blocked: false, failed: true, restarting: false } },
  };
  t.equal(line.channels(), "1 2:failed 3");
  const indicated = restartClass("indicated-channels");
  t.strictSame(line.peer("p0", "RESTART", ch(2), indicated), [
    "ch 2 idle",
    "RestartIndication 2",
    "start T317",
  ]);
  t.equal(line.channels(), "1 2 3");
  t.match(line.effects.at(-1), { type: "start", timer: { call: "", name: "T317" } });
  line.peer("p0", "RESTART", ch(3), indicated);
  t.strictSame(line.request({ type: "RestartResponse" }), [
    "stop T317",
    "p0 RESTART ACKNOWLEDGE ch 2!",
    "p0 RESTART ACKNOWLEDGE ch 3!",
  ]);
  t.match(line.effects[0], { type: "stop", timer: { call: "", name: "T317" } });
  line.peer("p0", "RESTART", ch(1), indicated);
  line.input({ type: "timer", timer: { call: "", name: "T317" } });
  t.match(line.effects, [
    { level: "warn", message: "a received RESTART was not completed in time", clause: "Q.931 §5.5.2" },
  ]);
  t.strictSame(line.state.restart.responding, []);
  t.strictSame(line.state.restart.due, [], "the rest is as it was");
  t.end();
});
