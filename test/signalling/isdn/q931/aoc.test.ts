// Advice of charge (EN 300 182-1) from octets as exchanges send them, and from hostile ones.
import fc from "fast-check";
import t from "tap";
import { readCharges } from "../../../../src/signalling/isdn/q931/aoc.ts";
import type { Charge } from "../../../../src/signalling/isdn/q931/charge.ts";

/** BER: a tag, its length, its contents. */
const tlv = (tag: number, ...contents: readonly (number | readonly number[])[]): number[] => {
  const content = contents.flat();
  return content.length < 0x80 ? [tag, content.length, ...content] : [tag, 0x81, content.length, ...content];
};
const invoke = (operation: number, argument: readonly number[], linked: readonly number[] = []): number[] =>
  tlv(0xa1, tlv(0x02, 0x2a), linked, tlv(0x02, operation), argument);
const rose = (...components: readonly (readonly number[])[]): number[] => [0x91, ...components.flat()];

const amount = tlv(0xa2, tlv(0x81, 0x01, 0x2c), tlv(0x82, 1));
const money = tlv(0xa1, tlv(0x81, 0x45, 0x55, 0x52), amount);
const units = tlv(0xa1, tlv(0x30, tlv(0x02, 5)), tlv(0x30, tlv(0x05), tlv(0x02, 2)));
const euros = { type: "currency", currency: "EUR", amount: 300, multiplier: 0.01 } as const;
const five = { type: "units", units: [{ units: 5 }, { units: undefined, kind: 2 }] } as const;

t.test("charges", (t) => {
  const rows: readonly [what: string, facility: readonly number[], charges: readonly Charge[]][] = [
    [
      "AOC-D currency, sub-total",
      rose(invoke(33, tlv(0x30, money, tlv(0x82, 0)))),
      [{ phase: "during", amount: euros, subtotal: true }],
    ],
    [
      "AOC-D currency, total, reverse charging",
      rose(invoke(33, tlv(0x30, money, tlv(0x82, 1), tlv(0x83, 1)))),
      [{ phase: "during", amount: euros, subtotal: false, billing: 1 }],
    ],
    [
      "AOC-D units",
      rose(invoke(34, tlv(0x30, units, tlv(0x82, 1)))),
      [{ phase: "during", amount: five, subtotal: false }],
    ],
    ["AOC-D free", rose(invoke(34, tlv(0x81))), [{ phase: "during", amount: { type: "free" } }]],
    [
      "AOC-D not available",
      rose(invoke(33, tlv(0x05))),
      [{ phase: "during", amount: { type: "not-available" } }],
    ],
    [
      "AOC-E currency with billing",
      rose(invoke(35, tlv(0x30, tlv(0x30, money, tlv(0x82, 2))))),
      [{ phase: "end", amount: euros, billing: 2 }],
    ],
    ["AOC-E units", rose(invoke(36, tlv(0x30, tlv(0x30, units)))), [{ phase: "end", amount: five }]],
    ["AOC-E free", rose(invoke(36, tlv(0x30, tlv(0x81)))), [{ phase: "end", amount: { type: "free" } }]],
    [
      "AOC-E not available",
      rose(invoke(35, tlv(0x05))),
      [{ phase: "end", amount: { type: "not-available" } }],
    ],
    [
      "two components, one linked",
      rose(invoke(34, tlv(0x81)), invoke(36, tlv(0x05), tlv(0x80, 7))),
      [
        { phase: "during", amount: { type: "free" } },
        { phase: "end", amount: { type: "not-available" } },
      ],
    ],
    [
      "behind the headers of networking extensions",
      [0x9f, ...tlv(0xaa, tlv(0x80, 0)), ...tlv(0x8b, 0), ...invoke(34, tlv(0x81))],
      [{ phase: "during", amount: { type: "free" } }],
    ],
  ];
  for (const [what, facility, charges] of rows) t.strictSame(readCharges(facility), charges, what);
  t.end();
});

