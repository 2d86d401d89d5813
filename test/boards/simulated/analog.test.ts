// A simulated telephone line behaves as the driver's: ring, answer, hang-up, flash, pulses, kewl start, polarity.
import t from "tap";
import type { AnalogEvent, Board, OpenAnalogPort } from "../../../src/boards/board.ts";
import { createSimulatedPair } from "../../../src/boards/simulated/board.ts";
import { createTestClock } from "../../support/test-clock.ts";

function analogPort(board: Board, position: number): OpenAnalogPort {
  const channel = board.spans[0]?.channels[position - 1];
  if (channel?.kind !== "analog") throw new Error(`no analog port ${position}`);
  return channel.open({});
}

/** An FXO port of the box and the exchange's FXS port on its far end; what each was told. */
function line() {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxo", "fxs"] }] }, { clock });
  const fxo = analogPort(pair.near, 1);
  const fxs = analogPort(pair.far, 1);
  const told: string[] = [];
  const show = (who: string) => (event: AnalogEvent) => {
    const what =
      event.type === "ringer"
        ? `ringer ${event.on}`
        : event.type === "pulse-digit"
          ? event.digit
          : event.type;
    told.push(`${clock.monotonic()} ${who} ${what}`);
  };
  fxo.events.on(show("fxo"));
  fxs.events.on(show("fxs"));
  return { clock, pair, fxo, fxs, told };
}

t.test("roles: what is FXO here is FXS at the far end", (t) => {
  const { pair } = line();
  const roles = (board: Board) =>
    board.spans[0]?.channels.map((channel) => (channel.kind === "analog" ? channel.role : channel.kind));
  t.strictSame(roles(pair.near), ["fxo", "fxs"]);
  t.strictSame(roles(pair.far), ["fxs", "fxo"]);
  t.end();
});

t.test("ringing follows the cadence until the loop closes", async (t) => {
  const { clock, fxo, fxs, told } = line();
  fxs.startRing([1000, 4000]);
  await clock.advance(6500);
  t.strictSame(told, [
    "0 fxs ringer true",
    "0 fxo ring-begin",
    "1000 fxs ringer false",
    "1050 fxo ring",
    "5000 fxs ringer true",
    "5000 fxo ring-begin",
    "6000 fxs ringer false",
    "6050 fxo ring",
  ]);
  told.length = 0;
  await clock.advance(3500);
  t.strictSame(told, ["10000 fxs ringer true", "10000 fxo ring-begin"]);
  told.length = 0;
  fxo.offHook();
  await clock.advance(20_000);
  t.strictSame(
    told,
    ["10000 fxs ringer false", "10000 fxs off-hook"],
    "no end of ring for the one that answered",
  );
});

t.test("a ring that stops is told as its end", async (t) => {
  const { clock, fxs, told } = line();
  fxs.startRing();
  await clock.advance(500);
  fxs.stopRing();
  await clock.advance(10_000);
  t.strictSame(told, ["0 fxs ringer true", "0 fxo ring-begin", "500 fxs ringer false", "550 fxo ring"]);
});

t.test("hanging up takes as long as telling it from a flash", async (t) => {
  const { clock, fxo, told } = line();
  fxo.offHook();
  await clock.advance(1000);
  fxo.onHook();
  await clock.advance(3000);
  t.strictSame(told, ["0 fxs off-hook", "2250 fxs on-hook"]);
});

t.test("flash", async (t) => {
  const { clock, fxo, told } = line();
  fxo.flash();
  await clock.advance(1000);
  t.strictSame(told, [], "on hook there is nothing to break");
  fxo.offHook();
  fxo.flash();
  await clock.advance(3000);
  t.strictSame(told, ["1000 fxs off-hook", "1400 fxs flash", "1400 fxo hook-complete"]);
});

t.test("pulse digits, zero is ten", async (t) => {
  const { clock, fxo, told } = line();
  fxo.offHook();
  fxo.dialPulses("120x");
  await clock.advance(20_000);
  t.strictSame(
    told.map((line) => line.replace(/^\d+ /, "")),
    ["fxs off-hook", "fxs 1", "fxs 2", "fxs 0", "fxo pulses-sent"],
  );
});

