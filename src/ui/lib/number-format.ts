// Numbers as people write them. Fetched when first wanted, for the plans of all countries weigh more than the console.
// The `min` metadata will do: it knows how numbers are grouped, and nothing here depends on what kind they are.
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";

/** `0755 8888 0001`, `+44 20 7946 0018`; as it is where it is no whole number. */
export function formatted(digits: string, country: string): string {
  const home = country.toUpperCase();
  const parsed = parsePhoneNumberFromString(digits, { defaultCountry: home as CountryCode, extract: false });
  if (parsed?.isValid() !== true) return digits;
  return parsed.country === home ? parsed.formatNational() : parsed.formatInternational();
}
