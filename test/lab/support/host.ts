// The host's side of scripts/lab: list, run, exec, shell. As many VMs as there are processors serve scenario after
// scenario; when one hangs or leaves the driver unusable, its VM is killed and a fresh one serves the rest.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadScenario, scenarioNames } from "./catalogue.ts";
import { claim, type Result } from "./results.ts";
import { bootVm, outFolder, quote, type Vm } from "./vm.ts";

/** From power-on to the first scenario, and from one to the next: Debian's kernel takes 10 s on an idle machine. */
const bootSeconds = 240;
/** Beyond a scenario's own time: closing, leak check, unloading. */
const graceSeconds = 90;
/** What a second of a VM's clock may cost here. */
const slowest = 6;

async function main([verb = "", ...words]: readonly string[]): Promise<number> {
  switch (verb) {
    case "list":
      return list();
    case "run":
      return words.includes("--soak") ? soak() : verdict(await run(selected(words)));
    case "exec":
      return job(`stty -F /dev/ttyS1 raw -echo; ${loadModules} ${words.map(quote).join(" ")}`);
    case "shell":
      return job(`stty -F /dev/ttyS1 sane; ${loadModules} exec setsid -c bash -i`, { interactive: true });
    default:
      throw new Error(`unknown verb '${verb}'`);
  }
}

const loadModules =
  'modprobe -d "$LAB_KERNEL" dahdi auto_assign_spans=1; modprobe -d "$LAB_KERNEL" -a dahdi_dynamic dahdi_dynamic_loc dahdi_echocan_oslec;';

async function list(): Promise<number> {
  for (const name of scenarioNames())
    console.log(`${name.padEnd(24)} ${(await loadScenario(name)).description}`);
  return 0;
}

async function job(script: string, more: { readonly interactive?: true } = {}): Promise<number> {
  mkdirSync(outFolder, { recursive: true });
  const vm = bootVm({ job: script, stdio: "inherit", ...more });
  const status = await vm.ended;
  if (status === undefined)
    process.stderr.write(`the VM ended without a status:\n${vm.console().slice(-2000)}\n`);
  vm.remove();
  return status ?? 1;
}

function selected(names: readonly string[]): readonly string[] {
  const all = scenarioNames();
  if (names.includes("--all") || names.includes("all")) return all;
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

async function run(wanted: readonly string[]): Promise<Tally> {
  const scenarios = await Promise.all(wanted.map(loadScenario));
  // The longest first, so that no machine is left with one at the end.
  scenarios.sort((a, b) => b.timeoutSeconds - a.timeoutSeconds);
  const names = scenarios.map(({ name }) => name);
  mkdirSync(outFolder, { recursive: true });
  const claims = mkdtempSync(join(outFolder, ".claims-"));
  let passed = 0;
  const pool: Pool = {
    claims,
    timeoutSeconds: (name) => scenarios.find((each) => each.name === name)?.timeoutSeconds ?? 0,
    left() {
      const claimed = new Set(readdirSync(claims));
      return names.filter((name) => !claimed.has(name));
    },
    ended(name, took, faults) {
      if (faults.length === 0) passed++;
      const seconds = (ms: number): string => (ms / 1000).toFixed(1).padStart(6);
      const times = `${took.vmMs === undefined ? "" : `${seconds(took.vmMs)} s,`} ${seconds(took.hostMs)} s here`;
      console.log(`${faults.length === 0 ? "ok   " : "FAIL "} ${name.padEnd(24)} ${times}`);
      for (const fault of faults) console.log(`      ${fault}`);
      if (faults.length > 0) console.log(`      see ${join(outFolder, name)}`);
    },
  };
  // Leaving kills the VMs.
  const stop = (): never => process.exit(130);
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const serving = Array.from({ length: Math.min(availableParallelism(), names.length) }, async () => {
    while (pool.left().length > 0) await serve(pool);
  });
  await Promise.all(serving);
  process.off("SIGINT", stop).off("SIGTERM", stop);
  rmSync(claims, { recursive: true });
  return { passed, failed: names.length - passed };
}

/** The scenarios of a run, shared by its VMs. */
interface Pool {
  /** The folder in which they claim theirs. */
  readonly claims: string;
  timeoutSeconds(name: string): number;
  /** Not claimed yet. */
  left(): readonly string[];
  ended(
    name: string,
    took: { readonly vmMs?: number; readonly hostMs: number },
    faults: readonly string[],
  ): void;
}

/** One VM's life. Ends when nothing is left, or when a scenario took the VM down. */
async function serve(pool: Pool): Promise<void> {
  const vm = bootVm({
    // Node strips types by WebAssembly, and on an emulated processor V8 may crash when it optimises that.
    job: `exec node --liftoff-only test/lab/support/guest.ts ${[pool.claims, ...pool.left()].map(quote).join(" ")}`,
    stdio: "log",
  });
  const life = { over: false };
  void vm.ended.finally(() => (life.over = true));
  const path = join(vm.folder, "results");
  let seen = 0;
  let current: string | undefined;
  let since = Date.now();
  let deadline = since + bootSeconds * 1000;
  for (;;) {
    const last = life.over;
    const results = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
    for (const text of results.slice(seen)) {
      const result = JSON.parse(text) as Result;
      const hostMs = Date.now() - since;
      since = Date.now();
      current = result.type === "begin" ? result.name : undefined;
      const most =
        result.type === "begin" ? pool.timeoutSeconds(result.name) * slowest + graceSeconds : bootSeconds;
      deadline = since + most * 1000;
      if (result.type === "begin") continue;
      if (result.faults.length > 0) keepLogs(vm, result.name);
      pool.ended(result.name, { vmMs: result.ms, hostMs }, result.faults);
    }
    seen = results.length;
    if (last) break;
    if (Date.now() > deadline) vm.kill();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  // A VM that served nothing at all takes a scenario with it, so that this ends.
  const lost = current ?? (seen === 0 ? pool.left().find((name) => claim(pool.claims, name)) : undefined);
  if (lost !== undefined) {
    keepLogs(vm, lost);
    const why = Date.now() > deadline ? "hung" : "the VM ended";
    const when = current === undefined ? " before the scenario began" : "";
    pool.ended(lost, { hostMs: Date.now() - since }, [
      `${why}${when}; console.txt and job.txt have its last words`,
    ]);
  }
  vm.remove();
}

function keepLogs(vm: Vm, name: string): void {
  mkdirSync(join(outFolder, name), { recursive: true });
  writeFileSync(join(outFolder, name, "console.txt"), vm.console());
  copyFileSync(join(vm.folder, "job.txt"), join(outFolder, name, "job.txt"));
}

process.exitCode = await main(process.argv.slice(2));
