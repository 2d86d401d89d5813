// The appliance itself as a process of its own, with the simulated office and a folder that is thrown away.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/free-port.ts";

export interface RealAppliance {
  readonly url: string;
  /** Of the first user, `admin`. */
  readonly password: string;
  /** What it has logged so far. */
  log(): string;
  /** Ends it in good order; gives its exit status. */
  close(): Promise<number | null>;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const startMs = 60_000;

export async function startAppliance(): Promise<RealAppliance> {
  const home = await mkdtemp(join(tmpdir(), "callbox-browser-"));
  const port = await freePort();
  const child = spawn(process.execPath, [`${root}dist/main.js`, "--simulated", "--port", String(port)], {
    env: { ...process.env, CALLBOX_HOME: home, CALLBOX_LOG: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const close = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    const status = await ended;
    await rm(home, { recursive: true, force: true });
    return status;
  };
  const password = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not up in ${startMs} ms:\n${said.slice(-2000)}`)),
      startMs,
    );
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /Password: +(\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then((status) => reject(new Error(`ended with ${String(status)}:\n${said.slice(-2000)}`)));
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url: `https://localhost:${port}/`, password, log: () => said, close };
}
