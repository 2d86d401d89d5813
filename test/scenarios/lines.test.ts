// Calls through the whole of lines/ on simulated boards, with stations of the rehearsal room as their other ends.
import t, { type Test } from "tap";
import { createFakeMedia, type FakeMedia, type FakePort, type Played } from "../support/fake-media.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { tones } from "../lines/rig.ts";
import { createOffice, type Office } from "./lines-office.ts";

interface Rig extends Office {
  readonly clock: TestClock;
  readonly media: FakeMedia;
}

async function open(): Promise<Rig> {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const office = createOffice({ clock, media, tones, greeting: "welcome.wav" });
  await clock.advance(10_000);
  return { ...office, clock, media };
}

/** Everybody hung up: nothing may be left open, and nothing may be left waiting. */
async function close(rig: Rig, t: Test): Promise<void> {
  const { clock, media } = rig;
  await clock.advance(10_000);
  t.equal(rig.busyStations(), "", "all stations are on hook");
  t.equal(rig.busyLines(), "", "all lines are idle");
  t.equal(media.openPorts.length, 0, "no media port is open");
  const closed = rig.close();
  await clock.advance(5000);
  await closed;
  t.equal(clock.pending, 0, "no timer is left");
}

/** Whether a station's handset hears this: from its exchange, or along the line, across bridges. */
function hears(
  { media, rehearsal }: Rig,
  station: string,
  wanted: "welcome.wav" | keyof typeof tones,
): boolean {
  const fake = (port: unknown): FakePort | undefined => media.all.find((one) => one === port);
  /** What comes in at this port: what the other end of its pair plays, or brings from its own bridge. */
  const source = (port: FakePort | undefined): Played | undefined => {
    if (port?.endpoint.kind !== "pair") return undefined;
    const other = media.portOf(port.endpoint.pair, port.endpoint.side === "near" ? "far" : "near");
    return other?.playing ?? source(fake(other?.connectedTo));
  };
  const handset = fake(rehearsal.audio(station));
  const playing = handset?.playing ?? source(fake(handset?.connectedTo));
  if (playing?.kind === "files") return playing.items[0] === wanted;
  return playing?.kind === "tone" && wanted !== "welcome.wav" && playing.tone === tones[wanted];
}

t.test("the stations of the demo office", async (t) => {
  const rig = await open();
  const stations = rig.rehearsal.stations();
  t.strictSame(stations.map(({ kind }) => kind).filter((kind) => kind === "phone").length, 8);
  t.match(rig.station("phone-5/3"), { number: "203", name: "Phone 3", line: "5/3", state: "idle" });
  t.match(rig.station("outside-1"), { kind: "outside", number: "13800138001", line: undefined });
  t.throws(() => rig.rehearsal.lift("phone-9/9"), { code: "ERR_STATION_UNKNOWN" });
  await close(rig, t);
});

