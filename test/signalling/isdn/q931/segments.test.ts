// Segments (Annex H): cut and joined again, in order only, with T314.
import fc from "fast-check";
import t from "tap";
import { defaultN201 } from "../../../../src/signalling/isdn/q921/frame.ts";
import { decodeMessage, type Message } from "../../../../src/signalling/isdn/q931/message.ts";
import {
  joinSegment,
  segment,
  type Joined,
  type Reassembly,
} from "../../../../src/signalling/isdn/q931/segments.ts";

type Octets = readonly number[];

function read(octets: Octets): Message {
  const message = decodeMessage(octets);
  if (message.type === "reject") throw new Error(message.reason);
  return message;
}

function joinAll(parts: readonly Octets[]): Joined | undefined {
  let before: Reassembly | null = null;
  let last: Joined | undefined;
  for (const part of parts) {
    last = joinSegment(before, read(part), part);
    before = last.type === "more" ? last.reassembly : null;
  }
  return last;
}

const reference = { value: 258, octets: 2, fromOriginator: false } as const;

t.test("what was cut is joined again, whatever its length and call reference", (t) => {
  const cases = fc.record({
    octets: fc.constantFrom<1 | 2>(1, 2),
    length: fc.integer({ min: 0, max: 2000 }),
  });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(cases, ({ octets: size, length }) => {
        const head = size === 1 ? [8, 1, 0x85] : [8, 2, 0x81, 2];
        const octets = [...head, 5, ...Array.from({ length }, (_, i) => (i * 7) & 0xff)];
        const parts = segment(octets, { ...reference, octets: size }, "SETUP", 260);
        if (parts === undefined || parts.some((part) => part.length > defaultN201)) return false;
        if (parts.length === 1) return parts[0] === octets;
        const whole = joinAll(parts);
        return whole?.type === "whole" && JSON.stringify(whole.octets) === JSON.stringify(octets);
      }),
    ),
  );
  const endless = [8, 2, 0x81, 2, 5, ...Array.from({ length: 2100 }, () => 0)];
  t.equal(segment(endless, reference, "SETUP", 260), undefined, "H.2 a: more than eight");
  t.end();
});

t.test("§H.3: what is discarded", (t) => {
  const first = (remaining: number, type = 5, reference = 1): Octets => [
    ...[8, 1, reference, 0x60, 0, 2, 0x80 | remaining, type],
    0x28,
  ];
  const next = (remaining: number, type = 5, reference = 1): Octets => [
    ...[8, 1, reference, 0x60, 0, 2, remaining, type],
    0x29,
  ];
  const rows: readonly [what: string, parts: readonly Octets[], reason: string][] = [
    ["a later segment without a first", [next(0)], "segment out of order"],
    ["a gap", [first(3), next(1)], "segment out of order"],
    ["of another message type", [first(1), next(0, 7)], "segment out of order"],
    ["of another call", [first(1), next(0, 5, 2)], "segment out of order"],
    ["of the other side's call", [first(1), next(0, 5, 0x81)], "segment out of order"],
    ["more than eight", [first(8)], "too many segments"],
    ["segments of a segment", [first(0, 0x60)], "segments of a segment"],
    ["no Segmented message element", [[8, 1, 1, 0x60, 0x28, 1, 0x41]], "no Segmented message element"],
    ["an element cut short", [[8, 1, 1, 0x60, 0, 1, 0x80]], "no Segmented message element"],
  ];
  for (const [what, parts, reason] of rows) {
    t.strictSame(joinAll(parts), { type: "discarded", reason }, what);
  }
  t.match(
    joinAll([first(2), first(1)]),
    { type: "more", reassembly: { remaining: 1, content: [0x28] } },
    "anew",
  );
  t.end();
});
