// What surrounds the elements of a message (Q.931 §4.1 to §4.5.4): header, order, shifts, and which are known.
import t from "tap";
import {
  decodeMessage,
  encodeMessage,
  rawElements,
  type CallReference,
} from "../../../../src/signalling/isdn/q931/message.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";

const one: CallReference = { value: 1, octets: 1, fromOriginator: true };

t.test("headers", (t) => {
  const rows: readonly [octets: number[], reference: CallReference | string][] = [
    [[8, 1, 0x7f, 5], { value: 127, octets: 1, fromOriginator: true }],
    [[8, 1, 0x80, 5], { value: 0, octets: 1, fromOriginator: false }],
    [[8, 1, 0xff, 5], { value: 127, octets: 1, fromOriginator: false }],
    [[8, 2, 0x7f, 0xff, 5], { value: 0x7fff, octets: 2, fromOriginator: true }],
    [[8, 2, 0x80, 0, 5], { value: 0, octets: 2, fromOriginator: false }],
    [[8, 2, 0x81, 2, 5], { value: 0x102, octets: 2, fromOriginator: false }],
    [[], "Q.931 §5.8.1 protocol discriminator"],
    [[9, 1, 1, 5], "Q.931 §5.8.1 protocol discriminator"],
    [[8], "Q.931 §5.8.2 message too short"],
    [[8, 1], "Q.931 §5.8.2 message too short"],
    [[8, 1, 1], "Q.931 §5.8.2 message too short"],
    [[8, 2, 1, 1], "Q.931 §5.8.2 message too short"],
    [[8, 0, 5, 0], "Q.931 §5.8.3.1 call reference length"],
    [[8, 3, 1, 1, 1, 5], "Q.931 §5.8.3.1 call reference length"],
  ];
  for (const [octets, wanted] of rows) {
    const message = decodeMessage(octets);
    if (message.type === "reject") t.equal(`${message.clause} ${message.reason}`, wanted, octets.join());
    else {
      t.strictSame(message.reference, wanted, octets.join());
      t.strictSame(encodeMessage(message.reference, "SETUP", []), octets, "and back");
    }
  }
  t.end();
});

t.test("elements go out in the order of §4.5.1, whatever theirs is", (t) => {
  const octets = (id: number, codeset = 0): Element => ({ name: "octets", id, codeset, octets: [1] });
  const single = (id: number): Element => ({ name: "octets", id, codeset: 0, octets: [] });
  const given = [
    octets(2, 5),
    octets(0x7f),
    octets(1, 6),
    single(0xa1),
    octets(3, 5),
    single(0x80),
    octets(4),
  ];
  for (const elements of [given, [...given].reverse()])
    t.strictSame(encodeMessage(one, "SETUP", elements).slice(4), [
      ...[0x80, 0xa1],
      ...[4, 1, 1],
      ...[0x7f, 1, 1],
      ...[0x9d, 2, 1, 1],
      ...[0x9d, 3, 1, 1],
      ...[0x9e, 1, 1, 1],
    ]);
  t.strictSame(
    encodeMessage(one, "SETUP", [octets(9), octets(5)]).slice(4),
    [5, 1, 1, 9, 1, 1],
    "two of them",
  );
  t.end();
});

t.test("shifts (§4.5.3, §4.5.4)", (t) => {
  const rows: readonly [what: string, octets: number[], read: [codeset: number, id: number][]][] = [
    [
      "none",
      [1, 0, 2, 0],
      [
        [0, 1],
        [0, 2],
      ],
    ],
    [
      "locking",
      [0x95, 1, 0, 2, 0],
      [
        [5, 1],
        [5, 2],
      ],
    ],
    [
      "locking to 1",
      [0x91, 1, 0, 2, 0],
      [
        [1, 1],
        [1, 2],
      ],
    ],
    [
      "locking to 6, then down to 5",
      [0x96, 1, 0, 0x95, 2, 0],
      [
        [6, 1],
        [6, 2],
      ],
    ],
    [
      "locking up",
      [0x95, 1, 0, 0x97, 2, 0],
      [
        [5, 1],
        [7, 2],
      ],
    ],
    ["locking to 0 says nothing", [0x90, 1, 0], [[0, 1]]],
    [
      "non-locking",
      [0x9e, 1, 0, 2, 0],
      [
        [6, 1],
        [0, 2],
      ],
    ],
    [
      "non-locking to 0 under a lock",
      [0x95, 0x98, 1, 0, 2, 0],
      [
        [0, 1],
        [5, 2],
      ],
    ],
    ["non-locking to 7", [0x9f, 1, 0], [[7, 1]]],
    [
      "a single octet, of its own",
      [0x9d, 0xa1, 1, 0],
      [
        [5, 0xa1],
        [0, 1],
      ],
    ],
    [
      "single octets beside the shifts",
      [0x8f, 0xa0, 1, 0],
      [
        [0, 0x8f],
        [0, 0xa0],
        [0, 1],
      ],
    ],
    [
      "the last identifier that has a length",
      [0x7f, 1, 9, 0x80, 1, 0],
      [
        [0, 0x7f],
        [0, 0x80],
        [0, 1],
      ],
    ],
  ];
  for (const [what, octets, read] of rows)
    t.strictSame(
      rawElements(octets, 0).map(({ codeset, id }) => [codeset, id]),
      read,
      what,
    );
  t.strictSame(
    rawElements([9, 9, 1, 2, 5, 6], 2),
    [{ id: 1, codeset: 0, content: [5, 6] }],
    "from the start given",
  );
  t.strictSame(rawElements([1, 2, 5], 0), [{ id: 1, codeset: 0 }], "longer than the message");
  t.strictSame(rawElements([1], 0), [{ id: 1, codeset: 0 }], "without a length");
  t.end();
});

t.test("which identifiers of codeset 0 are known, though passed as octets", (t) => {
  const unknown = (id: number): boolean => {
    const message = decodeMessage([8, 1, 1, 5, id, 0]);
    return (
      message.type !== "reject" && message.errors.some((error) => error.kind === "unknown" && error.id === id)
    );
  };
  // Table 4-3/Q.931: throughput and transit delay, packet layer, and the redirection number (Q.952).
  const passed = [0x40, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x4a, 0x76];
  for (const id of passed) t.notOk(unknown(id), `0x${id.toString(16)}`);
  for (const id of [0x02, 0x3f, 0x41, 0x48, 0x49, 0x4b, 0x75, 0x77, 0x7f])
    t.ok(unknown(id), `0x${id.toString(16)}`);
  t.end();
});
