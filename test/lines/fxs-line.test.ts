// Telephones on FXS lines: what a phone hears and what the leg above is told.
import t from "tap";
import { createRig, first, listen, plays, seen, tones, type Rig } from "./rig.ts";

const phone = { number: "201", name: "Reception", port: { span: 1, position: 1 } };

function rig() {
  const rig = createRig({ spans: [{ kind: "analog", ports: ["fxs"] }] }, { extensions: [phone] });
  const handset = rig.farPort(1, 1);
  return { ...rig, rig, handset };
}

/** Keys at the phone: DTMF into the box's port. */
async function press({ media, clock }: Rig, digits: string): Promise<void> {
  media.portOf("sim/1/1", "near")?.press(digits);
  await clock.advance(200 * digits.length + 1);
}

t.test("lift, dial tone, number, ringback, answer, talk, hang up", async (t) => {
  const { rig: all, handset, clock, lines, media } = rig();
  handset.offHook();
  await clock.advance(1);
  t.equal(plays(all, "sim/1/1"), "dial");
  t.equal(lines.list()[0]?.state, "in-use");
  await press(all, "1");
  t.equal(plays(all, "sim/1/1"), "nothing");
  await press(all, "23");
  const leg = first(all);
  t.match(leg, {
    direction: "in",
    state: "offered",
    called: { digits: "123" },
    calling: { digits: "201", name: "Reception" },
    line: { id: "1/1", kind: "fxs", extension: "201", name: "Reception" },
  });
  const heard = listen(leg);
  leg.proceed();
  leg.alert();
  t.equal(plays(all, "sim/1/1"), "ringback");
  leg.answer();
  t.equal(leg.state, "connected");
  t.equal(plays(all, "sim/1/1"), "nothing");
  await press(all, "7");
  handset.flash();
  await clock.advance(1000);
  handset.onHook();
  await clock.advance(2000);
  t.strictSame(heard, ["digit-begin 7", "digit 7 dtmf", "flash", "released 16 remote"]);
  t.equal(lines.list()[0]?.state, "idle");
  t.equal(media.openPorts.length, 0);
  t.equal(clock.pending, 0);
});

t.test("a listener may answer and play from within the offer", async (t) => {
  const { rig: all, handset, clock, lines } = rig();
  lines.events.on((event) => {
    if (event.type !== "incoming") return;
    event.leg.answer();
    event.leg.media?.play(["welcome.wav"]);
  });
  handset.offHook();
  await clock.advance(1);
  await press(all, "123");
  t.equal(plays(all, "sim/1/1"), "welcome.wav");
});

t.test("pulse dialling", async (t) => {
  const { rig: all, handset, clock } = rig();
  handset.offHook();
  await clock.advance(500);
  handset.dialPulses("130");
  await clock.advance(10_000);
  t.equal(first(all).called.digits, "130");
});

t.test("a number that more digits could change waits a moment, or for #", async (t) => {
  for (const [keys, wait] of [
    ["912", 3000],
    ["912#", 0],
  ] as const) {
    const { rig: all, handset, clock, offered } = rig();
    handset.offHook();
    await clock.advance(1);
    await press(all, keys);
    if (wait > 0) t.equal(offered.length, 0);
    await clock.advance(wait);
    t.equal(first(all).called.digits, "912");
  }
});

t.test("no digits, half a number and a wrong number end in congestion, howler and silence", async (t) => {
  for (const [keys, wait] of [
    ["", 15_000],
    ["12", 6000],
    ["0#", 0],
  ] as const) {
    const { rig: all, handset, clock, offered, lines } = rig();
    handset.offHook();
    await clock.advance(1);
    if (keys !== "") await press(all, keys);
    await clock.advance(wait);
    t.equal(plays(all, "sim/1/1"), "congestion", keys);
    await clock.advance(30_000);
    t.equal(plays(all, "sim/1/1"), "howler");
    await clock.advance(60_000);
    t.equal(plays(all, "sim/1/1"), "nothing");
    t.equal(lines.list()[0]?.state, "in-use");
    handset.onHook();
    await clock.advance(1500);
    t.equal(lines.list()[0]?.state, "idle");
    t.equal(offered.length, 0);
  }
});

t.test("ringing a phone, which answers", async (t) => {
  const { handset, clock, lines, media } = rig();
  const events = seen(handset);
  const leg = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "5551", type: "unknown", presentation: "allowed" },
    via: { line: "1/1" },
  });
  const heard = listen(leg);
  t.equal(leg.media, undefined);
  await clock.advance(6000);
  t.strictSame(events, ["ring-begin", "ring", "ring-begin"]);
  t.strictSame(heard, ["alerting"]);
  t.throws(() => lines.dial({ ...leg, via: { line: "1/1" } }), { code: "ERR_LINE_BUSY" });
  handset.offHook();
  await clock.advance(1);
  t.strictSame(heard, ["alerting", "answered"]);
  t.ok(leg.media, "audio with the answer");
  leg.sendDigits("12");
  t.same(media.portOf("sim/1/1", "near")?.playing, { kind: "digits", digits: "12" });
  leg.release();
  leg.release();
  await clock.advance(1);
  t.strictSame(heard, ["alerting", "answered", "released 16 local"]);
  t.equal(leg.media, undefined);
  t.strictSame(events.slice(3), ["on-hook"], "the loop is opened for machines that answer");
});

