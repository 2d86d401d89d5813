// libpri behind two pipes as the far end of one of our D-channels, where a compiler and libpri-dev are installed.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join as path } from "node:path";
import { systemClock } from "../../../src/shared/clock.ts";
import type { DChannelOptions } from "../../../src/signalling/isdn/types.ts";
import { createEndpoint, type Endpoint } from "./joined.ts";

/** Compiles the peer to `program`. False without a compiler or libpri-dev. @throws what the compiler complains of */
export function buildLibpriPeer(program: string): boolean {
  if (!existsSync("/usr/include/libpri.h")) return false;
  const source = path(import.meta.dirname, "libpri-peer.c");
  const words = ["-Wall", "-Wextra", "-O1", "-o", program, source, "-lpri"];
  const { error, status, stderr } = spawnSync("cc", words, { encoding: "utf8" });
  if (error !== undefined) return false;
  if (status !== 0) throw new Error(stderr);
  return true;
}

export interface LibpriSession {
  readonly endpoint: Endpoint;
  readonly peer: ChildProcess;
  /** Lines that the peer said, and how often. */
  readonly said: ReadonlyMap<string, number>;
  /** Lets what is on its way arrive, and ends the peer. */
  readonly close: () => Promise<void>;
}

/** @param calls that the peer makes, one after another */
export function joinLibpri(
  program: string,
  options: DChannelOptions,
  {
    mode,
    calls,
    saved,
  }: { readonly mode: "pri" | "ptp" | "ptmp"; readonly calls: number; readonly saved?: boolean },
): LibpriSession {
  const peer = spawn(program, [options.side === "user" ? "network" : "user", mode, String(calls)]);
  const said = new Map<string, number>();
  const endpoint = createEndpoint(
    options,
    systemClock,
    (frame) => peer.stdin.write(Uint8Array.of(frame.length >> 8, frame.length & 0xff, ...frame)),
    saved,
  );
  let text = "";
  peer.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (text + chunk).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) said.set(line, (said.get(line) ?? 0) + 1);
  });
  let octets = Buffer.alloc(0);
  peer.stdout.on("data", (chunk: Buffer) => {
    octets = Buffer.concat([octets, chunk]);
    while (octets.length >= 2 && octets.length >= 2 + octets.readUInt16BE(0)) {
      const end = 2 + octets.readUInt16BE(0);
      const frame = Uint8Array.from(octets.subarray(2, end));
      octets = octets.subarray(end);
      endpoint.input({ type: "frame", frame });
    }
  });
  return {
    endpoint,
    peer,
    said,
    async close() {
      peer.stdin.end();
      await new Promise((resolve) => peer.once("close", resolve));
      for (const cancel of endpoint.timers.values()) cancel();
    },
  };
}
