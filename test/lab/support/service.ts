// The appliance under the real service manager, by the parts of the product's own unit that are about its life and death.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "./scenario.ts";
import { root } from "./vm.ts";

/** What of the unit a manager without a system round it can do, and this is about. */
const taken =
  /^(Type|NotifyAccess|WatchdogSec|ExecStart|EnvironmentFile|Restart|RestartSec|TimeoutStopSec|KillMode|RuntimeDirectory\w*|FileDescriptorStore\w*|StartLimit\w*|Limit\w+)=/u;

export interface Service {
  /** Of the process that runs now; 0 between two. */
  pid(): number;
  running(): boolean;
  /** By the manager, in good order. @returns how it ended: `exited 0` */
  stop(): string;
}

const runtime = "/run/user/0";
const systemctl = (...words: readonly string[]): string =>
  execFileSync("systemctl", ["--user", ...words], {
    encoding: "utf8",
    env: { ...process.env, XDG_RUNTIME_DIR: runtime },
  });
const property = (name: string): string => systemctl("show", "callbox", "-p", name, "--value").trim();

export async function startService(
  context: Context,
  { environment }: { readonly environment: Readonly<Record<string, string>> },
): Promise<Service> {
  await startManager(context);
  const unit = readFileSync(join(root, "systemd/callbox.service"), "utf8").replaceAll("/opt/callbox", root);
  const [head = "", body = ""] = unit.split("[Service]\n");
  const lines = [
    "[Unit]",
    ...head.split("\n").filter((line) => taken.test(line)),
    "[Service]",
    ...body.split("\n").filter((line) => taken.test(line)),
    ...Object.entries(environment).map(([name, value]) => `Environment="${name}=${value}"`),
    ...["StandardOutput", "StandardError"].map(
      (stream) => `${stream}=append:${context.file("appliance.log")}`,
    ),
  ];
  const folder = join(runtime, "systemd/user");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "callbox.service"), `${lines.join("\n")}\n`);
  systemctl("daemon-reload");
  systemctl("start", "--no-block", "callbox");
  return {
    pid: () => Number(property("MainPID")),
    running: () => ["active", "activating"].includes(property("ActiveState")),
    stop() {
      systemctl("stop", "callbox");
      return `${property("Result")} ${property("ExecMainStatus")}`;
    },
  };
}

/** A user's manager of root: it wants a box that was booted by systemd, and a group of its own. */
async function startManager(context: Context): Promise<void> {
  if (existsSync(join(runtime, "systemd/private"))) return;
  const groups = "/sys/fs/cgroup";
  const own = join(groups, "manager");
  execFileSync("mount", ["-t", "cgroup2", "none", groups]);
  for (const path of [own, "/run/systemd/system", runtime]) mkdirSync(path, { recursive: true });
  const manager = spawn(
    "/bin/sh",
    ["-c", `echo $$ >${own}/cgroup.procs; exec /lib/systemd/systemd --user --unit=basic.target`],
    { env: { ...process.env, XDG_RUNTIME_DIR: runtime }, stdio: "ignore" },
  );
  context.onClose(() => {
    manager.kill("SIGTERM");
    return Promise.resolve();
  });
  await context.until(
    "the service manager is there",
    () => Promise.resolve(existsSync(join(runtime, "systemd/private"))),
    60_000,
  );
}
