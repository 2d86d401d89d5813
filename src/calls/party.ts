// Legs and numbers as the call machine and the journal know them.
import type { Leg, PartyNumber } from "../lines/leg.ts";
import type { Party } from "../shared/journal.ts";
import type { LegFacts } from "./state.ts";

export function partyOf(number: PartyNumber): Party {
  const digits = number.presentation === "allowed" ? number.digits : "";
  return number.name === undefined ? { number: digits } : { number: digits, name: number.name };
}

/** An incoming leg is named by who calls, an outgoing one by who is called. */
export function factsOf(leg: Leg, role: LegFacts["role"], calling = leg.calling): LegFacts {
  const party = partyOf(leg.direction === "in" ? calling : leg.called);
  const { line } = leg;
  return {
    id: leg.id,
    role,
    direction: leg.direction,
    line: line.id,
    kind: line.kind,
    number: party.number,
    ...(party.name === undefined ? {} : { name: party.name }),
    ...(line.group === undefined ? {} : { group: line.group }),
    ...(line.extension === undefined ? {} : { extension: line.extension }),
    state: leg.direction === "in" ? "proceeding" : leg.state,
  };
}

export function numberOf(phone: LegFacts | undefined): PartyNumber {
  const digits = phone?.extension ?? phone?.number ?? "";
  return { digits, type: "unknown", presentation: digits === "" ? "unavailable" : "allowed" };
}
