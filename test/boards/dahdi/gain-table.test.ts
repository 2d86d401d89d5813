// Gains by table: each code word becomes the one nearest to so much louder, on its side of nought.
import fc from "fast-check";
import t from "tap";
import { gainTable } from "../../../src/boards/dahdi/gain-table.ts";
import { alawDecode } from "../../media/support.ts";

/** ITU-T G.711 table 2a, decoder. */
function ulawDecode(code: number): number {
  const value = ~code & 0xff;
  const magnitude = (((value & 15) * 2 + 33) * 2 ** ((value >> 4) & 7) - 33) * 4;
  return (value & 0x80) === 0 ? magnitude : -magnitude;
}
const laws = [
  ["alaw", alawDecode, 32256],
  ["ulaw", ulawDecode, 32124],
] as const;

t.test("no gain changes nothing", (t) => {
  for (const [law] of laws)
    t.strictSame(
      [...gainTable(law, 0)],
      Array.from({ length: 256 }, (_, code) => code),
    );
  t.end();
});

t.test("each word is as loud as the law can tell it", (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...laws),
      fc.integer({ min: -240, max: 240 }),
      fc.nat(255),
      ([law, decode, most], tenths, code) => {
        const before = decode(code);
        const after = decode(gainTable(law, tenths / 10)[code] ?? 0);
        const wanted = Math.max(-most, Math.min(most, before * 10 ** (tenths / 200)));
        // Half of a step, which is the widest where a segment begins: of A-law 1/32 of the value, or of the smallest segment;
        // of µ-law, whose segments are shifted by 132, 1/33 of the value and 132.
        const loud = Math.abs(wanted);
        const step = law === "ulaw" ? (loud + 132) / 33 + 1e-9 : Math.max(loud / 31, 8);
        return (
          Math.abs(after - wanted) <= step &&
          (after === 0 || Math.sign(after) === Math.sign(before) || before === 0)
        );
      },
    ),
    // Where a segment of µ-law begins.
    { examples: [[laws[1], 64, 105]] },
  );
  t.end();
});
