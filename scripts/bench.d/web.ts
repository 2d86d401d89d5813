// Figures of the console's server, on a house of 240 busy lines and 120 calls: answers a second, and how long a
// change takes to a browser. The browsers are in a thread of their own, over loopback, without TLS.
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import type { LiveCall } from "../../src/calls/live.ts";
import { createApp } from "../../src/web/server.ts";
import { call, createHouse, line, passwords } from "../../test/web/support.ts";
import { figure, type Figure } from "./figure.ts";

const listeners = 20;
const pushes = 500;

export async function* figures(): AsyncGenerator<Figure> {
  const teardowns: (() => unknown)[] = [];
  const house = await createHouse({ teardown: (fn) => void teardowns.push(fn) });
  const lines = Array.from({ length: 240 }, (_, i) => ({ ...line, id: `1/${i}`, position: i + 1 }));
  house.calls.list.push(...Array.from({ length: 119 }, (_, i) => busyCall(i)));
  const app = await createApp({ ...house.deps, lines: { ...house.deps.lines, list: () => lines } });
  await app.start();
  await app.fastify.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.fastify.server.address() as AddressInfo;
  const browsers = new Worker(new URL("../lib/bench-browsers.ts", import.meta.url), {
    workerData: { port, listeners, pushes, name: "lead", password: passwords.lead },
  });
  const heard = (type: string): Promise<number[]> =>
    new Promise((resolve, reject) => {
      browsers.on("error", reject);
      browsers.on("message", (message: { type: string; values: number[] }) => {
        if (message.type === type) resolve(message.values);
      });
    });

  const [callsRate = 0, readyRate = 0] = await heard("rates");
  yield figure("web.calls-120.rate", callsRate, "requests/s", 300, "higher", { "an empty reply": readyRate });

  const latencies = heard("latencies");
  for (let i = 0; i < pushes; i++) {
    house.calls.emit({
      type: "call",
      call: { ...call, phaseSince: performance.timeOrigin + performance.now() },
    });
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  const sorted = (await latencies).sort((a, b) => a - b);
  for (const [name, share] of [["p50", 0.5] as const, ["p99", 0.99] as const])
    yield figure(
      `web.push-${listeners}.${name}`,
      sorted[Math.floor(sorted.length * share)] ?? Number.NaN,
      "ms",
      share < 0.9 ? 5 : 50,
      "lower",
    );

  await browsers.terminate();
  await app.close();
  for (const teardown of teardowns) await teardown();
}

const busyCall = (i: number): LiveCall => ({ ...call, id: `01BUSY${i}`, caller: { number: `021555${i}` } });
