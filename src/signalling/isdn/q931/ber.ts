// The little of BER (X.690) that facility components need, read from octets of which nothing is believed.
import type { Octets } from "./values.ts";

export interface Tlv {
  /** Identifier octet: class, constructed bit, number 0–30. */
  readonly tag: number;
  readonly content: Octets;
}

/** The values that follow each other in `octets`; `undefined` when anything is malformed. One level deep. */
export function readBer(octets: Octets): readonly Tlv[] | undefined {
  const values: Tlv[] = [];
  let at = 0;
  for (let tag = octets[at]; tag !== undefined; tag = octets[at]) {
    const length = readLength(octets, at + 1);
    // Tag numbers above 30 take more octets; no component that we read has one.
    if (length === undefined || (tag & 0x1f) === 0x1f) return undefined;
    const end = length.from + length.value;
    if (end > octets.length) return undefined;
    values.push({ tag, content: octets.slice(length.from, end) });
    at = end;
  }
  return values;
}

/** Definite form; no element holds more than 255 octets. */
function readLength(
  octets: Octets,
  at: number,
): { readonly value: number; readonly from: number } | undefined {
  const first = octets[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, from: at + 1 };
  const value = octets[at + 1];
  return first === 0x81 && value !== undefined ? { value, from: at + 2 } : undefined;
}

/** A non-negative INTEGER or ENUMERATED of at most four octets. */
export function readInteger(content: Octets): number | undefined {
  const [first] = content;
  if (first === undefined || first >= 0x80 || content.length > 4) return undefined;
  return content.reduce((value, octet) => value * 0x100 + octet, 0);
}

/** The values of a constructed one, when it is there and well formed. */
export function inside(tlv: Tlv | undefined): readonly Tlv[] | undefined {
  return tlv === undefined ? undefined : readBer(tlv.content);
}

export function withTag(values: readonly Tlv[] | undefined, tag: number): Tlv | undefined {
  return values?.find((value) => value.tag === tag);
}

export function integerAt(values: readonly Tlv[] | undefined, tag: number): number | undefined {
  const found = withTag(values, tag);
  return found && readInteger(found.content);
}
