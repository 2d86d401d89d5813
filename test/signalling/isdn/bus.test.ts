// A BRI bus: several terminals on one wire, in every order in which they may answer.
import fc from "fast-check";
import t, { type Test } from "tap";
import { decodeFrame } from "../../../src/signalling/isdn/q921/frame.ts";
import { decodeMessage } from "../../../src/signalling/isdn/q931/message.ts";
import type { Indication, Request } from "../../../src/signalling/isdn/types.ts";
import { called, createBus, offer, type Bus } from "./bus.ts";
import { answering, remains, type Endpoint } from "./joined.ts";

/** A step of the property. */
interface Step {
  readonly who: number;
  readonly what: Request["type"] | "offer" | "dial" | "unplug" | "plug";
  readonly after: number;
}

/** What the terminal does with the call that it is offered. */
function doing(
  terminal: Endpoint,
  ...types: ("ProceedingRequest" | "AlertingRequest" | "SetupResponse")[]
): void {
  terminal.react = (indication) => {
    if (indication.type === "SetupIndication")
      for (const type of types) terminal.request({ type, call: indication.call });
    if (indication.type === "DisconnectIndication")
      terminal.request({ type: "ReleaseRequest", call: indication.call });
  };
}

function refusing(terminal: Endpoint, cause: number): void {
  terminal.react = ({ type, ...rest }) => {
    if (type === "SetupIndication" && "call" in rest)
      terminal.request({ type: "RejectRequest", call: rest.call, cause });
  };
}

function ignoring(terminal: Endpoint): void {
  terminal.react = ({ type, ...rest }) => {
    if (type === "SetupIndication" && "call" in rest)
      terminal.request({ type: "IgnoreRequest", call: rest.call });
  };
}

function accept(terminal: Endpoint | undefined): void {
  const call = terminal?.last("SetupIndication").call ?? "";
  terminal?.request({ type: "SetupResponse", call });
}

/** No call, no busy channel, no timer but those of links and of TEI management. */
function clean(t: Test, { network, terminals }: Bus): void {
  for (const each of [network, ...terminals]) {
    t.strictSame(remains(each), { calls: 0, busy: 0 });
    t.strictSame(
      [...each.timers.keys()].filter((timer) => !timer.startsWith("link/")),
      [],
    );
  }
  t.strictSame(network.state().layer3.offers, {});
}

/** The messages that an endpoint sent, by name. */
function messages({ sent, name }: Endpoint): string[] {
  return sent.flatMap((octets) => {
    const frame = decodeFrame(octets, name === "user" ? "network" : "user");
    if (!("info" in frame) || frame.sapi !== 0) return [];
    const message = decodeMessage(frame.info);
    return message.type === "reject" ? [] : [message.type];
  });
}

t.test("terminals get TEIs of their own, and each makes a call", (t) => {
  const bus = createBus(["automatic", "automatic", 7]);
  const [a, b, c] = bus.terminals;
  const teis = bus.terminals.map((terminal) => terminal.state().layer2.links[0]?.tei);
  t.strictSame(new Set(teis).size, 3);
  t.ok(teis.includes(7));
  answering(bus.network);
  a?.request({ type: "SetupRequest", call: "one", called });
  b?.request({ type: "SetupRequest", call: "two", called });
  c?.request({ type: "SetupRequest", call: "three", called });
  bus.clock.advanceSync(100);
  t.equal(a?.last("SetupConfirm").channel === b?.last("SetupConfirm").channel, false, "two B-channels");
  t.match(c?.names("three"), ["ReleaseIndication"], "and no third");
  t.equal(c?.last("ReleaseIndication").cause.value, 34);
  a?.request({ type: "DisconnectRequest", call: "one" });
  b?.request({ type: "DisconnectRequest", call: "two" });
  bus.clock.advanceSync(100);
  clean(t, bus);
  t.end();
});

