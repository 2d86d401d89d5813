// Contract of boards: what a board says of itself, and who may open what, when.
import assert from "node:assert/strict";
import type { LineConfig } from "../../src/boards/board.ts";
import { type BoardCase, firstOf, throwsCode } from "./board-rig.ts";
import { usualE1 } from "../support/line-config.ts";

export const openingCases: readonly BoardCase[] = [
  {
    name: "spans and channels say what they are",
    run({ board }) {
      assert.ok(board.id.length > 0);
      const spanNumbers = board.spans.map((span) => span.number);
      assert.equal(new Set(spanNumbers).size, spanNumbers.length, "span numbers are unique");
      const channels = board.spans.flatMap((span) => span.channels);
      const numbers = channels.map((channel) => channel.number);
      assert.equal(new Set(numbers).size, numbers.length, "channel numbers are unique over all spans");
      for (const span of board.spans) {
        assert.ok(span.number >= 1 && span.name.length > 0);
        assert.deepEqual(
          span.channels.map((channel) => channel.position),
          span.channels.map((_, index) => index + 1),
          "positions count from 1",
        );
        for (const channel of span.channels) {
          assert.equal(channel.span, span);
          assert.ok(channel.number >= 1);
          assert.equal(channel.kind === "analog", span.kind === "analog");
        }
        const dataPositions = span.channels.flatMap((channel) =>
          channel.kind === "data" ? [channel.position] : [],
        );
        if (span.kind !== "analog") assert.deepEqual(dataPositions, [span.kind === "E1" ? 16 : 3]);
        assert.equal(span.kind === "E1" ? span.channels.length : 31, 31);
        assert.equal(span.kind === "BRI" ? span.channels.length : 3, 3);
        const status = span.status();
        assert.deepEqual(status.alarms, [], "in order");
        for (const count of Object.values(status.counters)) assert.ok(Number.isInteger(count));
        assert.ok(Number.isInteger(status.syncSource));
      }
      return Promise.resolve();
    },
  },
  {
    name: "a digital line is driven as it is told, and says so",
    run({ board, linesAreDriven }) {
      const [primary, analog] = (["E1", "analog"] as const).map((kind) =>
        board.spans.find((span) => span.kind === kind),
      );
      assert.ok(primary && analog);
      const line: LineConfig = usualE1;
      for (const [wanted, clockRank] of [[{ ...line, crc4: false }, 0] as const, [line, 1] as const]) {
        primary.configure(wanted, clockRank);
        assert.deepEqual(primary.status().line, linesAreDriven ? wanted : undefined);
      }
      const before = primary.status().line;
      throwsCode("ERR_DRIVER", () => primary.configure({ ...line, network: true }, 0), "an E1 is no NT");
      assert.deepEqual(primary.status().line, before, "what was set stays");
      throwsCode("ERR_UNSUPPORTED", () => analog.configure(line, 0), "an analog span");
      assert.equal(analog.status().line, undefined);
      return Promise.resolve();
    },
  },
  {
    name: "channels are for what they are assigned to, and the span is then another one",
    async run(rig) {
      const { board } = rig;
      const primary = board.spans.find(({ kind }) => kind === "E1");
      assert.ok(primary);
      assert.deepEqual(primary.uses, primary.usualUses, "as such spans are");
      const told: string[] = [];
      const unlisten = board.events.on(({ type, span }) => told.push(`${type} ${span.number}`));
      const fractional = primary.usualUses.map((use, index) =>
        index < 5 || use === "data" ? use : "unused",
      );
      const held = firstOf(board, "bearer").open({});
      throwsCode("ERR_CHANNEL_BUSY", () => primary.assign(fractional), "while a channel is open");
      void held.close();
      throwsCode("ERR_UNSUPPORTED", () => primary.assign(["fxs"]), "a telephone on an E1");
      assert.deepEqual(told, [], "nothing has changed");
      primary.assign(fractional);
      const { number } = primary;
      assert.deepEqual(told, [`span-removed ${number}`, `span-added ${number}`]);
      const another = board.spans.find((span) => span.number === number);
      assert.ok(another !== undefined && another !== primary);
      assert.deepEqual(
        another.channels.map(({ position, kind }) => `${position} ${kind}`),
        ["1 bearer", "2 bearer", "3 bearer", "4 bearer", "5 bearer", "16 data"],
      );
      assert.deepEqual(another.uses, fractional);
      another.channels.forEach((channel) => void channel.open({}).close());
      another.assign(another.usualUses);
      assert.equal(board.spans.find((span) => span.number === number)?.channels.length, 31);
      unlisten();
      await rig.pass(1500);
      assert.equal(told.length, 4, "nobody is told again");
    },
  },
  {
    name: "a channel has one holder, and can be opened again after close",
    run({ board }) {
      for (const channel of [
        firstOf(board, "bearer"),
        firstOf(board, "data"),
        firstOf(board, "fxo"),
        firstOf(board, "fxs"),
      ]) {
        const first = channel.open({});
        throwsCode("ERR_CHANNEL_BUSY", () => channel.open({}), `${channel.kind} opened twice`);
        void first.close();
        void first.close();
        const second = channel.open({});
        void first.close();
        throwsCode("ERR_CHANNEL_BUSY", () => channel.open({}), "an old holder's close changes nothing");
        void second.close();
      }
      return Promise.resolve();
    },
  },
  {
    name: "nothing works after close",
    run({ board }) {
      const data = firstOf(board, "data").open();
      data.close();
      throwsCode("ERR_CLOSED", () => data.send(Uint8Array.of(1, 2, 3)), "send");
      for (const role of ["fxo", "fxs"] as const) {
        const port = firstOf(board, role).open({});
        void port.close();
        throwsCode("ERR_CLOSED", () => port.offHook(), `${role} offHook`);
        throwsCode("ERR_CLOSED", () => port.onHook(), `${role} onHook`);
        throwsCode("ERR_CLOSED", () => port.flash(), `${role} flash`);
        throwsCode("ERR_CLOSED", () => port.startRing(), `${role} startRing`);
        throwsCode("ERR_CLOSED", () => port.stopRing(), `${role} stopRing`);
        throwsCode("ERR_CLOSED", () => port.dialPulses("1"), `${role} dialPulses`);
        throwsCode("ERR_CLOSED", () => port.setPolarity(true), `${role} setPolarity`);
        throwsCode("ERR_CLOSED", () => port.transmitOnHook(1000), `${role} transmitOnHook`);
        throwsCode("ERR_CLOSED", () => port.showMessages(1), `${role} showMessages`);
      }
      return Promise.resolve();
    },
  },
  {
    name: "the law asked for is the law of the audio",
    run({ board }) {
      for (const channel of [firstOf(board, "bearer"), firstOf(board, "fxs")]) {
        for (const law of ["alaw", "ulaw"] as const) {
          const open = channel.open({ law });
          assert.ok(open.audio.kind !== "stream");
          assert.equal(open.audio.law, law);
          void open.close();
        }
        const open = channel.open({});
        assert.ok(open.audio.kind !== "stream");
        assert.equal(open.audio.law, "alaw", "A-law unless told otherwise");
        void open.close();
      }
      return Promise.resolve();
    },
  },
  {
    name: "an FXO port does not ring, and an FXS port does not flash or dial",
    run({ board }) {
      const fxo = firstOf(board, "fxo").open({});
      throwsCode("ERR_UNSUPPORTED", () => fxo.startRing(), "startRing");
      throwsCode("ERR_UNSUPPORTED", () => fxo.stopRing(), "stopRing");
      throwsCode("ERR_UNSUPPORTED", () => fxo.setPolarity(true), "setPolarity");
      throwsCode("ERR_UNSUPPORTED", () => fxo.transmitOnHook(1000), "transmitOnHook");
      throwsCode("ERR_UNSUPPORTED", () => fxo.showMessages(1), "showMessages");
      void fxo.close();
      const fxs = firstOf(board, "fxs").open({});
      throwsCode("ERR_UNSUPPORTED", () => fxs.flash(), "flash");
      throwsCode("ERR_UNSUPPORTED", () => fxs.dialPulses("12"), "dialPulses");
      void fxs.close();
      return Promise.resolve();
    },
  },
];

/** To be run last: it closes the board. */
export const closingCases: readonly BoardCase[] = [
  {
    name: "closing the board closes what is open, and may be done twice",
    async run({ board }) {
      const bearer = firstOf(board, "bearer");
      bearer.open({});
      const data = firstOf(board, "data").open();
      const port = firstOf(board, "fxs").open({});
      await board.close();
      await board.close();
      throwsCode("ERR_CLOSED", () => data.send(Uint8Array.of(1)), "send");
      throwsCode("ERR_CLOSED", () => port.onHook(), "onHook");
      throwsCode("ERR_CLOSED", () => bearer.open({}), "open");
    },
  },
];
