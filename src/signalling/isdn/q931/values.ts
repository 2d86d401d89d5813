// The values that Q.931 information elements carry, decoded: what callers of the machine read and write.

import type { Octets } from "../octets.ts";

export type { Octets } from "../octets.ts";

/** Q.931 §4.5.10, octet 3. */
export type TypeOfNumber =
  "unknown" | "international" | "national" | "network-specific" | "subscriber" | "abbreviated" | "reserved";

/** Q.931 §4.5.10, octet 3. `other`: a plan that the table does not name. */
export type NumberingPlan = "unknown" | "isdn" | "data" | "telex" | "national" | "private" | "other";

export type Presentation = "allowed" | "restricted" | "unavailable" | "reserved";

/** Who vouches for the number (Q.931 §4.5.10, octet 3a). */
export type Screening = "user-not-screened" | "user-passed" | "user-failed" | "network";

/** Octet 3b of a redirecting number, Q.952. */
export type RedirectionReason =
  "unknown" | "busy" | "no-reply" | "unconditional" | "deflection" | "out-of-order" | "other";

/** Called party number, Q.931 §4.5.8. */
export interface CalledNumber {
  /** IA5 digits without prefix, usually 0–9, `*` and `#`; may be empty. */
  readonly digits: string;
  readonly type: TypeOfNumber;
  readonly plan: NumberingPlan;
}

/** Calling (§4.5.10) or connected party number. Without octet 3a: allowed, user-provided not screened. */
export interface IdentifiedNumber extends CalledNumber {
  readonly presentation: Presentation;
  readonly screening: Screening;
}

export interface RedirectingNumber extends IdentifiedNumber {
  readonly reason: RedirectionReason;
}

/** Q.931 §4.5.5. */
export type TransferCapability =
  | "speech"
  | "unrestricted-digital"
  | "restricted-digital"
  | "3.1kHz-audio"
  | "unrestricted-digital-with-tones"
  | "video"
  | "reserved";

export interface BearerCapability {
  readonly transferCapability: TransferCapability;
  /** User information layer 1 protocol (octet 5); undefined when the octet is absent. */
  readonly layer1?: "alaw" | "ulaw" | "v110" | "g721" | "h221" | "other";
  /** Circuit mode at 64 kbit/s unless this says otherwise. */
  readonly mode: "circuit" | "packet" | "other";
  /** Information transfer rate (octet 4, bits 5–1): 16 is 64 kbit/s. */
  readonly rate: number;
  /** The element's octets as received; an encoder sends these when present. */
  readonly octets?: Octets;
}

/** Channel identification, Q.931 §4.5.13, of either interface type. */
export interface ChannelIdentification {
  /** `none`: no B-channel; `any`: the receiver chooses; `indicated`: those in `channels`. */
  readonly selection: "none" | "any" | "indicated";
  /** B-channel numbers: 1 and 2 on BRI; timeslots 1–31 without 16 on E1. */
  readonly channels: readonly number[];
  /** Only the indicated channel is acceptable; otherwise it is preferred. */
  readonly exclusive: boolean;
  /** The D-channel itself is meant. */
  readonly dChannel: boolean;
  /** Primary rate format. */
  readonly primary: boolean;
  /** Channels were given as a slot map rather than as numbers (PRI). */
  readonly map?: boolean;
  /** Explicit interface identifier, when there is one. */
  readonly interfaceId?: Octets;
}

/** Q.850 Table: where the cause was generated. */
export type Location =
  | "user"
  | "private-network-local"
  | "public-network-local"
  | "transit-network"
  | "public-network-remote"
  | "private-network-remote"
  | "international"
  | "beyond-interworking"
  | "reserved";

/** Cause, Q.850 §2.1. */
export interface Cause {
  /** 1–127. */
  readonly value: number;
  readonly location: Location;
  readonly diagnostic?: Octets;
}

/** Progress indicator, Q.931 §4.5.23. */
export interface Progress {
  /** 1: not end-to-end ISDN; 2: destination not ISDN; 3: origination not ISDN; 8: in-band information. */
  readonly description: number;
  readonly location: Location;
}

/** Calling, called or connected party sub-address, Q.931 §4.5.9, §4.5.11, EN 300 097-1. */
export interface Subaddress {
  /** `nsap`: ITU-T X.213; the octets then begin with the authority and format identifier. */
  readonly type: "nsap" | "user-specified" | "other";
  /** An odd number of BCD digits (user-specified only). */
  readonly odd: boolean;
  /** 0–20. */
  readonly octets: Octets;
}