t.test("hanging up in the middle of pulses", async (t) => {
  const { clock, fxo, told } = line();
  fxo.offHook();
  fxo.dialPulses("99");
  await clock.advance(420);
  fxo.onHook();
  await clock.advance(20_000);
  t.strictSame(told, ["0 fxs off-hook", "1650 fxs on-hook"]);
});

t.test("kewl start: the exchange clears, then sees the box hang up", async (t) => {
  const { clock, fxo, fxs, told } = line();
  fxo.offHook();
  await clock.advance(5000);
  fxs.onHook();
  await clock.advance(100);
  fxo.onHook();
  await clock.advance(5000);
  t.strictSame(told, ["0 fxs off-hook", "5000 fxo on-hook", "5800 fxs on-hook"]);
});

t.test("kewl start: a phone that stays off hook is on hook when it is put down", async (t) => {
  const { clock, fxo, fxs, told } = line();
  fxo.offHook();
  await clock.advance(5000);
  fxs.onHook();
  await clock.advance(5000);
  fxo.onHook();
  await clock.advance(5000);
  t.strictSame(told, ["0 fxs off-hook", "5000 fxo on-hook", "11250 fxs on-hook"]);
});

t.test("a phone that is off hook when its port is opened is told", async (t) => {
  const clock = createTestClock();
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxs"] }] }, { clock });
  analogPort(pair.far, 1).offHook();
  const seen: string[] = [];
  analogPort(pair.near, 1).events.on((event) => seen.push(event.type));
  await clock.advance(10);
  t.strictSame(seen, ["off-hook"]);
});

t.test("ringing a phone that is off hook does not ring", async (t) => {
  const { clock, fxo, fxs, told } = line();
  fxo.offHook();
  fxs.startRing();
  await clock.advance(5000);
  t.strictSame(told, ["0 fxs off-hook"]);
});

t.test("polarity is told at each change", async (t) => {
  const { clock, fxs, told } = line();
  fxs.setPolarity(true);
  fxs.setPolarity(true);
  await clock.advance(1);
  fxs.setPolarity(false);
  await clock.advance(1);
  t.strictSame(told, ["0 fxo polarity", "1 fxo polarity"]);
});

t.test("a pulled cable is an alarm, not a hang-up; changes are seen when it is back", async (t) => {
  const { clock, pair, fxo, fxs, told } = line();
  fxo.offHook();
  await clock.advance(1000);
  pair.cable(1).pull();
  await clock.advance(10_000);
  fxo.onHook();
  fxs.setPolarity(true);
  await clock.advance(10_000);
  t.strictSame(told, ["0 fxs off-hook", "1000 fxo alarm", "1000 fxs alarm"]);
  told.length = 0;
  pair.cable(1).plug();
  await clock.advance(5000);
  t.strictSame(told, ["21000 fxo alarm-clear", "21000 fxs alarm-clear", "22250 fxs on-hook"]);
});

t.test("what the other role does is refused, and nothing works after close", (t) => {
  const { fxo, fxs } = line();
  t.throws(() => fxo.startRing(), { code: "ERR_UNSUPPORTED" });
  t.throws(() => fxo.setPolarity(true), { code: "ERR_UNSUPPORTED" });
  t.throws(() => fxs.flash(), { code: "ERR_UNSUPPORTED" });
  t.throws(() => fxs.dialPulses("1"), { code: "ERR_UNSUPPORTED" });
  void fxo.close();
  void fxo.close();
  void fxs.close();
  t.throws(() => fxo.offHook(), { code: "ERR_CLOSED" });
  t.throws(() => fxs.startRing(), { code: "ERR_CLOSED" });
  t.end();
});

t.test("closing a port hangs it up, and leaves no timer", async (t) => {
  const { clock, fxo, fxs, told } = line();
  fxo.offHook();
  fxo.dialPulses("5");
  await clock.advance(60);
  void fxo.close();
  await clock.advance(3000);
  t.strictSame(told, ["0 fxs off-hook", "1310 fxs on-hook"]);
  fxs.startRing();
  void fxs.close();
  await clock.advance(100);
  t.equal(clock.pending, 0);
});
