// Q.921 frames: the octets of the Recommendation's figures, rejects, and every frame there and back.
import fc from "fast-check";
import t from "tap";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type Side,
} from "../../../../src/signalling/isdn/q921/frame.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

t.test("octets and their meaning", (t) => {
  const rows: readonly [clause: string, receiver: Side, octets: string, expected: Partial<Frame>][] = [
    // Network to user: C/R 1 is a command; user to network: 0 is one (§3.3.2).
    ["3.6.4", "user", "02 01 7f", { type: "SABME", command: true, pf: true, sapi: 0, tei: 0 }],
    ["3.6.4", "network", "00 01 6f", { type: "SABME", command: true, pf: false }],
    ["3.6.8", "user", "00 01 73", { type: "UA", command: false, pf: true }],
    ["3.6.8", "network", "02 01 73", { type: "UA", command: false, pf: true }],
    ["3.6.5", "network", "00 01 53", { type: "DISC", pf: true }],
    ["3.6.10", "network", "02 01 1f", { type: "DM", pf: true }],
    ["3.6.5", "user", "02 01 01 0a", { type: "RR", command: true, nr: 5, pf: false }],
    ["3.6.7", "user", "00 01 05 0b", { type: "RNR", command: false, nr: 5, pf: true }],
    ["3.6.6", "network", "02 01 09 00", { type: "REJ", command: false, nr: 0 }],
    ["3.6.2", "user", "02 01 02 04 08 02", { type: "I", ns: 1, nr: 2, pf: false, info: [8, 2] }],
    ["3.6.2", "user", "02 81 fe ff", { type: "I", tei: 64, ns: 127, nr: 127, pf: true, info: [] }],
    ["3.6.6", "user", "02 ff 03 08", { type: "UI", tei: 127, info: [8] }],
    ["5.3", "network", "fc ff 03 0f 12 34 01 ff", { type: "UI", sapi: 63, tei: 127 }],
    ["3.6.11", "user", "00 01 97 01 02 03 04 05", { type: "FRMR", pf: true, info: [1, 2, 3, 4, 5] }],
    ["3.6.12", "user", "02 01 af", { type: "XID", info: [] }],
  ];
  for (const [clause, receiver, octets, expected] of rows) {
    t.match(decodeFrame(hex(octets), receiver), expected, `${octets} (Q.921 ${clause})`);
    const frame = decodeFrame(hex(octets), receiver);
    if (frame.type === "invalid" || frame.type === "reject") continue;
    t.same(encodeFrame(frame, receiver === "user" ? "network" : "user"), hex(octets), `${octets} back`);
  }
  t.end();
});

t.test("what is no frame", (t) => {
  const rows: readonly [clause: string, octets: string, error: string | undefined][] = [
    ["2.9 c: too short", "", undefined],
    ["2.9 c: too short", "02", undefined],
    ["2.9 c: too short", "02 01", undefined],
    ["2.9 c: no second control octet", "02 01 01", undefined],
    ["2.9 c: no second control octet", "02 01 00", undefined],
    ["2.9 e: one address octet", "03 01 7f", undefined],
    ["2.9 e: three address octets", "02 00 7f 01", undefined],
    ["3.6.11: undefined control field", "02 01 0d 00", "L"],
    ["3.6.11: undefined control field", "02 01 f3", "L"],
    ["Table 5: SABME is no response", "00 01 7f", "L"],
    ["Table 5: UA is no command", "02 01 73", "L"],
    ["Table 5: I is no response", "00 01 00 00", "L"],
    ["3.6.11 b: RR with a tail", "02 01 01 00 00", "N"],
    ["3.6.11: SABME with information", "02 01 7f 00", "M"],
    ["5.9.3: I field over N201", `02 01 00 00 ${"00".repeat(261)}`, "O"],
    ["5.9.3: UI field over N201", `02 01 03 ${"00".repeat(261)}`, "O"],
  ];
  for (const [clause, octets, error] of rows) {
    const frame = decodeFrame(hex(octets), "user");
    t.equal(frame.type, error === undefined ? "invalid" : "reject", `Q.921 ${clause}`);
    t.equal("error" in frame ? frame.error : undefined, error, `Q.921 ${clause}: error`);
  }
  t.equal(decodeFrame(hex(`02 01 00 00 ${"00".repeat(260)}`), "user").type, "I", "260 octets are allowed");
  t.match(
    decodeFrame(hex("02 01 00 00 01 02 03"), "user", 2),
    { type: "reject", error: "O" },
    "N201 as agreed",
  );
  t.equal(decodeFrame(hex("02 01 00 00 01 02"), "user", 2).type, "I");
  t.end();
});

const seven = fc.integer({ min: 0, max: 127 });
const octets = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: 255 }), { maxLength });
const address = { sapi: fc.integer({ min: 0, max: 63 }), tei: seven, pf: fc.boolean() };
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    ...address,
    type: fc.constant("I" as const),
    command: fc.constant(true),
    nr: seven,
    ns: seven,
    info: octets(260),
  }),
  fc.record({ ...address, type: fc.constantFrom("RR", "RNR", "REJ"), command: fc.boolean(), nr: seven }),
  fc.record({ ...address, type: fc.constantFrom("SABME", "DISC"), command: fc.constant(true) }),
  fc.record({ ...address, type: fc.constantFrom("UA", "DM"), command: fc.constant(false) }),
  fc.record({ ...address, type: fc.constant("UI" as const), command: fc.constant(true), info: octets(260) }),
  fc.record({ ...address, type: fc.constant("FRMR" as const), command: fc.constant(false), info: octets(5) }),
  fc.record({ ...address, type: fc.constant("XID" as const), command: fc.boolean(), info: octets(20) }),
);

t.test("every frame there and back, both ways", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(frames, fc.constantFrom<Side>("user", "network"), (frame, sender) => {
        const receiver = sender === "user" ? "network" : "user";
        const back = decodeFrame(encodeFrame(frame, sender), receiver);
        return JSON.stringify(sorted(back)) === JSON.stringify(sorted(frame));
      }),
      { numRuns: 2000 },
    ),
  );
  t.end();
});

t.test("any octets are a frame that goes back to the same octets, or a reject", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (given) => {
        const frame = decodeFrame(given, "user");
        if (frame.type === "invalid" || frame.type === "reject") return true;
        return Buffer.compare(encodeFrame(frame, "network"), given) === 0;
      }),
      { numRuns: 5000 },
    ),
  );
  t.end();
});

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
