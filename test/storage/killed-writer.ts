// A program that writes whole calls and prints each one's id once it is committed, until somebody kills it.
import { systemClock } from "../../src/shared/clock.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { openStorage } from "../../src/storage/storage.ts";
import { noon, queueCall } from "./support.ts";

const [path = "", prefix = ""] = process.argv.slice(2);
const storage = await openStorage({ path, log: silentLogger, clock: systemClock });
for (let i = 0; i < 5000; i++) {
  const call = `${prefix}-${i}`;
  for (const event of queueCall(call, noon + i)) storage.append(event);
  await storage.committed();
  process.stdout.write(`${call}\n`);
}
await storage.close();