t.test("dial tone stutters where calls do not ring", async (t) => {
  const forwarding = { afterSeconds: 20, confirm: false };
  for (const [what, more, stutters] of [
    ["not to be disturbed", { doNotDisturb: true }, true],
    ["forwarded always", { forward: { always: { extension: "202" }, ...forwarding } }, true],
    ["forwarded when busy", { forward: { busy: { extension: "202" }, ...forwarding } }, false],
  ] as const) {
    const all = createRig(
      { spans: [{ kind: "analog", ports: ["fxs"] }] },
      {
        extensions: [
          { ...phone, ...more },
          { number: "202", name: "Other" },
        ],
      },
    );
    all.farPort(1, 1).offHook();
    await all.clock.advance(1);
    const dial = all.media.portOf("sim/1/1", "near")?.playing;
    const parts = dial?.kind === "tone" ? dial.tone.parts.length : 0;
    t.equal(parts, tones.dial.parts.length + (stutters ? 20 : 0), what);
  }
});

t.test("a phone's lamp and dial tone tell of messages; not while it rings or is in use", async (t) => {
  const all = createRig(
    { spans: [{ kind: "analog", ports: ["fxs"] }] },
    { extensions: [phone] },
    { callerId: { form: "bell202" } },
  );
  const { clock, lines, media } = all;
  const handset = all.farPort(1, 1);
  const lampMs = 2000;
  handset.offHook();
  await clock.advance(100);
  handset.onHook();
  await clock.advance(3000);
  t.equal(media.portOf("sim/1/1", "near")?.samples, undefined, "nothing of a lamp that nobody spoke of");
  lines.tellMessages("299", true);
  lines.tellMessages("201", true);
  await clock.advance(10);
  const told = media.portOf("sim/1/1", "near");
  t.ok((told?.samples?.length ?? 0) > 2000, "the message for the lamp");
  t.equal(media.openPorts.length, 1);
  handset.offHook();
  await clock.advance(1);
  const own = media.portOf("sim/1/1", "near");
  t.ok(own !== told && told?.closed === true, "lifted meanwhile: a port of its own");
  const dial = own?.playing;
  t.ok(dial?.kind === "tone" && dial.tone.parts.length === tones.dial.parts.length + 20, "it stutters");
  lines.tellMessages("201", false);
  await clock.advance(lampMs);
  t.equal(own?.samples, undefined, "not while it is in use");
  handset.onHook();
  await clock.advance(2000);
  const off = media.portOf("sim/1/1", "near");
  t.ok(off !== own && off?.samples !== undefined, "but when it is put down");
  t.notSame(off?.samples, told?.samples, "out");
  await clock.advance(lampMs);
  t.equal(media.openPorts.length, 0);
  const leg = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: "1/1" },
  });
  lines.tellMessages("201", true);
  await clock.advance(500);
  t.equal(media.openPorts.length, 0, "nothing in the first ring");
  leg.release();
  await clock.advance(10);
  t.ok((media.portOf("sim/1/1", "near")?.samples?.length ?? 0) > 2000, "but after it");
  const again = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: "1/1" },
  });
  await clock.advance(1);
  t.equal(media.openPorts.length, 0, "a call goes before the lamp");
  again.release();
  await clock.advance(lampMs);
  await lines.close();
});

t.test("a phone is told who calls, after the first ring", async (t) => {
  const all = createRig(
    { spans: [{ kind: "analog", ports: ["fxs"] }] },
    { extensions: [phone] },
    { callerId: { form: "v23" }, timeZone: () => "Asia/Shanghai" },
  );
  const { clock, lines, media } = all;
  const handset = all.farPort(1, 1);
  const call = () =>
    lines.dial({
      called: { digits: "201", type: "unknown", presentation: "allowed" },
      calling: { digits: "0755880001", type: "unknown", presentation: "allowed", name: "Wang" },
      via: { line: "1/1" },
    });
  const leg = call();
  await clock.advance(1500);
  t.equal(media.openPorts.length, 0, "nothing in the first ring");
  await clock.advance(200);
  const told = media.portOf("sim/1/1", "near");
  t.ok((told?.samples?.length ?? 0) > 4000, "the message");
  await clock.advance(2000);
  t.equal(media.openPorts.length, 0, "and the audio ends with it");
  await clock.advance(5000);
  t.equal(told?.samples, media.portOf("sim/1/1", "near")?.samples ?? told?.samples, "told once");
  leg.release();
  await clock.advance(100);

  const second = call();
  const heard = listen(second);
  await clock.advance(1700);
  t.equal(media.openPorts.length, 1);
  handset.offHook();
  await clock.advance(100);
  t.strictSame(heard.slice(-1), ["answered"]);
  t.equal(media.openPorts.length, 1);
  t.ok(
    second.media !== undefined && media.openPorts[0] === second.media,
    "lifted meanwhile: a port of its own",
  );
  t.equal(media.openPorts[0]?.samples, undefined, "which says nothing");
  second.release();
  handset.onHook();
  await clock.advance(2000);
  t.equal(clock.pending, 0);
});

