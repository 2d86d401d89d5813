// Every kind of frame that we send, read by Wireshark's dissectors where tshark is installed: nothing malformed,
// no expert warning, and the same messages as we meant.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import t from "tap";
import { decodeFrame } from "../../../src/signalling/isdn/q921/frame.ts";
import { decodeMessage, messageCodes } from "../../../src/signalling/isdn/q931/message.ts";
import { writeCapture } from "../../../src/signalling/isdn/trace/pcap.ts";
import { basicSession, busSession, qsigSession, serviceSession, type Sent } from "./sessions.ts";

const missing = spawnSync("tshark", ["--version"]).error !== undefined;

/** What is not in order: broken, warned of (severity warning and up), or not understood. */
const faults = ["-Y", "_ws.malformed || _ws.expert.severity >= 6291456 || data"];

/** As the network's side has captured it, one frame a second. */
function pcap(sent: readonly Sent[]): Uint8Array {
  return writeCapture(
    sent.map(({ from, frame }, i) => ({ at: i * 1000, sent: from === "network", from, octets: frame })),
  );
}

t.test("Wireshark reads what we send", { skip: missing ? "tshark is not installed" : false }, (t) => {
  const folder = mkdtempSync(path(tmpdir(), "callbox-isdn-"));
  const file = path(folder, "session.pcap");
  const types = new Set<string>();
  for (const [kind, sent] of [
    ["PRI", basicSession("PRI", "fixed")],
    ["BRI", basicSession("BRI", "automatic")],
    ["services", serviceSession()],
    ["QSIG", qsigSession()],
    ["bus", busSession()],
  ] as const) {
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
      const ours = read.type === "I" || (read.type === "UI" && read.sapi === 0);
      const message = ours ? decodeMessage(read.info) : undefined;
      const code = message === undefined || message.type === "reject" ? undefined : message.code;
      if (message?.type !== undefined) types.add(message.type);
      types.add(read.type);
      const tei = "tei" in read ? read.tei : -1;
      const expected = `${tei}\t${code === undefined ? "" : `0x${code.toString(16).padStart(2, "0")}`}`;
      if (rows[i] !== expected) t.equal(rows[i], expected, `${kind}: frame ${i}`);
    });
  }
  const cut = Uint8Array.from([0x00, 0x01, 0x00, 0x00, 0x08, 0x02, 0x00, 0x01, 0x05, 0x04, 0x03, 0x80]);
  writeFileSync(file, pcap([{ from: "user", frame: cut }]));
  t.not(tshark(file, faults), "", "a SETUP that is cut short would be seen");
  rmSync(folder, { recursive: true });
  t.strictSame(
    [...types].sort(),
    [...Object.keys(messageCodes), "I", "REJ", "RR", "SABME", "UA", "UI"].sort(),
    "everything was among it",
  );
  t.end();
});

function tshark(file: string, words: readonly string[]): string {
  const all = ["-n", "-o", "q932.facility_encoding:Dissect facility as ETSI", "-r", file, ...words];
  const { status, stdout, stderr } = spawnSync("tshark", all, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
