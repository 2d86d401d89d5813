// What each country's exchanges take besides subscribers' numbers: emergency numbers, short codes, and what costs
// more. Data in countries/*.json, named by ISO 3166 code; read once when first wanted.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Type, type Static } from "typebox";

/** Digits, `X` any digit, a last `.` any number of further digits. */
const CodePattern = Type.String({ pattern: "^[0-9]+X*\\.?$", minLength: 1, maxLength: 12 });

export const CountryNumbers = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** What is dialled before a country code, where there are several and libphonenumber prefers none. */
    international: Type.Optional(Type.String({ pattern: "^[0-9]{2,5}$" })),
    /** Always pass, whoever dials them. Plain digits. */
    emergency: Type.Array(Type.String({ pattern: "^[0-9]{2,6}$" }), { minItems: 1, uniqueItems: true }),
    /** Dialled as they are: no area code, no country code. */
    short: Type.Array(CodePattern, { uniqueItems: true }),
    /** Charged above the tariff, as dialled here; beyond those that libphonenumber knows. */
    premium: Type.Array(CodePattern, { uniqueItems: true }),
  },
  { additionalProperties: false },
);
export type CountryNumbers = Static<typeof CountryNumbers>;

/** For countries without a file: what every mobile telephone takes for help (3GPP TS 22.101). */
const elsewhere: CountryNumbers = { name: "", emergency: ["112", "911"], short: [], premium: [] };

const folder = join(import.meta.dirname, "countries");
const known = new Map<string, CountryNumbers>();

/** Country codes that have a file, in small letters. */
export function countries(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** @param country ISO 3166-1 alpha-2, small letters, as in the settings */
export function countryNumbers(country: string): CountryNumbers {
  const found = known.get(country);
  if (found !== undefined) return found;
  const data = countries().includes(country)
    ? (JSON.parse(readFileSync(join(folder, `${country}.json`), "utf8")) as CountryNumbers)
    : elsewhere;
  known.set(country, data);
  return data;
}
