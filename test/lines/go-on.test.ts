// Lines after the program has died and they were held: legs are there again, and end as their far ends say.
import t from "tap";
import { createLines } from "../../src/lines/lines.ts";
import type { KeptLeg, Leg } from "../../src/lines/leg.ts";
import { isdn, number } from "./isdn-rig.ts";
import { createRig, listen, matchNumber, tones, type Rig } from "./rig.ts";

async function talking() {
  const before = await isdn("E1");
  const { rig, exchange } = before;
  const leg = exchange.dial({ called: number("88880001"), calling: number("1380"), via: { line: "1/3" } });
  await rig.clock.advance(50);
  const [incoming] = rig.offered;
  incoming?.proceed();
  await rig.clock.advance(50);
  incoming?.answer();
  await rig.clock.advance(50);
  const kept = incoming?.kept();
  if (kept === undefined) throw new Error("the leg is not connected");
  return { rig, far: leg, kept };
}

/** The next run, on the same channels. */
async function nextRun(rig: Awaited<ReturnType<typeof talking>>["rig"], kept: readonly KeptLeg[]) {
  rig.pair.orphan("near");
  const again = createLines({
    boards: [rig.pair.near],
    media: rig.media,
    settings: () => ({
      spans: [{ span: 1, name: "Trunk", tei: "fixed", overlap: false, group: "out", side: "user" }],
      analog: [],
      trunkGroups: [{ id: "out", hunt: "first" }],
      extensions: [],
    }),
    clock: rig.clock,
    tones,
    matchNumber,
    kept,
  });
  const [leg] = again.goingOn();
  const heard = leg === undefined ? [] : listen(leg);
  await rig.clock.advance(2000);
  return { again, leg, heard };
}

t.test("an ISDN call goes on, and either side ends it", async (t) => {
  const { rig, far, kept } = await talking();
  t.match(kept, { line: "1/3", direction: "in", own: { kind: "isdn", origin: "peer" } });
  const { leg, heard } = await nextRun(rig, [kept]);
  t.equal(leg?.id, kept.id);
  t.equal(leg?.state, "connected");
  t.equal(leg?.line.state, "in-use");
  await rig.clock.advance(20_000);
  t.equal(leg?.state, "connected", "the exchange was asked, and has it");
  far.release(16);
  await rig.clock.advance(50);
  t.match(heard.join(), /released/u);
});

t.test("a call that the exchange has not is over", async (t) => {
  const { rig, kept } = await talking();
  if (kept.own.kind !== "isdn") throw new Error("no ISDN");
  const other: KeptLeg = { ...kept, own: { ...kept.own, reference: kept.own.reference + 100 } };
  const { leg } = await nextRun(rig, [other]);
  await rig.clock.advance(5000);
  t.equal((leg as Leg).state, "released");
});

const analog = {
  spans: [],
  analog: [{ port: { span: 1, position: 2 }, group: "lines", ringsBeforeOffer: 1 }],
  trunkGroups: [],
  extensions: [{ number: "201", name: "Reception", port: { span: 1, position: 1 } }],
};

/** A telephone and an exchange line, each in a talk. */
async function analogTalks() {
  const rig = createRig({ spans: [{ kind: "analog", ports: ["fxs", "fxo"] }] }, analog);
  const handset = rig.farPort(1, 1);
  const exchange = rig.farPort(1, 2);
  handset.offHook();
  await rig.clock.advance(1);
  rig.media.portOf("sim/1/1", "near")?.press("123");
  await rig.clock.advance(700);
  exchange.startRing([1000, 4000]);
  await rig.clock.advance(1100);
  for (const leg of rig.offered) {
    leg.proceed();
    leg.answer();
  }
  await rig.clock.advance(1000);
  return { rig, handset, exchange, kept: rig.offered.flatMap((leg) => leg.kept() ?? []) };
}

async function nextAnalogRun({ pair, media, clock }: Rig, kept: readonly KeptLeg[]) {
  pair.orphan("near");
  const lines = createLines({
    boards: [pair.near],
    media,
    settings: () => analog,
    clock,
    tones,
    matchNumber,
    kept,
  });
  const legs = lines.goingOn();
  const heard = legs.map(listen);
  await clock.advance(500);
  return { lines, legs, heard };
}

t.test("a telephone and an exchange line go on: keys are heard, both ways of ending work", async (t) => {
  const { rig, handset, exchange, kept } = await analogTalks();
  t.match(
    kept.map(({ own }) => own),
    [{ kind: "fxs" }, { kind: "fxo", reversed: false }],
  );
  const { lines, legs, heard } = await nextAnalogRun(rig, kept);
  t.same(
    legs.map(({ id, state }) => [id, state]),
    kept.map(({ id }) => [id, "connected"]),
  );
  t.same(
    lines.list().map(({ state }) => state),
    ["in-use", "in-use"],
  );
  for (const pair of ["sim/1/1", "sim/1/2"]) rig.media.portOf(pair, "near")?.press("5");
  await rig.clock.advance(300);
  handset.onHook();
  legs[1]?.release();
  await rig.clock.advance(3000);
  t.same(heard, [
    ["digit-begin 5", "digit 5 dtmf", "released 16 remote"],
    ["digit-begin 5", "digit 5 dtmf", "released 16 local"],
  ]);
  t.same(
    lines.list().map(({ state }) => state),
    ["idle", "idle"],
  );
  exchange.startRing([1000, 4000]);
  handset.offHook();
  await rig.clock.advance(1100);
  t.same(
    lines.list().map(({ state }) => state),
    ["in-use", "in-use"],
    "and both take the next call",
  );
});

t.test("whoever hung up while nobody listened is gone when the next run begins", async (t) => {
  const { rig, handset, kept } = await analogTalks();
  rig.pair.orphan("near");
  handset.onHook();
  await rig.clock.advance(2000);
  const { legs, heard } = await nextAnalogRun(rig, kept);
  await rig.clock.advance(2000);
  t.match(heard[0], ["released 16 remote"]);
  t.equal(legs[1]?.state, "connected");
});

t.test("what was never kept, or is another kind of line now, is no leg", async (t) => {
  const { rig, kept } = await analogTalks();
  const [phone] = kept;
  if (phone === undefined) throw new Error("nothing is kept");
  const { lines, legs } = await nextAnalogRun(rig, [
    { ...phone, line: "1/2" },
    { ...phone, line: "9/9" },
    { ...phone, own: { kind: "seat" } },
  ]);
  t.same(legs, []);
  t.equal(lines.list().length, 2);
});
