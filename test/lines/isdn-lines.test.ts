// ISDN lines: the box's user side against a network side of our own on the far board, over real frames.
import t from "tap";
import type { Leg } from "../../src/lines/leg.ts";
import { closeAll, isdn, number, states } from "./isdn-rig.ts";
import { first, listen, plays } from "./rig.ts";

for (const [kind, tei] of [
  ["E1", "fixed"],
  ["BRI", "fixed"],
  ["BRI", "automatic"],
] as const) {
  t.test(`${kind} ${tei}: the data link comes up and the lines with it`, async (t) => {
    const rig = await isdn(kind, tei);
    t.equal(states(rig.lines), "idle");
    t.equal(states(rig.exchange), "idle");
    t.match(rig.lines.spans()[0], { number: 1, name: "Trunk", kind, dataLink: true, alarms: [] });
    t.equal(rig.lines.list().length, kind === "E1" ? 30 : 2);
    await closeAll(rig, t);
  });

  t.test(`${kind} ${tei}: a call in, answered, keys, the caller hangs up`, async (t) => {
    const all = await isdn(kind, tei);
    const { clock, exchange, lines, media } = all;
    const line = exchange.list()[0]?.id ?? "";
    const out = exchange.dial({
      called: number("5550100"),
      calling: number("13800138000", "Wang"),
      via: { line },
    });
    const heard = listen(out);
    await clock.advance(10);
    const leg = first(all);
    t.match(leg, {
      direction: "in",
      state: "offered",
      called: { digits: "5550100", type: "national" },
      calling: { digits: "13800138000", type: "national", presentation: "allowed", name: "Wang" },
      line: { kind: "isdn", id: line, group: "out", state: "in-use" },
    });
    t.equal(leg.media, undefined);
    leg.proceed();
    t.ok(leg.media, "audio can pass after proceed");
    leg.alert();
    await clock.advance(10);
    t.strictSame(heard, ["proceeding", "alerting"]);
    leg.answer();
    t.equal(leg.state, "connected");
    leg.media?.play(["welcome.wav"]);
    await clock.advance(10);
    t.strictSame(heard, ["proceeding", "alerting", "answered"]);
    t.equal(plays(all.rig, `sim/${line}`), "welcome.wav");
    const digits = listen(leg);
    out.sendDigits("42");
    await clock.advance(500);
    t.strictSame(digits, ["digit-begin 4", "digit 4 dtmf", "digit-begin 2", "digit 2 dtmf"]);
    out.release();
    await clock.advance(10);
    t.strictSame(digits.slice(4), ["released 16 remote"]);
    t.strictSame(heard.slice(3), ["released 16 local"]);
    t.equal(states(lines), "idle");
    t.equal(states(exchange), "idle");
    t.equal(media.openPorts.length, 0);
    await closeAll(all, t);
  });

  t.test(`${kind} ${tei}: a call out, alerted in band, answered, the far end hangs up`, async (t) => {
    const all = await isdn(kind, tei);
    const { clock, lines, exchange, atExchange } = all;
    const out = lines.dial({
      called: number("01012345678"),
      calling: number("5550100"),
      via: { group: "out" },
    });
    const heard = listen(out);
    await clock.advance(10);
    const [leg] = atExchange;
    t.match(leg, { called: { digits: "01012345678" }, calling: { digits: "5550100" } });
    leg?.alert({ inband: true });
    await clock.advance(10);
    t.strictSame(heard, ["alerting inband"]);
    t.ok(out.media);
    t.notOk(
      all.media.openPorts.some(({ detecting }) => detecting),
      "no digits are looked for in ringback",
    );
    leg?.answer();
    await clock.advance(10);
    leg?.release(16);
    await clock.advance(10);
    t.strictSame(heard, ["alerting inband", "answered", "released 16 remote"]);
    t.equal(states(lines), "idle");
    t.equal(states(exchange), "idle");
    await closeAll(all, t);
  });
}

t.test("causes of calls that are not answered reach the caller", async (t) => {
  const all = await isdn();
  for (const cause of [1, 17, 21, 28]) {
    const out = all.exchange.dial({
      called: number("5550100"),
      calling: number("1"),
      via: { line: "1/5" },
    });
    const heard = listen(out);
    await all.clock.advance(10);
    all.offered.at(-1)?.release(cause);
    await all.clock.advance(10);
    t.strictSame(heard, [`released ${cause} remote`]);
    t.equal(states(all.lines), "idle");
    t.equal(states(all.exchange), "idle");
  }
  await closeAll(all, t);
});

