// Numbers, dates, times and amounts in words: what a language's file (`en.json` and its like) says, and nothing of any
// language here. A further language is a further file.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CallboxError } from "../../shared/errors.ts";
import { createSpellout, type Rules } from "./spellout.ts";

/** One file of this folder. Templates have names in braces. */
interface LanguageData {
  /** The sets `number`, `ordinal`, `place`, `fraction` (a digit after the point), `year`, `day`, `month`, `hour`, `minute`, and others that these use. */
  readonly rules: Rules;
  /** `{number}`. */
  readonly minus: string;
  /** `{number}`, `{fraction}`; digits of the fraction are joined by `joint`. */
  readonly decimal: string;
  readonly joint: string;
  readonly months?: readonly string[];
  /** Sunday first. */
  readonly weekdays: readonly string[];
  /** `{weekday}`, `{day}`, `{month}`, `{year}`. */
  readonly date: string;
  /** `{period}`, `{hour}` (1–12), `{minute}`: without minutes, and with. */
  readonly time: { readonly whole: string; readonly minutes: string };
  /** What midnight's hour is called: 12 or 0. */
  readonly midnight: number;
  /** Parts of the day by their first hour. */
  readonly periods: readonly (readonly [number, string])[];
  readonly currencies: Readonly<Record<string, Currency>>;
  /** Between a whole amount and its parts. */
  readonly amountJoint: string;
  /** Digits one by one, as telephone numbers are read. */
  readonly digits: Readonly<Record<string, string>>;
  /** Names of recorded prompts by word; where each word of what is to be said has one, they are played. */
  readonly recorded?: Readonly<Record<string, string>>;
}

interface Currency {
  /** Templates with `{n}`: of one, and of more. */
  readonly unit: readonly [string, string?];
  /** By which numbers of the unit are said; default `number`. */
  readonly set?: string;
  /** Digits after the point; 0–3. */
  readonly decimals: number;
  /** Parts of the unit, greatest first: so many of the smallest, and templates. */
  readonly parts?: readonly { readonly of: number; readonly name: readonly [string, string?] }[];
  /** Said where the greatest part is missing between the unit and a smaller one. */
  readonly gap?: string;
}