t.test("the first that connects has the call; the others are released with cause 26 (§5.2.9)", (t) => {
  const bus = createBus(["automatic", "automatic", "automatic"]);
  const [a, b, c] = bus.terminals;
  bus.terminals.forEach((terminal) => doing(terminal, "ProceedingRequest", "AlertingRequest"));
  offer(bus);
  t.strictSame(bus.network.names("c"), ["ProceedingIndication", "AlertingIndication"], "told once");
  accept(b);
  bus.clock.advanceSync(20);
  t.equal(bus.network.last("SetupConfirm").call, "c");
  t.match(b?.names(), [/Setup/, "SetupCompleteIndication"]);
  for (const loser of [a, c]) t.equal(loser?.last("ReleaseIndication").cause.value, 26);
  t.strictSame(remains(bus.network), { calls: 1, busy: 1 });
  bus.clock.advanceSync(10_000);
  t.strictSame(bus.network.state().layer3.offers, {}, "after T312 the call is like any other");
  bus.network.request({ type: "DisconnectRequest", call: "c" });
  bus.clock.advanceSync(20);
  t.equal(bus.network.last("ReleaseConfirm").call, "c");
  clean(t, bus);
  t.end();
});

t.test("two connect at once: one has the call, the other is told (§5.2.9)", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  bus.terminals.forEach((terminal) => doing(terminal, "SetupResponse"));
  offer(bus);
  bus.clock.advanceSync(100);
  const won = bus.terminals.filter((each) => each.names().includes("SetupCompleteIndication"));
  const lost = bus.terminals.filter((each) => each.names().includes("ReleaseIndication"));
  t.equal(won.length, 1);
  t.equal(lost.length, 1);
  t.equal(lost[0]?.last("ReleaseIndication").cause.value, 26);
  t.strictSame(bus.network.names("c"), ["SetupConfirm"]);
  won[0]?.request({ type: "DisconnectRequest", call: won[0].last("SetupIndication").call });
  answering(bus.network);
  bus.network.react({ type: "DataLinkIndication", up: true });
  bus.network.request({ type: "ReleaseRequest", call: "c" });
  bus.clock.advanceSync(10_000);
  clean(t, bus);
  t.end();
});

t.test("what is no answer begins nothing: the offer ends by its timers (§5.2.5.4, §5.8.4)", (t) => {
  const bus = createBus(["automatic"]);
  bus.terminals.forEach((terminal) => doing(terminal, "ProceedingRequest"));
  const { input } = bus.network;
  let heard = 0;
  // CONNECT ACKNOWLEDGE in place of CALL PROCEEDING.
  bus.network.input = (given) => {
    const frame = given.type === "frame" ? Uint8Array.from(given.frame) : undefined;
    if (frame?.[7] !== 0x02) return input(given);
    heard++;
    frame[7] = 0x0f;
    input({ type: "frame", frame });
  };
  offer(bus);
  t.equal(heard, 1);
  t.strictSame(messages(bus.network).slice(-1), ["STATUS"]);
  t.strictSame(Object.keys(bus.network.state().layer3.calls), [], "no branch");
  bus.clock.advanceSync(8_100);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 18);
  bus.clock.advanceSync(300_000);
  t.strictSame(remains(bus.network), { calls: 0, busy: 0 });
  t.strictSame(bus.network.state().layer3.offers, {});
  t.end();
});

t.test("a terminal's RESTART clears no other terminal's call", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  const [a, b] = bus.terminals;
  answering(bus.network);
  a?.request({ type: "SetupRequest", call: "one", called });
  b?.request({ type: "SetupRequest", call: "two", called });
  bus.clock.advanceSync(200);
  t.strictSame(remains(bus.network), { calls: 2, busy: 2 });
  a?.request({ type: "RestartRequest", channels: [1, 2] });
  bus.clock.advanceSync(500);
  t.strictSame(remains(bus.network), { calls: 1, busy: 1 });
  t.strictSame(b?.names("two").at(-1), "SetupConfirm", "the other goes on");
  b?.request({ type: "DisconnectRequest", call: "two" });
  bus.clock.advanceSync(500);
  clean(t, bus);
  t.end();
});

