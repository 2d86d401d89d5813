// Many calls between our D-channel and libpri's, both ways and at once: what each side counted must agree, and nothing may be
// left busy on either.
import { channelsInUse } from "./driver.ts";
import { isdnPeer, type IsdnPeerOptions } from "./isdn.ts";
import { isdnSide, type Outcome, type Side } from "./isdn-side.ts";
import type { Peer, PeerEvent } from "./peer.ts";
import type { Context, Scenario } from "./scenario.ts";
import { pairOf } from "./spans.ts";

/** Scenarios of this kind that share the calls. */
const kinds = 5;
/** Calls in each direction, of one scenario. `CALLBOX_LAB_CALLS`: of all of them together. */
export const callsEach = Math.ceil(Number(process.env["CALLBOX_LAB_CALLS"] || 300) / kinds);

export interface BulkPlan {
  /** Which span pair of the layout. Default 0. */
  readonly pair?: number;
  readonly peer: IsdnPeerOptions["role"];
  /** At most so many at once; half of them each way when both call. */
  readonly most: number;
  readonly ours: Omit<Parameters<typeof isdnSide>[1], "span" | "side" | "overlapReceiving">;
  readonly more?: IsdnPeerOptions["more"];
  /** libpri as the exchange of a bus neither sends digits after a broadcast SETUP nor bears SETUPs that follow at once. */
  readonly broadcast?: boolean;
  /** Causes with which each side refuses a call of the other. */
  readonly refusals: readonly number[];
  readonly glare?: boolean;
  /** Calls to all terminals of the bus. */
  readonly toAll?: number;
}

export const bulkTimeout = 120 + callsEach * 2;

export const isdnBulk =
  (plan: BulkPlan): Scenario["run"] =>
  async (context) => {
    const { near, far } = pairOf(context.layout, plan.pair);
    const peer = await isdnPeer(context, {
      span: far,
      role: plan.peer,
      name: `libpri${far.number}`,
      more: { overlap: 1, ...plan.more },
    });
    const side = isdnSide(context, {
      span: near,
      side: plan.peer === "network" ? "user" : "network",
      overlapReceiving: true,
      ...plan.ours,
    });
    await peer.expect({ event: "up" }, 30_000);
    await context.until("our data link is up", () => side.up, 30_000);
    await context.until("the channels are idle", () => side.busy().length === 0, 60_000);
    const alone = Math.floor(callsEach / 2);
    const together = callsEach - alone;
    const atOnce = Math.min(plan.most, 30);

    peer.send("auto", { on: true });
    await peer.expect({ event: "auto", on: true });
    await theirs(peer, plan, alone, atOnce);
    // All channels are wanted at once: ours are idle when libpri's last RELEASE COMPLETE has come.
    await context.until("libpri's calls are over", () => side.open === 0);
    await ours(side, alone, atOnce, plan);
    const half = Math.max(1, Math.floor(atOnce / 2) - 1);
    await Promise.all([theirs(peer, plan, together, half), ours(side, together, half, plan)]);
    const placed = callsEach + (await refused(side, plan)) + (await toAll(context, side, plan));
    context.equal(causesOf(side), {}, "calls that ended otherwise than they were to, by direction and cause");
    const met = plan.glare === true ? await glare(context, side, peer) : { rounds: 0, ours: 0, theirs: 0 };
    await proveCounts(context, side, peer, {
      ours: placed + met.ours,
      theirs: callsEach + met.theirs,
      toAll: plan.toAll ?? 0,
    });
  };

async function theirs(peer: Peer, plan: BulkPlan, calls: number, most: number): Promise<void> {
  const broadcast = plan.broadcast === true && plan.peer === "network";
  peer.send("bulk", { calls, most, overlap: !broadcast, gap: broadcast ? broadcastGapMs : 0 });
  await peer.expect({ event: "bulk-end" }, bulkTimeout * 1000);
}

/** A SETUP that is broadcast overtakes the last call's RELEASE COMPLETE, which waits for layer 2's window. */
const broadcastGapMs = 150;

async function ours(side: Side, calls: number, most: number, plan: BulkPlan): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < calls) {
      const index = next++;
      if (plan.broadcast === true) await new Promise((resolve) => setTimeout(resolve, broadcastGapMs));
      // Of each way of dialling half are ended by either side.
      await side.place({
        called: `470${Math.floor(index / 2) % 2}`,
        overlap: index % 2 === 1 && plan.broadcast !== true,
      });
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
}

