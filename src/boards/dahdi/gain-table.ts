// Gains by table (DAHDI_SETGAINS): for each code word of a law, the one that is so much louder.
import type { Law } from "../../shared/audio.ts";

const codes = 256;
/** Both laws have it in the first bit. */
const sign = 0x80;

/** ITU-T G.711 tables 1 and 2: what a code word stands for, of 16 bits. */
const decode: Readonly<Record<Law, (code: number) => number>> = {
  alaw(code) {
    const value = code ^ 0x55;
    const [segment, step] = [(value >> 4) & 7, value & 15];
    const magnitude = segment === 0 ? step * 16 + 8 : (step * 16 + 264) * 2 ** (segment - 1);
    return (value & 0x80) === 0 ? -magnitude : magnitude;
  },
  ulaw(code) {
    const value = ~code & 0xff;
    const magnitude = ((value & 15) * 8 + 132) * 2 ** ((value >> 4) & 7) - 132;
    return (value & 0x80) === 0 ? magnitude : -magnitude;
  },
};

const known = new Map<string, Uint8Array>();

/** @param db of the level; 0 leaves every code word as it is. */
export function gainTable(law: Law, db: number): Uint8Array {
  const name = `${law} ${db}`;
  const table = known.get(name) ?? makeTable(law, db);
  known.set(name, table);
  return table;
}

function makeTable(law: Law, db: number): Uint8Array {
  const values = Array.from({ length: codes }, (_, code) => decode[law](code));
  if (db === 0) return Uint8Array.from(values.keys());
  const gain = 10 ** (db / 20);
  return Uint8Array.from(values, (value, code) => {
    const wanted = value * gain;
    // What is silent stays on its side of nought.
    const distance = (to: number): number => {
      const there = values[to] ?? 0;
      return ((to ^ code) & sign) === 0 ? Math.abs(there - wanted) : Infinity;
    };
    let best = code;
    for (let to = 0; to < codes; to++) if (distance(to) < distance(best)) best = to;
    return best;
  });
}
