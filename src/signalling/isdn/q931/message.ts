// Q.931 messages (§4.1–§4.5.1): from octets, however hostile, to a message, a typed reject, and back.
import { codesetOf, decodeElement, elementId, encodeElement, type ElementError } from "./elements.ts";
import type { Element, Octets } from "./values.ts";

/** Message type codes, Table 4-2/Q.931; HOLD and RETRIEVE are Q.932's. */
export const messageCodes = {
  ALERTING: 0x01,
  "CALL PROCEEDING": 0x02,
  PROGRESS: 0x03,
  SETUP: 0x05,
  CONNECT: 0x07,
  "SETUP ACKNOWLEDGE": 0x0d,
  "CONNECT ACKNOWLEDGE": 0x0f,
  "USER INFORMATION": 0x20,
  "SUSPEND REJECT": 0x21,
  "RESUME REJECT": 0x22,
  HOLD: 0x24,
  SUSPEND: 0x25,
  RESUME: 0x26,
  "HOLD ACKNOWLEDGE": 0x28,
  "SUSPEND ACKNOWLEDGE": 0x2d,
  "RESUME ACKNOWLEDGE": 0x2e,
  "HOLD REJECT": 0x30,
  RETRIEVE: 0x31,
  "RETRIEVE ACKNOWLEDGE": 0x33,
  "RETRIEVE REJECT": 0x37,
  DISCONNECT: 0x45,
  RESTART: 0x46,
  RELEASE: 0x4d,
  "RESTART ACKNOWLEDGE": 0x4e,
  "RELEASE COMPLETE": 0x5a,
  SEGMENT: 0x60,
  FACILITY: 0x62,
  NOTIFY: 0x6e,
  "STATUS ENQUIRY": 0x75,
  "CONGESTION CONTROL": 0x79,
  INFORMATION: 0x7b,
  STATUS: 0x7d,
} as const;

export type MessageType = keyof typeof messageCodes;

const messageTypes: ReadonlyMap<number, MessageType> = new Map(
  (Object.entries(messageCodes) as [MessageType, number][]).map(([type, code]) => [code, type]),
);

/** §4.3. `fromOriginator`: sent by the side that made the reference (flag 0). Value 0 is the global one. */
export interface CallReference {
  readonly value: number;
  readonly octets: 1 | 2;
  readonly fromOriginator: boolean;
}

export interface Message {
  readonly reference: CallReference;
  readonly type: MessageType | "unknown";
  /** The message type octet. */
  readonly code: number;
  readonly elements: readonly Element[];
  /** Elements of codeset 0 that are unknown, or known and unreadable. */
  readonly errors: readonly ElementError[];
}

/** Octets that are ignored, and why (§5.8.1–§5.8.3.1). */
export interface MessageReject {
  readonly type: "reject";
  readonly clause: string;
  readonly reason: string;
}

const q931 = 0x08;

/** Octets of message type and Segmented message element, after which a segment's piece begins (§H.2 b). */
export const segmentHeader = 5;

/** Reads a message. Never throws. */
export function decodeMessage(octets: Octets): Message | MessageReject {
  const [discriminator, lengthOctet] = octets;
  if (discriminator !== q931) return reject("Q.931 §5.8.1", "protocol discriminator");
  if (lengthOctet === undefined) return reject("Q.931 §5.8.2", "message too short");
  if (lengthOctet !== 1 && lengthOctet !== 2) return reject("Q.931 §5.8.3.1", "call reference length");
  const body = 2 + lengthOctet;
  const code = octets[body];
  if (code === undefined) return reject("Q.931 §5.8.2", "message too short");
  const number = octets.slice(2, body).reduce((sum, octet) => sum * 0x100 + octet, 0);
  const flag = lengthOctet === 1 ? 0x80 : 0x8000;
  return {
    reference: { value: number & (flag - 1), octets: lengthOctet, fromOriginator: number < flag },
    type: messageTypes.get(code) ?? "unknown",
    code,
    // What follows in a segment is a piece of another message (Annex H).
    ...decodeElements(
      code === messageCodes.SEGMENT ? octets.slice(0, body + segmentHeader) : octets,
      body + 1,
    ),
  };
}