/** High layer compatibility, Q.931 §4.5.17. */
export interface HighLayerCompatibility {
  /** 1 telephony, 4 facsimile group 2/3, 33 facsimile group 4, 50 teletex, 53 telex, … */
  readonly characteristics: number;
  /** Octet 4a. */
  readonly extended?: number;
  /** The element's octets as received, when they say more; an encoder sends these when present. */
  readonly octets?: Octets;
}

/** User-user, Q.931 §4.5.30. */
export interface UserUser {
  /** Protocol discriminator: 0 user-specific, 4 IA5 characters, … */
  readonly protocol: number;
  /** At most 128 (32 in some networks). */
  readonly octets: Octets;
}

/** Date/time, Q.931 §4.5.15: the network's local time. */
export interface DateTime {
  /** Of the century. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
}

/** Transit network selection, Q.931 §4.5.29. */
export interface TransitNetwork {
  /** Octet 3, bits 7–5: 0 user-specified, 2 national, 3 international. */
  readonly type: number;
  /** Octet 3, bits 4–1: 0 unknown, 1 carrier identification code, 3 data network identification code. */
  readonly plan: number;
  readonly digits: string;
}

/** Segmented message, Q.931 §4.5.26. */
export interface Segment {
  readonly first: boolean;
  /** How many follow, 0–127. */
  readonly remaining: number;
  /** Message type octet of the whole message. */
  readonly messageType: number;
}

/** Restart indicator, Q.931 §4.5.25. */
export type RestartClass = "indicated-channels" | "single-interface" | "all-interfaces";

/** One information element in the order of the message; what has no decoder here stays as octets. */
export type Element =
  | { readonly name: "sending-complete" }
  | { readonly name: "more-data" }
  | { readonly name: "segmented-message"; readonly segment: Segment }
  | { readonly name: "bearer-capability"; readonly bearer: BearerCapability }
  | { readonly name: "cause"; readonly cause: Cause }
  | { readonly name: "call-identity"; readonly octets: Octets }
  | { readonly name: "call-state"; readonly state: number }
  | { readonly name: "channel-identification"; readonly channel: ChannelIdentification }
  | { readonly name: "facility"; readonly octets: Octets }
  | { readonly name: "progress-indicator"; readonly progress: Progress }
  | { readonly name: "network-specific-facilities"; readonly octets: Octets }
  | { readonly name: "notification-indicator"; readonly description: number }
  | DisplayElement
  | { readonly name: "date-time"; readonly dateTime: DateTime }
  | { readonly name: "keypad-facility"; readonly digits: string }
  /** Octet 3 (Q.932): bit 7 prompts for more, bits 6–1 say for what. */
  | { readonly name: "information-request"; readonly value: number }
  | { readonly name: "signal"; readonly value: number }
  | { readonly name: "connected-number"; readonly number: IdentifiedNumber }
  | { readonly name: "connected-subaddress"; readonly subaddress: Subaddress }
  | { readonly name: "calling-number"; readonly number: IdentifiedNumber }
  | { readonly name: "calling-subaddress"; readonly subaddress: Subaddress }
  | { readonly name: "called-number"; readonly number: CalledNumber }
  | { readonly name: "called-subaddress"; readonly subaddress: Subaddress }
  | { readonly name: "redirecting-number"; readonly number: RedirectingNumber }
  | { readonly name: "transit-network-selection"; readonly network: TransitNetwork }
  | { readonly name: "restart-indicator"; readonly class: RestartClass }
  | { readonly name: "low-layer-compatibility"; readonly octets: Octets }
  | { readonly name: "high-layer-compatibility"; readonly hlc: HighLayerCompatibility }
  | { readonly name: "user-user"; readonly userUser: UserUser }
  /** Level 0 receiver ready, 15 receiver not ready. */
  | { readonly name: "congestion-level"; readonly level: number }
  | { readonly name: "repeat-indicator"; readonly value: number }
  /** QSIG, codeset 4 (ECMA-225): 0–31. */
  | { readonly name: "transit-counter"; readonly count: number }
  | OctetsElement;

/** Display, Q.931 §4.5.16. */
export interface DisplayElement {
  readonly name: "display";
  /** IA5, or ISO 8859-1 when the character set says so. */
  readonly text: string;
  /** The octet before the text that some networks send, 128–255: 0xB1 is ISO 8859-1. */
  readonly charset?: number;
}

/** An element that is passed as it is: closed user group, and unknown ones. */
export interface OctetsElement {
  readonly name: "octets";
  /** Element identifier: 0–127 variable length, 128–255 single octet (then `octets` is empty). */
  readonly id: number;
  /** 0–7; 0 is the Q.931 codeset. */
  readonly codeset: number;
  readonly octets: Octets;
}