t.test("hanging up at any moment leaves nothing behind", async (t) => {
  const all = await isdn("BRI");
  const { clock, lines, exchange, offered, media } = all;
  const steps = [
    (leg: Leg | undefined) => leg?.proceed(),
    (leg: Leg | undefined) => leg?.alert(),
    (leg: Leg | undefined) => leg?.answer(),
  ];
  for (const by of ["caller", "called"]) {
    for (let upTo = 0; upTo <= steps.length; upTo++) {
      for (const settle of [0, 10]) {
        const out = exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
        const heard = listen(out);
        await clock.advance(10);
        const leg = offered.at(-1);
        for (const step of steps.slice(0, upTo)) {
          step(leg);
          await clock.advance(settle);
        }
        if (by === "caller") out.release();
        else leg?.release();
        await clock.advance(50);
        const place = `${by} after ${upTo} steps, ${settle} ms apart`;
        t.equal(heard.at(-1), by === "caller" ? "released 16 local" : "released 16 remote", place);
        t.equal(leg?.state, "released", place);
        t.equal(states(lines) + states(exchange), "idleidle", place);
        t.equal(media.openPorts.length, 0, place);
      }
    }
  }
  const out = exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  out.release();
  await clock.advance(50);
  t.equal(states(lines) + states(exchange), "idleidle", "released at once");
  await closeAll(all, t);
});

t.test("30 calls at once, and no line for the next", async (t) => {
  const all = await isdn();
  const legs = Array.from({ length: 30 }, () =>
    all.lines.dial({ called: number("5550100"), calling: number("1"), via: { group: "out" } }),
  );
  t.equal(new Set(legs.map(({ line }) => line.id)).size, 30);
  t.throws(() => all.lines.dial({ called: number("1"), calling: number("1"), via: { group: "out" } }), {
    code: "ERR_LINE_BUSY",
  });
  await all.clock.advance(50);
  t.equal(all.atExchange.length, 30);
  for (const leg of all.atExchange) leg.answer();
  await all.clock.advance(50);
  t.ok(legs.every(({ state }) => state === "connected"));
  t.equal(all.media.openPorts.length, 60);
  await closeAll(all, t);
  t.ok(legs.every(({ state }) => state === "released"));
});

t.test("glare: both sides seize the same channels", async (t) => {
  const all = await isdn("BRI");
  const mine = ["1/1", "1/2"].map((line) =>
    all.lines.dial({ called: number("1"), calling: number("2"), via: { line } }),
  );
  const theirs = ["1/1", "1/2"].map((line) =>
    all.exchange.dial({ called: number("3"), calling: number("4"), via: { line } }),
  );
  await all.clock.advance(100);
  for (const leg of [...all.offered, ...all.atExchange]) leg.answer();
  await all.clock.advance(100);
  const up = [...mine, ...theirs].filter(({ state }) => state === "connected");
  t.ok(up.length <= 2, "no channel carries two calls");
  t.ok([...mine, ...theirs].every(({ state }) => state === "connected" || state === "released"));
  for (const leg of up) leg.release();
  await all.clock.advance(5000);
  t.equal(states(all.lines) + states(all.exchange), "idleidle");
  await closeAll(all, t);
});

t.test("a short alarm drops no call; new calls wait until it is over", async (t) => {
  const all = await isdn();
  const { clock, pair, exchange, lines } = all;
  const out = exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  await clock.advance(10);
  first(all).answer();
  await clock.advance(10);
  const heard = listen(out);
  pair.cable(1).pull();
  await clock.advance(2000);
  t.equal(states(lines), "alarm");
  t.strictSame(lines.spans()[0]?.alarms, ["RED"]);
  t.throws(() => lines.dial({ called: number("1"), calling: number("2"), via: { group: "out" } }), {
    code: "ERR_LINE_DOWN",
  });
  pair.cable(1).plug();
  await clock.advance(30_000);
  t.strictSame(heard, []);
  t.equal(first(all).state, "connected");
  await closeAll(all, t);
});

t.test("a long alarm ends calls after T309, and afterwards all works again", async (t) => {
  const all = await isdn();
  const { clock, pair, exchange, lines } = all;
  const out = exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  await clock.advance(10);
  const leg = first(all);
  leg.answer();
  await clock.advance(10);
  const heard = [listen(out), listen(leg)];
  pair.cable(1).pull();
  await clock.advance(8000);
  t.strictSame(heard, [[], []]);
  t.equal(lines.spans()[0]?.dataLink, false);
  await clock.advance(1000);
  t.strictSame(heard, [["released 27 fault"], ["released 27 fault"]]);
  t.equal(all.media.openPorts.length, 0);
  pair.cable(1).plug();
  await clock.advance(30_000);
  t.equal(states(lines) + states(exchange), "idleidle");
  const again = exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  await clock.advance(10);
  all.offered.at(-1)?.answer();
  await clock.advance(10);
  t.equal(again.state, "connected");
  await closeAll(all, t);
});

