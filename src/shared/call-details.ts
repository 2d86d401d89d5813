// What the network says of a call beside its two numbers, as the rooms above the lines know it. Plain JSON; what is
// withheld from us, and what was not said, is absent.

export interface CallDetails {
  /** The number from which the call was sent on to us, with the network's reason (Q.931 §4.6.7, EN 300 207-1). */
  readonly divertedFrom?: string;
  readonly divertedBecause?:
    "unknown" | "busy" | "no-reply" | "unconditional" | "deflection" | "out-of-order" | "other";
  /** Who took our call, where that is not the number that was called (EN 300 097-1). */
  readonly connected?: string;
  /** Sub-addresses: the characters of an IA5 one, else octets in hexadecimal. */
  readonly callingSubaddress?: string;
  readonly calledSubaddress?: string;
  readonly connectedSubaddress?: string;
  /** User-to-user information, the latest: its characters, else octets in hexadecimal (EN 300 286-1). */
  readonly userToUser?: string;
}
