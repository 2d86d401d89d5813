// The browsers of the web's figures: ask again and again, then listen and say how late each change came.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { WebSocket } from "ws";

const { port, listeners, pushes, name, password } = workerData as {
  readonly port: number;
  readonly listeners: number;
  readonly pushes: number;
  readonly name: string;
  readonly password: string;
};
const base = `127.0.0.1:${port}/api/v1`;
const signIn = await fetch(`http://${base}/session`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ name, password }),
});
const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";

/** Answers a second with four requests under way; few enough that the limit for one address is not met. */
async function rate(path: string, requests: number): Promise<number> {
  let left = requests;
  const since = performance.now();
  const one = async (): Promise<void> => {
    while (left-- > 0) {
      const reply = await fetch(`http://${base}${path}`, { headers: { cookie } });
      if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
      await reply.arrayBuffer();
    }
  };
  await Promise.all([one(), one(), one(), one()]);
  return Math.round((requests / (performance.now() - since)) * 1000);
}

await rate("/calls", 150);
const rates = [await rate("/calls", 400), await rate("/ready", 400)];
const sockets = Array.from(
  { length: listeners },
  () => new WebSocket(`ws://${base}/events`, { headers: { cookie } }),
);
const latencies: number[] = [];
for (const socket of sockets)
  socket.on("message", (data: Buffer) => {
    const at = performance.timeOrigin + performance.now();
    const event = JSON.parse(data.toString()) as { type: string; call?: { phaseSince: number } };
    if (event.type !== "call" || event.call === undefined) return;
    latencies.push(at - event.call.phaseSince);
    if (latencies.length === pushes * listeners)
      parentPort?.postMessage({ type: "latencies", values: latencies });
  });
await Promise.all(sockets.map((socket) => once(socket, "open")));
parentPort?.postMessage({ type: "rates", values: rates });
