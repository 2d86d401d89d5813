// The appliance under test: the whole product as a process of its own in the VM, watched through its REST API alone.
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "../../../src/config/settings.ts";
import type { Reply, RouteName } from "../../../src/web/api/routes.ts";
import { apiPort, operator } from "./office.ts";
import type { Context } from "./scenario.ts";
import { startService, type Service } from "./service.ts";
import { root } from "./vm.ts";

export type RecordView = Reply<"GET /records">["records"][number];

export interface Appliance {
  /** `get("GET /calls")`, `get("GET /records/:id", "/records/01H…")`. @throws with the refusal's text */
  get<Name extends RouteName>(name: Name, path?: string): Promise<Reply<Name>>;
  send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<unknown>;
  /** A recording's file, fetched through the API and kept as an artefact. @returns its path */
  fetchRecording(id: string, name: string): Promise<string>;
  /** Waits until no call is up, then gives the records, oldest first. */
  records(): Promise<readonly RecordView[]>;
  /** Resident memory, bytes, from the kernel. */
  rss(): number;
  readonly pid: number;
  /** After a crash of a managed one: waits until the next run answers. @returns ms since the crash */
  again(): Promise<number>;
  /** In good order, by SIGTERM. @throws when it takes longer than 15 s or its status is not 0 */
  stop(): Promise<void>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

export interface ApplianceOptions {
  readonly settings: Settings;
  /** By name, as the flows' own files have them. */
  readonly flows?: Readonly<Record<string, unknown>>;
  /** Start on what an earlier run left. */
  readonly keepHome?: boolean;
  /** As a service of the real service manager, which starts it again when it dies and holds its lines meanwhile. */
  readonly managed?: boolean;
}

/** The appliance's folder: in the VM's memory, because a database wants a file system of this machine. */
const home = "/var/lib/callbox-lab";

export async function startAppliance(context: Context, options: ApplianceOptions): Promise<Appliance> {
  if (options.keepHome !== true) rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, "flows"), { recursive: true });
  writeFileSync(join(home, "settings.json"), JSON.stringify(options.settings, null, 2));
  for (const [name, flow] of Object.entries(options.flows ?? {}))
    writeFileSync(join(home, "flows", `${name}.json`), JSON.stringify(flow, null, 2));
  const environment = {
    CALLBOX_HOME: home,
    // The far spans belong to the peers.
    CALLBOX_SPANS: context.layout.near.map((span) => span.number).join(","),
  };
  const box =
    options.managed === true
      ? managed(await startService(context, { environment }))
      : startProcess(context, environment);
  context.onClose(async () => {
    if (box.running()) await box.stop();
  });
  const api = createApi();
  const up = async (): Promise<number> => {
    const started = performance.now();
    await context.until(
      "the appliance is up",
      async () => {
        if (!box.running()) throw new Error("the appliance ended; see appliance.log");
        return api.signIn();
      },
      240_000,
    );
    return Math.round(performance.now() - started);
  };
  context.log(`appliance: up after ${await up()} ms`);
  return {
    get pid() {
      return box.pid();
    },
    again: up,
    get: (name, path) => api.call("GET", path ?? name.slice("GET ".length)) as Promise<never>,
    send: (method, path, body) => api.call(method, path, body),
    async fetchRecording(id, name) {
      const path = context.file(name);
      writeFileSync(path, await api.bytes(`/recordings/${encodeURIComponent(id)}/audio`));
      return path;
    },
    async records() {
      const get = (path: string): Promise<unknown> => api.call("GET", path);
      await context.until(
        "no call is up",
        async () => ((await get("/calls")) as Reply<"GET /calls">).calls.length === 0,
      );
      const { records } = (await get("/records?limit=200")) as Reply<"GET /records">;
      return [...records].reverse();
    },
    rss() {
      const status = readFileSync(`/proc/${box.pid()}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    },
    stop: () => box.stop(),
    kill: () => box.kill(),
  };
}

interface Box {
  pid(): number;
  running(): boolean;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

function startProcess(context: Context, environment: Readonly<Record<string, string>>): Box {
  const service = serviceEnvironment();
  const flags = service["CALLBOX_NODE_FLAGS"] ?? "";
  const child = spawn(process.execPath, [flags, join(root, "dist/main.js")], {
    cwd: root,
    env: {
      ...process.env,
      ...service,
      // The service keeps none: 4 MB for a tenth of a second.
      NODE_COMPILE_CACHE: undefined,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => appendFileSync(context.file("appliance.log"), chunk));
  const exit = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => resolve(String(code ?? signal))),
  );
  return {
    pid: () => child.pid ?? 0,
    running: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      const how = await exit;
      clearTimeout(timer);
      if (how !== "0") throw new Error(`the appliance ended with ${how} when asked to stop`);
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

function managed(service: Service): Box {
  return {
    pid: () => service.pid(),
    running: () => service.running(),
    stop() {
      const how = service.stop();
      if (how !== "success 0") throw new Error(`the appliance ended with ${how} when asked to stop`);
      return Promise.resolve();
    },
    kill() {
      process.kill(service.pid(), "SIGKILL");
      return Promise.resolve();
    },
  };
}

/** How the service starts the runtime. */
function serviceEnvironment(): Readonly<Record<string, string>> {
  const lines = readFileSync(join(root, "systemd/callbox.env"), "utf8").matchAll(/^(\w+)="?(.*?)"?$/gmu);
  return Object.fromEntries(Array.from(lines, ([, name = "", value = ""]) => [name, value]));
}

interface Api {
  /** False while nobody answers yet. */
  signIn(): Promise<boolean>;
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  bytes(path: string): Promise<Uint8Array>;
}

function createApi(): Api {
  let cookie = "";
  const attempt = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const origin = `http://127.0.0.1:${apiPort}`;
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { cookie, origin, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.ok) return response;
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  /** A connection that was kept may be closed just as it is used again: what only reads asks twice. */
  const request: typeof attempt = async (method, path, body) => {
    try {
      return await attempt(method, path, body);
    } catch (error) {
      if (method !== "GET" || !(error instanceof TypeError)) throw error;
      return attempt(method, path, body);
    }
  };
  return {
    async signIn() {
      try {
        const response = await request("POST", "/session", operator);
        cookie = response.headers
          .getSetCookie()
          .map((one) => one.split(";")[0] ?? "")
          .join("; ");
        return true;
      } catch (error) {
        // Nobody listens yet.
        if (error instanceof TypeError) return false;
        throw error;
      }
    },
    async call(method, path, body) {
      const response = await request(method, path, body);
      return response.status === 204 ? undefined : response.json();
    },
    bytes: async (path) => new Uint8Array(await (await request("GET", path)).arrayBuffer()),
  };
}
