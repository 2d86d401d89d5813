// Numbers between a leg and Q.931's elements.
import type { CalledNumber, IdentifiedNumber, Progress } from "../../signalling/isdn/types.ts";
import type { PartyNumber } from "../leg.ts";
import { dialled, noNumber } from "../numbers.ts";

export function calledFrom(number: CalledNumber | undefined, digits = number?.digits ?? ""): PartyNumber {
  return { ...dialled(digits), type: typeFrom(number) };
}

export function callingFrom(number: IdentifiedNumber | undefined, display: string | undefined): PartyNumber {
  const name = display === undefined || display === "" ? {} : { name: display };
  if (number === undefined) return { ...noNumber, ...name };
  const presentation = number.presentation === "reserved" ? "unavailable" : number.presentation;
  return {
    digits: number.digits,
    type: typeFrom(number),
    presentation,
    screening: number.screening,
    ...name,
  };
}

export function calledTo(number: PartyNumber): CalledNumber {
  return { digits: number.digits, type: number.type, plan: number.type === "unknown" ? "unknown" : "isdn" };
}

/** `undefined`: nothing to say, and the exchange puts its own number there. */
export function callingTo(number: PartyNumber): IdentifiedNumber | undefined {
  if (number.digits === "" && number.presentation !== "restricted") return undefined;
  const { presentation, screening = "user-not-screened" } = number;
  return { ...calledTo(number), presentation, screening };
}

/** Progress 8: in-band information is now available (Q.931 §4.5.23). */
export function inbandProgress(side: "user" | "network"): Progress {
  return {
    description: 8,
    location: side === "user" ? "private-network-local" : "public-network-local",
  };
}

function typeFrom(number: CalledNumber | undefined): PartyNumber["type"] {
  return number === undefined || number.type === "reserved" ? "unknown" : number.type;
}
