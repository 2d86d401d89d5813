// The D-channel machine against libpri, an implementation that is not ours, where a compiler and libpri-dev are
// installed: user and network side, PRI, BRI point-to-point, and BRI with automatic TEI; calls both ways at the same
// time, en bloc and overlap, after libpri's RESTART of every channel. What the peer counts is what counts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import t from "tap";
import type { Cause, DChannelOptions, Indication } from "../../../src/signalling/isdn/types.ts";
import { remains, type Endpoint } from "./joined.ts";
import { buildLibpriPeer, joinLibpri } from "./libpri-peer.ts";

const calls = 10;
/** Causes with which the peer refuses calls of ours, by RELEASE COMPLETE (1, 34) or DISCONNECT. */
const refusals = [17, 1, 21, 34];
const folder = mkdtempSync(path(tmpdir(), "callbox-libpri-"));
const program = path(folder, "libpri-peer");
t.teardown(() => rmSync(folder, { recursive: true }));

interface Result {
  readonly endpoint: Endpoint;
  /** Lines that the peer said, and how often. */
  readonly peer: ReadonlyMap<string, number>;
  /** The first cause that each call heard of. */
  readonly causes: ReadonlyMap<string, number>;
}

/** Runs until both sides have had their calls, at most 60 s. */
async function session(options: DChannelOptions, mode: "pri" | "ptp" | "ptmp"): Promise<Result> {
  const { endpoint, peer, said, close } = joinLibpri(program, options, { mode, calls });
  const restarts = mode === "pri" ? 60 : 0;
  const causes = new Map<string, number>();
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`timeout: ${[...said.keys()].join(", ")}`)), 60_000);
    const ours = drive(endpoint, restarts, causes, () => {
      clearTimeout(limit);
      resolve();
    });
    peer.on("error", reject);
    endpoint.react = ours;
    endpoint.input({ type: "layer1", up: true });
  });
  await close();
  return { endpoint, peer: said, causes };
}

/** Our side: answers calls, collects four digits, makes as many calls as the peer does, and those that it refuses. */
function drive(
  endpoint: Endpoint,
  restarts: number,
  causes: Map<string, number>,
  done: () => void,
): (indication: Indication) => void {
  let made = 0;
  let ended = 0;
  let restarted = 0;
  const digits = new Map<string, string>();
  const call = (): void => {
    if (made >= calls + refusals.length) return;
    const cause = refusals[made - calls];
    const overlap = cause === undefined && made % 2 === 1;
    endpoint.request({
      type: "SetupRequest",
      call: `c${made++}`,
      called: { digits: overlap ? "4" : wanted(cause), type: "national", plan: "isdn" },
      sendingComplete: !overlap,
      // The peer calls on the lower ones.
      channel: { number: restarts === 0 ? 2 : 17 + (made % 10), exclusive: true },
    });
  };
  const note = ({ call: id, cause }: { readonly call: string; readonly cause: Cause }): void => {
    if (!causes.has(id)) causes.set(id, cause.value);
  };
  const wanted = (cause?: number): string =>
    cause === undefined ? "4712" : `48${String(cause).padStart(2, "0")}`;
  const offer = (id: string, more: string): void => {
    const number = (digits.get(id) ?? "") + more;
    if (!digits.has(id) && number.length < 4) endpoint.request({ type: "MoreInfoRequest", call: id });
    digits.set(id, number);
    if (number.length < 4) return;
    endpoint.request({ type: "ProceedingRequest", call: id });
    endpoint.request({ type: "AlertingRequest", call: id });
    endpoint.request({ type: "SetupResponse", call: id });
  };
  return (heard) => {
    switch (heard.type) {
      case "DataLinkIndication":
        if (heard.up && restarts === 0) call();
        break;
      case "RestartIndication":
      case "RestartConfirm":
        if (++restarted === restarts) call();
        break;
      case "SetupIndication":
        offer(heard.call, heard.called?.digits ?? "");
        break;
      case "InfoIndication":
        offer(heard.call, heard.digits);
        break;
      case "MoreInfoIndication":
        for (const digit of "712") endpoint.request({ type: "InfoRequest", call: heard.call, digits: digit });
        break;
      case "SetupConfirm":
        endpoint.request({ type: "DisconnectRequest", call: heard.call });
        break;
      case "DisconnectIndication":
        note(heard);
        endpoint.request({ type: "ReleaseRequest", call: heard.call });
        break;
      case "ReleaseConfirm":
      case "ReleaseIndication":
        note(heard);
        if (!heard.call.startsWith("in-")) call();
        if (++ended === 2 * calls + refusals.length) done();
        break;
      default:
    }
  };
}

t.test(
  "against libpri",
  { skip: buildLibpriPeer(program) ? false : "no compiler or no libpri-dev" },
  async (t) => {
    const channels = Array.from({ length: 31 }, (_, i) => i + 1).filter((number) => number !== 16);
    for (const side of ["user", "network"] as const) {
      for (const mode of ["pri", "ptp", "ptmp"] as const) {
        const options: DChannelOptions = {
          side,
          interface: mode === "pri" ? "PRI" : "BRI",
          tei: mode === "ptmp" ? "automatic" : "fixed",
          overlapReceiving: true,
        };
        const { endpoint, peer, causes } = await session(options, mode);
        const what = `${side} side, ${mode}`;
        const count = (start: string): number =>
          [...peer].filter(([line]) => line.startsWith(start)).reduce((sum, [, times]) => sum + times, 0);
        t.equal(count("ring 4712"), calls, `${what}: calls of ours that the peer answered`);
        t.equal(count("cleared 16"), calls, `${what}: and that it saw cleared, cause 16`);
        t.strictSame(
          refusals.map((_, i) => causes.get(`c${calls + i}`)),
          refusals,
          `${what}: causes of calls that it refused`,
        );
        t.equal(count("answered"), calls, `${what}: calls of the peer's that we answered`);
        t.equal(count("ended 16"), calls, `${what}: and that ended with cause 16`);
        t.strictSame(
          [...peer.keys()].filter((line) => line.startsWith("libpri")),
          [],
          `${what}: no complaint`,
        );
        t.strictSame(remains(endpoint), { calls: 0, busy: 0 }, `${what}: nothing is left`);
        t.strictSame(
          endpoint.logs.filter(({ level }) => level !== "debug"),
          [],
          `${what}: nor to be told`,
        );
        if (mode === "pri") {
          for (const line of ["restart", "restarted"]) {
            t.ok(
              channels.every((number) => peer.has(`${line} ${number}`)),
              `${what}: every channel ${line}`,
            );
          }
        }
      }
    }
  },
);