t.test("nobody is there: the SETUP is repeated once, then cause 18 (§5.2.5.4)", (t) => {
  const bus = createBus(["automatic"]);
  bus.terminals.forEach(ignoring);
  offer(bus);
  bus.clock.advanceSync(4_000);
  t.strictSame(bus.network.names("c"), []);
  bus.clock.advanceSync(4_000);
  t.equal(messages(bus.network).filter((type) => type === "SETUP").length, 2);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 18);
  t.equal(bus.network.last("ReleaseIndication").by, "fault");
  t.strictSame(bus.terminals.flatMap(messages), [], "who is not meant says nothing (Annex E)");
  t.strictSame(remains(bus.network), { calls: 0, busy: 1 }, "the channel waits for late answers");
  bus.clock.advanceSync(3_000);
  clean(t, bus);
  t.end();
});

t.test("who answers after that is released (§5.3.2 e)", (t) => {
  const bus = createBus(["automatic"]);
  const [late] = bus.terminals;
  offer(bus);
  bus.clock.advanceSync(8_100);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 18);
  accept(late);
  bus.clock.advanceSync(100);
  t.equal(late?.last("ReleaseIndication").cause.value, 18);
  bus.clock.advanceSync(10_000);
  clean(t, bus);
  t.end();
});

t.test("refusals are kept until nobody can answer any more (§5.2.5.3)", (t) => {
  const rows: readonly [causes: readonly number[], cause: number][] = [
    [[17], 17],
    [[88, 17], 17],
    [[17, 21], 21],
    [[21, 17], 21],
    [[88, 27], 88],
  ];
  for (const [causes, cause] of rows) {
    const bus = createBus(causes.map(() => "automatic" as const));
    bus.terminals.forEach((terminal, i) => refusing(terminal, causes[i] ?? 0));
    offer(bus);
    t.strictSame(bus.network.names("c"), [], "another may still answer");
    bus.clock.advanceSync(4_000);
    t.equal(bus.network.last("ReleaseIndication").cause.value, cause, causes.join());
    t.equal(bus.network.last("ReleaseIndication").by, "remote");
    t.equal(messages(bus.network).filter((type) => type === "SETUP").length, 1, "not repeated");
    bus.clock.advanceSync(4_000);
    clean(t, bus);
  }
  t.end();
});

t.test("the only one that rang hangs up before T312: another may still answer until then (§5.2.5.3)", (t) => {
  const bus = createBus(["automatic"]);
  const [a] = bus.terminals;
  if (a !== undefined) doing(a, "AlertingRequest");
  offer(bus);
  a?.request({ type: "DisconnectRequest", call: a.last("SetupIndication").call, cause: 21 });
  bus.clock.advanceSync(1_000);
  t.strictSame(bus.network.names("c"), ["AlertingIndication"], "not over yet");
  bus.clock.advanceSync(8_000);
  t.strictSame(bus.network.names("c"), ["AlertingIndication", "ReleaseIndication"]);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 21);
  clean(t, bus);
  t.end();
});

t.test("a terminal that rings sends NOTIFY: told as the call's", (t) => {
  const bus = createBus(["automatic"]);
  const [a] = bus.terminals;
  if (a !== undefined) doing(a, "AlertingRequest");
  offer(bus);
  a?.request({ type: "NotifyRequest", call: a.last("SetupIndication").call, description: 2 });
  bus.clock.advanceSync(20);
  t.match(bus.network.last("NotifyIndication"), { call: "c", description: 2 });
  bus.network.request({ type: "NotifyRequest", call: "c", description: 1 });
  bus.clock.advanceSync(20);
  t.equal(a?.last("NotifyIndication").description, 1, "and the other way round");
  t.end();
});

t.test("a loser that never answers RELEASE does not spoil the winner's channel (§5.3.3)", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  const [mute, b] = bus.terminals;
  bus.terminals.forEach((terminal) => doing(terminal, "AlertingRequest"));
  offer(bus);
  const input = mute?.input;
  let released = 0;
  if (mute !== undefined && input !== undefined)
    mute.input = (given) => {
      const frame = given.type === "frame" ? Uint8Array.from(given.frame) : undefined;
      if (frame?.[7] !== 0x4d) return input(given);
      // NOTIFY in place of RELEASE.
      released++;
      frame[7] = 0x6e;
      input({ type: "frame", frame });
    };
  accept(b);
  bus.clock.advanceSync(20_000);
  t.equal(released, 2, "RELEASE was repeated once");
  t.strictSame(bus.network.state().layer3.offers, {});
  t.strictSame(remains(bus.network), { calls: 1, busy: 1 });
  t.notOk(
    bus.network.heard.some((each) => each.type === "ChannelIndication" && each.state === "failed"),
    "no channel has failed",
  );
  bus.network.request({ type: "DisconnectRequest", call: "c" });
  bus.clock.advanceSync(100);
  t.strictSame(remains(bus.network), { calls: 0, busy: 0 });
  t.end();
});

