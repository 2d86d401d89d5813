// What JavaScript's one thread must bear: three seconds of standing still, and a D-channel that floods it.
import { isdnPeer } from "../support/isdn.ts";
import { isdnSide, type Side } from "../support/isdn-side.ts";
import type { Peer } from "../support/peer.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

const up = 10;
const blockedMs = 3000;
/** Longest p99 of a first answer beside a flood, ms: the emulated machine's, whose every step takes eight times as long. */
const answerMs = 600;

export const scenario: Scenario = {
  name: "isdn-stall",
  description:
    "JavaScript stands still for 3 s with 10 calls up: no link and no call is lost; a flooded D-channel does not delay another",
  spans: [{ kind: "E1" }, { kind: "E1" }],
  timeoutSeconds: 180,
  async run(context) {
    const [first, second] = [await start(context, 0), await start(context, 1)];
    await stall(context, first.side, first.peer);
    await flood(context, first, second);
    for (const { side, peer } of [first, second]) {
      context.equal(side.faults, [], `${peer.name}: what went wrong on our side`);
      context.equal(
        peer.history.filter(({ event }) => event === "down"),
        [],
        `${peer.name}: data links lost`,
      );
    }
  },
};

interface Pair {
  readonly side: Side;
  readonly peer: Peer;
}

async function start(context: Context, index: number): Promise<Pair> {
  const { near, far } = pairOf(context.layout, index);
  const peer = await isdnPeer(context, {
    span: far,
    role: "network",
    name: `libpri${index}`,
    more: { overlap: 1 },
  });
  const side = isdnSide(context, { span: near, side: "user", overlapReceiving: true });
  await peer.expect({ event: "up" }, 30_000);
  await context.until("the channels are idle", () => side.up && side.busy().length === 0, 60_000);
  peer.send("auto", { on: true });
  await peer.expect({ event: "auto", on: true });
  return { side, peer };
}

/** Blocks this thread, which runs our side. */
const standStill = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

async function stall(context: Context, side: Side, peer: Peer): Promise<void> {
  for (let index = 0; index < up; index++) {
    if (index % 2 === 0) void side.place({ called: "4702" });
    else peer.send("call", { id: `up${index}`, called: "4702" });
  }
  await context.until("ten calls are up", () => side.active().length === up);
  // Messages are on their way when it begins: five calls more in each direction.
  const more = Array.from({ length: 5 }, () => side.place({ called: "4700" }));
  peer.send("bulk", { calls: 5, most: 5 });
  await context.sleep(20);
  const stood = performance.now();
  standStill(blockedMs);
  // What waited is dealt with first.
  await context.sleep(0);
  context.log(`stood still for ${Math.round(performance.now() - stood)} ms; libpri gives up after 4 s`);
  const ended = await Promise.all(more);
  context.equal(
    ended.map(({ answered, cause }) => `${answered} ${cause}`),
    Array<string>(5).fill("true 16"),
    "our calls of that moment",
  );
  await peer.expect({ event: "bulk-end" }, 30_000);
  await context.sleep(2000);
  context.equal([side.up, side.active().length], [true, up], "our data link, and calls up");
  peer.send("counters");
  const { open, libpri, failed } = await peer.expect({ event: "counters" });
  context.equal([open, libpri, failed], [up, up, 0], "calls at the peer, by libpri's count, and failed");
  for (const call of side.active()) side.hangUp(call);
  await context.until("all calls are over", () => side.open === 0);
}

async function flood(context: Context, quiet: Pair, flooded: Pair): Promise<void> {
  const measure = async (): Promise<number> => {
    quiet.peer.send("bulk", { calls: 60, most: 5, hold: 100 });
    const { p50, p99, max } = await quiet.peer.expect({ event: "bulk-end" }, 60_000);
    context.log(`first answers: p50 ${String(p50)} ms, p99 ${String(p99)} ms, longest ${String(max)} ms`);
    return Number(p99);
  };
  const before = await measure();
  flooded.peer.send("flood", { ms: 10_000 });
  const beside = await measure();
  context.prove(
    beside < answerMs,
    `p99 of a first answer beside a flood: ${beside} ms (${before} ms without), goal ${answerMs} ms`,
  );
  const { frames } = await flooded.peer.expect({ event: "flooded" }, 20_000);
  context.log(`the flood: ${String(frames)} frames`);
  // The answers to the flood are still on their way, and a SETUP waits for its turn behind them.
  const started = performance.now();
  await context.until(
    "a call on the flooded span succeeds",
    async () => (await flooded.side.place({ called: "4700" })).cause === 16,
    60_000,
  );
  context.log(`${Math.round(performance.now() - started)} ms after the flood`);
}
