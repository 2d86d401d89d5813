// Lists of callers: who is blocked, who goes first. The most exact entry that fits counts.
import type { PartyNumber } from "../lines/leg.ts";
import { formsOf, type Home } from "./numbers.ts";

/** Whoever withholds the number has none to be found by; what an exchange sends along is not used against them. */
export const isAnonymous = ({ digits, presentation }: PartyNumber): boolean =>
  digits === "" || presentation !== "allowed";

/** How exactly a pattern fits any of the forms: the length of what is given, exact ones above all; -1 not at all. */
export function callerRank(pattern: string, forms: readonly string[]): number {
  const prefix = pattern.endsWith("*") ? pattern.slice(0, -1) : undefined;
  if (prefix !== undefined) return forms.some((form) => form.startsWith(prefix)) ? prefix.length : -1;
  return forms.includes(pattern) ? 1000 : -1;
}

export function findCaller<Entry extends { readonly number: string }>(
  list: readonly Entry[],
  calling: PartyNumber,
  home: Home,
): Entry | undefined {
  if (list.length === 0 || isAnonymous(calling)) return undefined;
  const forms = formsOf(calling, home);
  let best: Entry | undefined;
  let bestRank = -1;
  for (const entry of list) {
    const rank = callerRank(entry.number, forms);
    if (rank > bestRank) [best, bestRank] = [entry, rank];
  }
  return best;
}
