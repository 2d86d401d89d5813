// Contract of boards: frames of D-channels, alarms of spans and channels.
import assert from "node:assert/strict";
import type { DataEvent } from "../../src/boards/board.ts";
import { type BoardCase, listen, farData, firstOf, until } from "./board-rig.ts";

const framesOf = (events: readonly DataEvent[]): readonly Uint8Array[] =>
  events.flatMap((event) => (event.type === "frame" ? [event.frame] : []));

const octets = (frame: Uint8Array): readonly number[] => Array.from(frame);

/** A frame that starts with `first` and goes on with a fixed pattern that has runs of ones and zeros. */
const frameOf = (first: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index === 0 ? first : (index * 37 + (index % 7) * 255) & 0xff));

export const digitalCases: readonly BoardCase[] = [
  {
    name: "frames cross both ways, whole and in order",
    async run(rig) {
      const channel = firstOf(rig.board, "data");
      const near = channel.open();
      const far = farData(rig, channel).open();
      const [atNear, atFar] = [listen(near), listen(far)];
      await rig.pass(200);
      const sent = [3, 4, 5, 20, 64, 260].map((length, index) => frameOf(index + 1, length));
      for (const frame of sent) {
        near.send(frame);
        far.send(frame);
        await rig.pass(60);
      }
      await until(
        rig,
        "all frames",
        () => framesOf(atFar.all).length >= sent.length && framesOf(atNear.all).length >= sent.length,
      );
      assert.deepEqual(framesOf(atFar.all).map(octets), sent.map(octets));
      assert.deepEqual(framesOf(atNear.all).map(octets), sent.map(octets));
      near.close();
      far.close();
    },
  },
  {
    name: "several frames at once are queued, and the sender's buffer is its own again",
    async run(rig) {
      const channel = firstOf(rig.board, "data");
      const near = channel.open();
      const far = farData(rig, channel).open();
      const atFar = listen(far);
      await rig.pass(200);
      const buffer = new Uint8Array(8);
      for (let n = 1; n <= 5; n++) near.send(buffer.fill(n));
      buffer.fill(0xff);
      await until(rig, "five frames", () => framesOf(atFar.all).length >= 5);
      assert.deepEqual(
        framesOf(atFar.all).map((frame) => [frame.length, frame[0], frame[7]]),
        [1, 2, 3, 4, 5].map((n) => [8, n, n]),
      );
      near.close();
      far.close();
    },
  },
  {
    name: "the longest frame passes; one beyond is told as an error and sends nothing",
    async run(rig) {
      const channel = firstOf(rig.board, "data");
      const near = channel.open();
      const far = farData(rig, channel).open();
      const [atNear, atFar] = [listen(near), listen(far)];
      await rig.pass(200);
      near.send(frameOf(1, 513));
      near.send(frameOf(2, 512));
      await until(rig, "the frame", () => framesOf(atFar.all).length > 0);
      assert.deepEqual(framesOf(atFar.all).map(octets), [octets(frameOf(2, 512))]);
      assert.deepEqual(
        atNear.all.filter((event) => event.type === "error"),
        [{ type: "error", reason: "send-failed" }],
      );
      near.close();
      far.close();
    },
  },
  {
    name: "a listener that was removed, and a channel that was closed, hear nothing",
    async run(rig) {
      const channel = firstOf(rig.board, "data");
      const near = channel.open();
      const far = farData(rig, channel).open();
      const heard: number[] = [];
      const remove = near.events.on((event) => event.type === "frame" && heard.push(event.frame[0] ?? 0));
      const kept = listen(near);
      await rig.pass(200);
      far.send(Uint8Array.of(1, 0, 0));
      await until(rig, "the first frame", () => heard.length === 1);
      remove();
      far.send(Uint8Array.of(2, 0, 0));
      await until(rig, "the second frame", () => framesOf(kept.all).length === 2);
      near.close();
      far.send(Uint8Array.of(3, 0, 0));
      await rig.pass(300);
      assert.deepEqual(heard, [1]);
      assert.equal(framesOf(kept.all).length, 2);
      far.close();
    },
  },
  {
    name: "a cut cable raises an alarm on the span and its open channels, and clears it when mended",
    async run(rig) {
      const channel = firstOf(rig.board, "bearer");
      const span = channel.span;
      const told = listen(span);
      const bearer = channel.open({});
      const atBearer = listen(bearer);
      await rig.cut(span);
      await until(rig, "the alarm", () => span.status().alarms.length > 0 && told.all.length > 0, 10_000);
      assert.ok(span.status().alarms.includes("RED"));
      await until(
        rig,
        "the channel's alarm",
        () => atBearer.all.some((event) => event.type === "alarm"),
        10_000,
      );
      await rig.mend(span);
      await until(rig, "the end of the alarm", () => span.status().alarms.length === 0, 10_000);
      await until(
        rig,
        "the channel's",
        () => atBearer.all.some((event) => event.type === "alarm-clear"),
        10_000,
      );
      await until(rig, "the span's", () => told.all.at(-1)?.alarms.length === 0, 10_000);
      assert.deepEqual(
        atBearer.all.map((event) => event.type),
        ["alarm", "alarm-clear"],
        "each told once",
      );
      assert.ok((told.all[0]?.alarms.length ?? 0) > 0);
      void bearer.close();
    },
  },
];