t.test("one refuses, one rings and is answered", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  const [a, b] = bus.terminals;
  if (a !== undefined && b !== undefined) {
    refusing(a, 17);
    doing(b, "AlertingRequest");
  }
  offer(bus);
  bus.clock.advanceSync(10_000);
  t.strictSame(bus.network.names("c"), ["AlertingIndication"]);
  accept(b);
  bus.clock.advanceSync(100);
  t.strictSame(bus.network.names("c"), ["AlertingIndication", "SetupConfirm"]);
  t.end();
});

t.test("all that rang hang up: the caller hears the cause (§5.2.5.3)", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  bus.terminals.forEach((terminal) => doing(terminal, "AlertingRequest"));
  offer(bus);
  bus.clock.advanceSync(10_000);
  for (const terminal of bus.terminals)
    terminal.request({ type: "DisconnectRequest", call: terminal.last("SetupIndication").call, cause: 21 });
  bus.clock.advanceSync(100);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 21);
  clean(t, bus);
  t.end();
});

t.test("the caller gives up while they ring (§5.3.2 e)", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  bus.terminals.forEach((terminal) => doing(terminal, "AlertingRequest"));
  offer(bus);
  const cause = { value: 31, location: "transit-network" } as const;
  bus.network.request({ type: "DisconnectRequest", call: "c", cause });
  bus.network.request({ type: "DisconnectRequest", call: "c", cause: 16 });
  bus.clock.advanceSync(100);
  t.strictSame(bus.network.names("c"), ["AlertingIndication", "ReleaseConfirm"]);
  for (const terminal of bus.terminals) t.match(terminal.last("ReleaseIndication").cause, cause);
  bus.network.request({ type: "SetupRequest", call: "c", called });
  t.match(bus.network.logs.at(-1)?.message, /which exists/, "its name is taken until T312 has run out");
  bus.clock.advanceSync(6_000);
  clean(t, bus);
  t.end();
});

t.test("T301: they ring for ever; T310: one never gets on", (t) => {
  const bus = createBus(["automatic", "automatic"], { network: { timers: { T301: 20_000 } } });
  const [a, b] = bus.terminals;
  if (a !== undefined && b !== undefined) {
    doing(a, "ProceedingRequest");
    doing(b, "AlertingRequest");
  }
  offer(bus);
  bus.clock.advanceSync(10_100);
  t.match(a?.names(), [/Setup/, "DisconnectIndication", "ReleaseConfirm"]);
  t.strictSame(
    bus.network.names("c"),
    ["ProceedingIndication", "AlertingIndication"],
    "the other still rings",
  );
  bus.clock.advanceSync(10_000);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 102);
  clean(t, bus);
  t.end();
});

t.test("overlap receiving: digits go to whoever asked for them", (t) => {
  const bus = createBus(["automatic", "automatic"]);
  const [a, b] = bus.terminals;
  if (b !== undefined) ignoring(b);
  if (a !== undefined)
    a.react = (indication) => {
      if (indication.type === "SetupIndication")
        a.request({ type: "MoreInfoRequest", call: indication.call });
    };
  bus.network.request({ type: "SetupRequest", call: "c", called, sendingComplete: false });
  bus.clock.advanceSync(20);
  t.strictSame(bus.network.names("c"), ["MoreInfoIndication"]);
  bus.network.request({ type: "InfoRequest", call: "c", digits: "34" });
  bus.clock.advanceSync(20);
  t.equal(a?.last("InfoIndication").digits, "34");
  accept(a);
  bus.clock.advanceSync(20);
  t.equal(bus.network.last("SetupConfirm").call, "c");
  t.end();
});