for (const [trunk, line] of [
  ["isdn", /^1\//],
  ["bri", /^2\//],
  ["fxo", /^4\//],
] as const) {
  t.test(`outside calls in over ${trunk}, hears the greeting, presses keys, hangs up`, async (t) => {
    const rig = await open();
    rig.rehearsal.dial("outside-1", "88880000", { trunk });
    t.equal(rig.station("outside-1").state, "dialling");
    await rig.clock.advance(3000);
    t.equal(rig.station("outside-1").state, "connected");
    t.match(rig.station("outside-1").line, line);
    t.ok(hears(rig, "outside-1", "welcome.wav"));
    t.equal(rig.callers[0]?.calling.digits, trunk === "fxo" ? "" : "13800138001");
    t.equal(rig.callers[0]?.called.digits, trunk === "fxo" ? "" : "88880000");
    for (const key of "159#") rig.rehearsal.press("outside-1", key);
    await rig.clock.advance(2000);
    t.strictSame(rig.digits, ["1", "5", "9", "#"]);
    rig.rehearsal.hangUp("outside-1");
    await rig.clock.advance(3000);
    t.match(rig.ended[0], / 16 remote$/);
    await close(rig, t);
  });

  t.test(`outside calls in over ${trunk}, and the box hangs up`, async (t) => {
    const rig = await open();
    rig.rehearsal.dial("outside-1", "88880000", { trunk });
    await rig.clock.advance(3000);
    rig.callers[0]?.release();
    await rig.clock.advance(2000);
    // A caller on an analog line of the exchange is told as well, since the exchange sees the box hang up.
    t.match(rig.station("outside-1"), { state: "busy", cause: 16 });
    t.ok(hears(rig, "outside-1", "busy"));
    rig.rehearsal.hangUp("outside-1");
    await close(rig, t);
  });

  t.test(`outside gives up at any moment of a call over ${trunk}`, async (t) => {
    const rig = await open();
    for (const after of [0, 1, 5, 20, 500, 1049, 1051, 1100, 2500, 6000]) {
      rig.rehearsal.dial("outside-1", "88880000", { trunk });
      await rig.clock.advance(after);
      rig.rehearsal.hangUp("outside-1");
      // The box may answer an exchange line whose caller has just gone: then the exchange's time-out ends it.
      await rig.clock.advance(trunk === "fxo" ? 20_000 : 1000);
      t.equal(rig.busyStations() + rig.busyLines(), "", `after ${after} ms`);
      t.equal(rig.media.openPorts.length, 0, `after ${after} ms`);
    }
    await close(rig, t);
  });
}

for (const [prefix, trunk] of [
  ["9", "E1"],
  ["7", "BRI"],
  ["8", "an exchange line"],
] as const) {
  t.test(`a phone calls outside over ${trunk}, rings, is answered, and hangs up`, async (t) => {
    const rig = await open();
    rig.rehearsal.dial("phone-5/1", `${prefix}13800138001`);
    await rig.clock.advance(13_000);
    t.match(rig.station("outside-1"), { state: "ringing", ...(prefix === "8" ? {} : { with: "201" }) });
    t.ok(hears(rig, "phone-5/1", "ringback"));
    rig.rehearsal.lift("outside-1");
    await rig.clock.advance(5000);
    t.equal(rig.station("outside-1").state, "connected");
    t.notOk(hears(rig, "phone-5/1", "ringback"), "the ringback ends with the answer");
    rig.rehearsal.hangUp("phone-5/1");
    await rig.clock.advance(4000);
    t.equal(rig.station("outside-1").state, "busy");
    rig.rehearsal.hangUp("outside-1");
    await close(rig, t);
  });

  t.test(`a phone calls outside over ${trunk}, and the other side hangs up`, async (t) => {
    const rig = await open();
    rig.rehearsal.dial("phone-5/1", `${prefix}13800138001`);
    await rig.clock.advance(13_000);
    rig.rehearsal.lift("outside-1");
    await rig.clock.advance(5000);
    rig.rehearsal.hangUp("outside-1");
    await rig.clock.advance(2000);
    t.equal(rig.station("phone-5/1").state, "busy");
    t.equal(rig.ended[0]?.endsWith("16 remote"), true);
    rig.rehearsal.hangUp("phone-5/1");
    await close(rig, t);
  });

  t.test(`nobody has that number, over ${trunk}`, async (t) => {
    const rig = await open();
    rig.rehearsal.dial("phone-5/1", `${prefix}404404`);
    await rig.clock.advance(12_000);
    t.equal(rig.station("phone-5/1").state, "busy");
    t.match(rig.ended[0], prefix === "8" ? / 16 remote$/ : / 1 remote$/, "an exchange line tells no causes");
    rig.rehearsal.hangUp("phone-5/1");
    await close(rig, t);
  });
}

t.test("phone to phone: ring, answer, flash, hang up", async (t) => {
  const rig = await open();
  rig.rehearsal.dial("phone-5/1", "202");
  await rig.clock.advance(3000);
  t.equal(rig.busyStations(), "phone-5/1 dialling, phone-5/2 ringing");
  rig.rehearsal.lift("phone-5/2");
  await rig.clock.advance(100);
  t.equal(rig.busyStations(), "phone-5/1 connected, phone-5/2 connected");
  rig.rehearsal.press("phone-5/1", "7");
  await rig.clock.advance(300);
  t.strictSame(rig.digits, ["7"]);
  rig.rehearsal.hangUp("phone-5/2");
  await rig.clock.advance(2000);
  t.equal(rig.busyStations(), "phone-5/1 busy");
  rig.rehearsal.hangUp("phone-5/1");
  await close(rig, t);
});

t.test("a phone that is busy, and one that does not answer", async (t) => {
  const rig = await open();
  rig.rehearsal.lift("phone-5/2");
  await rig.clock.advance(100);
  rig.rehearsal.dial("phone-5/1", "202");
  await rig.clock.advance(3000);
  t.equal(rig.station("phone-5/1").state, "busy");
  rig.rehearsal.hangUp("phone-5/1");
  rig.rehearsal.hangUp("phone-5/2");
  await rig.clock.advance(3000);
  rig.rehearsal.dial("phone-5/1", "202");
  await rig.clock.advance(3000);
  t.equal(rig.station("phone-5/2").state, "ringing");
  rig.rehearsal.hangUp("phone-5/1");
  await rig.clock.advance(9000);
  t.equal(rig.busyStations(), "");
  await close(rig, t);
});

t.test("phone to phone, hung up by either at any moment", async (t) => {
  const rig = await open();
  for (const by of ["phone-5/1", "phone-5/2"]) {
    for (const after of [0, 300, 700, 1500, 2500, 3000, 3500, 8000]) {
      rig.rehearsal.dial("phone-5/1", "202");
      const early = Math.min(after, 3000);
      await rig.clock.advance(early);
      if (early >= 3000) rig.rehearsal.lift("phone-5/2");
      await rig.clock.advance(after - early);
      rig.rehearsal.hangUp(by);
      await rig.clock.advance(5000);
      rig.rehearsal.hangUp("phone-5/1");
      rig.rehearsal.hangUp("phone-5/2");
      await rig.clock.advance(9000);
      t.equal(rig.busyStations() + rig.busyLines(), "", `${by} after ${after} ms`);
      t.equal(rig.media.openPorts.length, 0, `${by} after ${after} ms`);
    }
  }
  await close(rig, t);
});

t.test("an outside number that is busy, rejects, or does not answer", async (t) => {
  const rig = await open();
  rig.rehearsal.lift("outside-1");
  t.equal(rig.station("outside-1").state, "dialling");
  rig.rehearsal.dial("phone-5/1", "913800138001");
  await rig.clock.advance(8000);
  t.match(rig.ended.shift(), / 17 remote$/);
  rig.rehearsal.hangUp("outside-1");
  rig.rehearsal.hangUp("phone-5/1");
  await rig.clock.advance(4000);
  rig.ended.length = 0;
  rig.rehearsal.dial("phone-5/1", "913800138001");
  await rig.clock.advance(8000);
  rig.rehearsal.hangUp("outside-1");
  await rig.clock.advance(100);
  t.match(rig.ended.shift(), / 21 remote$/);
  rig.rehearsal.hangUp("phone-5/1");
  await rig.clock.advance(4000);
  rig.ended.length = 0;
  rig.rehearsal.dial("phone-5/1", "913800138001");
  await rig.clock.advance(70_000);
  t.match(rig.ended.shift(), / 19 remote$/);
  t.equal(rig.station("outside-1").state, "idle");
  rig.rehearsal.hangUp("phone-5/1");
  await close(rig, t);
});

t.test("the cable is out: the caller hears congestion, and calls go through when it is back", async (t) => {
  const rig = await open();
  rig.pair.cable(1).pull();
  await rig.clock.advance(20_000);
  rig.rehearsal.dial("outside-1", "88880000");
  await rig.clock.advance(100);
  t.match(rig.station("outside-1"), { state: "busy", cause: 27 });
  rig.rehearsal.hangUp("outside-1");
  rig.pair.cable(1).plug();
  await rig.clock.advance(20_000);
  rig.rehearsal.dial("outside-1", "88880000");
  await rig.clock.advance(1000);
  t.equal(rig.station("outside-1").state, "connected");
  rig.rehearsal.hangUp("outside-1");
  await close(rig, t);
});

t.test("closing with calls up leaves nothing open", async (t) => {
  const rig = await open();
  rig.rehearsal.dial("outside-1", "88880000");
  rig.rehearsal.dial("outside-2", "88880000", { trunk: "bri" });
  rig.rehearsal.dial("outside-3", "88880000", { trunk: "fxo" });
  rig.rehearsal.dial("phone-5/1", "202");
  await rig.clock.advance(5000);
  t.equal(rig.callers.length, 3);
  const closed = rig.close();
  await rig.clock.advance(5000);
  await closed;
  t.equal(rig.media.openPorts.length, 0);
  await rig.clock.advance(5000);
  t.equal(rig.clock.pending, 0);
});
