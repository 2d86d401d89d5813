// TEI management messages (Q.921 §5.3, Table 8): the information field of UI frames of SAPI 63, TEI 127.
import type { Octets } from "../octets.ts";

export type TeiMessageType =
  | "identity-request"
  | "identity-assigned"
  | "identity-denied"
  | "check-request"
  | "check-response"
  | "remove"
  | "verify";

export interface TeiMessage {
  readonly type: TeiMessageType;
  /** Reference number Ri, 0–65535. */
  readonly ri: number;
  /** Action indicator Ai: a TEI, or 127 for any. */
  readonly ai: number;
}

const managementEntity = 0x0f;

/** Indexed by the message type octet less one. */
const types: readonly TeiMessageType[] = [
  "identity-request",
  "identity-assigned",
  "identity-denied",
  "check-request",
  "check-response",
  "remove",
  "verify",
];

/** `undefined` for what is no TEI management message; such frames are ignored. */
export function decodeTeiMessage(info: Octets): TeiMessage | undefined {
  const [entity, high, low, typeOctet, action] = info;
  if (entity !== managementEntity || high === undefined || low === undefined) return undefined;
  if (typeOctet === undefined || action === undefined) return undefined;
  const type = types[typeOctet - 1];
  return type === undefined ? undefined : { type, ri: (high << 8) | low, ai: action >> 1 };
}

export function encodeTeiMessage({ type, ri, ai }: TeiMessage): Octets {
  return [managementEntity, ri >> 8, ri & 0xff, types.indexOf(type) + 1, (ai << 1) | 1];
}
