// The guest's DAHDI driver: loading it with a layout of spans, asking it what is open, and unloading it, which only
// succeeds when nothing was left open.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { systemConf, type Layout } from "./spans.ts";

const modules = ["dahdi", "dahdi_dynamic", "dahdi_dynamic_loc", "dahdi_echocan_oslec", "dahdi_echocan_mg2"];

const kernelTree = (): string => process.env["LAB_KERNEL"] ?? "/";
const modprobe = (...words: readonly string[]): void => {
  execFileSync("modprobe", ["-d", kernelTree(), ...words], { stdio: ["ignore", "pipe", "pipe"] });
};

/** Loads the driver and gives it the layout's spans. */
export function loadDriver(layout: Layout): void {
  modprobe("dahdi", "auto_assign_spans=1");
  for (const name of modules.slice(1)) modprobe(name);
  mkdirSync("/etc/dahdi", { recursive: true });
  writeFileSync("/etc/dahdi/system.conf", systemConf(layout));
  configureSpans();
}

/** Applies /etc/dahdi/system.conf; also after a span came back. @throws with dahdi_cfg's words. */
export function configureSpans(): void {
  execFileSync("dahdi_cfg", [], { stdio: ["ignore", "pipe", "pipe"] });
}

/** Removes the spans and the driver. @throws when something still holds a channel open. */
export function unloadDriver(destroySpan: (address: string) => void, layout: Layout): void {
  for (const span of [...layout.far, ...layout.near]) destroySpan(span.address);
  for (const name of [...modules].reverse()) modprobe("-r", name);
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
