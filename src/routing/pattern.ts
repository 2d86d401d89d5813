// Patterns of outgoing routes: digits, `X` for any digit, and a last `.` for any number of further digits.

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

function fits(place: string, digit: string): boolean {
  return place === "X" ? digit >= "0" && digit <= "9" : place === digit;
}
