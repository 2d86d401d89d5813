// Figures of ISDN signalling in our code alone: both sides of a PRI in one process, 29 calls up, one more coming and
// going. From the octets of the SETUP to the octets of the answer, each message by itself, and calls a second. Then
// our user side alone against libpri as the exchange, in a process of its own behind two pipes.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDChannel, next, type DChannelState } from "../../src/signalling/isdn/dchannel.ts";
import type { DChannelInput, DChannelOptions, Indication, Request } from "../../src/signalling/isdn/types.ts";
import { buildLibpriPeer, joinLibpri } from "../../test/signalling/isdn/libpri-peer.ts";
import { figure, type Figure } from "./figure.ts";

const called = { digits: "88880000", type: "national", plan: "isdn" } as const;
const calling = { ...called, digits: "2155501234", presentation: "allowed", screening: "network" } as const;

export async function* figures(): AsyncGenerator<Figure> {
  measure(3_000); // warms the compiler, and is thrown away
  const { setupToProceeding, setupToConnect, message, callsPerSecond } = measure(10_000);
  for (const [name, share] of [["p50", 0.5] as const, ["p99", 0.99] as const]) {
    yield figure(`signalling.pri.setupToProceeding.${name}`, at(setupToProceeding, share), "ms", 1, "lower");
    yield figure(`signalling.pri.setupToConnect.${name}`, at(setupToConnect, share), "ms", 2, "lower");
    yield figure(`signalling.pri.message.${name}`, at(message, share), "ms", 1, "lower");
  }
  await Promise.resolve();
  yield figure(
    "signalling.pri.callsPerSecond",
    callsPerSecond,
    "calls a CPU-second, both sides",
    200,
    "higher",
  );
  const libpri = await againstLibpri(2_000);
  if (libpri !== undefined)
    yield figure(
      "signalling.pri.libpri.callsPerSecond",
      libpri.ours,
      "calls a CPU-second, our side and the pipes",
      200,
      "higher",
      { "libpri's own side": Math.round(libpri.theirs) },
    );
}

/** Calls of ours, one after another, each answered and cleared. `undefined` where libpri is not installed. */
async function againstLibpri(
  calls: number,
): Promise<{ readonly ours: number; readonly theirs: number } | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "callbox-bench-"));
  const program = join(folder, "libpri-peer");
  try {
    if (!buildLibpriPeer(program)) return undefined;
    const { endpoint, peer, close } = joinLibpri(
      program,
      { side: "user", interface: "PRI", restart: "none" },
      { mode: "pri", calls: 0, saved: false },
    );
    let restarted = 0;
    let made = 0;
    let ended = 0;
    let before = process.cpuUsage();
    let peerBefore = 0;
    const place = (): void =>
      endpoint.request({
        type: "SetupRequest",
        call: `c${made++}`,
        called,
        calling,
        channel: { number: 1, exclusive: true },
      });
    await new Promise<void>((resolve, reject) => {
      peer.on("error", reject);
      const limit = setTimeout(() => reject(new Error(`${ended} of ${calls} calls in a minute`)), 60_000);
      endpoint.react = (heard) => {
        // libpri restarts every channel first.
        if (heard.type === "RestartIndication" && ++restarted === 30) {
          before = process.cpuUsage();
          peerBefore = cpuSeconds(peer.pid ?? 0);
          place();
        } else if (heard.type === "SetupConfirm") {
          endpoint.request({ type: "DisconnectRequest", call: heard.call });
        } else if (heard.type === "ReleaseConfirm") {
          if (++ended < calls) place();
          else {
            clearTimeout(limit);
            resolve();
          }
        } else if (heard.type === "ReleaseIndication")
          reject(new Error(`a call failed: ${heard.cause.value}`));
      };
      endpoint.input({ type: "layer1", up: true });
    });
    const { user, system } = process.cpuUsage(before);
    const peerBusy = cpuSeconds(peer.pid ?? 0) - peerBefore;
    await close();
    return { ours: calls / ((user + system) / 1e6), theirs: calls / peerBusy };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of a process so far: utime and stime, which Linux counts in hundredths. */
function cpuSeconds(pid: number): number {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [];
  return (user + system) / 100;
}

interface Times {
  /** Milliseconds, sorted. */
  readonly setupToProceeding: Float64Array;
  readonly setupToConnect: Float64Array;
  /** One frame in, all its effects out. */
  readonly message: Float64Array;
  readonly callsPerSecond: number;
}

interface Side {
  state: DChannelState;
  readonly name: "user" | "network";
  readonly react: (indication: Indication) => readonly Request[];
}

function measure(calls: number): Times {
  const frames: { readonly to: Side; readonly frame: Uint8Array }[] = [];
  const message: number[] = [];
  const answered: number[] = [];
  const proceeded: number[] = [];
  let arrived = 0;

  const side = (options: DChannelOptions, react: Side["react"]): Side => ({
    state: createDChannel({ ...options, restart: "none" }),
    name: options.side,
    react,
  });
  const input = (one: Side, given: DChannelInput): void => {
    const step = next(one.state, given);
    one.state = step.state;
    const other = one === user ? network : user;
    for (const effect of step.effects) {
      if (effect.type === "send-frame") {
        frames.push({ to: other, frame: effect.frame });
        // Octet 9 of an I frame with a two-octet call reference is the message type.
        if (one === user && effect.frame[8] === 0x02) proceeded.push(performance.now() - arrived);
        if (one === user && effect.frame[8] === 0x07) answered.push(performance.now() - arrived);
      }
      if (effect.type === "indication") {
        for (const request of one.react(effect.indication)) input(one, { type: "request", request });
      }
    }
  };
  const settle = (): void => {
    for (let one = frames.shift(); one !== undefined; one = frames.shift()) {
      const began = performance.now();
      if (one.frame[8] === 0x05) arrived = began;
      input(one.to, { type: "frame", frame: one.frame });
      message.push(performance.now() - began);
    }
  };
  const user = side({ side: "user", interface: "PRI" }, (heard) => {
    if (heard.type === "SetupIndication") {
      const { call } = heard;
      return [
        { type: "ProceedingRequest", call },
        { type: "AlertingRequest", call },
        { type: "SetupResponse", call },
      ];
    }
    return heard.type === "DisconnectIndication" ? [{ type: "ReleaseRequest", call: heard.call }] : [];
  });
  const network = side({ side: "network", interface: "PRI" }, () => []);
  const place = (call: string): void => {
    input(network, { type: "request", request: { type: "SetupRequest", call, called, calling } });
    settle();
  };

  for (const one of [user, network]) input(one, { type: "layer1", up: true });
  settle();
  for (let i = 0; i < 29; i++) place(`up-${i}`);
  message.length = answered.length = proceeded.length = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) {
    place(`call-${i}`);
    input(network, { type: "request", request: { type: "DisconnectRequest", call: `call-${i}` } });
    settle();
  }
  const { user: busy, system } = process.cpuUsage(before);
  if (answered.length !== calls || Object.keys(user.state.layer3.calls).length !== 29) {
    throw new Error(`${answered.length} of ${calls} calls were answered`);
  }
  return {
    setupToProceeding: Float64Array.from(proceeded).sort(),
    setupToConnect: Float64Array.from(answered).sort(),
    message: Float64Array.from(message).sort(),
    callsPerSecond: calls / ((busy + system) / 1e6),
  };
}

function at(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
