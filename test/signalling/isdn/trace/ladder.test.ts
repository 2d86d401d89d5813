// The ladder: sides, calls by who began them, elements with their clauses, faults.
import t from "tap";
import { describeFrame } from "../../../../src/signalling/isdn/trace/decode.ts";
import { rungs, type LadderOptions } from "../../../../src/signalling/isdn/trace/ladder.ts";
import { otherSide, type Side } from "../../../../src/signalling/isdn/q921/frame.ts";

function ladder(from: Side, hex: string, options: Partial<LadderOptions> = {}): readonly string[] {
  const frame = describeFrame(Buffer.from(hex, "hex"), otherSide(from));
  const clock = () => "12:00:00.000";
  return rungs({ at: 0, from, frame }, { layer2: false, elements: true, clock, ...options });
}

t.test("a message and its elements", (t) => {
  t.strictSame(ladder("user", "0001020008020005" + "45" + "08028090"), [
    "12:00:00.000  user ──────── DISCONNECT ───────▶ network  call 5 of user",
    "              cause: Normal call clearing, value 16, location user  (Q.931 §4.5.12)",
  ]);
  t.strictSame(ladder("network", "02010200080280055a", { elements: false }), [
    "12:00:00.000  user ◀──── RELEASE COMPLETE ───── network  call 5 of user",
  ]);
  t.strictSame(ladder("network", "0281020008010562" + "9601018f"), [
    "12:00:00.000  user ◀──────── FACILITY ───────── network  call 5 of network, TEI 64",
    "              unknown: 8f  (codeset 6, 0x01)",
  ]);
  t.end();
});

t.test("layer 2 only when asked for", (t) => {
  t.strictSame(ladder("user", "00017f"), []);
  t.strictSame(ladder("user", "00017f", { layer2: true }), [
    "12:00:00.000  user ────────── SABME ──────────▶ network  TEI 0, P/F",
  ]);
  t.strictSame(ladder("network", "00010105", { layer2: true }), [
    "12:00:00.000  user ◀─────────── RR ──────────── network  TEI 0, N(R) 2, P/F",
  ]);
  t.strictSame(ladder("user", "fcff030f123401ff", { layer2: true }), [
    "12:00:00.000  user ─── TEI identity-request ──▶ network  Ri 4660, Ai 127",
  ]);
  t.end();
});

t.test("what cannot be read is told with its clause", (t) => {
  t.match(ladder("user", "0001020009"), [/ I /u, /! .*\(Q\.931 §5\.8\.1\)/u]);
  t.match(ladder("user", "00"), [/rejected/u, /! invalid frame \(Q\.921 §2\.9\)/u]);
  t.end();
});
