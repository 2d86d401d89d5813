// A peer program in the guest: commands go in as lines, events come out as JSON. `expect` takes the first event not yet
// taken that fits, or waits for it; so nothing is missed that came early, and nothing is taken twice.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { labFolder } from "./vm.ts";

export interface PeerEvent {
  readonly event: string;
  /** CLOCK_MONOTONIC of the guest, milliseconds. */
  readonly ms: number;
  readonly [key: string]: string | number | boolean;
}

export type Pattern = Readonly<Record<string, string | number | boolean>> & { readonly event: string };

export interface Peer {
  readonly name: string;
  /** `send("call", { id: "a", called: "4711" })` writes `call id=a called=4711`. */
  send(verb: string, values?: Readonly<Record<string, string | number | boolean>>): void;
  /** @throws when it does not come within `timeoutMs` (default 15 s), with what came instead. */
  expect(pattern: Pattern, timeoutMs?: number): Promise<PeerEvent>;
  /** Takes what fits and is there already. */
  taken(pattern: Pattern): PeerEvent | undefined;
  /** Everything so far, taken or not. */
  readonly history: readonly PeerEvent[];
  /** Ends the program in good order and waits for it. */
  quit(): Promise<void>;
  kill(): void;
}

export interface PeerOptions {
  readonly program: "pri-peer" | "analog-far" | "bearer-far" | "misdn-peer";
  readonly name: string;
  readonly arguments?: Readonly<Record<string, string | number>>;
  readonly log: (text: string) => void;
}

export async function startPeer(options: PeerOptions): Promise<Peer> {
  const words = Object.entries(options.arguments ?? {}).map(([key, value]) => `${key}=${value}`);
  const child = spawn(join(labFolder, "bin", options.program), words, { stdio: ["pipe", "pipe", "pipe"] });
  const history: PeerEvent[] = [];
  const taken = new Set<PeerEvent>();
  const waiting = new Set<() => void>();
  let ended = false;

  const arrived = (event: PeerEvent): void => {
    history.push(event);
    options.log(`${options.name} → ${JSON.stringify(event)}`);
    for (const look of [...waiting]) look();
  };
  eachLine(child.stdout, (line) => arrived(JSON.parse(line) as PeerEvent));
  eachLine(child.stderr, (line) => options.log(`${options.name} ! ${line}`));
  const exit = new Promise<void>((resolve) => {
    child.on("close", (code, signal) => {
      ended = true;
      options.log(`${options.name} ended (${code ?? signal ?? "?"})`);
      for (const look of [...waiting]) look();
      resolve();
    });
  });

  const take = (pattern: Pattern): PeerEvent | undefined => {
    const found = history.find((event) => !taken.has(event) && fits(event, pattern));
    if (found !== undefined) taken.add(found);
    return found;
  };

  const peer: Peer = {
    name: options.name,
    history,
    send(verb, values = {}) {
      const line = [
        verb,
        ...Object.entries(values).map(
          ([key, value]) => `${key}=${typeof value === "boolean" ? Number(value) : value}`,
        ),
      ];
      options.log(`${options.name} ← ${line.join(" ")}`);
      child.stdin.write(`${line.join(" ")}\n`);
    },
    expect: (pattern, timeoutMs = 15_000) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void): void => {
          clearTimeout(timer);
          waiting.delete(look);
          finish();
        };
        const fail = (why: string): void =>
          settle(() =>
            reject(
              new Error(`${options.name}: no ${JSON.stringify(pattern)} ${why}; ${untaken(history, taken)}`),
            ),
          );
        const look = (): void => {
          const found = take(pattern);
          if (found !== undefined) settle(() => resolve(found));
          else if (ended) fail("before the program ended");
        };
        const timer = setTimeout(() => fail(`within ${timeoutMs} ms`), timeoutMs);
        waiting.add(look);
        look();
      }),
    taken: take,
    async quit() {
      if (!ended) child.stdin.write("quit\n");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await exit;
      clearTimeout(timer);
    },
    kill: () => void child.kill("SIGKILL"),
  };
  await peer.expect({ event: "ready" }, 20_000);
  return peer;
}

const fits = (event: PeerEvent, pattern: Pattern): boolean =>
  Object.entries(pattern).every(([key, value]) => event[key] === value);

function untaken(history: readonly PeerEvent[], taken: ReadonlySet<PeerEvent>): string {
  const left = history.filter((event) => !taken.has(event)).slice(-8);
  return `untaken: ${left.map((event) => JSON.stringify(event)).join(" ") || "nothing"}`;
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let pending = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) if (line !== "") take(line);
  });
}
