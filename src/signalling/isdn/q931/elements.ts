// Information elements (§4.5): one table says how each is identified, read and written.
import { decodeIa5, encodeIa5 } from "../octets.ts";
import { decodeBearer, encodeBearer } from "./bearer.ts";
import { decodeChannel, encodeChannel } from "./channel.ts";
import {
  decodeCause,
  decodeDateTime,
  decodeDisplay,
  decodeHlc,
  decodeProgress,
  decodeRestart,
  decodeSegment,
  decodeSubaddress,
  decodeTransitNetwork,
  decodeUserUser,
  encodeCause,
  encodeDateTime,
  encodeDisplay,
  encodeHlc,
  encodeProgress,
  encodeRestart,
  encodeSegment,
  encodeSubaddress,
  encodeTransitNetwork,
  encodeUserUser,
} from "./element-values.ts";
import {
  decodeCalled,
  decodeIdentified,
  decodeRedirecting,
  encodeCalled,
  encodeIdentified,
  encodeRedirecting,
} from "./numbers.ts";
import type { Element, Octets } from "./values.ts";

/** What is wrong with one element (§5.8.6, §5.8.7). */
export interface ElementError {
  readonly kind: "content" | "unknown";
  readonly id: number;
}

type Named = Exclude<Element, { readonly name: "octets" }>;
export type ElementName = Named["name"];
type Value<N extends ElementName> = Omit<Extract<Named, { readonly name: N }>, "name">;

interface Codec<V> {
  readonly id: number;
  readonly codeset?: number;
  /** Single octets of type 1 (§4.5.1): bits 4–1 are the value, and `read` and `write` speak of them. */
  readonly nibble?: boolean;
  /** `undefined`: contents in error. Longer contents than the clause allows are read as far as they are known. */
  read(octets: Octets): V | undefined;
  write(value: V): Octets;
}

/** An element whose one field is read and written by these. */
function field<K extends string, V>(
  id: number,
  key: K,
  read: (octets: Octets) => V | undefined,
  write: (value: V) => Octets,
): Codec<Readonly<Record<K, V>>> {
  return {
    id,
    read(octets) {
      const value = read(octets);
      return value === undefined ? undefined : ({ [key]: value } as Record<K, V>);
    },
    write: (value) => write(value[key]),
  };
}

/** One octet, of which `mask` counts; bits outside go out set when `upper` says so. */
function octet<K extends string>(
  id: number,
  key: K,
  mask: number,
  upper = 0,
): Codec<Readonly<Record<K, number>>> {
  return field(
    id,
    key,
    ([first]) => (first === undefined ? undefined : first & mask),
    (value) => [upper | (value & mask)],
  );
}

function whole(id: number, least = 0): Codec<{ readonly octets: Octets }> {
  return field(
    id,
    "octets",
    (octets) => (octets.length < least ? undefined : octets),
    (octets) => octets,
  );
}

const flag = (id: number): Codec<object> => ({ id, read: () => ({}), write: () => [] });

