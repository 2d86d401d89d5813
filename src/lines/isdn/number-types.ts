// Number types and the prefixes by which people dial them: received numbers get the prefix of their type, and the type
// of what we send is fixed or found by its prefix (Q.931 §4.5.8, §4.5.10).
import type { NumberPrefixes, NumberTypeRule } from "../../config/line-settings.ts";
import type { CalledNumber } from "../../signalling/isdn/types.ts";

type Kind = keyof NumberPrefixes;

/** A number as it came, with the prefix of its type; then it is of no type, since its digits say it. */
export function withPrefix<N extends CalledNumber>(number: N, prefixes: NumberPrefixes): N {
  const kind = kindOf(number);
  const prefix = kind === undefined ? undefined : prefixes[kind];
  if (prefix === undefined || prefix === "" || number.digits === "") return number;
  return { ...number, digits: prefix + number.digits, type: "unknown", plan: "unknown" };
}

/** A number that we send, by the trunk's rule. */
export function typed<N extends CalledNumber>(number: N, rule: NumberTypeRule, prefixes: NumberPrefixes): N {
  switch (rule) {
    case "given":
      return number;
    case "by-prefix":
    case "by-prefix-kept": {
      const found = byPrefix(number.digits, prefixes);
      if (found === undefined) return number;
      const digits = rule === "by-prefix" ? number.digits.slice(found.prefix.length) : number.digits;
      return { ...number, ...typeAndPlan[found.kind], digits };
    }
    default:
      return { ...number, ...typeAndPlan[rule] };
  }
}

const typeAndPlan = {
  unknown: { type: "unknown", plan: "unknown" },
  subscriber: { type: "subscriber", plan: "isdn" },
  national: { type: "national", plan: "isdn" },
  international: { type: "international", plan: "isdn" },
  private: { type: "subscriber", plan: "private" },
} as const satisfies Record<Kind, Pick<CalledNumber, "type" | "plan">>;

function kindOf({ type, plan }: CalledNumber): Kind | undefined {
  if (plan === "private") return "private";
  return type === "unknown" || type === "subscriber" || type === "national" || type === "international"
    ? type
    : undefined;
}

/** The longest prefix wins: `00` before `0`. */
function byPrefix(
  digits: string,
  prefixes: NumberPrefixes,
): { readonly kind: Kind; readonly prefix: string } | undefined {
  const kinds = ["international", "national", "subscriber", "private", "unknown"] as const;
  return kinds
    .map((kind) => ({ kind, prefix: prefixes[kind] ?? "" }))
    .filter(({ prefix }) => prefix !== "" && digits.startsWith(prefix) && digits.length > prefix.length)
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/**
 * Whether a call to these digits is for one of our MSNs: the exchange may send fewer digits or more than the number is
 * written with, so they are compared from the right. A call without a number is for all terminals (EN 300 092-1).
 */
export function isOurs(digits: string, msns: readonly string[]): boolean {
  if (msns.length === 0 || digits === "") return true;
  return msns.some((msn) => msn.endsWith(digits) || digits.endsWith(msn));
}
