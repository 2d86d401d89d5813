// How a number is shown: grouped as in the appliance's country, once the rules for it are here.
import { session } from "./session.svelte.ts";

type Format = (digits: string, country: string) => string;
const rules = $state<{ format: Format | undefined }>({ format: undefined });
let asked = false;

/** Shorter ones are extensions and short codes, which nobody groups. */
const shortest = 7;

export function numberText(digits: string): string {
  const country = session.me?.country;
  if (country === undefined || !/^\+?\d+$/.test(digits) || digits.length < shortest) return digits;
  if (!asked) {
    asked = true;
    // Without it numbers are shown as they are.
    import("./number-format.ts").then(
      ({ formatted }) => (rules.format = formatted),
      () => undefined,
    );
  }
  return rules.format?.(digits, country) ?? digits;
}
