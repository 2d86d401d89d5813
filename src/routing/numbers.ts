// What a number is, seen from the appliance's country: whose, of which class, and how else it may be written.
// Numbering plans come from libphonenumber (its `max` metadata, for the others do not tell mobile from premium).
import {
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from "libphonenumber-js/max";
import type { DialClass, TrunkGroup } from "../config/settings.ts";
import type { PartyNumber } from "../lines/leg.ts";
import { countryNumbers } from "./countries.ts";
import { isWhole } from "./pattern.ts";

/** Where the appliance is. */
export interface Home {
  /** ISO 3166-1 alpha-2, small letters. */
  readonly country: string;
  /** Without the trunk prefix. */
  readonly areaCode?: string;
}

/** A number as signalled: digits, and what ISDN says of their form. */
export type Signalled = Pick<PartyNumber, "digits"> & Partial<Pick<PartyNumber, "type">>;

export interface Reading {
  readonly kind: "emergency" | "short" | "subscriber" | "unknown";
  /** All of these are needed to dial it: a foreign premium number wants both. Never empty. */
  readonly classes: readonly DialClass[];
  /** `+8675588880001`; only of subscribers. */
  readonly e164?: string;
  /** In the appliance's own country. */
  readonly domestic: boolean;
  /** National significant number, without prefix. */
  readonly national?: string;
}

interface NumberingPlan {
  readonly callingCode: string;
  /** The prefix of national calls (0, 1, 8); empty where there is none. */
  readonly trunk: string;
  /** What international calls begin with, as a pattern, and as dialled. */
  readonly idd: RegExp;
  readonly iddDigits: string;
}

const plans = new Map<string, NumberingPlan | undefined>();

function planOf(country: string): NumberingPlan | undefined {
  if (!plans.has(country)) plans.set(country, readPlan(country));
  return plans.get(country);
}

/** The library has these of each country, and its types do not. For some countries what comes back is no text. */
interface PlanMetadata {
  callingCode(): string;
  IDDPrefix(): string;
  defaultIDDPrefix(): unknown;
  nationalPrefix(): unknown;
}
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function readPlan(country: string): NumberingPlan | undefined {
  const metadata = new Metadata();
  const code = country.toUpperCase();
  if (!isSupportedCountry(code)) return undefined;
  metadata.selectNumberingPlan(code);
  const plan = metadata.numberingPlan as unknown as PlanMetadata;
  const idd = plan.IDDPrefix();
  const plain = /^\d+$/.test(idd) ? idd : "00";
  return {
    callingCode: plan.callingCode(),
    trunk: textOf(plan.nationalPrefix()) ?? "",
    idd: new RegExp(`^(?:${idd})`),
    iddDigits:
      countryNumbers(country).international ?? (textOf(plan.defaultIDDPrefix()) ?? plain).replace(/\D/g, ""),
  };
}

/** What the number is. Never throws; whatever cannot be read is `unknown`, and of the class its prefix means. */
export function readNumber(number: Signalled, home: Home): Reading {
  const { emergency, short, premium } = countryNumbers(home.country);
  const { digits } = number;
  const asDialled = number.type === undefined || number.type === "unknown" || number.type === "subscriber";
  if (asDialled && emergency.includes(digits))
    return { kind: "emergency", classes: ["emergency"], domestic: true };
  const abroad = asDialled && isAbroad(digits, home);
  if (asDialled && !abroad && premium.some((pattern) => isWhole(pattern, digits)))
    return { kind: "short", classes: ["premium"], domestic: true };
  if (asDialled && !abroad && short.some((pattern) => isWhole(pattern, digits)))
    return { kind: "short", classes: ["local"], domestic: true };
  const parsed = parse(number, home);
  const plan = planOf(home.country);
  if (parsed === undefined) {
    const own: DialClass =
      abroad || number.type === "international" ? "international" : dialledAs(digits, plan);
    return { kind: "unknown", classes: [own], domestic: own !== "international" };
  }
  const domestic = isDomestic(parsed, home, plan);
  const classes = classesOf(parsed, home, domestic, digits, plan);
  return {
    kind: parsed.isValid() ? "subscriber" : "unknown",
    classes,
    domestic,
    ...(parsed.isValid() ? { e164: parsed.number, national: parsed.nationalNumber } : {}),
  };
}

function isAbroad(digits: string, { country }: Home): boolean {
  return digits.startsWith("+") || planOf(country)?.idd.test(digits) === true;
}

function parse(number: Signalled, home: Home): PhoneNumber | undefined {
  const country = home.country.toUpperCase() as CountryCode;
  const plan = planOf(home.country);
  const read = (text: string): PhoneNumber | undefined =>
    parsePhoneNumberFromString(text, plan === undefined ? {} : { defaultCountry: country, extract: false });
  const { digits, type } = number;
  if (!/^\+?\d{2,20}$/.test(digits)) return undefined;
  if (type === "international") return read(digits.startsWith("+") ? digits : `+${digits}`);
  if (plan === undefined) return digits.startsWith("+") ? read(digits) : undefined;
  if (type === "national") return read(`+${plan.callingCode}${digits}`);
  // Dialled without the prefix of national calls, it is a number of this town before it is anything else.
  const bare = !isAbroad(digits, home) && (plan.trunk === "" || !digits.startsWith(plan.trunk));
  if (bare && home.areaCode !== undefined) {
    const whole = read(`+${plan.callingCode}${home.areaCode}${digits}`);
    if (whole?.isValid() === true) return whole;
  }
  return read(digits);
}

function isDomestic(parsed: PhoneNumber, { country }: Home, plan: NumberingPlan | undefined): boolean {
  if (parsed.countryCallingCode !== plan?.callingCode) return false;
  if (parsed.country !== undefined) return parsed.country.toLowerCase() === country;
  // Islands share +1, and what is no valid number here may be dear there.
  return parsed.countryCallingCode !== "1" || parsed.nationalNumber.length !== 10;
}

function classesOf(
  parsed: PhoneNumber,
  home: Home,
  domestic: boolean,
  digits: string,
  plan: NumberingPlan | undefined,
): readonly DialClass[] {
  const type = parsed.getType();
  const premium = type === "PREMIUM_RATE" || type === "PERSONAL_NUMBER" || type === "PAGER";
  if (!domestic) return premium ? ["international", "premium"] : ["international"];
  if (premium) return ["premium"];
  switch (type) {
    case "MOBILE":
      return ["mobile"];
    case "TOLL_FREE":
      return ["local"];
    case "FIXED_LINE":
    case "FIXED_LINE_OR_MOBILE":
      return [
        home.areaCode !== undefined && parsed.nationalNumber.startsWith(home.areaCode) ? "local" : "national",
      ];
    case undefined:
      return [dialledAs(digits, plan)];
    default:
      return ["national"];
  }
}

function dialledAs(digits: string, plan: NumberingPlan | undefined): DialClass {
  return plan !== undefined && plan.trunk !== "" && digits.startsWith(plan.trunk) ? "national" : "local";
}

/** The number as a group's exchange wants it. What is no subscriber's number stays as it is. */
export function formatFor(
  number: Signalled,
  format: TrunkGroup["numberFormat"],
  home: Home,
): Required<Signalled> {
  const { digits, type = "unknown" } = number;
  const same = { digits, type };
  if (format === "as-is") return same;
  const { e164, national, domestic } = readNumber(number, home);
  if (e164 === undefined || national === undefined) return same;
  switch (format) {
    case "international":
      return { digits: e164.slice(1), type: "international" };
    case "by-type":
      return domestic
        ? { digits: national, type: "national" }
        : { digits: e164.slice(1), type: "international" };
    case "dialable":
      return { digits: dialable(e164, domestic, home), type: "unknown" };
  }
}

function dialable(e164: string, domestic: boolean, home: Home): string {
  if (domestic) return parsePhoneNumberFromString(e164)?.formatNational().replace(/\D/g, "") ?? e164;
  return (planOf(home.country)?.iddDigits ?? "00") + e164.slice(1);
}

/** Every way to write a caller's number that a list may have been given. */
export function formsOf(number: Signalled, home: Home): readonly string[] {
  const { e164, domestic } = readNumber(number, home);
  const more = e164 === undefined ? [] : [e164, dialable(e164, domestic, home)];
  return [...new Set([number.digits, ...more])].filter((form) => form !== "");
}

/** For people: `0755 8888 0001`, `+44 20 7946 0018`; digits as they are where they are no subscriber's number. */
export function displayNumber(digits: string, home: Home): string {
  const { e164, domestic } = readNumber({ digits }, home);
  const parsed = e164 === undefined ? undefined : parsePhoneNumberFromString(e164);
  if (parsed === undefined) return digits;
  return domestic ? parsed.formatNational() : parsed.formatInternational();
}

/** Where a number is from, as its own country writes it: `0755`, `030`, `+44`; empty where that cannot be told. */
export function areaOf(digits: string, home: Home): string {
  const { e164, domestic } = readNumber({ digits }, home);
  const parsed = e164 === undefined ? undefined : parsePhoneNumberFromString(e164);
  if (parsed === undefined) return "";
  if (!domestic) return `+${parsed.countryCallingCode}`;
  const [first = ""] = parsed.formatNational().split(/[ -]/u);
  return first.replace(/\D/gu, "");
}
