// Simulated E1 and BRI: frames and audio pairs across the cable, alarms, one holder a channel.
import t from "tap";
import type { Board, OpenDataChannel } from "../../../src/boards/board.ts";
import { createSimulatedPair, demoOffice } from "../../../src/boards/simulated/board.ts";
import { createTestClock } from "../../support/test-clock.ts";

function dataChannel(board: Board, span: number): OpenDataChannel {
  const channel = board.spans[span - 1]?.channels.find(({ kind }) => kind === "data");
  if (channel?.kind !== "data") throw new Error("no D-channel");
  return channel.open();
}

function bearer(board: Board, span: number, position: number) {
  const channel = board.spans[span - 1]?.channels[position - 1];
  if (channel?.kind !== "bearer") throw new Error("no bearer");
  return channel;
}

t.test("the demo office has the ports that it says", (t) => {
  const { near, far } = createSimulatedPair(demoOffice, { clock: createTestClock() });
  const kinds = (board: Board) =>
    board.spans.map(({ kind, channels }) => [
      kind,
      ...["bearer", "data", "analog"].map(
        (kind) => channels.filter((channel) => channel.kind === kind).length,
      ),
    ]);
  t.strictSame(kinds(near), [
    ["E1", 30, 1, 0],
    ["BRI", 2, 1, 0],
    ["BRI", 2, 1, 0],
    ["analog", 0, 0, 4],
    ["analog", 0, 0, 8],
  ]);
  t.strictSame(kinds(far), kinds(near));
  const channels = near.spans.flatMap((span) => span.channels);
  t.strictSame(
    channels.map(({ number }) => number),
    channels.map((_, index) => index + 1),
    "channel numbers run over all spans",
  );
  t.equal(near.spans[0]?.channels[15]?.kind, "data", "the E1's D-channel is on timeslot 16");
  t.ok(channels.every(({ span, position }) => span.channels[position - 1] !== undefined));
  t.end();
});

t.test("frames arrive whole, in order, on a later turn, and as the listener's own octets", async (t) => {
  const clock = createTestClock();
  const { near, far } = createSimulatedPair(demoOffice, { clock });
  const a = dataChannel(near, 1);
  const b = dataChannel(far, 1);
  const got: number[][] = [];
  b.events.on((event) => event.type === "frame" && got.push([...event.frame]));
  const frame = Uint8Array.of(1, 2, 3);
  a.send(frame);
  frame[0] = 99;
  a.send(Uint8Array.of(4));
  t.strictSame(got, []);
  await clock.advance(0);
  t.strictSame(got, [[1, 2, 3], [4]]);
});

t.test("too long a frame is told to its sender", async (t) => {
  const clock = createTestClock();
  const a = dataChannel(createSimulatedPair(demoOffice, { clock }).near, 1);
  const got: unknown[] = [];
  a.events.on((event) => got.push(event));
  a.send(new Uint8Array(513));
  await clock.advance(0);
  t.strictSame(got, [{ type: "error", reason: "send-failed" }]);
});

t.test("frames can be lost by rule and by a pulled cable", async (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair(demoOffice, { clock });
  const a = dataChannel(pair.near, 1);
  const b = dataChannel(pair.far, 1);
  const got: string[] = [];
  a.events.on((event) => got.push(event.type === "frame" ? `near ${event.frame.join()}` : event.type));
  b.events.on((event) => got.push(event.type === "frame" ? `far ${event.frame.join()}` : event.type));
  pair.cable(1).loseFrames((frame, from) => from === "near" && frame[0] === 7);
  a.send(Uint8Array.of(7));
  a.send(Uint8Array.of(8));
  b.send(Uint8Array.of(7));
  await clock.advance(0);
  t.strictSame(got, ["far 8", "near 7"]);
  got.length = 0;
  pair.cable(1).loseFrames(undefined);
  pair.cable(1).pull();
  pair.cable(1).pull();
  a.send(Uint8Array.of(1));
  await clock.advance(0);
  pair.cable(1).plug();
  a.send(Uint8Array.of(2));
  await clock.advance(0);
  t.strictSame(got, ["alarm", "alarm", "alarm-clear", "alarm-clear", "far 2"]);
});

t.test("a span shows its alarm as long as the cable is out", (t) => {
  const pair = createSimulatedPair(demoOffice, { clock: createTestClock() });
  const told: string[] = [];
  for (const board of [pair.near, pair.far])
    board.spans[1]?.events.on((event) => told.push(`${board.id} ${event.alarms.join()}`));
  pair.cable(2).pull();
  t.strictSame(pair.near.spans[1]?.status().alarms, ["RED"]);
  t.strictSame(pair.near.spans[0]?.status().alarms, [], "the other spans are in order");
  pair.cable(2).plug();
  t.strictSame(pair.near.spans[1]?.status().alarms, []);
  t.strictSame(told, ["sim-near RED", "sim-far RED", "sim-near ", "sim-far "]);
  t.throws(() => pair.cable(9), { code: "ERR_SPAN_UNKNOWN" });
  t.end();
});

t.test("both ends of a bearer give the two sides of one audio pair", (t) => {
  const { near, far } = createSimulatedPair(demoOffice, { clock: createTestClock(), name: "x" });
  t.strictSame(bearer(near, 2, 1).open({}).audio, { kind: "pair", pair: "x/2/1", side: "near", law: "alaw" });
  t.strictSame(bearer(far, 2, 1).open({ law: "ulaw" }).audio, {
    kind: "pair",
    pair: "x/2/1",
    side: "far",
    law: "ulaw",
  });
  t.end();
});

t.test("a channel has one holder; closing the board closes all", async (t) => {
  const { near } = createSimulatedPair(demoOffice, { clock: createTestClock() });
  const first = bearer(near, 1, 1).open({});
  t.throws(() => bearer(near, 1, 1).open({}), { code: "ERR_CHANNEL_BUSY" });
  void first.close();
  void first.close();
  bearer(near, 1, 1).open({});
  const data = dataChannel(near, 1);
  await near.close();
  t.throws(() => data.send(Uint8Array.of(1)), { code: "ERR_CLOSED" });
  t.throws(() => bearer(near, 1, 1).open({}), { code: "ERR_CLOSED" });
  await near.close();
});