async function refused(side: Side, plan: BulkPlan): Promise<number> {
  for (const cause of plan.refusals) await side.place({ called: `48${String(cause).padStart(2, "0")}` });
  return plan.refusals.length;
}

/** Both sides seize the same channel at once, again and again; whoever is refused for it (cause 44) tries once more. */
async function glare(
  context: Context,
  side: Side,
  peer: Peer,
): Promise<{ readonly rounds: number; readonly ours: number; readonly theirs: number }> {
  const rounds = 10;
  const before = side.counts.placed;
  let again = 0;
  for (let round = 0; round < rounds; round++) {
    const number = 1 + round;
    const id = `glare${round}`;
    peer.send("call", { id, called: "4701", channel: number });
    let outcome: Outcome = await side.place({ called: "4700", channel: { number, exclusive: false } });
    for (let tries = 0; outcome.cause === 44 && tries < 3; tries++)
      outcome = await side.place({ called: "4700" });
    context.equal([outcome.answered, outcome.cause], [true, 16], `${id}: our call`);
    const released = await peer.expect({ event: "released", call: id }, 15_000);
    if (released["cause"] === 44) {
      again++;
      peer.send("call", { id: `${id}-again`, called: "4701" });
      context.equal(
        (await peer.expect({ event: "released", call: `${id}-again` }, 15_000))["cause"],
        16,
        `${id}: again`,
      );
    } else context.equal(released["cause"], 16, `${id}: the peer's call`);
  }
  context.log(`glare: ${rounds} rounds; our side met ${side.counts.glare}; the peer placed ${again} again`);
  return { rounds, ours: side.counts.placed - before, theirs: rounds + again };
}

async function toAll(context: Context, side: Side, { toAll: calls = 0 }: BulkPlan): Promise<number> {
  for (let call = 0; call < calls; call++) {
    const { answered, cause } = await side.place({ called: `670${call % 2}` });
    context.equal([answered, cause], [true, 16], `call ${call} to all terminals`);
  }
  return calls;
}

/** The peer's count, once nothing is open: libpri keeps a broadcast call until T312 (6 s) is over. */
async function settled(context: Context, peer: Peer): Promise<PeerEvent> {
  for (let waited = 0; ; waited++) {
    peer.send("counters");
    const counted = await peer.expect({ event: "counters" });
    if ((counted["open"] === 0 && counted["libpri"] === 0) || waited === 40) return counted;
    await context.sleep(250);
  }
}

async function proveCounts(
  context: Context,
  side: Side,
  peer: Peer,
  wanted: { readonly ours: number; readonly theirs: number; readonly toAll: number },
): Promise<void> {
  await context.until("our calls are over", () => side.open === 0, 10_000);
  const counted = await settled(context, peer);
  context.log(`libpri counted ${JSON.stringify(counted)}`);
  context.log(`our side counted ${JSON.stringify(side.counts)}`);
  const { placed, offered } = side.counts;
  context.equal(side.faults, [], "what went wrong on our side");
  context.equal(
    [placed, counted["placed"]],
    [wanted.ours, wanted.theirs],
    "calls placed by us and by libpri",
  );
  // A call to all is offered to each of two terminals.
  context.prove(
    Number(counted["offered"]) <= placed + wanted.toAll,
    `libpri was offered ${String(counted["offered"])} of ours`,
  );
  context.prove(offered <= wanted.theirs, `we were offered ${offered} of libpri's`);
  const failed = peer.history.filter(({ event }) => event === "failed");
  context.equal(failed, [], "calls that failed at libpri");
  context.equal(
    [counted["open"], counted["libpri"]],
    [0, 0],
    "calls open at the peer, and by libpri's own count",
  );
  context.equal(side.busy(), [], "our channels that are not idle");
  const data = context.layout.near.concat(context.layout.far).map((span) => span.base + (span.data ?? 0) - 1);
  context.equal(
    channelsInUse().filter((channel) => !data.includes(channel)),
    [],
    "the driver's B-channels in use",
  );
}

function causesOf(side: Side): Readonly<Record<string, number>> {
  const wrong: Record<string, number> = {};
  for (const { well, direction, cause } of side.ended)
    if (!well) wrong[`${direction} ${cause}`] = (wrong[`${direction} ${cause}`] ?? 0) + 1;
  return wrong;
}
