// The host's side of scripts/lab: list, run, exec, shell. A VM serves scenario after scenario; when one hangs or leaves
// the driver unusable, the VM is killed and a fresh one serves the rest.
import { existsSync, readFileSync, writeFileSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadScenario, scenarioNames } from "./catalogue.ts";
import type { Result } from "./results.ts";
import { bootVm, outFolder, quote, type Vm } from "./vm.ts";

/** From power-on to the first scenario, and from one to the next: Debian's kernel takes 8 s on an idle machine. */
const bootSeconds = 120;
/** Beyond a scenario's own time: closing, leak check, unloading. */
const graceSeconds = 90;

async function main([verb = "", ...words]: readonly string[]): Promise<number> {
  switch (verb) {
    case "list":
      return list();
    case "run":
      return words.includes("--soak") ? soak() : verdict(await run(await selected(words)));
    case "exec":
      return job(`stty -F /dev/ttyS1 raw -echo; ${loadModules} ${words.map(quote).join(" ")}`);
    case "shell":
      return job(`stty -F /dev/ttyS1 sane; ${loadModules} exec setsid -c bash -i`);
    default:
      throw new Error(`unknown verb '${verb}'`);
  }
}

const loadModules =
  'modprobe -d "$LAB_KERNEL" dahdi auto_assign_spans=1; modprobe -d "$LAB_KERNEL" -a dahdi_dynamic dahdi_dynamic_loc dahdi_echocan_oslec;';

async function list(): Promise<number> {
  for (const name of scenarioNames()) {
    const scenario = await loadScenario(name);
    const when = scenario.soakOnly === true ? " (in a soak only)" : "";
    console.log(`${name.padEnd(18)} ${scenario.description}${when}`);
  }
  return 0;
}

async function job(script: string): Promise<number> {
  mkdirSync(outFolder, { recursive: true });
  const vm = bootVm({ job: script, stdio: "inherit" });
  const status = await vm.ended;
  if (status === undefined)
    process.stderr.write(`the VM ended without a status:\n${vm.console().slice(-2000)}\n`);
  vm.remove();
  return status ?? 1;
}

async function selected(names: readonly string[]): Promise<readonly string[]> {
  const all = scenarioNames();
  if (names.includes("--all") || names.includes("all")) {
    const scenarios = await Promise.all(all.map(loadScenario));
    return scenarios.filter(({ soakOnly }) => soakOnly !== true).map(({ name }) => name);
  }
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`lab: no scenario named ${unknown.join(", ")} (see scripts/lab list)\n`);
    process.exit(2);
  }
  return names;
}

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

function verdict({ passed, failed }: Tally): number {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** All scenarios, again and again, for CALLBOX_SOAK_HOURS (default 4); the bulk ones with their long count of calls. */
async function soak(): Promise<number> {
  const hours = Number(process.env["CALLBOX_SOAK_HOURS"] ?? 4);
  if (!(hours > 0)) {
    console.error("lab: CALLBOX_SOAK_HOURS wants a number above 0");
    return 1;
  }
  process.env["CALLBOX_LAB_CALLS"] ??= "1000";
  const end = Date.now() + hours * 3_600_000;
  let total: Tally = { passed: 0, failed: 0 };
  for (let round = 1; Date.now() < end; round++) {
    console.log(`round ${round}, ${new Date().toISOString()}`);
    const { passed, failed } = await run(scenarioNames());
    total = { passed: total.passed + passed, failed: total.failed + failed };
  }
  return verdict(total);
}

async function run(names: readonly string[]): Promise<Tally> {
  let left = [...names];
  let passed = 0;
  const failed = (name: string, ms: number, faults: readonly string[]): void =>
    console.log(
      [
        `FAIL  ${line(name, ms)}`,
        ...faults.map((fault) => `      ${fault}`),
        `      see ${join(outFolder, name)}`,
      ].join("\n"),
    );
  while (left.length > 0) {
    const done = await serve(left, (result) => {
      if (result.faults.length === 0) {
        passed++;
        console.log(`ok    ${line(result.name, result.ms)}`);
      } else failed(result.name, result.ms, result.faults);
    });
    // A VM that served nothing at all takes its first scenario with it, so that this ends.
    left = left.slice(Math.max(1, done.served));
    if (done.lost !== undefined) failed(done.lost.name, done.lost.ms, [done.lost.why]);
  }
  return { passed, failed: names.length - passed };
}

const line = (name: string, ms: number): string =>
  `${name.padEnd(18)} ${(ms / 1000).toFixed(1).padStart(6)} s`;

interface Served {
  readonly served: number;
  /** The scenario that took the VM down, or that the VM never reached. */
  readonly lost?: { readonly name: string; readonly ms: number; readonly why: string };
}

/** One VM's life. Ends when all names are served, or one was lost. */
async function serve(
  names: readonly string[],
  ended: (result: Extract<Result, { type: "end" }>) => void,
): Promise<Served> {
  mkdirSync(outFolder, { recursive: true });
  const vm = bootVm({
    // Node strips types by WebAssembly, and on an emulated processor V8 may crash when it optimises that.
    job: `exec node --liftoff-only test/lab/support/guest.ts ${names.map(quote).join(" ")}`,
    stdio: "log",
  });
  const life = { over: false };
  void vm.ended.finally(() => (life.over = true));
  // Leaving kills the VM.
  const stop = (): never => process.exit(130);
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const path = join(vm.folder, "results");
  let seen = 0;
  let served = 0;
  let current: string | undefined;
  let since = Date.now();
  let deadline = since + bootSeconds * 1000;
  for (;;) {
    const last = life.over;
    const results = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
    for (const text of results.slice(seen)) {
      const result = JSON.parse(text) as Result;
      since = Date.now();
      current = result.type === "begin" ? result.name : undefined;
      deadline =
        since + (result.type === "begin" ? result.timeoutSeconds + graceSeconds : bootSeconds) * 1000;
      if (result.type === "begin") continue;
      served++;
      if (result.faults.length > 0) keepLogs(vm, result.name);
      ended(result);
    }
    seen = results.length;
    if (last || served === names.length) break;
    if (Date.now() > deadline) vm.kill();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (served === names.length) setTimeout(() => vm.kill(), 15_000).unref();
  const status = await vm.ended;
  const name = current ?? names[served];
  const lost = name !== undefined && status !== 3;
  if (lost) keepLogs(vm, name);
  vm.remove();
  if (!lost) return { served };
  const why = Date.now() > deadline ? "hung" : "the VM ended";
  return {
    served: served + 1,
    lost: {
      name,
      ms: Date.now() - since,
      why: `${why}${current === undefined ? " before the scenario began" : ""}; console.txt and job.txt have its last words`,
    },
  };
}

function keepLogs(vm: Vm, name: string): void {
  mkdirSync(join(outFolder, name), { recursive: true });
  writeFileSync(join(outFolder, name, "console.txt"), vm.console());
  copyFileSync(join(vm.folder, "job.txt"), join(outFolder, name, "job.txt"));
}

process.exitCode = await main(process.argv.slice(2));
