// One Q.931 information element (§4.5): its identifier and contents to a value and back.
import { decodeIa5, encodeIa5 } from "../octets.ts";
import { decodeBearer, encodeBearer } from "./bearer.ts";
import { decodeChannel, encodeChannel } from "./channel.ts";
import {
  decodeCalled,
  decodeIdentified,
  decodeRedirecting,
  encodeCalled,
  encodeIdentified,
  encodeRedirecting,
} from "./numbers.ts";
import type { Cause, Element, Location, Octets, Progress, RestartClass } from "./values.ts";

/** What is wrong with one element (§5.8.6, §5.8.7). */
export interface ElementError {
  readonly kind: "content" | "unknown";
  readonly id: number;
}

/** Identifiers, Table 4-3/Q.931; 0x4C is Q.951's. */
const ids = {
  "bearer-capability": 0x04,
  cause: 0x08,
  "call-state": 0x14,
  "channel-identification": 0x18,
  "progress-indicator": 0x1e,
  "notification-indicator": 0x27,
  display: 0x28,
  "date-time": 0x29,
  "keypad-facility": 0x2c,
  signal: 0x34,
  "connected-number": 0x4c,
  "calling-number": 0x6c,
  "called-number": 0x70,
  "redirecting-number": 0x74,
  "restart-indicator": 0x79,
  "sending-complete": 0xa1,
  "repeat-indicator": 0xd0,
} as const satisfies Record<Exclude<Element["name"], "octets">, number>;

export type ElementName = keyof typeof ids;

/** The identifier octet of an element name. */
export function idOf(name: ElementName): number {
  return ids[name];
}

export function elementId(element: Element): number {
  return element.name === "octets" ? element.id : ids[element.name];
}

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

const restartClasses: Readonly<Record<RestartClass, number>> = {
  "indicated-channels": 0,
  "single-interface": 6,
  "all-interfaces": 7,
};

/** Reads an element, or says that its contents are in error (§5.8.6.2, §5.8.7.2). */
export function decodeElement(id: number, codeset: number, octets: Octets): Element | ElementError {
  if (codeset !== 0) return { name: "octets", id, codeset, octets };
  return decodeKnown(id, octets) ?? { kind: "content", id };
}

/** `undefined`: contents in error. Longer contents than the table allows are read as far as they are known. */
function decodeKnown(id: number, octets: Octets): Element | undefined {
  const [first] = octets;
  switch (id) {
    case ids["bearer-capability"]: {
      const bearer = decodeBearer(octets);
      return bearer && { name: "bearer-capability", bearer };
    }
    case ids.cause: {
      const cause = decodeCause(octets);
      return cause && { name: "cause", cause };
    }
    case ids["call-state"]:
      return first === undefined ? undefined : { name: "call-state", state: first & 0x3f };
    case ids["channel-identification"]: {
      const channel = decodeChannel(octets);
      return channel && { name: "channel-identification", channel };
    }
    case ids["progress-indicator"]: {
      const progress = decodeProgress(octets);
      return progress && { name: "progress-indicator", progress };
    }
    case ids["notification-indicator"]:
      return first === undefined ? undefined : { name: "notification-indicator", description: first & 0x7f };
    case ids.display:
      return { name: "display", text: decodeText(octets) };
    case ids["date-time"]:
      return octets.length < 3 ? undefined : { name: "date-time", octets };
    case ids["keypad-facility"]:
      return { name: "keypad-facility", digits: decodeIa5(octets) };
    case ids.signal:
      return first === undefined ? undefined : { name: "signal", value: first };
    case ids["connected-number"]: {
      const number = decodeIdentified(octets);
      return number && { name: "connected-number", number };
    }
    case ids["calling-number"]: {
      const number = decodeIdentified(octets);
      return number && { name: "calling-number", number };
    }
    case ids["called-number"]: {
      const number = decodeCalled(octets);
      return number && { name: "called-number", number };
    }
    case ids["redirecting-number"]: {
      const number = decodeRedirecting(octets);
      return number && { name: "redirecting-number", number };
    }
    case ids["restart-indicator"]:
      return decodeRestart(first);
    case ids["sending-complete"]:
      return { name: "sending-complete" };
    default:
      if ((id & 0xf0) === ids["repeat-indicator"]) return { name: "repeat-indicator", value: id & 0x0f };
      return { name: "octets", id, codeset: 0, octets };
  }
}

/** Contents longer than 255 octets are cut; no sensible value comes near. */
export function encodeElement(element: Element): Octets {
  const id = elementId(element);
  if (element.name === "repeat-indicator") return [id | (element.value & 0x0f)];
  if (id >= 0x80) return [id];
  const octets = contents(element).slice(0, 255);
  return [id, octets.length, ...octets];
}

function contents(element: Element): Octets {
  switch (element.name) {
    case "octets":
    case "date-time":
      return element.octets;
    case "bearer-capability":
      return encodeBearer(element.bearer);
    case "cause":
      return encodeCause(element.cause);
    case "call-state":
      return [element.state & 0x3f];
    case "channel-identification":
      return encodeChannel(element.channel);
    case "progress-indicator":
      return [0x80 | locations[element.progress.location], 0x80 | (element.progress.description & 0x7f)];
    case "notification-indicator":
      return [0x80 | (element.description & 0x7f)];
    case "display":
      return encodeIa5(element.text);
    case "keypad-facility":
      return encodeIa5(element.digits);
    case "signal":
      return [element.value & 0xff];
    case "connected-number":
    case "calling-number":
      return encodeIdentified(element.number);
    case "called-number":
      return encodeCalled(element.number);
    case "redirecting-number":
      return encodeRedirecting(element.number);
    case "restart-indicator":
      return [0x80 | restartClasses[element.class]];
    case "sending-complete":
    case "repeat-indicator":
      return [];
  }
}

function decodeCause(octets: Octets): Cause | undefined {
  const [first = 0] = octets;
  // Octet 3a (Recommendation) is there when the extension bit says so (Q.850 §2.1).
  const at = (first & 0x80) === 0 ? 2 : 1;
  const value = octets[at];
  if (value === undefined) return undefined;
  const cause = { value: value & 0x7f, location: locationNames.get(first & 0x0f) ?? "reserved" } as const;
  const diagnostic = octets.slice(at + 1);
  return diagnostic.length === 0 ? cause : { ...cause, diagnostic };
}

function encodeCause({ value, location, diagnostic = [] }: Cause): Octets {
  return [0x80 | locations[location], 0x80 | (value & 0x7f), ...diagnostic];
}

function decodeProgress([first, second]: Octets): Progress | undefined {
  if (first === undefined || second === undefined) return undefined;
  return { description: second & 0x7f, location: locationNames.get(first & 0x0f) ?? "reserved" };
}

function decodeRestart(octet: number | undefined): Element | undefined {
  switch (octet === undefined ? -1 : octet & 7) {
    case 0:
      return { name: "restart-indicator", class: "indicated-channels" };
    case 6:
      return { name: "restart-indicator", class: "single-interface" };
    case 7:
      return { name: "restart-indicator", class: "all-interfaces" };
    default:
      return undefined;
  }
}

/** Some networks put a character set octet before the text (bit 8 set); it is left out. */
function decodeText(octets: Octets): string {
  return decodeIa5((octets[0] ?? 0) >= 0x80 ? octets.slice(1) : octets);
}
