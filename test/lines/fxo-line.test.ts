// Exchange lines (FXO): calls both ways, supervision, and the guard time between calls.
import t from "tap";
import type { OutOfService } from "../../src/config/settings.ts";
import type { PartyNumber } from "../../src/lines/leg.ts";
import { writeCaller } from "../../src/signalling/analog/caller-id.ts";
import type { LineUse } from "../../src/shared/audio.ts";
import { createRig, first, listen, plays, seen } from "./rig.ts";

const number = (digits: string): PartyNumber => ({ digits, type: "unknown", presentation: "allowed" });
const call = { called: number("5551234"), calling: number("201"), via: { group: "lines" } };

function rig(ringsBeforeOffer = 1, fxo = {}) {
  const rig = createRig(
    { spans: [{ kind: "analog", ports: ["fxo"] }] },
    { analog: [{ port: { span: 1, position: 1 }, group: "lines", ringsBeforeOffer }] },
    { timing: { fxo } },
  );
  return { ...rig, rig, exchange: rig.farPort(1, 1) };
}

t.test("a caller rings, is answered, presses a key, and is hung up on", async (t) => {
  const { rig: all, exchange, clock, lines, media } = rig();
  const events = seen(exchange);
  exchange.startRing([1000, 4000]);
  await clock.advance(900);
  t.equal(all.offered.length, 0);
  await clock.advance(200);
  const leg = first(all);
  t.match(leg, {
    direction: "in",
    calling: { digits: "", presentation: "unavailable" },
    line: { group: "lines" },
  });
  leg.proceed();
  leg.alert();
  t.equal(leg.media, undefined, "an analog line is silent until it is answered");
  leg.answer();
  leg.media?.play(["welcome.wav"]);
  t.equal(plays(all, "sim/1/1"), "welcome.wav");
  const heard = listen(leg);
  media.portOf("sim/1/1", "near")?.press("5");
  await clock.advance(200);
  leg.release();
  await clock.advance(1499);
  t.equal(lines.list()[0]?.state, "in-use", "a seizure now would be a flash to the exchange");
  await clock.advance(1);
  t.equal(lines.list()[0]?.state, "idle");
  t.strictSame(heard, ["digit-begin 5", "digit 5 dtmf", "released 16 local"]);
  t.strictSame(events, ["off-hook", "on-hook"]);
  t.equal(media.openPorts.length, 0);
});

t.test("a caller who gives up", async (t) => {
  const { rig: all, exchange, clock, lines } = rig();
  exchange.startRing([1000, 4000]);
  await clock.advance(6500);
  exchange.stopRing();
  const heard = listen(first(all));
  await clock.advance(5500);
  t.strictSame(heard, []);
  await clock.advance(100);
  t.strictSame(heard, ["released 16 remote"]);
  t.equal(lines.list()[0]?.state, "idle");
  t.equal(clock.pending, 0);
});

const november = { month: 11, day: 28, hour: 9, minute: 5 };
const wang = { number: "0755880001", name: "Wang", presentation: "allowed" } as const;

