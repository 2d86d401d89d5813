// The little of BER that is read, at its limits (X.690 §8.1.2, §8.1.3, §8.3).
import t from "tap";
import { inside, integerAt, readBer, readInteger } from "../../../../src/signalling/isdn/q931/ber.ts";

const filled = (length: number): number[] => Array.from({ length }, () => 7);

t.test("identifiers and lengths", (t) => {
  const rows: readonly [what: string, octets: number[], tags: number[] | undefined][] = [
    ["nothing", [], []],
    ["two values", [0x02, 1, 5, 0xa1, 0], [0x02, 0xa1]],
    ["tag number 30", [0x1e, 0], [0x1e]],
    ["tag number 31 and more: further octets", [0x1f, 0], undefined],
    ["of any class", [0xbf, 0], undefined],
    ["the bit for constructed alone", [0x20, 0], [0x20]],
    ["no length", [0x02], undefined],
    ["a length beyond the end", [0x02, 2, 5], undefined],
    ["127 octets", [0x04, 0x7f, ...filled(127)], [0x04]],
    ["indefinite form", [0x30, 0x80, 0, 0], undefined],
    ["128 octets, long form", [0x04, 0x81, 0x80, ...filled(128)], [0x04]],
    ["long form where the short would do", [0x04, 0x81, 1, 9, 0x05, 0], [0x04, 0x05]],
    ["long form without a length", [0x04, 0x81], undefined],
    ["long form of two octets", [0x04, 0x82, 0, 1, 9], undefined],
    ["one octet less than the long form says", [0x04, 0x81, 0x80, ...filled(127)], undefined],
  ];
  for (const [what, octets, tags] of rows)
    t.strictSame(
      readBer(octets)?.map(({ tag }) => tag),
      tags,
      what,
    );
  t.strictSame(readBer([0x04, 0x81, 2, 9, 8, 0x05, 1, 3]), [
    { tag: 4, content: [9, 8] },
    { tag: 5, content: [3] },
  ]);
  t.end();
});

t.test("integers: not negative, of at most four octets", (t) => {
  const rows: readonly [octets: number[], value: number | undefined][] = [
    [[], undefined],
    [[0], 0],
    [[0x7f], 127],
    [[0x80], undefined],
    [[0, 0x80], 128],
    [[1, 2, 3], 0x010203],
    [[0x7f, 0xff, 0xff, 0xff], 0x7fffffff],
    [[0, 0, 0, 0, 1], undefined],
  ];
  for (const [octets, value] of rows) t.equal(readInteger(octets), value, octets.join());
  t.end();
});

t.test("values within values", (t) => {
  const values = readBer([0x30, 3, 0x02, 1, 5]);
  t.equal(integerAt(inside(values?.[0]), 0x02), 5);
  t.equal(integerAt(inside(values?.[0]), 0x03), undefined);
  t.equal(inside(undefined), undefined);
  t.end();
});
