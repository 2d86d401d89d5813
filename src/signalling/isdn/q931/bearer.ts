// Bearer capability (Q.931 §4.5.5), as far as a telephone needs to understand it; the rest is kept as octets.
import type { BearerCapability, Octets, TransferCapability } from "./values.ts";

const capabilities: Readonly<Record<TransferCapability, number>> = {
  speech: 0x00,
  "unrestricted-digital": 0x08,
  "restricted-digital": 0x09,
  "3.1kHz-audio": 0x10,
  "unrestricted-digital-with-tones": 0x11,
  video: 0x18,
  reserved: 0x1f,
};

const capabilityNames = new Map(
  (Object.entries(capabilities) as [TransferCapability, number][]).map(([name, n]) => [n, name]),
);

type Layer1 = NonNullable<BearerCapability["layer1"]>;

const layer1Codes: Readonly<Record<Layer1, number>> = {
  v110: 1,
  ulaw: 2,
  alaw: 3,
  g721: 4,
  h221: 5,
  other: 0x1f,
};

const layer1Names = new Map(
  (Object.entries(layer1Codes) as [Layer1, number][]).map(([name, n]) => [n, name]),
);

const modes: Readonly<Record<number, BearerCapability["mode"]>> = { 0: "circuit", 2: "packet" };

/** 3.1 kHz audio at 64 kbit/s: what a telephone call asks for. */
export function audioBearer(law: "alaw" | "ulaw"): BearerCapability {
  return { transferCapability: "3.1kHz-audio", mode: "circuit", rate: 0x10, layer1: law };
}

export function decodeBearer(octets: Octets): BearerCapability | undefined {
  const [capability, transfer] = octets;
  if (capability === undefined || transfer === undefined) return undefined;
  const protocol = layer1Of(octets, transfer);
  const bearer: BearerCapability = {
    // Another coding standard than ITU-T's says nothing in these bits.
    transferCapability:
      (capability & 0x60) === 0 ? (capabilityNames.get(capability & 0x1f) ?? "reserved") : "reserved",
    mode: modes[(transfer >> 5) & 3] ?? "other",
    rate: transfer & 0x1f,
    ...(protocol === undefined ? {} : { layer1: protocol }),
  };
  const plain = encodeBearer(bearer);
  const same = plain.length === octets.length && plain.every((octet, i) => octet === octets[i]);
  return same ? bearer : { ...bearer, octets };
}

export function encodeBearer({ octets, transferCapability, mode, rate, layer1 }: BearerCapability): Octets {
  if (octets !== undefined) return octets;
  const modeBits = mode === "circuit" ? 0 : mode === "packet" ? 0x40 : 0x60;
  return [
    0x80 | capabilities[transferCapability],
    0x80 | modeBits | (rate & 0x1f),
    ...(layer1 === undefined ? [] : [0xa0 | layer1Codes[layer1]]),
  ];
}

/** Octet 5 is the first after octet group 4 whose bits 7–6 name layer 1. */
function layer1Of(octets: Octets, transfer: number): Layer1 | undefined {
  // Octet 4 goes on while bit 8 is clear, and a multirate bearer (rate 0x18) has octet 4.1.
  const end = octets.findIndex((octet, i) => i > 0 && (octet & 0x80) !== 0);
  const multirate = (transfer & 0x1f) === 0x18 ? 1 : 0;
  const octet = end === -1 ? undefined : octets[end + multirate + 1];
  if (octet === undefined || (octet & 0x60) !== 0x20) return undefined;
  return layer1Names.get(octet & 0x1f) ?? "other";
}
