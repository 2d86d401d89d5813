// Messages longer than a frame: SEGMENT, cut (§H.2) and joined again (§H.3) with T314.
import { encodeElement } from "./elements.ts";
import {
  find,
  messageCodes,
  segmentHeader,
  type CallReference,
  type Message,
  type MessageType,
} from "./message.ts";
import type { Octets } from "./values.ts";

/** §H.2 a. */
const mostSegments = 8;

/** What has come of a segmented message; plain JSON. */
export interface Reassembly {
  readonly reference: CallReference;
  readonly messageType: number;
  /** Segments that are to come. */
  readonly remaining: number;
  /** What follows the message type, so far. */
  readonly content: Octets;
}

/** The frames' worth of a message; `undefined` when even segments cannot carry it (§H.2 a). */
export function segment(
  octets: Octets,
  reference: CallReference,
  type: MessageType,
  n201: number,
): readonly Octets[] | undefined {
  if (octets.length <= n201) return [octets];
  const header = octets.slice(0, 2 + reference.octets);
  const content = octets.slice(header.length + 1);
  const room = n201 - header.length - segmentHeader;
  const count = Math.ceil(content.length / room);
  if (count > mostSegments) return undefined;
  return Array.from({ length: count }, (_, i) => [
    ...header,
    messageCodes.SEGMENT,
    ...encodeElement({
      name: "segmented-message",
      segment: { first: i === 0, remaining: count - 1 - i, messageType: messageCodes[type] },
    }),
    ...content.slice(i * room, (i + 1) * room),
  ]);
}

export type Joined =
  | { readonly type: "more"; readonly reassembly: Reassembly }
  | { readonly type: "whole"; readonly octets: Octets }
  | { readonly type: "discarded"; readonly reason: string };

/** A SEGMENT was received, in addition to what was before. */
export function joinSegment(before: Reassembly | null, message: Message, octets: Octets): Joined {
  const part = find(message.elements, "segmented-message")?.segment;
  if (part === undefined) return { type: "discarded", reason: "no Segmented message element" };
  const { reference } = message;
  const header = octets.slice(0, 2 + reference.octets);
  const piece = octets.slice(header.length + segmentHeader);
  const { messageType, remaining } = part;
  if (!part.first && !continues(before, message, remaining, messageType)) {
    return { type: "discarded", reason: "segment out of order" };
  }
  if (messageType === messageCodes.SEGMENT) return { type: "discarded", reason: "segments of a segment" };
  if (remaining >= mostSegments) return { type: "discarded", reason: "too many segments" };
  const content = part.first || before === null ? piece : [...before.content, ...piece];
  if (remaining === 0) return { type: "whole", octets: [...header, messageType, ...content] };
  return { type: "more", reassembly: { reference, messageType, remaining, content } };
}

function continues(
  before: Reassembly | null,
  { reference }: Message,
  remaining: number,
  messageType: number,
): boolean {
  return (
    before !== null &&
    before.remaining === remaining + 1 &&
    before.messageType === messageType &&
    before.reference.value === reference.value &&
    before.reference.fromOriginator === reference.fromOriginator
  );
}
