// Channel identification (Q.931 §4.5.13) for basic and primary rate, channel numbers and slot maps.
import type { ChannelIdentification, Octets } from "./values.ts";

const slotMapOctets = 4;

/** `undefined`: contents in error. */
export function decodeChannel(octets: Octets): ChannelIdentification | undefined {
  const [first] = octets;
  if (first === undefined) return undefined;
  const primary = (first & 0x20) !== 0;
  const common = { primary, exclusive: (first & 0x08) !== 0, dChannel: (first & 0x04) !== 0 };
  const id = (first & 0x40) === 0 ? undefined : interfaceId(octets);
  const identified = id === undefined ? common : { ...common, interfaceId: id };
  const selection = first & 3;
  if (selection === 0) return { ...identified, selection: "none", channels: [] };
  if (selection === 3) return { ...identified, selection: "any", channels: [] };
  if (!primary) return { ...identified, selection: "indicated", channels: [selection] };
  if (selection === 2) return undefined;

  const at = 1 + (id?.length ?? 0);
  const format = octets[at];
  const list = octets.slice(at + 1);
  if (format === undefined || list.length === 0) return undefined;
  if ((format & 0x10) !== 0)
    return { ...identified, selection: "indicated", channels: readMap(list), map: true };
  return { ...identified, selection: "indicated", channels: readNumbers(list) };
}

export function encodeChannel(value: ChannelIdentification): Octets {
  const { interfaceId: id = [] } = value;
  const first =
    0x80 |
    (id.length > 0 ? 0x40 : 0) |
    (value.primary ? 0x20 : 0) |
    (value.exclusive ? 0x08 : 0) |
    (value.dChannel ? 0x04 : 0);
  const [channel = 0] = value.channels;
  if (value.selection === "none") return [first, ...id];
  if (value.selection === "any") return [first | 3, ...id];
  if (!value.primary) return [first | (channel & 3), ...id];
  if (value.map === true) return [first | 1, ...id, 0x93, ...writeMap(value.channels)];
  const last = value.channels.length - 1;
  return [first | 1, ...id, 0x83, ...value.channels.map((n, i) => (i === last ? 0x80 : 0) | (n & 0x7f))];
}

/** Octet 3.1 goes on while bit 8 is clear. */
function interfaceId(octets: Octets): Octets {
  const end = octets.findIndex((octet, i) => i > 0 && (octet & 0x80) !== 0);
  return octets.slice(1, end === -1 ? octets.length : end + 1);
}

function readNumbers(list: Octets): readonly number[] {
  // Bit 8 marks the last one; senders that forget it are bounded by the element's length.
  const end = list.findIndex((octet) => (octet & 0x80) !== 0);
  return list.slice(0, end === -1 ? list.length : end + 1).map((octet) => octet & 0x7f);
}

/** Figure 4-19: the last octet holds channels 7–0, the first of four holds 31–24. */
function readMap(list: Octets): readonly number[] {
  const channels: number[] = [];
  const octets = [...list].reverse();
  for (const [row, octet] of octets.entries()) {
    for (let bit = 0; bit < 8; bit++) if ((octet & (1 << bit)) !== 0) channels.push(row * 8 + bit);
  }
  return channels;
}

function writeMap(channels: readonly number[]): Octets {
  return Array.from({ length: slotMapOctets }, (_, i) =>
    channels
      .filter((channel) => channel >> 3 === slotMapOctets - 1 - i)
      .reduce((octet, channel) => octet | (1 << (channel & 7)), 0),
  );
}