/** Writes a message; elements go out in the order that §4.5.1 asks for, whatever their order here. */
export function encodeMessage(
  reference: CallReference,
  type: MessageType,
  elements: readonly Element[],
): Octets {
  const flag = reference.fromOriginator ? 0 : 0x80;
  const value =
    reference.octets === 1
      ? [flag | (reference.value & 0x7f)]
      : [flag | ((reference.value >> 8) & 0x7f), reference.value & 0xff];
  const ordered = [...elements].sort((a, b) => rank(a) - rank(b) || elementId(a) - elementId(b));
  return [q931, reference.octets, ...value, messageCodes[type], ...ordered.flatMap(encodeShifted)];
}

/** All elements of that name, where repetition means something: progress, facility, two calling numbers. */
export function findAll<N extends Element["name"]>(
  elements: readonly Element[],
  name: N,
): readonly Extract<Element, { readonly name: N }>[] {
  return elements.filter(
    (element): element is Extract<Element, { readonly name: N }> => element.name === name,
  );
}

/** The first element of that name (§5.8.5.2: later ones are ignored). */
export function find<N extends Element["name"]>(
  elements: readonly Element[],
  name: N,
): Extract<Element, { readonly name: N }> | undefined {
  return elements.find((element): element is Extract<Element, { readonly name: N }> => element.name === name);
}

/** What the first element of that name says, or `otherwise` where there is none. */
export function valueIn<N extends Element["name"], K extends keyof ElementOf<N>>(
  elements: readonly Element[],
  name: N,
  key: K,
  otherwise: ElementOf<N>[K],
): ElementOf<N>[K] {
  const found: ElementOf<N> | undefined = find(elements, name);
  return found === undefined ? otherwise : found[key];
}

type ElementOf<N extends Element["name"]> = Extract<Element, { readonly name: N }>;

function reject(clause: string, reason: string): MessageReject {
  return { type: "reject", clause, reason };
}

/** Single octets first (Sending complete, repeat indicator), then ascending identifiers, then other codesets. */
function rank(element: Element): number {
  const codeset = codesetOf(element);
  return codeset === 0 && elementId(element) >= 0x80 ? 0 : 1 + codeset;
}

function encodeShifted(element: Element): Octets {
  const octets = encodeElement(element);
  const codeset = codesetOf(element);
  // §4.5.4: a non-locking shift concerns one element.
  return codeset === 0 ? octets : [0x98 | codeset, ...octets];
}

interface Elements {
  readonly elements: readonly Element[];
  readonly errors: readonly ElementError[];
}

/** One element as it stands in a message; without `content` its length runs past the end. */
export interface RawElement {
  readonly id: number;
  readonly codeset: number;
  readonly content?: Octets;
}

/** The elements of a message's octets from `start` on, shifts taken out (§4.5.3, §4.5.4). Never throws. */
export function rawElements(octets: Octets, start: number): readonly RawElement[] {
  const found: RawElement[] = [];
  let locked = 0;
  let once: number | undefined;
  let at = start;
  for (let id = octets[at]; id !== undefined; id = octets[at]) {
    if (id >= 0x90 && id <= 0x9f) {
      // §4.5.3: locking shifts only go up; a lower one, and codeset 0, are ignored.
      if ((id & 0x08) !== 0) once = id & 7;
      else locked = Math.max(locked, id & 7);
      at += 1;
      continue;
    }
    const codeset = once ?? locked;
    once = undefined;
    const variable = id < 0x80;
    const length = variable ? octets[at + 1] : 0;
    const from = variable ? at + 2 : at + 1;
    if (length === undefined || from + length > octets.length) {
      // The rest of the message cannot be read.
      found.push({ id, codeset });
      break;
    }
    found.push({ id, codeset, content: octets.slice(from, from + length) });
    at = from + length;
  }
  return found;
}

function decodeElements(octets: Octets, start: number): Elements {
  const elements: Element[] = [];
  const errors: ElementError[] = [];
  for (const { id, codeset, content } of rawElements(octets, start)) {
    if (content === undefined) {
      if (codeset === 0) errors.push({ kind: "content", id });
      continue;
    }
    const element = decodeElement(id, codeset, content);
    if ("kind" in element) errors.push(element);
    else elements.push(element);
    if ("name" in element && element.name === "octets" && codeset === 0 && !knownOctets.has(id)) {
      errors.push({ kind: "unknown", id });
    }
  }
  return { elements, errors };
}

/** Codeset 0 elements that Table 4-3/Q.931 and its supplements name and that we pass as octets. */
const knownOctets: ReadonlySet<number> = new Set([0x40, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x4a, 0x76]);
