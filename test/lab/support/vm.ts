// Boots the lab's VM: QEMU without KVM, this machine's root read-only over 9p, .cache/lab/out writable at its own path.
// The VM runs one job, a bash script, on its second serial line, leaves its exit status, and powers itself off.
//
// Its clock counts its own instructions, 2 ns each, and leaps over what it would sleep (QEMU, -icount): a busy host
// slows the whole machine, peers and driver and appliance alike, but never cuts a gap into a call, and an idle
// minute costs next to nothing.
import { spawn, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");
export const labFolder = join(root, ".cache/lab");
export const outFolder = join(labFolder, "out");

export interface Vm {
  /** The VM's own folder, shared with it while it runs. */
  readonly folder: string;
  /** The job's exit status; `undefined` when the VM ended without one (crash, kill). */
  readonly ended: Promise<number | undefined>;
  /** Pulls the plug. */
  kill(): void;
  /** Kernel messages so far. */
  console(): string;
  /** Removes the folder. */
  remove(): void;
}

export interface VmOptions {
  /** A bash script; `$LAB_FOLDER` is the VM's folder, `$LAB_KERNEL` the tree that modprobe's -d takes. */
  readonly job: string;
  /** Where the job's input and output go. */
  readonly stdio: "inherit" | "log";
  /** A person types: the clock does not leap while the VM waits. */
  readonly interactive?: true;
  /** Megabytes. */
  readonly memory?: number;
}

let boots = 0;

export function bootVm(options: VmOptions): Vm {
  const folder = join(outFolder, `.vm-${process.pid}-${++boots}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const environment = {
    LAB_FOLDER: folder,
    LAB_KERNEL: join(labFolder, "kernel"),
    PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`,
    // Compiling the appliance's modules takes the emulated machine longer than running them: guest/init keeps the
    // results from one VM to the next.
    NODE_COMPILE_CACHE: "/tmp/node-cache",
    CALLBOX_LAB_CALLS: process.env["CALLBOX_LAB_CALLS"] ?? "",
    CALLBOX_LAB_SECONDS: process.env["CALLBOX_LAB_SECONDS"] ?? "",
    CALLBOX_LAB_TIMES: process.env["CALLBOX_LAB_TIMES"] ?? "",
  };
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}\n`);
  writeFileSync(join(folder, "job"), `${exports.join("")}cd ${quote(root)}\n${options.job}\n`);
  const consoleLog = join(folder, "console.txt");
  const jobLog = openSync(join(folder, "job.txt"), "a");
  const stdio = options.stdio === "inherit" ? "inherit" : jobLog;
  const qemu: ChildProcess = spawn("qemu-system-x86_64", qemuArguments(folder, consoleLog, options), {
    stdio: [stdio === "inherit" ? "inherit" : "ignore", stdio, stdio],
  });
  const kill = (): void => void qemu.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<number | undefined>((resolve_, reject) => {
    qemu.on("error", reject);
    qemu.on("exit", () => {
      process.off("exit", kill);
      keepCompiled(folder);
      const path = join(folder, "exit");
      resolve_(existsSync(path) ? Number(readFileSync(path, "utf8")) : undefined);
    });
  });
  return {
    folder,
    ended,
    kill,
    console: () => (existsSync(consoleLog) ? readFileSync(consoleLog, "utf8") : ""),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Beyond this size it holds mostly what is out of date. */
const mostCompiledBytes = 96_000_000;

function keepCompiled(folder: string): void {
  const made = join(folder, "node-cache.tar");
  const kept = join(labFolder, "node-cache.tar");
  if (!existsSync(made)) return;
  if (statSync(made).size < mostCompiledBytes) renameSync(made, kept);
  else rmSync(kept, { force: true });
}

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function qemuArguments(folder: string, consoleLog: string, options: VmOptions): readonly string[] {
  const share = (path: string, tag: string, more: string): readonly string[] => [
    "-virtfs",
    `local,path=${path},mount_tag=${tag},security_model=none,multidevs=remap${more}`,
  ];
  const append = [
    "console=ttyS0 quiet panic=-1 random.trust_cpu=on mitigations=off",
    `lab.out=${outFolder} lab.job=${folder.slice(outFolder.length + 1)}/job`,
  ].join(" ");
  return [
    ...[
      "-accel",
      "tcg",
      "-icount",
      `shift=1,sleep=${options.interactive ? "on" : "off"}`,
      "-rtc",
      "clock=vm",
    ],
    ...["-cpu", "max", "-m", String(options.memory ?? 2048)],
    ...["-display", "none", "-no-reboot", "-nic", "none", "-monitor", "none"],
    ...["-serial", `file:${consoleLog}`],
    // Ctrl-C belongs to the shell in the VM.
    ...["-chardev", "stdio,id=job,signal=off", "-serial", "chardev:job"],
    ...["node_modules", "dist"].flatMap((name) => [
      "-drive",
      `file=${join(labFolder, `${name}.img`)},format=raw,if=virtio,readonly=on`,
    ]),
    ...["-kernel", join(labFolder, "vmlinuz"), "-initrd", join(labFolder, "initramfs.gz"), "-append", append],
    ...share("/", "root", ",readonly=on"),
    ...share(outFolder, "out", ""),
  ];
}
