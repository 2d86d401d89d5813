// Run under the fake driver by handles.test.ts: workers that are ended while frames pour in, and what a listener gets.
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { driver } from "node-dahdi";

if (isMainThread) await main();
else pour();

/** Listens for ever; the first frame is told, to be ended in the midst of the others. */
function pour(): void {
  const channel = driver.openChannel(7);
  channel.onEvent(() => undefined);
  channel.onFrame((frame) => {
    if (frame[0] === 3) parentPort?.postMessage("pouring");
  });
}

async function main(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const worker = new Worker(new URL(import.meta.url));
    await once(worker, "message");
    await worker.terminate();
  }
  const frames: Uint8Array[] = [];
  const channel = driver.openChannel(8);
  const thrown = once(process, "uncaughtException");
  await new Promise<void>((resolve) => {
    channel.onFrame((frame) => {
      frames.push(frame);
      if (frames.length === 2) throw new Error("from a listener");
      if (frames.length === 10) resolve(channel.close());
    });
  });
  const [error] = (await thrown) as [Error];
  process.stdout.write(
    JSON.stringify({ error: error.message, frames: frames.map((frame) => Array.from(frame)) }),
  );
}
