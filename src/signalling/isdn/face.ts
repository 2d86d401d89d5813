// What every request and every indication about one call has. Part of the face in ./types.ts.
import type { Charge } from "./q931/charge.ts";
import type { Element, Octets, Progress, UserUser } from "./q931/values.ts";

/**
 * Names a call from SETUP to its ReleaseIndication or ReleaseConfirm. For an outgoing call the requester
 * chooses it; incoming calls are `in-1`, `in-2`, …, which a requester must not use.
 */
export type CallId = string;

export interface ForCall {
  readonly call: CallId;
  /** Sent as well, after the elements that the request itself makes. */
  readonly elements?: readonly Element[];
}

/** Requests whose message may carry user-to-user information implicitly (service 1, EN 300 286-1). */
export interface ForCallWithUser extends ForCall {
  readonly userUser?: UserUser;
}

export interface OfCall {
  readonly call: CallId;
  /** The B-channel, once there is one. It may change until the first answer to our SETUP, and by RETRIEVE. */
  readonly channel: number | undefined;
}

export interface OfMessage extends OfCall {
  /** All elements as received. */
  readonly elements: readonly Element[];
  readonly progress: readonly Progress[];
  /** Progress 1 or 8, which say that the B-channel carries something to be heard. */
  readonly inband: boolean;
  /** User-to-user information, when the message had some (EN 300 286-1). */
  readonly userUser?: UserUser;
}

/** Advice of charge, from whichever message brought it (EN 300 182-1); comes before that message's own indication. */
export interface AocIndication extends OfCall {
  readonly type: "AocIndication";
  readonly charge: Charge;
}

/** Contents of a Call identity element: 0–8 octets; none is the null identity (Q.931 §4.5.6, §5.6.1). */
export type CallIdentity = Octets;
