// The machine's own clock beside what comes from outside.
import { Worker } from "node:worker_threads";
import t from "tap";
import { systemClock } from "../../src/shared/clock.ts";

/** The program stands still. */
const stand = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

t.test(
  "what came while the program stood still is taken before timers that are due; and may cancel them",
  async (t) => {
    const other = new Worker(
      `const { parentPort } = require("node:worker_threads");
     parentPort.on("message", (signal) => {
       parentPort.postMessage("key");
       Atomics.store(signal, 0, 1);
       Atomics.notify(signal, 0);
     });`,
      { eval: true },
    );
    await new Promise((resolve) => other.once("online", resolve));
    // Not while messages are being taken: another one would be taken with them.
    await new Promise(setImmediate);
    const order: string[] = [];
    const signal = new Int32Array(new SharedArrayBuffer(4));
    await new Promise<void>((resolve) => {
      systemClock.after(5, () => {
        order.push("timer");
        resolve();
      });
      const cancel = systemClock.after(5, () => order.push("cancelled"));
      other.once("message", (key: string) => {
        order.push(key);
        cancel();
      });
      other.postMessage(signal);
      Atomics.wait(signal, 0, 0);
      stand(20);
    });
    t.same(order, ["key", "timer"]);
    await other.terminate();
  },
);

t.test("a timer is cancelled by one that is due with it", async (t) => {
  const fired = await new Promise<readonly string[]>((resolve) => {
    const order: string[] = [];
    systemClock.after(1, () => {
      order.push("first");
      cancel();
    });
    const cancel = systemClock.after(1, () => order.push("second"));
    systemClock.after(2, () => resolve(order));
    stand(10);
  });
  t.same(fired, ["first"]);
});
