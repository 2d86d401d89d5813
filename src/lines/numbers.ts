// Party numbers where a line says nothing about them.
import type { PartyNumber } from "./leg.ts";

export const noNumber: PartyNumber = { digits: "", type: "unknown", presentation: "unavailable" };

/** Digits as dialled, of unknown type. */
export const dialled = (digits: string): PartyNumber => ({
  digits,
  type: "unknown",
  presentation: "allowed",
});
