// Patterns of routes and rules: digits, `X` for any digit, and a last `.` for any number of further digits.
import type { NumberRule } from "../config/settings.ts";

export type PatternMatch =
  | "no"
  /** The digits are the beginning of a number that fits. */
  | "partial"
  | "exact"
  /** Fits, and would still fit with more digits. */
  | "open";

export function matchPattern(pattern: string, digits: string): PatternMatch {
  const open = pattern.endsWith(".");
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (!open && digits.length > fixed.length) return "no";
  for (let i = 0; i < Math.min(digits.length, fixed.length); i++) {
    if (!fits(fixed.charAt(i), digits.charAt(i))) return "no";
  }
  if (digits.length < fixed.length) return "partial";
  return open ? "open" : "exact";
}

/** The digits as a whole fit the pattern. */
export function isWhole(pattern: string, digits: string): boolean {
  const match = matchPattern(pattern, digits);
  return match === "exact" || match === "open";
}

function fits(place: string, digit: string): boolean {
  return place === "X" ? digit >= "0" && digit <= "9" : place === digit;
}

/** The number as the first rule that fits makes it, and which rule that was; -1 when none fits. */
export function rewrite(
  rules: readonly NumberRule[],
  digits: string,
): { readonly digits: string; readonly rule: number } {
  const rule = rules.findIndex(({ match }) => isWhole(match, digits));
  const found = rules[rule];
  if (found === undefined) return { digits, rule };
  const { match, strip, prepend, replace } = found;
  return {
    digits: replace === undefined ? prepend + digits.slice(strip) : replaced(match, replace, digits),
    rule,
  };
}

function replaced(match: string, replace: string, digits: string): string {
  const places = Array.from(match).flatMap((place, i) => (place === "X" ? [digits.charAt(i)] : []));
  const rest = match.endsWith(".") ? digits.slice(match.length - 1) : "";
  return Array.from(replace)
    .map((place) => (place === "X" ? (places.shift() ?? "") : place === "." ? rest : place))
    .join("");
}