t.test("lost frames: layer 2 repeats them, calls go through", async (t) => {
  const all = await isdn();
  let dice = 1;
  all.pair.cable(1).loseFrames(() => (dice = (dice * 16_807) % 2_147_483_647) % 100 < 15);
  for (let call = 0; call < 10; call++) {
    const out = all.exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
    await all.clock.advance(3900);
    all.offered.at(-1)?.answer();
    await all.clock.advance(3900);
    t.equal(out.state, "connected", `call ${call}`);
    out.release();
    await all.clock.advance(20_000);
    t.equal(states(all.lines) + states(all.exchange), "idleidle", `call ${call}`);
  }
  all.pair.cable(1).loseFrames(undefined);
  await closeAll(all, t);
});

t.test("a channel whose release is never acknowledged is restarted", async (t) => {
  const all = await isdn();
  const { clock, exchange, lines, media, pair } = all;
  exchange.dial({ called: number("5550100"), calling: number("1"), via: { line: "1/1" } });
  await clock.advance(10);
  const leg = first(all);
  leg.answer();
  await clock.advance(10);
  // RELEASE and RELEASE COMPLETE of the exchange are lost.
  pair.cable(1).loseFrames((frame, from) => from === "far" && isMessage(frame, 0x4d, 0x5a));
  leg.release();
  t.equal(leg.state, "released");
  await clock.advance(10);
  t.equal(media.portOf("sim/1/1", "near")?.closed, true, "its audio is closed all the same");
  let blocked = false;
  lines.events.on((event) => {
    if (event.type === "line" && event.line.state === "blocked") blocked = true;
  });
  await clock.advance(60_000);
  t.equal(blocked, true, "T308 has run out twice");
  pair.cable(1).loseFrames(undefined);
  await clock.advance(30_000);
  t.equal(states(lines) + states(exchange), "idleidle");
  await closeAll(all, t);
});

t.test("closing: nothing is dialled or offered any more", async (t) => {
  const all = await isdn();
  const { clock, exchange, lines } = all;
  const up = exchange.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } });
  await clock.advance(10);
  first(all).answer();
  await clock.advance(10);
  // The exchange is deaf for a while, so that closing takes its time.
  all.pair.cable(1).loseFrames((_, from) => from === "near");
  const closed = lines.close();
  t.throws(() => lines.dial({ called: number("1"), calling: number("2"), via: { group: "out" } }), {
    code: "ERR_CLOSED",
  });
  const late = exchange.dial({ called: number("1"), calling: number("2"), via: { line: "1/2" } });
  const heard = listen(late);
  await clock.advance(100);
  all.pair.cable(1).loseFrames(undefined);
  await clock.advance(3000);
  await closed;
  t.equal(all.offered.length, 1);
  t.equal(up.state, "released");
  t.strictSame(heard, ["released 41 remote"]);
  const exchangeClosed = exchange.close();
  await clock.advance(3000);
  await exchangeClosed;
  t.equal(all.media.openPorts.length, 0);
  t.equal(clock.pending, 0);
});

t.test("the next call on a channel waits until the last one's audio is closed", async (t) => {
  const all = await isdn("BRI");
  const { clock, exchange, media } = all;
  const out = exchange.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } });
  await clock.advance(10);
  first(all).answer();
  await clock.advance(10);
  const slow = Promise.withResolvers<undefined>();
  const port = media.portOf("sim/1/1", "near");
  const close = port?.close.bind(port);
  if (port !== undefined) port.close = async () => (await slow.promise, close?.());
  out.release();
  await clock.advance(10);
  exchange.dial({ called: number("1"), calling: number("2"), via: { line: "1/1" } });
  await clock.advance(100);
  t.equal(all.offered.length, 1, "not offered yet");
  slow.resolve(undefined);
  await clock.advance(10);
  t.equal(all.offered.length, 2);
  all.offered[1]?.answer();
  t.ok(all.offered[1]?.media);
  await closeAll(all, t);
});

/** A Q.931 message of one of these types in an I frame: address 2, control 2, discriminator 1, call reference 3. */
function isMessage(frame: Uint8Array, ...types: readonly number[]): boolean {
  return ((frame[2] ?? 1) & 1) === 0 && types.includes(frame[8] ?? 0);
}
