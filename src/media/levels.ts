// Levels as telephony counts them.

/** dBm0 of a full-scale sine (G.711, A-law). */
const overloadDbm0 = 3.14;

/** The level of 16-bit samples with this mean square, dBm0; -Infinity for silence. */
export function dbm0(meanSquare: number): number {
  return 10 * Math.log10(meanSquare / (32768 ** 2 / 2)) + overloadDbm0;
}
