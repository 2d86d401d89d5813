// Party numbers in information elements: called (Q.931 §4.5.8), calling (§4.5.10), connected, redirecting.
import { decodeIa5, encodeIa5 } from "../octets.ts";
import type {
  CalledNumber,
  IdentifiedNumber,
  NumberingPlan,
  Octets,
  Presentation,
  RedirectingNumber,
  RedirectionReason,
  Screening,
  TypeOfNumber,
} from "./values.ts";

/** Bits 7–5 of octet 3. */
const types: Readonly<Record<TypeOfNumber, number>> = {
  unknown: 0,
  international: 1,
  national: 2,
  "network-specific": 3,
  subscriber: 4,
  abbreviated: 6,
  reserved: 7,
};

const typeNames = new Map((Object.entries(types) as [TypeOfNumber, number][]).map(([name, n]) => [n, name]));

const plans: Readonly<Record<NumberingPlan, number>> = {
  unknown: 0,
  isdn: 1,
  data: 3,
  telex: 4,
  national: 8,
  private: 9,
  other: 15,
};

const planNames = new Map((Object.entries(plans) as [NumberingPlan, number][]).map(([name, n]) => [n, name]));

/** Bits 7–6 of octet 3a; what is not here is reserved. */
const presentations: readonly Presentation[] = ["allowed", "restricted", "unavailable"];
/** Bits 2–1 of octet 3a, from 1; 0 is a user-provided number that nobody has screened. */
const screenings: readonly Screening[] = ["user-passed", "user-failed", "network"];

/** Octet 3b of a redirecting number (Q.952). */
const reasons: Readonly<Record<RedirectionReason, number>> = {
  unknown: 0,
  busy: 1,
  "no-reply": 2,
  deflection: 4,
  "out-of-order": 9,
  other: 10,
  unconditional: 15,
};

const reasonNames = new Map(
  (Object.entries(reasons) as [RedirectionReason, number][]).map(([name, n]) => [n, name]),
);

export function decodeCalled(octets: Octets): CalledNumber | undefined {
  const header = readHeader(octets);
  return header && number(header, octets);
}

export function decodeIdentified(octets: Octets): IdentifiedNumber | undefined {
  const header = readHeader(octets);
  return header && { ...number(header, octets), ...identity(header) };
}

export function decodeRedirecting(octets: Octets): RedirectingNumber | undefined {
  const header = readHeader(octets);
  if (header === undefined) return undefined;
  const reason = header.second === undefined ? "unknown" : (reasonNames.get(header.second & 0x0f) ?? "other");
  return { ...number(header, octets), ...identity(header), reason };
}

export function encodeCalled(value: CalledNumber): Octets {
  return [0x80 | typeAndPlan(value), ...encodeIa5(value.digits)];
}

export function encodeIdentified(value: IdentifiedNumber): Octets {
  return [typeAndPlan(value), 0x80 | screen(value), ...encodeIa5(value.digits)];
}

export function encodeRedirecting(value: RedirectingNumber): Octets {
  return [typeAndPlan(value), screen(value), 0x80 | reasons[value.reason], ...encodeIa5(value.digits)];
}

/** Octets 3, 3a and 3b, and where the digits begin. */
interface Header {
  readonly first: number;
  readonly screening: number | undefined;
  readonly second: number | undefined;
  readonly digitsAt: number;
}

/** The group of octet 3 ends at the first octet with bit 8 set; further octets of it are passed over. */
function readHeader(octets: Octets): Header | undefined {
  const [first, screening, second] = octets;
  if (first === undefined) return undefined;
  const end = octets.findIndex((octet) => (octet & 0x80) !== 0);
  // Without an end there was no extension after all: a tolerance for senders that forget bit 8.
  const last = end === -1 ? 0 : end;
  return {
    first,
    screening: last >= 1 ? screening : undefined,
    second: last >= 2 ? second : undefined,
    digitsAt: last + 1,
  };
}

function number({ first, digitsAt }: Header, octets: Octets): CalledNumber {
  return {
    digits: decodeIa5(octets.slice(digitsAt)),
    type: typeNames.get((first >> 4) & 7) ?? "reserved",
    plan: planNames.get(first & 0x0f) ?? "other",
  };
}

function identity({ screening = 0x80 }: Header): { presentation: Presentation; screening: Screening } {
  return {
    presentation: presentations[(screening >> 5) & 3] ?? "reserved",
    screening: screenings[(screening & 3) - 1] ?? "user-not-screened",
  };
}

function typeAndPlan({ type, plan }: CalledNumber): number {
  return (types[type] << 4) | plans[plan];
}

function screen({ presentation, screening }: IdentifiedNumber): number {
  const shown = presentation === "reserved" ? 3 : presentations.indexOf(presentation);
  return (shown << 5) | (screenings.indexOf(screening) + 1);
}