t.test("what is no charge, or none that can be read", (t) => {
  const rows: readonly [what: string, facility: readonly number[]][] = [
    ["nothing", []],
    ["another profile", [0x92, ...invoke(34, tlv(0x81))]],
    ["a return result", rose(tlv(0xa2, tlv(0x02, 1)))],
    ["another operation", rose(invoke(30, tlv(0x81)))],
    ["an operation by object identifier", rose(tlv(0xa1, tlv(0x02, 1), tlv(0x06, 1), tlv(0x81)))],
    ["an operation of five octets", rose(tlv(0xa1, tlv(0x02, 1), tlv(0x02, 0, 0, 0, 0, 34), tlv(0x81)))],
    ["a negative operation", rose(tlv(0xa1, tlv(0x02, 1), tlv(0x02, 0xff), tlv(0x81)))],
    ["an empty operation", rose(tlv(0xa1, tlv(0x02, 1), tlv(0x02), tlv(0x81)))],
    ["no identifier", rose(tlv(0xa1))],
    ["no argument", rose(tlv(0xa1, tlv(0x02, 1), tlv(0x02, 34)))],
    ["a malformed component", rose([0xa1, 0x05, 0x02, 0x09])],
    ["a length past the end", rose([0xa1, 0x20, 0x02])],
    ["no length", rose([0xa1])],
    ["an indefinite length", rose([0xa1, 0x80, 0x00, 0x00])],
    ["a length of two octets", rose([0xa1, 0x82, 0x00, 0x00])],
    ["a long length cut short", rose([0xa1, 0x81])],
    ["a tag of several octets", rose([0xbf, 0x01, 0x00])],
    ["AOC-D of another type", rose(invoke(33, tlv(0x04, 1)))],
    ["AOC-D without an amount", rose(invoke(33, tlv(0x30, tlv(0x82, 1))))],
    ["AOC-E of another type", rose(invoke(35, tlv(0x81)))],
    ["AOC-E with nothing in it", rose(invoke(35, tlv(0x30)))],
    ["AOC-E of another choice", rose(invoke(35, tlv(0x30, tlv(0x04))))],
    ["AOC-E without an amount", rose(invoke(35, tlv(0x30, tlv(0x30))))],
    ["a currency without an amount", rose(invoke(33, tlv(0x30, tlv(0xa1, tlv(0x81, 0x45)))))],
    [
      "an unknown multiplier",
      rose(invoke(33, tlv(0x30, tlv(0xa1, tlv(0x81, 0x45), tlv(0xa2, tlv(0x81, 1), tlv(0x82, 7)))))),
    ],
    ["an empty list of units", rose(invoke(34, tlv(0x30, tlv(0xa1))))],
    ["an empty unit", rose(invoke(34, tlv(0x30, tlv(0xa1, tlv(0x30)))))],
    ["a unit that is no number", rose(invoke(34, tlv(0x30, tlv(0xa1, tlv(0x30, tlv(0x04, 1))))))],
  ];
  for (const [what, facility] of rows) t.strictSame(readCharges(facility), [], what);
  t.end();
});

t.test("hostile octets never throw", (t) => {
  const good = rose(invoke(33, tlv(0x30, money, tlv(0x82, 0))), invoke(36, tlv(0x30, tlv(0x30, units))));
  const mutated = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 })
    .map((changes) => changes.reduce((octets, [at, value]) => octets.with(at, value), good));
  const noise = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 255 }).map((tail) => [0x91, ...tail]);
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.oneof(mutated, noise), (octets) => Array.isArray(readCharges(octets))),
      { numRuns: 20_000 },
    ),
  );
  t.end();
});

t.test("multipliers of a currency (EN 300 182-1 §7.2: 0 is a thousandth, 6 a thousand)", (t) => {
  const charged = (multiplier: readonly number[]): unknown =>
    readCharges(
      rose(
        invoke(33, tlv(0x30, tlv(0xa1, tlv(0x81, 0x45), tlv(0xa2, tlv(0x81, 7), multiplier)), tlv(0x82, 0))),
      ),
    );
  for (const [code, multiplier] of [0.001, 0.01, 0.1, 1, 10, 100, 1000].entries())
    t.match(charged(tlv(0x82, code)), [{ amount: { type: "currency", amount: 7, multiplier } }]);
  t.strictSame(charged(tlv(0x82, 7)), [], "no such code");
  t.strictSame(charged([]), [], "none");
  t.end();
});

t.test("what is no invocation says nothing", (t) => {
  const rows: readonly [what: string, component: readonly number[]][] = [
    ["an identifier that is no integer", tlv(0xa1, tlv(0x04, 1), tlv(0x02, 34), tlv(0x81))],
    ["an operation that is no integer", tlv(0xa1, tlv(0x02, 1), tlv(0x06, 34), tlv(0x81))],
    ["no argument", tlv(0xa1, tlv(0x02, 1), tlv(0x02, 34))],
  ];
  for (const [what, component] of rows) t.strictSame(readCharges(rose(component)), [], what);
  t.strictSame(readCharges([]), []);
  t.end();
});