t.test("who calls: told after the first ring, or not, or withheld", async (t) => {
  const all = createRig(
    { spans: [{ kind: "analog", ports: ["fxo"] }] },
    { analog: [{ port: { span: 1, position: 1 }, group: "lines", ringsBeforeOffer: 1 }] },
    { callerId: { form: "bell202" } },
  );
  const { clock, media, lines, offered } = all;
  const exchange = all.farPort(1, 1);
  const ear = () => media.portOf("sim/1/1", "near");
  exchange.startRing([1000, 4000]);
  await clock.advance(1500);
  t.equal(offered.length, 0, "it is waited for");
  t.equal(ear()?.modem, "bell202");
  ear()?.message(Uint8Array.of(0x82, 3, 0x0b, 1, 0xff));
  t.equal(offered.length, 0, "a message of another kind");
  ear()?.message(writeCaller(wang, november));
  await clock.advance(1);
  const leg = first(all);
  t.match(leg.calling, { digits: "0755880001", name: "Wang", presentation: "allowed" });
  const listening = ear();
  leg.answer();
  await clock.advance(1);
  t.equal(leg.media, listening, "the same audio goes on");
  t.equal(ear()?.modem, undefined, "and no more is listened for");
  leg.release();
  await clock.advance(2000);
  t.equal(media.openPorts.length, 0);

  exchange.startRing([1000, 4000]);
  await clock.advance(1100);
  ear()?.message(writeCaller({ ...wang, presentation: "restricted" }, november));
  await clock.advance(1);
  t.match(offered[1]?.calling, { digits: "", presentation: "restricted" });
  exchange.stopRing();
  await clock.advance(8000);
  t.equal(media.openPorts.length, 0, "a caller who gives up takes the audio along");
  t.equal(lines.list()[0]?.state, "idle");

  exchange.startRing([1000, 4000]);
  await clock.advance(4100);
  t.match(offered[2]?.calling, { digits: "", presentation: "unavailable" }, "nothing comes: 3 s");
  exchange.stopRing();
  await clock.advance(8000);
  t.equal(clock.pending, 0);
});

t.test("who calls: by keys, before the first ring", async (t) => {
  const all = createRig(
    { spans: [{ kind: "analog", ports: ["fxo"] }] },
    { analog: [{ port: { span: 1, position: 1 }, group: "lines", ringsBeforeOffer: 1 }] },
    { callerId: { form: "dtmf", before: true, begin: "A", end: "C" } },
  );
  const { clock, media, offered } = all;
  const exchange = all.farPort(1, 1);
  exchange.setPolarity(true);
  await clock.advance(100);
  media.portOf("sim/1/1", "near")?.press("A5551234C");
  await clock.advance(1500);
  t.equal(offered.length, 0);
  exchange.startRing([1000, 4000]);
  await clock.advance(1100);
  t.match(offered[0]?.calling, { digits: "5551234" });
  exchange.stopRing();
  await clock.advance(8000);
  exchange.setPolarity(false);
  await clock.advance(7000);
  t.equal(offered.length, 1, "a reversal that no ring follows is no call");
  t.equal(media.openPorts.length, 0);
  t.equal(all.lines.list()[0]?.state, "idle");
});

t.test("a measurement: out of service, seized, its dial tone ended, and hung up with a guard", async (t) => {
  const outOfService: OutOfService[] = [];
  const all = createRig(
    { spans: [{ kind: "analog", ports: ["fxo"] }] },
    { analog: [{ port: { span: 1, position: 1 }, group: "lines", ringsBeforeOffer: 1 }], outOfService },
    { timing: { fxo: {} } },
  );
  const { clock, lines, media } = all;
  const events = seen(all.farPort(1, 1));
  await t.rejects(lines.echo("1/1"), { code: "ERR_LINE_IN_SERVICE" });
  await t.rejects(lines.bitErrors("1/1", 1000), { code: "ERR_LINE_NO_BITS" });
  outOfService.push({ line: "1/1" });
  lines.settingsChanged();
  const uses: LineUse[] = [];
  const measuring = lines.echo("1/1", "1");
  await clock.advance(100);
  t.equal(lines.list()[0]?.state, "in-use");
  await t.rejects(lines.level("1/1"), { code: "ERR_LINE_BUSY" });
  const port = media.portOf("sim/1/1", "near");
  if (port === undefined) throw new Error("no audio");
  port.hears = (period, use) => {
    uses.push(use);
    const mean = Float64Array.from(period, (sample) => sample / (use === "voice" ? 100 : 4));
    return { mean, meanSquare: mean.reduce((sum, s) => sum + s * s, 0) / mean.length };
  };
  await clock.advance(20_000);
  const found = await measuring;
  t.strictSame(uses, ["modem", "voice"]);
  t.ok(Math.abs(found.returnLossDb - 12.04) < 0.1, `${found.returnLossDb}`);
  t.ok(Math.abs(found.cancelledLossDb - 40) < 0.1, `${found.cancelledLossDb}`);
  t.strictSame(events, ["off-hook", "on-hook"]);
  t.equal(lines.list()[0]?.state, "blocked");
  t.strictSame(media.openPorts, []);

  const cut = lines.level("1/1", { sendDbm0: -10 });
  cut.catch(() => undefined);
  await clock.advance(2000);
  outOfService.pop();
  lines.settingsChanged();
  await clock.advance(10);
  await t.rejects(cut, { code: "ERR_LINE_IN_SERVICE" }, "put back meanwhile");
  t.equal(lines.list()[0]?.state, "in-use", "the guard");
  await clock.advance(1500);
  t.equal(lines.list()[0]?.state, "idle");

  outOfService.push({ line: "1/1" });
  const silent = lines.level("1/1");
  silent.catch(() => undefined);
  await clock.advance(20_000);
  await t.rejects(silent, { code: "ERR_LINE_NO_AUDIO" });
});

