// Runs scenarios inside the VM, one after another: loads the driver with the scenario's spans, runs it within its time,
// closes what it opened, and proves by the driver itself that nothing is left open. Results go to the VM's folder.
//   node guest.ts CLAIMS NAME…   those that no other VM claimed, by a folder of the scenario's name in the folder CLAIMS
//                                exit 3: the driver could not be unloaded, the VM is no good for the next one
import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadScenario } from "./catalogue.ts";
import { channelsInUse, driverDescriptors, loadDriver, unloadDriver } from "./driver.ts";
import { claim, type Result } from "./results.ts";
import { createContext, type OwnedContext, type Scenario } from "./scenario.ts";
import { outFolder } from "./vm.ts";

const report = (result: Result): void =>
  appendFileSync(join(process.env["LAB_FOLDER"] ?? "/tmp", "results"), `${JSON.stringify(result)}\n`);

const [claims = "", ...names] = process.argv.slice(2);
for (const name of names) {
  if (!claim(claims, name)) continue;
  rmSync(join(outFolder, name), { recursive: true, force: true });
  // At once: what was claimed and not begun would be nobody's.
  report({ type: "begin", name });
  const scenario = await loadScenario(name);
  const started = performance.now();
  const faults = await runScenario(scenario);
  report({ type: "end", name, ms: Math.round(performance.now() - started), faults: faults.messages });
  if (faults.dirty) process.exit(3);
}
process.exit(0);

async function runScenario(scenario: Scenario): Promise<{ messages: readonly string[]; dirty: boolean }> {
  const context = createContext(scenario);
  const messages: string[] = [];
  const step = async (what: string, work: () => void | Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      context.log(`${what}: ${text}`);
      messages.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  execFileSync("dmesg", ["--clear"]);
  if (await step("load", () => loadDriver(context.layout)))
    await step("run", () => within(scenario.run(context), scenario.timeoutSeconds));
  await step("close", () => within(context.close(), 30));
  await step("leaks", () => provesClosed(context));
  const clean = await step("unload", () => unloadDriver(context.layout));
  await step("kernel", () => provesKernelWell(context));
  messages.push(...context.faults);
  return { messages, dirty: !clean };
}

function within(work: Promise<void>, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done within ${seconds} s`)), seconds * 1000);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function provesClosed(context: OwnedContext): void {
  context.equal(driverDescriptors(), [], "open descriptors of the driver after the scenario");
  context.equal(channelsInUse(), [], "channels in use after the scenario");
}

function provesKernelWell(context: OwnedContext): void {
  const messages = execFileSync("dmesg", [], { encoding: "utf8" });
  writeFileSync(context.file("kernel.txt"), messages);
  const ill = messages
    .split("\n")
    .filter((line) => /BUG:|Oops|WARNING: CPU|soft lockup|hung task/.test(line));
  context.equal(ill, [], "complaints of the kernel");
}