t.test(
  "a phone is told who calls, by keys before it rings; one that is lifted meanwhile never rings",
  async (t) => {
    const all = createRig(
      { spans: [{ kind: "analog", ports: ["fxs"] }] },
      { extensions: [phone] },
      { callerId: { form: "dtmf", before: true, begin: "D", end: "C" } },
    );
    const { clock, lines } = all;
    const handset = all.farPort(1, 1);
    const events = seen(handset);
    const keys: string[] = [];
    const ear = all.media.open(handset.audio);
    ear.events.on((event) => event.type === "digit" && keys.push(event.digit));
    ear.detectDigits(true);
    const leg = lines.dial({
      called: { digits: "201", type: "unknown", presentation: "allowed" },
      calling: { digits: "5551", type: "unknown", presentation: "allowed" },
      via: { line: "1/1" },
    });
    await clock.advance(1500);
    t.equal(keys.join(""), "D5551C");
    await clock.advance(500);
    t.strictSame(events, ["polarity", "polarity", "ring-begin"]);
    leg.release();
    await clock.advance(1000);
    // Given up while it is being told: the line is as it was, and nothing rings.
    const given = lines.dial({
      called: { digits: "201", type: "unknown", presentation: "allowed" },
      calling: { digits: "5551", type: "unknown", presentation: "allowed" },
      via: { line: "1/1" },
    });
    await clock.advance(500);
    given.release();
    await clock.advance(5000);
    t.strictSame(events.slice(4), ["polarity", "polarity"]);
    t.equal(all.media.openPorts.length, 1, "no audio but the test's own");
    await ear.close();
  },
);

t.test("after the other side hung up the phone hears busy on a port of its own", async (t) => {
  const { rig: all, handset, clock, lines, media } = rig();
  const leg = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: "1/1" },
  });
  await clock.advance(1);
  handset.offHook();
  await clock.advance(1);
  const during = media.portOf("sim/1/1", "near");
  leg.release(16);
  await clock.advance(1);
  t.equal(during?.closed, true);
  t.not(media.portOf("sim/1/1", "near"), during);
  t.equal(plays(all, "sim/1/1"), "busy");
  t.equal(lines.list()[0]?.state, "in-use");
  handset.flash();
  await clock.advance(1000);
  t.equal(plays(all, "sim/1/1"), "busy", "within the disconnect a flash is not seen");
  handset.flash();
  await clock.advance(1000);
  t.equal(plays(all, "sim/1/1"), "dial", "a flash gives a new dial tone");
});

t.test("nobody answers: the ringing stops", async (t) => {
  const { handset, clock, lines } = rig();
  const events = seen(handset);
  const leg = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: "1/1" },
  });
  const heard = listen(leg);
  await clock.advance(500);
  leg.release(16);
  await clock.advance(10_000);
  t.strictSame(events, ["ring-begin", "ring"]);
  t.strictSame(heard, ["alerting", "released 16 local"]);
  t.equal(lines.list()[0]?.state, "idle");
  t.equal(clock.pending, 0);
});

t.test("a leg released at once tells only that", async (t) => {
  const { clock, lines } = rig();
  const leg = lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: "1/1" },
  });
  const heard = listen(leg);
  leg.release();
  await clock.advance(10_000);
  t.strictSame(heard, ["released 16 local"]);
});

t.test("a short alarm drops nothing, a long one the call", async (t) => {
  const { rig: all, pair, handset, clock, lines } = rig();
  handset.offHook();
  await clock.advance(1);
  await press(all, "123");
  const leg = first(all);
  leg.answer();
  const heard = listen(leg);
  pair.cable(1).pull();
  await clock.advance(2400);
  t.equal(lines.list()[0]?.state, "alarm");
  t.strictSame(lines.spans()[0]?.alarms, ["RED"]);
  pair.cable(1).plug();
  await clock.advance(5000);
  t.strictSame(heard, []);
  t.equal(lines.list()[0]?.state, "in-use");
  pair.cable(1).pull();
  await clock.advance(2600);
  t.strictSame(heard, ["released 27 fault"]);
});

t.test("closing releases, closes audio, then frees the port", async (t) => {
  const { rig: all, handset, clock, lines, media, pair } = rig();
  handset.offHook();
  await clock.advance(1);
  await press(all, "123");
  const leg = first(all);
  leg.answer();
  const heard = listen(leg);
  await lines.close();
  t.strictSame(heard, ["released 16 local"]);
  t.equal(media.openPorts.length, 0);
  await clock.advance(5000);
  t.equal(clock.pending, 0);
  const channel = pair.near.spans[0]?.channels[0];
  t.doesNotThrow(() => channel?.kind === "analog" && channel.open({}), "the port is free");
});
