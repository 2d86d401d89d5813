// The console's words: the chosen language's catalogue, filled in with values; English comes with the page,
// the others are fetched when chosen.
import { en, type Catalogue, type MessageKey, type ParamsOf } from "./en.ts";

export type Language = "en" | "zh" | "ko";
export const languages: Readonly<Record<Language, string>> = { en: "English", zh: "简体中文", ko: "한국어" };
const tags: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN", ko: "ko" };
const key = "callbox.language";

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  zh: () => import("./zh.ts").then((module) => module.zh),
  ko: () => import("./ko.ts").then((module) => module.ko),
};

export const i18n = $state({ language: "en" as Language, tag: "en", catalogue: en as Catalogue });

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(languages, text);

/** The language to begin with: as chosen before, or the browser's, or English. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return wanted ?? "en";
}

export async function setLanguage(language: Language, keep = true): Promise<void> {
  const catalogue = await loaders[language]();
  Object.assign(i18n, { language, tag: tags[language], catalogue });
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

const pluralOf = (n: string | number | undefined): "one" | "other" =>
  new Intl.PluralRules(i18n.tag).select(Number(n ?? 0)) === "one" ? "one" : "other";
