// Every kind of frame that we send, read by Wireshark's dissectors where tshark is installed: nothing malformed,
// no expert warning, and the same messages as we meant.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import t from "tap";
import { decodeFrame } from "../../../src/signalling/isdn/q921/frame.ts";
import { decodeMessage } from "../../../src/signalling/isdn/q931/message.ts";
import type { Element, Request } from "../../../src/signalling/isdn/types.ts";
import { createTestClock } from "../../support/test-clock.ts";
import { join, type Joined } from "./joined.ts";

interface Sent {
  readonly from: "user" | "network";
  readonly frame: Uint8Array;
}

const missing = spawnSync("tshark", ["--version"]).error !== undefined;

/** What is not in order: broken, warned of (severity warning and up), or not understood. */
const faults = ["-Y", "_ws.malformed || _ws.expert.severity >= 6291456 || data"];

/** A pcap file of LINKTYPE_LINUX_LAPD (177): a pseudo-header of 16 octets says who sent the frame. */
function pcap(sent: readonly Sent[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(0xa1b2c3d4, 0);
  header.writeUInt16BE(2, 4);
  header.writeUInt16BE(4, 6);
  header.writeUInt32BE(65_535, 16);
  header.writeUInt32BE(177, 20);
  const records = sent.map(({ from, frame }, i) => {
    const record = Buffer.alloc(32);
    record.writeUInt32BE(i, 0);
    record.writeUInt32BE(16 + frame.length, 8);
    record.writeUInt32BE(16 + frame.length, 12);
    // sll_pkttype: 4 outgoing, 0 to us; address octet 0: 1 for the network side; sll_protocol: ETH_P_LAPD.
    record.writeUInt16BE(from === "network" ? 4 : 0, 16);
    record.writeUInt8(1, 22);
    record.writeUInt16BE(0x30, 30);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([header, ...records]);
}

const number = { digits: "2155501234", type: "national", plan: "isdn" } as const;
const identified = { ...number, presentation: "restricted", screening: "network" } as const;
const inband = { description: 8, location: "public-network-local" } as const;
const extra: readonly Element[] = [
  { name: "octets", id: 0x7d, codeset: 0, octets: [0x91, 0x81] },
  { name: "octets", id: 0x7e, codeset: 0, octets: [0x04, 0x68, 0x69] },
];

/** One session that says everything: both directions, overlap, progress, clearing, status, restart, link loss. */
function session(kind: "PRI" | "BRI", tei: "fixed" | "automatic"): readonly Sent[] {
  const sent: Sent[] = [];
  const clock = createTestClock();
  const joined: Joined = join(clock, {
    interface: kind,
    user: { tei, restart: "channels", overlapReceiving: true },
    network: { tei, restart: "interface", overlapReceiving: true },
  });
  const note = (): void => {
    for (const from of ["user", "network"] as const) {
      sent.push(...joined[from].sent.splice(0).map((frame) => ({ from, frame })));
    }
  };
  const say = (side: "user" | "network", request: Request): void => {
    joined[side].request(request);
    clock.advanceSync(20);
    note();
  };
  joined.layer1(true);
  clock.advanceSync(2_000);
  note();
  for (const [from, to] of [
    ["user", "network"],
    ["network", "user"],
  ] as const) {
    say(from, {
      type: "SetupRequest",
      call: "x",
      called: number,
      calling: identified,
      redirecting: { ...identified, reason: "no-reply" },
      sendingComplete: false,
      display: "Callbox",
      progress: { description: 3, location: "user" },
      elements: extra,
    });
    const call = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "MoreInfoRequest", call, progress: inband });
    say(from, { type: "InfoRequest", call: "x", digits: "12", keypad: "*1#", sendingComplete: true });
    say(to, { type: "ProceedingRequest", call });
    say(to, { type: "ProgressRequest", call, progress: inband, cause: { value: 17, location: "user" } });
    say(to, { type: "AlertingRequest", call, progress: inband });
    say(to, { type: "SetupResponse", call, connected: identified });
    say(from, { type: "NotifyRequest", call: "x", description: 0 });
    say(from, { type: "StatusEnquiryRequest", call: "x" });
    say(to, { type: "DisconnectRequest", call, cause: 16, inband: true });
    say(from, { type: "ReleaseRequest", call: "x" });
    say(from, { type: "SetupRequest", call: "y", called: number });
    const second = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "RejectRequest", call: second, cause: 17 });
    say(from, { type: "RestartRequest" });
    // A message out of place brings STATUS with a diagnostic; a frame out of place brings REJ.
    say(from, { type: "SetupRequest", call: "z", called: number });
    const third = Object.keys(joined[to].state().layer3.calls)[0] ?? "";
    say(to, { type: "ProceedingRequest", call: third });
    joined.wire.cut = true;
    say(from, { type: "InfoRequest", call: "z", digits: "1" });
    joined.wire.cut = false;
    say(from, { type: "InfoRequest", call: "z", digits: "2" });
    clock.advanceSync(30_000);
    say(to, { type: "DisconnectRequest", call: third });
    say(from, { type: "ReleaseRequest", call: "z" });
  }
  joined.wire.cut = true;
  clock.advanceSync(30_000);
  note();
  return sent;
}

