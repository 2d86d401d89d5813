// The guest's DAHDI driver: loading it with a layout of spans, asking it what is open, and unloading it, which only
// succeeds when nothing was left open.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardPlan, channelLines, systemConf, type Hardware, type Layout, type SpanPlace } from "./spans.ts";
import { labFolder } from "./vm.ts";

const cancellers = ["dahdi_echocan_oslec", "dahdi_echocan_mg2"];
const testcard = "callbox_testcard";
/** Beside the driver's core, in the order in which they are loaded. */
const modules: Readonly<Record<Hardware, readonly string[]>> = {
  virtual: ["dahdi_dynamic", "dahdi_dynamic_loc", ...cancellers],
  card: [...cancellers, testcard],
};

const kernelTree = (): string => process.env["LAB_KERNEL"] ?? "/";
const run = (program: string, ...words: readonly string[]): void =>
  void execFileSync(program, words, { stdio: ["ignore", "pipe", "pipe"] });
const modprobe = (...words: readonly string[]): void => run("modprobe", "-d", kernelTree(), ...words);
const spanControl = (...words: readonly string[]): void => run(join(labFolder, "bin/span-ctl"), ...words);

/** Loads the driver and gives it the layout's spans. */
export function loadDriver(layout: Layout): void {
  modprobe("dahdi", "auto_assign_spans=1");
  for (const name of modules[layout.hardware])
    modprobe(name, ...(name === testcard ? [`plan=${cardPlan(layout)}`] : []));
  mkdirSync("/etc/dahdi", { recursive: true });
  writeFileSync("/etc/dahdi/system.conf", systemConf(layout));
  run("dahdi_cfg");
}

/** Takes a span away: its peer has a RED alarm. @throws when one of its channels is open. */
export const removeSpan = (span: SpanPlace): void => spanControl("destroy", span.address);

/** Brings a span back as it was, leaving the others alone, which may be in use. */
export function restoreSpan(span: SpanPlace): void {
  spanControl("create", span.address, String(span.channels));
  const file = `/tmp/span${span.number}.conf`;
  writeFileSync(file, [...channelLines(span, "virtual"), ""].join("\n"));
  run("dahdi_cfg", "-c", file);
}

/** A command to the test card; test/lab/testcard/control.c has them. */
export const card = (command: string): void =>
  writeFileSync(`/sys/module/${testcard}/parameters/control`, command);

/** What the test card knows of a port: `{ rank: "1", lineconfig: "0x700", … }`. */
export function cardPort({ address }: SpanPlace): Readonly<Record<string, string>> {
  const lines = readFileSync(`/sys/module/${testcard}/parameters/state`, "utf8").split("\n");
  const words = lines.find((line) => line.startsWith(`${address} `))?.split(" ") ?? [];
  return Object.fromEntries(words.slice(1).map((word) => word.split("=") as [string, string]));
}

/** Removes the spans and the driver. @throws when something still holds a channel open. */
export function unloadDriver(layout: Layout): void {
  if (layout.hardware === "virtual") for (const span of [...layout.far, ...layout.near]) removeSpan(span);
  for (const name of ["dahdi", ...modules[layout.hardware]].reverse()) modprobe("-r", name);
}

export interface DriverChannel {
  readonly span: number;
  readonly channel: number;
  readonly signalling: string;
  readonly inUse: boolean;
  readonly text: string;
}

/** /proc/dahdi, read back. */
export function driverChannels(): readonly DriverChannel[] {
  return readdirSync("/proc/dahdi").flatMap((span) =>
    readFileSync(`/proc/dahdi/${span}`, "utf8")
      .split("\n")
      .flatMap((line) => {
        const found = /^\s*(\d+) (\S+)(?: (\S+))?/.exec(line);
        if (found === null) return [];
        return [
          {
            span: Number(span),
            channel: Number(found[1]),
            signalling: found[3] ?? "",
            inUse: line.includes("(In use)"),
            text: line.trim(),
          },
        ];
      }),
  );
}

/** The driver's numbers of the channels that somebody holds open. */
export const channelsInUse = (): readonly number[] =>
  driverChannels()
    .filter((channel) => channel.inUse)
    .map((channel) => channel.channel);

/** Open descriptors of the driver by process: `pid name fd → path`. */
export function driverDescriptors(): readonly { readonly pid: number; readonly path: string }[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const folder = `/proc/${pid}/fd`;
      return attempt(() => readdirSync(folder), []).flatMap((fd) => {
        const path = attempt(() => readlinkSync(`${folder}/${fd}`), "");
        return path.startsWith("/dev/dahdi/") ? [{ pid: Number(pid), path }] : [];
      });
    });
}

/** Processes and descriptors come and go while they are listed. */
function attempt<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
