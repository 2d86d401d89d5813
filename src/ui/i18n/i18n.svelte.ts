// The console's words: the chosen language's catalogue, filled in with values; English comes with the page,
// the others are fetched when chosen.
import { causesEn } from "./causes-en.ts";
import type { Refusals } from "./message.ts";
import { en, type Catalogue, type MessageKey, type ParamsOf } from "./en.ts";

export type Language = "en" | "zh" | "ko";
export const languages: Readonly<Record<Language, string>> = { en: "English", zh: "简体中文", ko: "한국어" };
const tags: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN", ko: "ko" };
const key = "callbox.language";

interface Words {
  readonly catalogue: Catalogue;
  readonly refusals: Refusals;
  readonly causes: Readonly<Record<number, string>>;
}
const loaders: Readonly<Record<Language, () => Promise<Words>>> = {
  // The server itself speaks English.
  en: () => Promise.resolve({ catalogue: en, refusals: {}, causes: causesEn }),
  zh: async () => ({
    catalogue: (await import("./zh.ts")).zh,
    refusals: (await import("./zh-refusals.ts")).zhRefusals,
    causes: (await import("./causes-zh.ts")).causesZh,
  }),
  ko: async () => ({
    catalogue: (await import("./ko.ts")).ko,
    refusals: (await import("./ko-refusals.ts")).koRefusals,
    causes: (await import("./causes-ko.ts")).causesKo,
  }),
};

export const i18n = $state({
  language: "en" as Language,
  tag: "en",
  catalogue: en as Catalogue,
  refusals: {} as Refusals,
  causes: causesEn,
});

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(languages, text);

/** The language to begin with: as chosen before, or the browser's, or English. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return wanted ?? "en";
}

export async function setLanguage(language: Language, keep = true): Promise<void> {
  const words = await loaders[language]();
  Object.assign(i18n, { language, tag: tags[language], ...words });
  document.documentElement.lang = tags[language];
  if (keep) localStorage.setItem(key, language);
}

/** The words for `key` in the chosen language. `{name}` takes its value from `params`; `n` chooses the plural. */
export function t<K extends MessageKey>(key: K, ...[params]: ParamsOf<K>): string {
  const message = i18n.catalogue[key];
  const values: Readonly<Record<string, string | number>> = params ?? {};
  const text = typeof message === "string" ? message : message[pluralOf(values["n"])];
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? new Intl.NumberFormat(i18n.tag).format(value) : value;
  });
}

/**
 * A cause of Q.850 in words. What it does not list is to be taken as the unspecified one of its class (§2.2.5: bits 7
 * to 5), and classes 000 and 001 are one.
 */
export function causeWords(cause: number): string {
  const unspecified = Math.max(31, cause | 15);
  return i18n.causes[cause] ?? i18n.causes[unspecified] ?? String(cause);
}

/** What the server says is wrong, in the chosen language where it has words for the code; the detail stays as it is. */
export function refusalWords<R extends { code: string; message: string; remedy: string }>(refusal: R): R {
  const own = Object.entries(i18n.refusals).find(([code]) => code === refusal.code)?.[1];
  if (own === undefined) return refusal;
  const [, ...detail] = refusal.message.split(": ");
  return { ...refusal, message: [own.message, ...detail].join(": "), remedy: own.remedy };
}

const pluralOf = (n: string | number | undefined): "one" | "other" =>
  new Intl.PluralRules(i18n.tag).select(Number(n ?? 0)) === "one" ? "one" : "other";
