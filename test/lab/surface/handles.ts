// Handles: misuse of open and closed ones, and environments that end without closing theirs.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { driver } from "node-dahdi";
import { methodsOf, misuse } from "../../native/driver/misuse.ts";
import type { Context } from "../support/scenario.ts";
import { channelAt } from "../support/spans.ts";
import type { Bench } from "./tools.ts";

export async function proveHandles(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { analog, e1 } = bench;
  const port = channelAt(analog.near, 1);
  const openings = [
    () => driver.openChannel(port),
    () => driver.openChannel(channelAt(e1.near, 16)),
    () => driver.openPseudo(),
    () => driver.openControl(),
  ];
  for (const open of openings) {
    const handle = open();
    const used = await misuse(handle, ["close"]);
    context.log(`misuse of an open handle: ${used.calls} calls, ${JSON.stringify(used.outcomes)}`);
    context.check(
      (used.outcomes["ERR_ARGUMENT"] ?? 0) > used.calls / 2,
      "most were refused by their arguments",
    );
    handle.close();
    handle.close();
    context.equal(handle.isClosed(), true, "closed");
    const closed = await misuse(handle, ["close", "isClosed"]);
    context.equal(
      closed.outcomes,
      { ERR_CLOSED: closed.calls },
      "a closed handle says so, whatever is asked",
    );
    context.check(methodsOf(handle).length > 15, "all methods were tried");
  }
  for (let round = 0; round < 3; round++) {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: port });
    await once(worker, "message");
    await worker.terminate();
    driver.openChannel(port).close();
  }
  context.log("a worker that ended left no channel open");
}
