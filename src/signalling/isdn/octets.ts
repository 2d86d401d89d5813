// Octets as plain JSON, and IA5 text in them.

/** Each 0–255. */
export type Octets = readonly number[];

/** 7-bit characters; bit 8 is ignored. */
export function decodeIa5(octets: Octets): string {
  return String.fromCharCode(...octets.map((octet) => octet & 0x7f));
}

/** Characters beyond 7 bits lose their upper bits. */
export function encodeIa5(text: string): Octets {
  return Array.from(text, (character) => character.charCodeAt(0) & 0x7f);
}
