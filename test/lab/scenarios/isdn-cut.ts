// A D-channel that is cut, as libpri and our side see it: shorter than T309 it costs the calls in set-up alone, longer all.
import { isdnPeer } from "../support/isdn.ts";
import { isdnSide, type Outcome, type Side } from "../support/isdn-side.ts";
import type { Peer } from "../support/peer.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

/** Milliseconds. A dead link is known T203 + (N200 + 1) × T200 after its last frame at the latest. */
const timers = { T200: 700, T203: 2000, T309: 9000 };
const activeEach = 5;
/** Q.850: destination out of order. */
const outOfOrder = 27;

export const scenario: Scenario = {
  name: "isdn-cut",
  description:
    "a D-channel is cut with 10 calls active and 5 in set-up: within T309 the active live, past it all end with cause 27, every channel works after",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 240,
  async run(context) {
    const { near, far } = pairOf(context.layout);
    const peer = await isdnPeer(context, {
      span: far,
      role: "network",
      name: "libpri",
      more: { overlap: 1 },
    });
    for (const [name, value] of Object.entries(timers)) peer.send("timer", { name, value });
    const side = isdnSide(context, { span: near, side: "user", overlapReceiving: true, timers });
    await peer.expect({ event: "up" }, 30_000);
    await context.until("the channels are idle", () => side.up && side.busy().length === 0, 60_000);

    await activate(context, side, peer, "first");
    const settingUp = await beginCalls(context, side, peer);
    await cut(context, side, peer);
    await mend(context, side, peer);
    await proveActiveLive(context, side, peer, settingUp);
    await endAll(context, side, peer);

    await activate(context, side, peer, "second");
    const before = side.ended.length;
    await cut(context, side, peer);
    await context.until("T309 has ended every call of ours", () => side.open === 0, timers.T309 + 5000);
    const causes = side.ended.slice(before).map(({ cause }) => cause);
    context.equal(causes, Array<number>(2 * activeEach).fill(outOfOrder), "causes after T309");
    await allReleased(context, peer, "second", outOfOrder);
    await mend(context, side, peer);
    await context.until("every channel is back", () => side.busy().length === 0, 60_000);
    await callOnEach(context, side, near.channels, near.data ?? 0);
    context.equal(side.faults, [], "what went wrong on our side");
  },
};

/** Calls that nobody ends, five from each side. */
async function activate(context: Context, side: Side, peer: Peer, name: string): Promise<void> {
  peer.send("auto", { on: true });
  await peer.expect({ event: "auto", on: true });
  side.answering(true);
  for (let index = 0; index < activeEach; index++) {
    void side.place({ called: "4702" });
    peer.send("call", { id: `${name}${index}`, called: "4702" });
  }
  for (let index = 0; index < activeEach; index++)
    await peer.expect({ event: "answered", call: `${name}${index}` });
  await context.until("ten calls are active", () => side.active().length === 2 * activeEach);
}

/** Two calls of ours and three of the peer's that ring. */
async function beginCalls(context: Context, side: Side, peer: Peer): Promise<readonly Promise<Outcome>[]> {
  peer.send("auto", { on: false });
  await peer.expect({ event: "auto", on: false });
  side.answering(false);
  const ours = [side.place({ called: "4703" }), side.place({ called: "4703" })];
  for (const _ of ours) {
    const { call } = await peer.expect({ event: "ring", called: "4703" });
    peer.send("proceeding", { call: String(call) });
    peer.send("alert", { call: String(call) });
  }
  for (let index = 0; index < 3; index++) peer.send("call", { id: `ringing${index}`, called: "4703" });
  for (let index = 0; index < 3; index++) await peer.expect({ event: "alerting", call: `ringing${index}` });
  context.equal(
    [side.active().length, side.open],
    [2 * activeEach, 2 * activeEach + 5],
    "calls active, and in all",
  );
  return ours;
}

/** Withholds every frame until both sides have seen the data link released. */
async function cut(context: Context, side: Side, peer: Peer): Promise<void> {
  const started = performance.now();
  peer.send("cut", { on: true });
  await peer.expect({ event: "cut", on: true });
  await peer.expect({ event: "down" }, 20_000);
  await context.until("our side sees the data link released", () => !side.up, 20_000);
  context.log(`both sides saw it after ${Math.round(performance.now() - started)} ms`);
}

async function mend(context: Context, side: Side, peer: Peer): Promise<void> {
  peer.send("cut", { on: false });
  const { in: received, out } = await peer.expect({ event: "cut", on: false });
  context.log(`withheld so far: ${String(received)} frames of ours, ${String(out)} of libpri's`);
  await peer.expect({ event: "up" }, 20_000);
  await context.until("our data link is up again", () => side.up, 20_000);
}

async function proveActiveLive(
  context: Context,
  side: Side,
  peer: Peer,
  settingUp: readonly Promise<Outcome>[],
): Promise<void> {
  const outcomes = await Promise.all(settingUp);
  context.log(`our calls in set-up ended with causes ${outcomes.map(({ cause }) => cause).join(", ")}`);
  for (let index = 0; index < 3; index++) {
    const { cause } = await peer.expect({ event: "released", call: `ringing${index}` }, 20_000);
    context.log(`libpri's call in set-up ended with cause ${String(cause)}`);
  }
  // Past what T309 would have waited since, so that it is certain that nothing ends any more.
  await context.sleep(timers.T309);
  context.equal(
    [side.active().length, side.open],
    [2 * activeEach, 2 * activeEach],
    "our calls active, and in all",
  );
  peer.send("counters");
  const { open, libpri } = await peer.expect({ event: "counters" });
  context.equal([open, libpri], [2 * activeEach, 2 * activeEach], "the peer's calls, and libpri's own count");
}

async function endAll(context: Context, side: Side, peer: Peer): Promise<void> {
  for (const call of side.active()) side.hangUp(call);
  await allReleased(context, peer, "first", 16);
  await context.until("all calls are over", () => side.open === 0);
  context.equal(side.busy(), [], "channels that are not idle");
}

async function allReleased(context: Context, peer: Peer, name: string, cause: number): Promise<void> {
  for (let index = 0; index < activeEach; index++) {
    const released = await peer.expect({ event: "released", call: `${name}${index}` }, 20_000);
    context.equal(released["cause"], cause, `${name}${index}: cause at libpri`);
  }
  await context.until("libpri has nothing open", async () => {
    peer.send("counters");
    const { open, libpri } = await peer.expect({ event: "counters" });
    return open === 0 && libpri === 0;
  });
}

async function callOnEach(context: Context, side: Side, channels: number, data: number): Promise<void> {
  const wanted = Array.from({ length: channels }, (_, index) => index + 1).filter(
    (number) => number !== data,
  );
  const calls = wanted.map((number) =>
    side.place({ called: "4700", holdMs: 1000, channel: { number, exclusive: true } }),
  );
  const done = await Promise.all(calls);
  const well = done.filter(({ answered, cause }) => answered && cause === 16).map(({ channel }) => channel);
  context.equal(well, wanted, "channels on which a call succeeds after all");
}