t.test("Wireshark reads what we send", { skip: missing ? "tshark is not installed" : false }, (t) => {
  const folder = mkdtempSync(path(tmpdir(), "callbox-isdn-"));
  const file = path(folder, "session.pcap");
  const types = new Set<string>();
  for (const [kind, tei] of [
    ["PRI", "fixed"],
    ["BRI", "automatic"],
  ] as const) {
    const sent = session(kind, tei);
    writeFileSync(file, pcap(sent));
    // With a display filter tshark prints what is wrong, and nothing when all is well.
    const wrong = tshark(file, faults);
    t.equal(wrong, "", `${kind}: nothing malformed, no warning`);
    const rows = tshark(file, ["-T", "fields", "-e", "lapd.tei", "-e", "q931.message_type"])
      .replace(/\n$/, "")
      .split("\n");
    t.equal(rows.length, sent.length);
    sent.forEach(({ from, frame }, i) => {
      const read = decodeFrame(frame, from === "user" ? "network" : "user");
      const message = read.type === "I" ? decodeMessage(read.info) : undefined;
      const code = message === undefined || message.type === "reject" ? undefined : message.code;
      if (message?.type !== undefined) types.add(message.type);
      types.add(read.type);
      const expected = `${read.tei}\t${code === undefined ? "" : `0x${code.toString(16).padStart(2, "0")}`}`;
      if (rows[i] !== expected) t.equal(rows[i], expected, `${kind}: frame ${i}`);
    });
  }
  const cut = Uint8Array.from([0x00, 0x01, 0x00, 0x00, 0x08, 0x02, 0x00, 0x01, 0x05, 0x04, 0x03, 0x80]);
  writeFileSync(file, pcap([{ from: "user", frame: cut }]));
  t.not(tshark(file, faults), "", "a SETUP that is cut short would be seen");
  rmSync(folder, { recursive: true });
  t.strictSame(
    [...types].sort(),
    [
      ...["ALERTING", "CALL PROCEEDING", "CONNECT", "CONNECT ACKNOWLEDGE", "DISCONNECT", "I", "INFORMATION"],
      ...["NOTIFY", "PROGRESS", "REJ", "RELEASE", "RELEASE COMPLETE", "RESTART", "RESTART ACKNOWLEDGE", "RR"],
      ...["SABME", "SETUP", "SETUP ACKNOWLEDGE", "STATUS", "STATUS ENQUIRY", "UA", "UI"],
    ],
    "everything was among it",
  );
  t.end();
});

function tshark(file: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("tshark", ["-n", "-r", file, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
