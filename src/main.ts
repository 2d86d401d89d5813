// The appliance as a process: arguments, the service manager, signals, and an end in good order.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { driver } from "node-dahdi";
import { startAppliance, type Appliance } from "./compose/appliance.ts";
import { parseCardQueue, parseSpans } from "./compose/boards.ts";
import { startWatchdog } from "./compose/watchdog.ts";
import { systemClock } from "./shared/clock.ts";
import { CallboxError } from "./shared/errors.ts";
import { createLogger } from "./shared/log.ts";

const root = join(import.meta.dirname, "..");
const watchdogMs = 3000;
const log = createLogger({ level: process.env["CALLBOX_LOG"] ?? "info" });

function options(): { readonly simulated: boolean; readonly port?: number } {
  try {
    const { values } = parseArgs({ options: { simulated: { type: "boolean" }, port: { type: "string" } } });
    const simulated = values.simulated ?? false;
    if (values.port === undefined) return { simulated };
    if (!/^\d{1,5}$/u.test(values.port) || Number(values.port) > 65_535 || Number(values.port) === 0)
      throw new CallboxError("ERR_ARGUMENTS", { detail: `--port ${values.port}` });
    return { simulated, port: Number(values.port) };
  } catch (cause) {
    if (cause instanceof CallboxError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new CallboxError("ERR_ARGUMENTS", { detail, cause });
  }
}

async function start(): Promise<Appliance> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const spans = parseSpans(process.env["CALLBOX_SPANS"]);
  const localSocket = process.env["CALLBOX_SOCKET"];
  const runtimeFolder = process.env["RUNTIME_DIRECTORY"];
  const cardQueueMs = parseCardQueue(process.env["CALLBOX_CARD_QUEUE_MS"]);
  return startAppliance({
    home: process.env["CALLBOX_HOME"] ?? join(root, "var"),
    root,
    version,
    clock: systemClock,
    log,
    ...options(),
    ...(spans === undefined ? {} : { spans }),
    ...(localSocket === undefined ? {} : { localSocket }),
    ...(runtimeFolder === undefined ? {} : { runtimeFolder }),
    ...(cardQueueMs === undefined ? {} : { cardQueueMs }),
  });
}

function greet({ url, firstUser, board }: Appliance): void {
  const hardware = board === "dahdi" ? "the cards of this box" : "a simulated office (no cards found)";
  console.error(`\nCallbox runs on ${hardware}.\n  Console:   ${url}`);
  if (firstUser !== undefined)
    console.error(`  User:      ${firstUser.name}\n  Password:  ${firstUser.password}   (shown once)`);
}

/** A fault that nobody caught leaves an unknown state: end, and let the service manager start afresh. */
function endOnFault(error: unknown): void {
  log.fatal({ err: error }, "a fault that nothing handled");
  process.exit(1);
}

process.on("uncaughtException", endOnFault);
process.on("unhandledRejection", endOnFault);

try {
  const appliance = await start();
  greet(appliance);
  driver.systemNotify(`READY=1\nSTATUS=Console at ${appliance.url}`);
  const stopWatchdog = startWatchdog({
    clock: systemClock,
    everyMs: watchdogMs,
    ticks: () => appliance.mediaTicks(),
    feed: () => void driver.systemNotify("WATCHDOG=1"),
    onStall: () => log.fatal("the media thread stands still"),
  });
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    driver.systemNotify("STOPPING=1");
    stopWatchdog();
    void appliance.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
} catch (error) {
  if (error instanceof CallboxError) {
    console.error(`callbox: ${error.code}: ${error.message}\n  ${error.remedy}`);
    log.debug({ err: error }, "did not start");
  } else log.fatal({ err: error }, "did not start");
  process.exit(1);
}