export interface SpokenDate {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

export interface Spoken {
  readonly text: string;
  /** Recorded prompts that say the same, where the language has them. */
  readonly prompts?: readonly string[];
}

/** How one language says things. All throw ERR_SPOKEN for what is out of range. */
export interface SpokenLanguage {
  /** A count, −999,999,999,999,999 to 999,999,999,999,999; with digits after a point one by one, at most six. */
  number(value: number): Spoken;
  /** "third"; 1 to 999,999,999. */
  ordinal(value: number): Spoken;
  /** A place in a line, between the words of a sentence; 1 to 999,999,999. */
  place(value: number): Spoken;
  /** A day of the Gregorian calendar, 1000 to 2999. */
  date(date: SpokenDate): Spoken;
  /** Hour 0–23, minute 0–59. */
  time(hour: number, minute: number): Spoken;
  /** `12.50` of a currency (ISO 4217 in lower case), at most as exact as it has parts. */
  amount(value: string, currency: string): Spoken;
  /** One of 0–9, `*` and `#`. */
  digit(digit: string): Spoken;
}

const folder = join(import.meta.dirname, ".");
const known = new Map<string, SpokenLanguage>();

/** Languages that have a file. */
export function spokenLanguages(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** English where the language has no file. */
export function spokenLanguage(language: string): SpokenLanguage {
  const name = spokenLanguages().includes(language) ? language : "en";
  const made = known.get(name) ?? createLanguage(read(name));
  known.set(name, made);
  return made;
}

const read = (name: string): LanguageData =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as LanguageData;

const most = 999_999_999_999_999;
const mostOrdinal = 999_999_999;

function createLanguage(data: LanguageData): SpokenLanguage {
  const spell = createSpellout(data.rules);
  const spoken = (text: string): Spoken => {
    const words = text.toLowerCase().match(/[^\s,-]+/gu) ?? [];
    const prompts = words.map((word) => data.recorded?.[word]);
    return prompts.every((prompt) => prompt !== undefined) ? { text, prompts } : { text };
  };
  const whole = (value: number, least: number, top: number): number => {
    if (!Number.isInteger(value) || value < least || value > top) throw refused(String(value));
    return value;
  };

  const fraction = (digits: string): string =>
    Array.from(digits, (digit) => spell("fraction", Number(digit))).join(data.joint);
  const positive = (value: number): string => {
    const [, digits = ""] = decimals.exec(value.toFixed(6)) ?? [];
    const number = spell("number", Math.trunc(value));
    return digits === "" ? number : fill(data.decimal, { number, fraction: fraction(digits) });
  };

  const parts = (currency: Currency, smallest: number): string => {
    let rest = smallest;
    const said = (currency.parts ?? []).map(({ of, name }) => {
      const count = Math.floor(rest / of);
      rest %= of;
      return count === 0 ? "" : fill(ofCount(name, count), { n: spell("number", count) });
    });
    return said.join("");
  };

  return {
    number(value) {
      if (!Number.isFinite(value) || Math.abs(value) > most) throw refused(String(value));
      const said = positive(Math.abs(value));
      return spoken(value < 0 ? fill(data.minus, { number: said }) : said);
    },
    ordinal: (value) => spoken(spell("ordinal", whole(value, 1, mostOrdinal))),
    place: (value) => spoken(spell("place", whole(value, 1, mostOrdinal))),
    date({ year, month, day }) {
      const date = new Date(Date.UTC(whole(year, 1000, 2999), month - 1, day));
      if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
        throw refused(`${year}-${month}-${day}`);
      return spoken(
        fill(data.date, {
          weekday: data.weekdays[date.getUTCDay()] ?? "",
          day: spell("day", day),
          month: data.months?.[month - 1] ?? spell("month", month),
          year: spell("year", year),
        }),
      );
    },
    time(hour, minute) {
      whole(hour, 0, 23);
      const period = data.periods.findLast(([from]) => from <= hour)?.[1] ?? "";
      const named = hour === 0 ? data.midnight : hour > 12 ? hour - 12 : hour;
      const template = whole(minute, 0, 59) === 0 ? data.time.whole : data.time.minutes;
      return spoken(fill(template, { period, hour: spell("hour", named), minute: spell("minute", minute) }));
    },
    amount(value, name) {
      const currency = data.currencies[name];
      const match = /^(-?)(\d{1,15})(?:\.(\d{1,3}))?$/u.exec(value);
      if (currency === undefined || match === null) throw refused(`${value} ${name}`);
      const [, sign, units = "", digits = ""] = match;
      if (/[1-9]/u.test(digits.slice(currency.decimals))) throw refused(`${value} ${name}`);
      const smallest = Number(digits.padEnd(currency.decimals, "0").slice(0, currency.decimals));
      const count = Number(units);
      const small = parts(currency, smallest);
      const unit = fill(ofCount(currency.unit, count), { n: spell(currency.set ?? "number", count) });
      const first = currency.parts?.[0];
      const gap = first !== undefined && smallest < first.of ? (currency.gap ?? "") : "";
      const both = small === "" ? unit : count === 0 ? small : unit + data.amountJoint + gap + small;
      const negative = sign === "-" && (count > 0 || smallest > 0);
      return spoken(negative ? fill(data.minus, { number: both }) : both);
    },
    digit(digit) {
      const text = data.digits[digit];
      if (text === undefined) throw refused(digit);
      return spoken(text);
    },
  };
}

/** Digits after the point, without the zeros at their end. */
const decimals = /\.(\d*?)0*$/u;

const refused = (detail: string): CallboxError => new CallboxError("ERR_SPOKEN", { detail });

const ofCount = ([one, more = one]: readonly [string, string?], count: number): string =>
  count === 1 ? one : more;

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{([a-z]+)\}/gu, (_, name: string) => values[name] ?? "");
