// Contents of the smaller information elements (§4.5): octets to values and back. `undefined`: contents in error.
import { decodeIa5, encodeIa5 } from "../octets.ts";
import type {
  Cause,
  DateTime,
  DisplayElement,
  HighLayerCompatibility,
  Location,
  Octets,
  Progress,
  RestartClass,
  Segment,
  Subaddress,
  TransitNetwork,
  UserUser,
} from "./values.ts";

const locations: Readonly<Record<Location, number>> = {
  user: 0,
  "private-network-local": 1,
  "public-network-local": 2,
  "transit-network": 3,
  "public-network-remote": 4,
  "private-network-remote": 5,
  international: 7,
  "beyond-interworking": 10,
  reserved: 15,
};

const locationNames = new Map(
  (Object.entries(locations) as [Location, number][]).map(([name, n]) => [n, name]),
);

function locationOf(octet: number): Location {
  return locationNames.get(octet & 0x0f) ?? "reserved";
}

export function decodeCause(octets: Octets): Cause | undefined {
  const [first = 0] = octets;
  // Octet 3a (Recommendation) is there when the extension bit says so (Q.850 §2.1).
  const at = (first & 0x80) === 0 ? 2 : 1;
  const value = octets[at];
  if (value === undefined) return undefined;
  const cause = { value: value & 0x7f, location: locationOf(first) };
  const diagnostic = octets.slice(at + 1);
  return diagnostic.length === 0 ? cause : { ...cause, diagnostic };
}

export function encodeCause({ value, location, diagnostic = [] }: Cause): Octets {
  return [0x80 | locations[location], 0x80 | (value & 0x7f), ...diagnostic];
}

export function decodeProgress([first, second]: Octets): Progress | undefined {
  if (first === undefined || second === undefined) return undefined;
  return { description: second & 0x7f, location: locationOf(first) };
}

export function encodeProgress({ description, location }: Progress): Octets {
  return [0x80 | locations[location], 0x80 | (description & 0x7f)];
}

const restartClasses: Readonly<Record<RestartClass, number>> = {
  "indicated-channels": 0,
  "single-interface": 6,
  "all-interfaces": 7,
};

const restartNames = new Map(
  (Object.entries(restartClasses) as [RestartClass, number][]).map(([name, n]) => [n, name]),
);

export function decodeRestart([octet]: Octets): RestartClass | undefined {
  return octet === undefined ? undefined : restartNames.get(octet & 7);
}

export function encodeRestart(name: RestartClass): Octets {
  return [0x80 | restartClasses[name]];
}

const latin1 = 0xb1;

/** Some networks put a character set octet before the text (bit 8 set). */
export function decodeDisplay(octets: Octets): Omit<DisplayElement, "name"> {
  const [charset = 0] = octets;
  if (charset < 0x80) return { text: decodeIa5(octets) };
  const text = octets.slice(1);
  return { text: charset === latin1 ? String.fromCharCode(...text) : decodeIa5(text), charset };
}

export function encodeDisplay({ text, charset }: Omit<DisplayElement, "name">): Octets {
  if (charset === undefined) return encodeIa5(text);
  const octets =
    charset === latin1 ? Array.from(text, (character) => character.charCodeAt(0) & 0xff) : encodeIa5(text);
  return [0x80 | charset, ...octets];
}

export function decodeDateTime([year, month, day, hour, minute, second]: Octets): DateTime | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return {
    year,
    month,
    day,
    ...(hour === undefined ? {} : { hour }),
    ...(minute === undefined ? {} : { minute }),
    ...(second === undefined ? {} : { second }),
  };
}

export function encodeDateTime({ year, month, day, hour, minute, second }: DateTime): Octets {
  const octets = [year, month, day, hour, minute, second];
  const end = octets.indexOf(undefined);
  return octets.slice(0, end === -1 ? octets.length : end).map((octet = 0) => octet & 0xff);
}

const subaddressTypes: Readonly<Record<Subaddress["type"], number>> = {
  nsap: 0,
  "user-specified": 2,
  other: 7,
};

export function decodeSubaddress([first, ...octets]: Octets): Subaddress | undefined {
  if (first === undefined) return undefined;
  const code = (first >> 4) & 7;
  const type = code === 0 ? "nsap" : code === 2 ? "user-specified" : "other";
  return { type, odd: (first & 0x08) !== 0, octets };
}

export function encodeSubaddress({ type, odd, octets }: Subaddress): Octets {
  return [0x80 | (subaddressTypes[type] << 4) | (odd ? 0x08 : 0), ...octets];
}

/** ITU-T coding, interpretation 4 (first characteristics), presentation 1 (high layer protocol profile). */
const hlcHeader = 0x91;

export function decodeHlc(octets: Octets): HighLayerCompatibility | undefined {
  const [, characteristics, extended] = octets;
  if (characteristics === undefined) return undefined;
  const more = (characteristics & 0x80) === 0 && extended !== undefined;
  const hlc = {
    characteristics: characteristics & 0x7f,
    ...(more ? { extended: extended & 0x7f } : {}),
  };
  const plain = encodeHlc(hlc);
  const same = plain.length === octets.length && plain.every((octet, i) => octet === octets[i]);
  return same ? hlc : { ...hlc, octets };
}

export function encodeHlc({ characteristics, extended, octets }: HighLayerCompatibility): Octets {
  if (octets !== undefined) return octets;
  const value = characteristics & 0x7f;
  return extended === undefined ? [hlcHeader, 0x80 | value] : [hlcHeader, value, 0x80 | (extended & 0x7f)];
}

export function decodeUserUser([protocol, ...octets]: Octets): UserUser | undefined {
  return protocol === undefined ? undefined : { protocol, octets };
}

export function encodeUserUser({ protocol, octets }: UserUser): Octets {
  return [protocol & 0xff, ...octets];
}

export function decodeTransitNetwork([first, ...digits]: Octets): TransitNetwork | undefined {
  if (first === undefined) return undefined;
  return { type: (first >> 4) & 7, plan: first & 0x0f, digits: decodeIa5(digits) };
}

export function encodeTransitNetwork({ type, plan, digits }: TransitNetwork): Octets {
  return [0x80 | ((type & 7) << 4) | (plan & 0x0f), ...encodeIa5(digits)];
}

export function decodeSegment([count, messageType]: Octets): Segment | undefined {
  if (count === undefined || messageType === undefined) return undefined;
  return { first: (count & 0x80) !== 0, remaining: count & 0x7f, messageType: messageType & 0x7f };
}

export function encodeSegment({ first, remaining, messageType }: Segment): Octets {
  return [(first ? 0x80 : 0) | (remaining & 0x7f), messageType & 0x7f];
}