t.test("an active call outlives its terminal's link for T309; the others' calls do not notice", (t) => {
  const bus = createBus(["automatic", "automatic"], { network: { timers: { T309: 60_000 } } });
  const [a, b] = bus.terminals;
  answering(bus.network);
  a?.request({ type: "SetupRequest", call: "one", called });
  b?.request({ type: "SetupRequest", call: "two", called });
  bus.clock.advanceSync(100);
  // T203, then T200 four times for an answer and four times for a new link: its TEI is in doubt, but not taken back.
  bus.plugged[0] = false;
  bus.clock.advanceSync(18_500);
  t.ok(bus.network.timers.has("call/in-1/T309"));
  t.notOk(bus.network.timers.has("call/in-2/T309"));
  bus.plugged[0] = true;
  bus.clock.advanceSync(20_000);
  t.notOk(bus.network.timers.has("call/in-1/T309"), "the link is back");
  t.strictSame(remains(bus.network), { calls: 2, busy: 2 });
  bus.plugged[0] = false;
  bus.clock.advanceSync(120_000);
  t.equal(bus.network.last("ReleaseIndication").cause.value, 27);
  t.strictSame(remains(bus.network), { calls: 1, busy: 1 });
  t.end();
});

t.test(
  "a terminal that is exchanged for another: the TEI of the first is taken back when it is asked for",
  (t) => {
    const bus = createBus(["automatic", "automatic"]);
    bus.plugged[0] = false;
    bus.clock.advanceSync(60_000);
    t.strictSame(Object.keys(bus.network.state().layer2.links), ["65"]);
    bus.plugged[0] = true;
    bus.clock.advanceSync(60_000);
    answering(bus.network);
    bus.terminals[0]?.request({ type: "SetupRequest", call: "one", called });
    bus.clock.advanceSync(100);
    t.equal(bus.terminals[0]?.last("SetupConfirm").call, "one");
    t.end();
  },
);

t.test(
  "by any chance: lost frames, unplugged terminals, any order of answers; in the end all is free",
  (t) => {
    const step: fc.Arbitrary<Step> = fc.record({
      who: fc.nat(3),
      what: fc.constantFrom<Step["what"]>(
        ...(["offer", "offer", "dial", "unplug", "plug", "ProceedingRequest", "AlertingRequest"] as const),
        ...([
          "SetupResponse",
          "SetupResponse",
          "IgnoreRequest",
          "DisconnectRequest",
          "ReleaseRequest",
        ] as const),
      ),
      after: fc.nat(3_000),
    });
    const run = (steps: readonly Step[], seed: number, loss: number): void => {
      const bus = createBus(["automatic", "automatic", "automatic", 9], { seed, network: { seed } });
      bus.loss = loss / 100;
      const calls = [...bus.terminals, bus.network].map(() => [] as string[]);
      const note = (endpoint: Endpoint, own: string[]): void => {
        endpoint.react = (indication: Indication) => {
          if (indication.type === "SetupIndication") own.push(indication.call);
          if (indication.type === "DisconnectIndication")
            endpoint.request({ type: "ReleaseRequest", call: indication.call });
        };
      };
      [...bus.terminals, bus.network].forEach((endpoint, i) => note(endpoint, calls[i] ?? []));
      let made = 0;
      for (const { who, what, after } of steps) {
        const terminal = bus.terminals[who];
        const call = calls[who]?.at(-1) ?? "none";
        if (what === "offer") bus.network.request({ type: "SetupRequest", call: `n${++made}`, called });
        else if (what === "dial") terminal?.request({ type: "SetupRequest", call: `t${++made}`, called });
        else if (what === "unplug") bus.plugged[who] = false;
        else if (what === "plug") bus.plugged[who] = true;
        else terminal?.request({ type: what, call } as Request);
        bus.clock.advanceSync(after);
      }
      bus.loss = 0;
      bus.plugged.fill(true);
      for (const endpoint of [bus.network, ...bus.terminals])
        for (const call of Object.keys(endpoint.state().layer3.calls))
          endpoint.request({ type: "DisconnectRequest", call });
      for (const call of Object.keys(bus.network.state().layer3.offers))
        bus.network.request({ type: "DisconnectRequest", call });
      bus.clock.advanceSync(600_000);
      clean(t, bus);
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.nat(), fc.constantFrom(0, 5, 20), run), {
      numRuns: 60,
      seed: 921,
    });
    t.end();
  },
);
