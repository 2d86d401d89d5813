// A worker thread that opens a channel, listens, and never closes it.
import { parentPort, workerData } from "node:worker_threads";
import { driver } from "node-dahdi";

const channel = driver.openChannel(Number(workerData));
channel.onEvent(() => undefined);
channel.onFrame(() => undefined);
parentPort?.postMessage("open");
