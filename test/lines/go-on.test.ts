// Lines after the program has died and they were held: legs are there again, and end as their far ends say.
import t from "tap";
import { createLines } from "../../src/lines/lines.ts";
import type { KeptLeg, Leg } from "../../src/lines/leg.ts";
import { isdn, number } from "./isdn-rig.ts";
import { listen, matchNumber, tones } from "./rig.ts";

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
