// Run under the fake driver by handles.test.ts: says what it saw as one line of JSON.
import { driver } from "node-dahdi";
import { codeOf } from "../../../src/shared/errors.ts";
import { misuse } from "./misuse.ts";

const errnoOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return driver.isDriverError(error) ? [error.errno, error.number, error.operation] : codeOf(error);
  }
};

const report: Record<string, unknown> = {};
for (const [name, open] of Object.entries({
  channel: () => driver.openChannel(7),
  pseudo: () => driver.openPseudo(),
  control: () => driver.openControl(),
})) {
  const handle = open();
  const opened = await misuse(handle, ["close"]);
  handle.close();
  const closed = await misuse(handle, ["close", "isClosed"]);
  report[name] = { open: opened, closed, isClosed: handle.isClosed() };
}

const channel = driver.openChannel(7);
process.env["FAKE_DRIVER_ERRNO"] = "500";
report["elast"] = errnoOf(() => channel.setPolarity(true));
process.env["FAKE_DRIVER_ERRNO"] = "115";
report["hook"] = errnoOf(() => channel.hook("flash"));
process.env["FAKE_DRIVER_ERRNO"] = "16";
report["busy"] = errnoOf(() => channel.hook("ring"));
delete process.env["FAKE_DRIVER_ERRNO"];
report["done"] = errnoOf(() => channel.hook("off-hook"));
report["nothingToRead"] = channel.read(Buffer.alloc(160));
report["written"] = channel.write(Buffer.alloc(160));
report["sent"] = channel.sendFrame(Uint8Array.of(1, 2, 3));
report["event"] = channel.nextEvent() ?? "none";

// A setter whose argument closes the handle while it is read: the call goes nowhere it should not.
const second = driver.openChannel(8);
const treacherous = {
  get count() {
    second.close();
    return 4;
  },
  size: 160,
  txPolicy: "immediate" as const,
};
report["closedMeanwhile"] = errnoOf(() => second.setBufferInfo(treacherous)) ?? "done";
report["afterwards"] = errnoOf(() => second.blockSize());

// Listening keeps the process alive until close; closing in a listener is allowed. Here nothing comes: close ends it.
channel.onEvent(() => undefined);
channel.onFrame(() => channel.close());
setImmediate(() => channel.close());
process.stdout.write(`${JSON.stringify(report)}\n`);