t.test("as many rings as the settings say before a call is offered", async (t) => {
  const { exchange, clock, offered } = rig(2);
  exchange.startRing([1000, 4000]);
  await clock.advance(5900);
  t.equal(offered.length, 0);
  await clock.advance(200);
  t.equal(offered.length, 1);
});

t.test("a call rejected is not offered again while it rings", async (t) => {
  const { rig: all, exchange, clock, lines, offered } = rig();
  exchange.startRing([1000, 4000]);
  await clock.advance(1100);
  first(all).release(17);
  await clock.advance(20_000);
  t.equal(offered.length, 1);
  t.equal(lines.list()[0]?.state, "in-use");
  exchange.stopRing();
  await clock.advance(7000);
  t.equal(lines.list()[0]?.state, "idle");
});

t.test("the exchange clears by opening the loop", async (t) => {
  const { rig: all, exchange, clock } = rig();
  exchange.startRing([1000, 4000]);
  await clock.advance(1100);
  first(all).answer();
  const heard = listen(first(all));
  await clock.advance(1000);
  exchange.onHook();
  await clock.advance(1);
  t.strictSame(heard, ["released 16 remote"]);
});

t.test("calling out: seize, dial tone, digits, and the exchange's own ringback", async (t) => {
  const { exchange, clock, lines, media } = rig();
  const events = seen(exchange);
  const leg = lines.dial(call);
  const heard = listen(leg);
  await clock.advance(999);
  t.strictSame(events, ["off-hook"]);
  t.equal(leg.media, undefined);
  await clock.advance(1);
  t.same(media.portOf("sim/1/1", "near")?.playing, { kind: "digits", digits: "5551234" });
  await clock.advance(1400);
  t.strictSame(heard, ["alerting inband"]);
  t.ok(leg.media);
  await clock.advance(4000);
  t.strictSame(heard, ["alerting inband", "answered"]);
  t.equal(media.portOf("sim/1/1", "near")?.detecting, true);
  t.throws(() => lines.dial(call), { code: "ERR_LINE_BUSY" });
  exchange.onHook();
  await clock.advance(1);
  t.strictSame(heard.slice(2), ["released 16 remote"]);
});

t.test("polarity reversal answers, and its return clears", async (t) => {
  const { exchange, clock, lines } = rig(1, { answerAfterMs: undefined });
  const leg = lines.dial(call);
  const heard = listen(leg);
  await clock.advance(60_000);
  t.strictSame(heard, ["alerting inband"]);
  exchange.setPolarity(true);
  await clock.advance(1);
  t.strictSame(heard, ["alerting inband", "answered"]);
  exchange.setPolarity(false);
  await clock.advance(1);
  t.strictSame(heard.slice(2), ["released 16 remote"]);
});