/** Identifiers of Table 4-3/Q.931; 0x4C and 0x4D are Q.951's, 0x1C and 0x32 Q.932's, codeset 4 is ECMA-225's. */
const codecs: { readonly [N in ElementName]: Codec<Value<N>> } = {
  "segmented-message": field(0x00, "segment", decodeSegment, encodeSegment),
  "bearer-capability": field(0x04, "bearer", decodeBearer, encodeBearer),
  cause: field(0x08, "cause", decodeCause, encodeCause),
  "call-identity": whole(0x10),
  "call-state": octet(0x14, "state", 0x3f),
  "channel-identification": field(0x18, "channel", decodeChannel, encodeChannel),
  facility: whole(0x1c, 1),
  "progress-indicator": field(0x1e, "progress", decodeProgress, encodeProgress),
  "network-specific-facilities": whole(0x20, 1),
  "notification-indicator": octet(0x27, "description", 0x7f, 0x80),
  display: { id: 0x28, read: decodeDisplay, write: encodeDisplay },
  "date-time": field(0x29, "dateTime", decodeDateTime, encodeDateTime),
  "keypad-facility": field(0x2c, "digits", decodeIa5, encodeIa5),
  "information-request": octet(0x32, "value", 0x7f, 0x80),
  signal: octet(0x34, "value", 0xff),
  "connected-number": field(0x4c, "number", decodeIdentified, encodeIdentified),
  "connected-subaddress": field(0x4d, "subaddress", decodeSubaddress, encodeSubaddress),
  "calling-number": field(0x6c, "number", decodeIdentified, encodeIdentified),
  "calling-subaddress": field(0x6d, "subaddress", decodeSubaddress, encodeSubaddress),
  "called-number": field(0x70, "number", decodeCalled, encodeCalled),
  "called-subaddress": field(0x71, "subaddress", decodeSubaddress, encodeSubaddress),
  "redirecting-number": field(0x74, "number", decodeRedirecting, encodeRedirecting),
  "transit-network-selection": field(0x78, "network", decodeTransitNetwork, encodeTransitNetwork),
  "restart-indicator": field(0x79, "class", decodeRestart, encodeRestart),
  "low-layer-compatibility": whole(0x7c, 1),
  "high-layer-compatibility": field(0x7d, "hlc", decodeHlc, encodeHlc),
  "user-user": field(0x7e, "userUser", decodeUserUser, encodeUserUser),
  "more-data": flag(0xa0),
  "sending-complete": flag(0xa1),
  "congestion-level": { ...octet(0xb0, "level", 0x0f), nibble: true },
  "repeat-indicator": { ...octet(0xd0, "value", 0x0f), nibble: true },
  "transit-counter": { ...octet(0x31, "count", 0x1f, 0x80), codeset: 4 },
};

interface AnyCodec extends Codec<object> {
  readonly name: ElementName;
}

/** By codeset and identifier; a type 1 element by each of its sixteen. */
const byId: ReadonlyMap<number, AnyCodec> = new Map(
  Object.entries(codecs).flatMap(([name, given]): [number, AnyCodec][] => {
    const codec = { ...given, name } as AnyCodec;
    const key = (codec.codeset ?? 0) * 0x100 + codec.id;
    return Array.from({ length: codec.nibble === true ? 16 : 1 }, (_, i) => [key + i, codec]);
  }),
);

/** The identifier octet of an element name. */
export function idOf(name: ElementName): number {
  return codecs[name].id;
}

export function elementId(element: Element): number {
  return element.name === "octets" ? element.id : codecs[element.name].id;
}

export function codesetOf(element: Element): number {
  return element.name === "octets" ? element.codeset : (codecs[element.name].codeset ?? 0);
}

/** Reads an element, or says that its contents are in error (§5.8.6.2, §5.8.7.2). */
export function decodeElement(id: number, codeset: number, octets: Octets): Element | ElementError {
  const codec = byId.get(codeset * 0x100 + id);
  if (codec === undefined) return { name: "octets", id, codeset, octets };
  const value = codec.read(codec.nibble === true ? [id & 0x0f] : octets);
  if (value !== undefined) return { name: codec.name, ...value } as Element;
  // Of another codeset it says nothing to Q.931.
  return codeset === 0 ? { kind: "content", id } : { name: "octets", id, codeset, octets };
}

/** Contents longer than 255 octets are cut; no sensible value comes near. */
export function encodeElement(element: Element): Octets {
  if (element.name === "octets") return variable(element.id, element.octets);
  const codec = codecs[element.name] as AnyCodec;
  const octets = codec.write(element);
  return codec.nibble === true ? octets.map((low) => codec.id | low) : variable(codec.id, octets);
}

function variable(id: number, contents: Octets): Octets {
  if (id >= 0x80) return [id];
  const octets = contents.slice(0, 255);
  return [id, octets.length, ...octets];
}
