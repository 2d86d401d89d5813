// A message in FSK at 1,200 bit/s, as samples (Bellcore GR-30 §2, ETSI EN 300 659-1 §6): alternating bits by which a
// telephone wakes, ones, then each byte between a nought and a one.
import { dbm0 } from "./levels.ts";
import type { Modem } from "./engine.ts";

export interface MessageForm {
  readonly modem: Modem;
  /** Alternating bits before; none for a telephone that is off hook. Default 300. */
  readonly seizureBits?: number;
  /** Ones before. Default 180. */
  readonly markBits?: number;
  /** Default -13.5, as GR-30 wants it at the telephone's end of a line without loss. */
  readonly levelDbm0?: number;
}

const rate = 8000;
const bitsPerSecond = 1200;
/** Hz: of a nought, and of a one. */
const frequencies = { bell202: [2200, 1200], v23: [2100, 1300] } as const;
/** Ones after the last byte, so that its stop bit is surely heard. */
const tailBits = 10;

/** @param message with its type and length; the checksum is added. At most 258 bytes. */
export function messageSamples(message: Uint8Array, form: MessageForm): Int16Array {
  const { modem, seizureBits = 300, markBits = 180, levelDbm0 = -13.5 } = form;
  const checksum = -message.reduce((sum, byte) => sum + byte, 0) & 0xff;
  const bits = [
    ...Array.from({ length: seizureBits }, (_, i) => i % 2),
    ...Array.from({ length: markBits }, () => 1),
    ...[...message, checksum].flatMap((byte) => [
      0,
      ...Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1),
      1,
    ]),
    ...Array.from({ length: tailBits }, () => 1),
  ];
  const amplitude = Math.sqrt(2) * 10 ** ((levelDbm0 - dbm0(1)) / 20);
  let phase = 0;
  return Int16Array.from({ length: Math.floor((bits.length * rate) / bitsPerSecond) }, (_, i) => {
    const bit = bits[Math.floor((i * bitsPerSecond) / rate)] ?? 1;
    phase += (2 * Math.PI * (frequencies[modem][bit] ?? 0)) / rate;
    return Math.round(amplitude * Math.sin(phase));
  });
}