t.test("pulse dialling", async (t) => {
  const { exchange, clock, lines } = rig(1, { dialling: "pulse" });
  const events = seen(exchange);
  const heard = listen(lines.dial({ ...call, called: number("20") }));
  await clock.advance(10_000);
  t.strictSame(events, ["off-hook", "2", "0"]);
  t.strictSame(heard, ["alerting inband", "answered"]);
});

t.test("hanging up while dialling", async (t) => {
  const { exchange, clock, lines, media } = rig();
  const events = seen(exchange);
  const leg = lines.dial(call);
  const heard = listen(leg);
  await clock.advance(1300);
  leg.release();
  await clock.advance(5000);
  t.strictSame(heard, ["released 16 local"]);
  t.strictSame(events, ["off-hook", "on-hook"]);
  t.equal(media.openPorts.length, 0);
  t.equal(lines.list()[0]?.state, "idle");
  t.equal(clock.pending, 0);
});

t.test("a call that rings in while the line is guarded is taken", async (t) => {
  const { rig: all, exchange, clock, lines } = rig();
  const leg = lines.dial(call);
  await clock.advance(100);
  leg.release();
  await clock.advance(1300);
  exchange.startRing([1000, 4000]);
  await clock.advance(1100);
  t.equal(first(all).direction, "in");
});

t.test("no calls out in alarm, and one up is dropped when it lasts", async (t) => {
  const { pair, clock, lines, told } = rig();
  const leg = lines.dial(call);
  const heard = listen(leg);
  await clock.advance(3000);
  heard.length = 0;
  pair.cable(1).pull();
  await clock.advance(2499);
  t.strictSame(heard, []);
  await clock.advance(2);
  t.strictSame(heard, ["released 27 fault"]);
  await clock.advance(5000);
  t.throws(() => lines.dial(call), { code: "ERR_LINE_DOWN" });
  pair.cable(1).plug();
  await clock.advance(1);
  t.doesNotThrow(() => lines.dial(call));
  const states = told.flatMap((event) => (event.type === "line" ? [event.line.state] : []));
  t.strictSame(states, ["in-use", "alarm", "idle", "in-use"]);
});

t.test("unknown groups and lines", (t) => {
  const { lines } = rig();
  t.throws(() => lines.dial({ ...call, via: { group: "none" } }), { code: "ERR_LINE_UNKNOWN" });
  t.throws(() => lines.dial({ ...call, via: { line: "9/9" } }), { code: "ERR_LINE_UNKNOWN" });
  t.end();
});

t.test("the exchange's tones: ringing, answered when it ends; busy before and after", async (t) => {
  const { clock, lines, media } = rig();
  const dialled = async () => {
    const leg = lines.dial(call);
    const heard = listen(leg);
    await clock.advance(2500);
    t.strictSame(heard.splice(0), ["alerting inband"]);
    const port = media.portOf("sim/1/1", "near");
    if (port === undefined) throw new Error("no port");
    return { leg, heard, port };
  };
  const rung = await dialled();
  t.strictSame(rung.port.listensFor, ["dial", "ringback", "busy", "congestion", "sit"]);
  rung.port.sound("ringback");
  await clock.advance(60_000);
  t.equal(rung.leg.state, "alerting", "as long as it rings");
  rung.port.sound(undefined);
  t.strictSame(rung.heard.splice(0), ["answered"]);
  await clock.advance(10_000);
  rung.port.sound("busy");
  await clock.advance(10);
  t.strictSame(rung.heard, ["released 16 remote"], "the other hung up");
  await clock.advance(2000);
  t.equal(lines.list()[0]?.state, "idle");
  const refused = await dialled();
  refused.port.sound("busy");
  await clock.advance(10);
  t.strictSame(refused.heard, ["released 17 remote"]);
  await clock.advance(2000);
  t.equal(media.openPorts.length, 0);
});
