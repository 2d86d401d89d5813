// A D-channel frame in words: layer 2 and, where it carries one, the message of layer 3.
import type { Octets } from "../octets.ts";
import { decodeFrame, type Side } from "../q921/frame.ts";
import { decodeTeiMessage, type TeiMessage } from "../q921/tei-message.ts";
import { causeName } from "../q931/cause-names.ts";
import { decodeElement, type ElementName } from "../q931/elements.ts";
import {
  decodeMessage,
  messageCodes,
  rawElements,
  segmentHeader,
  type CallReference,
  type RawElement,
} from "../q931/message.ts";

export interface DescribedElement {
  /** The element's name; `unknown` for one that we only pass, `unreadable` for contents in error. */
  readonly name: string;
  readonly codeset: number;
  /** Its fields in plain text, empty where there are none to tell. */
  readonly text: string;
  /** Identifier as it was sent, two hex digits. */
  readonly id: string;
  /** Contents as they were sent, without identifier and length, in hex. */
  readonly octets: string;
  /** Where the element is defined. */
  readonly clause?: string;
}

export interface DescribedMessage {
  readonly reference: CallReference;
  /** As Table 4-2/Q.931 writes it, or `unknown 0xNN`. */
  readonly name: string;
  readonly elements: readonly DescribedElement[];
}

export interface DescribedFrame {
  /** Frame type of Table 5/Q.921; `rejected` for what is no valid frame. */
  readonly type: string;
  readonly sapi?: number;
  readonly tei?: number;
  readonly command?: boolean;
  readonly pf?: boolean;
  readonly ns?: number;
  readonly nr?: number;
  readonly management?: TeiMessage;
  readonly message?: DescribedMessage;
  /** Why the frame or its message cannot be read, with the clause. */
  readonly fault?: string;
}

const clauses: Readonly<Record<ElementName, string>> = {
  "segmented-message": "Q.931 §4.5.26",
  "bearer-capability": "Q.931 §4.5.5",
  cause: "Q.931 §4.5.12",
  "call-identity": "Q.931 §4.5.6",
  "call-state": "Q.931 §4.5.7",
  "channel-identification": "Q.931 §4.5.13",
  facility: "Q.932",
  "progress-indicator": "Q.931 §4.5.23",
  "network-specific-facilities": "Q.931 §4.5.21",
  "notification-indicator": "Q.931 §4.5.22",
  display: "Q.931 §4.5.16",
  "date-time": "Q.931 §4.5.15",
  "keypad-facility": "Q.931 §4.5.18",
  "information-request": "Q.932",
  signal: "Q.931 §4.5.28",
  "connected-number": "Q.951",
  "connected-subaddress": "Q.951",
  "calling-number": "Q.931 §4.5.10",
  "calling-subaddress": "Q.931 §4.5.11",
  "called-number": "Q.931 §4.5.8",
  "called-subaddress": "Q.931 §4.5.9",
  "redirecting-number": "Q.931 Table 4-3",
  "transit-network-selection": "Q.931 §4.5.29",
  "restart-indicator": "Q.931 §4.5.25",
  "low-layer-compatibility": "Q.931 §4.5.19",
  "high-layer-compatibility": "Q.931 §4.5.17",
  "user-user": "Q.931 §4.5.30",
  "more-data": "Q.931 §4.5.20",
  "sending-complete": "Q.931 §4.5.27",
  "congestion-level": "Q.931 §4.5.14",
  "repeat-indicator": "Q.931 §4.5.24",
  "transit-counter": "ECMA-225",
};

/** Describes a frame without flags and FCS, as `receiver` sees it. Never throws. */
export function describeFrame(octets: Uint8Array, receiver: Side): DescribedFrame {
  const frame = decodeFrame(octets, receiver);
  if (frame.type === "invalid") return { type: "rejected", fault: "invalid frame (Q.921 §2.9)" };
  if (frame.type === "reject") {
    const { sapi, tei, error } = frame;
    return { type: "rejected", sapi, tei, fault: `frame rejection condition ${error} (Q.921 §3.6.11)` };
  }
  if (!("info" in frame)) return frame;
  const { info, ...layer2 } = frame;
  if (frame.type === "UI" && frame.sapi === 63) {
    const management = decodeTeiMessage(info);
    return management === undefined
      ? { ...layer2, fault: "no TEI management message (Q.921 §5.3)" }
      : { ...layer2, management };
  }
  // Only SAPI 0 carries call control (Table 2/Q.921).
  if (frame.sapi !== 0 || (frame.type !== "I" && frame.type !== "UI")) return layer2;
  const message = decodeMessage(info);
  if (message.type === "reject") return { ...layer2, fault: `${message.reason} (${message.clause})` };
  const { reference, type, code } = message;
  const start = 3 + reference.octets;
  const whole = code === messageCodes.SEGMENT ? info.slice(0, start - 1 + segmentHeader) : info;
  const name = type === "unknown" ? `unknown 0x${hex([code])}` : type;
  return { ...layer2, message: { reference, name, elements: rawElements(whole, start).map(describe) } };
}

function describe({ id, codeset, content }: RawElement): DescribedElement {
  const raw = { codeset, id: hex([id]), octets: hex(content ?? []) };
  const element = content === undefined ? undefined : decodeElement(id, codeset, content);
  if (element === undefined) return { name: "unreadable", text: "longer than the message", ...raw };
  if ("kind" in element) return { name: "unreadable", text: "contents in error", ...raw };
  if (element.name === "octets") return { name: "unknown", text: "", ...raw };
  const { name, ...fields } = element;
  const words = name === "cause" ? `${causeName(element.cause.value)}, ` : "";
  return { name, text: words + plain(fields), ...raw, clause: clauses[name] };
}

/** Fields as `name value`, flags by name where set, those within others as well; octets in hex, channels as counted. */
function plain(value: unknown): string {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === "number") ? hex(value) : value.map(plain).join(" / ");
  }
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== false)
    .map(([key, inner]) => {
      if (inner === true) return key;
      if (key === "channels" && Array.isArray(inner)) return `channels ${inner.join(" ")}`;
      return typeof inner === "object" && !Array.isArray(inner) ? plain(inner) : `${key} ${plain(inner)}`;
    })
    .join(", ");
}

function hex(octets: Octets): string {
  return octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
