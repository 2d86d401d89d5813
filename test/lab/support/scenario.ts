// A lab scenario: its spans as data, its proof as a function. What it opens through its context is closed after it,
// last opened first, whatever happened.
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { startPeer, type Peer, type PeerOptions } from "./peer.ts";
import { layOut, type Hardware, type Layout, type SpanPlan } from "./spans.ts";
import { outFolder } from "./vm.ts";

export interface Scenario {
  readonly name: string;
  /** One line for `scripts/lab list`: what it proves. */
  readonly description: string;
  readonly spans: readonly SpanPlan[];
  /** Virtual spans when it does not say. */
  readonly hardware?: Hardware;
  /** For `run` alone, by the VM's clock. */
  readonly timeoutSeconds: number;
  run(context: Context): Promise<void>;
}

export interface Context {
  readonly layout: Layout;
  /** Where artefacts go; it outlives the VM as .cache/lab/out/NAME. */
  readonly folder: string;
  /** A file there. */
  file(name: string): string;
  log(text: string): void;
  /** @throws with the message when it does not hold. */
  check(holds: boolean, message: string): asserts holds;
  /** As `check`, but the scenario goes on and fails at its end: for what does not decide about the rest. */
  prove(holds: boolean, message: string): void;
  /** As `prove`, saying both values. */
  equal(actual: unknown, expected: unknown, what: string): void;
  /** `value` within ±`tolerance` of `expected`, as `prove`. */
  near(value: number, expected: number, tolerance: number, what: string): void;
  peer(options: Omit<PeerOptions, "log">): Promise<Peer>;
  /** By the VM's clock, which no load of this machine disturbs. */
  sleep(ms: number): Promise<void>;
  /** Waits until `holds`, asking every 100 ms. @throws after `timeoutMs`. */
  until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>;
  onClose(close: () => void | Promise<void>): void;
}

export interface OwnedContext extends Context {
  /** What `prove` found wrong. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

export function createContext(scenario: Scenario): OwnedContext {
  const folder = join(outFolder, scenario.name);
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, "log.txt");
  const closers: (() => void | Promise<void>)[] = [];
  const log = createLog(logFile);
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const check: Context["check"] = (holds: boolean, message: string) => {
    log(`${holds ? "holds" : "FAILS"}: ${message}`);
    if (!holds) throw new Error(message);
  };
  const faults: string[] = [];
  const prove = (holds: boolean, message: string): void => {
    log(`${holds ? "holds" : "FAILS"}: ${message}`);
    if (!holds) faults.push(message);
  };
  return {
    faults,
    layout: layOut(scenario.spans, scenario.hardware),
    folder,
    file: (name) => join(folder, name),
    log,
    check,
    prove,
    sleep,
    equal(actual, expected, what) {
      const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
      prove(is === should, `${what}: ${is}${is === should ? "" : `, expected ${should}`}`);
    },
    near: (value, expected, tolerance, what) =>
      prove(
        Math.abs(value - expected) <= tolerance,
        `${what}: ${value.toFixed(2)} (${expected} ± ${tolerance})`,
      ),
    async peer(options) {
      const peer = await startPeer({ ...options, log });
      closers.push(() => peer.quit());
      return peer;
    },
    async until(what, holds, timeoutMs = 15_000) {
      const end = performance.now() + timeoutMs;
      while (!(await holds())) {
        if (performance.now() > end) check(false, `${what} within ${timeoutMs} ms`);
        await sleep(100);
      }
      log(`holds: ${what}`);
    },
    onClose: (close) => void closers.push(close),
    async close() {
      const errors: unknown[] = [];
      for (const close of closers.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join("; "));
    },
  };
}

/** Writing through to the host's disk takes up to 100 ms a time, in which this thread stands still: lines are gathered. */
function createLog(path: string): (text: string) => void {
  let pending = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    appendFileSync(path, pending);
    pending = "";
  };
  process.on("exit", flush);
  return (text) => {
    pending += `${(performance.now() / 1000).toFixed(3)} ${text}\n`;
    timer ??= setTimeout(flush, 100);
  };
}
