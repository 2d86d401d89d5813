// Contract of boards: what FXO and FXS ports do to each other over a line.
import assert from "node:assert/strict";
import type { AnalogEvent, OpenAnalogPort } from "../../src/boards/board.ts";
import { type BoardCase, type BoardRig, type Heard, farAnalog, firstOf, listen, until } from "./board-rig.ts";

interface Line {
  readonly fxo: OpenAnalogPort;
  readonly fxs: OpenAnalogPort;
  readonly atFxo: Heard<AnalogEvent>;
  readonly atFxs: Heard<AnalogEvent>;
}

/** Opens both ends of a line; `near` is the board's own. */
async function openLine(rig: BoardRig, near: "fxo" | "fxs"): Promise<Line> {
  const own = firstOf(rig.board, near);
  const other = farAnalog(rig, own);
  const [a, b] = [own.open({}), other.open({})];
  const [fxo, fxs] = near === "fxo" ? [a, b] : [b, a];
  const line = { fxo, fxs, atFxo: listen(fxo), atFxs: listen(fxs) };
  // A line settles after it was opened: what it says of its first state is no part of the case.
  await rig.pass(1500);
  line.atFxo.clear();
  line.atFxs.clear();
  return line;
}

async function closeLine(rig: BoardRig, { fxo, fxs }: Line): Promise<void> {
  void fxo.close();
  void fxs.close();
  await rig.pass(1000);
}

const types = ({ all }: Heard<AnalogEvent>): readonly string[] => all.map((event) => event.type);
const count = ({ all }: Heard<AnalogEvent>, type: AnalogEvent["type"]): number =>
  all.filter((event) => event.type === type).length;

const casesOf = (near: "fxo" | "fxs"): readonly BoardCase[] => [
  {
    name: `${near}: rings, is answered, and the exchange ends it`,
    async run(rig) {
      const line = await openLine(rig, near);
      line.fxs.startRing([800, 1200]);
      await until(rig, "two bursts", () => count(line.atFxo, "ring") >= 2);
      assert.deepEqual(types(line.atFxo).slice(0, 4), ["ring-begin", "ring", "ring-begin", "ring"]);
      assert.deepEqual(line.atFxs.all.slice(0, 3), [
        { type: "ringer", on: true },
        { type: "ringer", on: false },
        { type: "ringer", on: true },
      ]);
      line.fxo.offHook();
      await until(rig, "the answer", () => count(line.atFxs, "off-hook") === 1);
      const rings = count(line.atFxo, "ring-begin");
      await rig.pass(2500);
      assert.equal(count(line.atFxo, "ring-begin"), rings, "the answer ends the ringing");
      line.fxs.onHook();
      await until(rig, "the disconnect", () => count(line.atFxo, "on-hook") === 1);
      line.fxo.onHook();
      await until(rig, "the hang-up", () => count(line.atFxs, "on-hook") === 1);
      await closeLine(rig, line);
    },
  },
  {
    name: `${near}: ringing stops when told, and can start again`,
    async run(rig) {
      const line = await openLine(rig, near);
      line.fxs.startRing([400, 400]);
      await until(rig, "a burst", () => count(line.atFxo, "ring") >= 1);
      line.fxs.stopRing();
      await rig.pass(300);
      const rings = count(line.atFxo, "ring-begin");
      await rig.pass(2000);
      assert.equal(count(line.atFxo, "ring-begin"), rings);
      line.fxs.startRing([400, 400]);
      await until(rig, "another burst", () => count(line.atFxo, "ring-begin") > rings);
      line.fxs.stopRing();
      await rig.pass(500);
      await closeLine(rig, line);
    },
  },
  {
    name: `${near}: seizes, flashes, dials by pulses, hangs up`,
    async run(rig) {
      const line = await openLine(rig, near);
      line.fxo.offHook();
      await until(rig, "off-hook", () => count(line.atFxs, "off-hook") === 1);
      await rig.pass(1000);
      line.fxo.flash();
      await until(rig, "the flash", () => count(line.atFxs, "flash") === 1);
      await until(rig, "the flash's end", () => count(line.atFxo, "hook-complete") >= 1);
      await rig.pass(500);
      line.fxo.dialPulses("1907");
      await until(rig, "the digits", () => count(line.atFxo, "pulses-sent") === 1, 15_000);
      await until(rig, "the last digit", () => count(line.atFxs, "pulse-digit") >= 4);
      assert.deepEqual(
        line.atFxs.all.flatMap((event) => (event.type === "pulse-digit" ? [event.digit] : [])),
        ["1", "9", "0", "7"],
      );
      assert.equal(count(line.atFxs, "on-hook"), 0, "neither a flash nor a pulse is a hang-up");
      line.fxo.onHook();
      await until(rig, "on-hook", () => count(line.atFxs, "on-hook") === 1);
      await closeLine(rig, line);
    },
  },
  {
    name: `${near}: a phone that hangs up first leaves a line that rings again at once`,
    async run(rig) {
      const line = await openLine(rig, near);
      for (let call = 1; call <= 2; call++) {
        line.fxs.startRing([600, 600]);
        await until(rig, `ring ${call}`, () => count(line.atFxo, "ring-begin") >= 1);
        line.fxo.offHook();
        await until(rig, `answer ${call}`, () => count(line.atFxs, "off-hook") === 1);
        await rig.pass(1000);
        line.fxo.onHook();
        await until(rig, `hang-up ${call}`, () => count(line.atFxs, "on-hook") === 1);
        line.atFxo.clear();
        line.atFxs.clear();
      }
      await closeLine(rig, line);
    },
  },
  {
    name: `${near}: a phone that hangs up at any moment of the disconnect is heard, once, and may call again`,
    async run(rig) {
      const line = await openLine(rig, near);
      for (const gap of [100, 550, 700, 900]) {
        line.fxo.offHook();
        await until(rig, `off-hook before ${gap}`, () => count(line.atFxs, "off-hook") === 1);
        await rig.pass(800);
        line.fxs.onHook();
        await rig.pass(gap);
        line.fxo.onHook();
        await until(rig, `on-hook after ${gap} ms`, () => count(line.atFxs, "on-hook") === 1, 3000);
        await rig.pass(1500);
        const hooks = types(line.atFxs).filter((type) => type.endsWith("-hook"));
        assert.deepEqual(hooks, ["off-hook", "on-hook"], `hung up after ${gap} ms`);
        line.atFxs.clear();
      }
      await closeLine(rig, line);
    },
  },
  {
    name: `${near}: closing a port that is off hook hangs it up`,
    async run(rig) {
      const line = await openLine(rig, near);
      line.fxo.offHook();
      await until(rig, "off-hook", () => count(line.atFxs, "off-hook") === 1);
      await rig.pass(500);
      void line.fxo.close();
      await until(rig, "on-hook", () => count(line.atFxs, "on-hook") === 1);
      void line.fxs.close();
      await rig.pass(1000);
    },
  },
];

export const analogCases: readonly BoardCase[] = [...casesOf("fxo"), ...casesOf("fxs")];
