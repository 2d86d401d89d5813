// What a run of the program writes down of its calls, so that the next one can go on with them when this one dies and the lines
// are held. A file in memory where the service manager gives one: it is of use to the same boot only, since a power cut drops
// every line. One line of JSON a change; the last one of a call counts.
import { appendFileSync, closeSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { KeptCall } from "../calls/go-on.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/log.ts";

export interface HeldCalls {
  /** Of the run before. */
  readonly earlier: readonly KeptCall[];
  /** Nothing: the call is over, or nobody could go on with it. */
  keep(call: string, kept: KeptCall | undefined): void;
  close(): void;
}

export interface HeldCallsOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the machine's present boot; default the kernel's. */
  readonly boot?: string;
}

interface Head {
  readonly boot: string;
  /** Starts one soon after the other: perhaps it is one of these calls that the program dies of. */
  readonly starts: number;
}

const mostStarts = 3;
const steadyMs = 30_000;
/** The file is written anew when it has grown to this and to so many times of what counts in it. */
const anew = { bytes: 1_000_000, times: 4 } as const;

export function openHeldCalls({ path, clock, log, boot = bootId() }: HeldCallsOptions): HeldCalls {
  const found = read(path);
  const same =
    found?.head.boot === boot ? found : { head: { boot, starts: 0 }, lines: new Map<string, string>() };
  let starts = same.lines.size === 0 ? 0 : same.head.starts + 1;
  const tooMany = starts > mostStarts;
  if (tooMany)
    log.error({ calls: same.lines.size }, "the program died again and again: its calls are not gone on with");
  if (tooMany) starts = 0;
  const lines = tooMany ? new Map<string, string>() : same.lines;
  const earlier = [...lines.values()].flatMap((line) => (JSON.parse(line) as { kept: KeptCall }).kept);
  let file: number | undefined;
  let bytes = 0;
  let anewAt = 0;

  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (file !== undefined) closeSync(file);
      file = undefined;
      log.error({ err: error, path }, "calls would not outlive a crash of the program");
    }
  };
  const write = (): void => {
    const text = [JSON.stringify({ boot, starts } satisfies Head), ...lines.values(), ""].join("\n");
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    if (file !== undefined) closeSync(file);
    file = openSync(path, "a", 0o600);
    bytes = text.length;
    anewAt = Math.max(anew.bytes, bytes * anew.times);
  };
  attempt(write);
  const steady: Cancel = clock.after(steadyMs, () => {
    starts = 0;
    attempt(write);
  });

  return {
    earlier,
    keep(call, kept) {
      if (kept === undefined && !lines.has(call)) return;
      const line = JSON.stringify(kept === undefined ? { call } : { call, kept });
      if (kept === undefined) lines.delete(call);
      else lines.set(call, line);
      attempt(() => {
        if (file === undefined) return;
        appendFileSync(file, `${line}\n`);
        bytes += line.length + 1;
        if (bytes > anewAt) write();
      });
    },
    close() {
      steady();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** A line that the program died over is no line. */
function read(path: string): { readonly head: Head; readonly lines: Map<string, string> } | undefined {
  try {
    const [first = "", ...rest] = readFileSync(path, "utf8").split("\n");
    rest.pop();
    const lines = new Map<string, string>();
    for (const line of rest) {
      const { call, kept } = JSON.parse(line) as { readonly call: string; readonly kept?: KeptCall };
      if (kept === undefined) lines.delete(call);
      else lines.set(call, line);
    }
    return { head: JSON.parse(first) as Head, lines };
  } catch {
    return undefined;
  }
}

const bootId = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
