// Finds the audio of what is said: recorded prompts of the language, else speech made from the prompt's text
// in that language, else English. What cannot be had is left out: a missing prompt never drops a call.
import { readdirSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { sentences } from "../media/speech.ts";
import type { LocalTime } from "../shared/local-time.ts";
import type { Logger } from "../shared/log.ts";
import { promptTexts } from "./prompt-texts.ts";
import type { Prompts, SayItem } from "./say.ts";
import { spokenLanguage, type Spoken, type SpokenLanguage } from "./spoken/spoken.ts";

export interface PromptsOptions {
  /** The office's own recording of a prompt, before all others; asked each time. Default none. */
  readonly own?: (language: string, name: string) => string | undefined;
  /** Folders of recorded prompts by language, the first one that has a prompt wins. Missing folders are empty. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** Makes the file that says a text; rejects when it cannot. */
  readonly speak: (text: string, language: string) => Promise<string>;
  /** Music by class name: files to play in a loop. `default` should be there. */
  readonly music: Readonly<Record<string, readonly string[]>>;
  /** What calendar and clock on the wall say where the box stands. */
  readonly now: () => Moment;
  readonly log: Logger;
}

type Moment = Pick<LocalTime, "date" | "time">;

export function createPrompts(options: PromptsOptions): Prompts {
  const { own = () => undefined, folders, speak, music, now, log } = options;
  const recorded = new Map(Object.entries(folders).map(([language, list]) => [language, index(list)]));
  const missed = new Set<string>();
  const miss = (what: string, error?: unknown): undefined => {
    if (!missed.has(what)) log.warn({ prompt: what, err: error }, "a prompt is missing and is left out");
    missed.add(what);
    return undefined;
  };

  const recordingOf = (language: string, name: string): string | undefined =>
    own(language, name) ?? recorded.get(language)?.get(name);

  const say = (text: string, language: string): Promise<string | undefined> =>
    speak(text, language).catch((error: unknown) => miss(text, error));

  const prompt = (name: string, language: string): Found => {
    const file = recordingOf(language, name);
    if (file !== undefined) return file;
    const text = promptTexts[name];
    const words = text?.[language];
    if (words !== undefined) return say(words, language);
    const english = recordingOf("en", name);
    if (english !== undefined) return english;
    return text?.["en"] === undefined ? miss(name) : say(text["en"], "en");
  };

  const words = (spoken: Spoken, language: string): readonly Found[] => {
    const files = spoken.prompts?.map((name) => recordingOf(language, name));
    return files === undefined || files.includes(undefined) ? [say(spoken.text, language)] : files;
  };

  const find = (item: SayItem, language: string): readonly Found[] => {
    if ("prompt" in item) return [prompt(item.prompt, language)];
    if ("text" in item) return sentences(item.text, language).map((one) => say(one, language));
    try {
      return inWords(item, spokenLanguage(language), now).flatMap((one) => words(one, language));
    } catch (error) {
      return [miss(JSON.stringify(item), error)];
    }
  };

  return {
    files(items, language) {
      const found = items.flatMap((item) => find(item, language));
      const there = found.filter((file) => typeof file === "string");
      return found.some((file) => file instanceof Promise) ? inOrder(found) : there;
    },
    music: (name) => music[name] ?? music["default"] ?? [],
  };
}

type Found = string | undefined | Promise<string | undefined>;

async function* inOrder(found: readonly Found[]): AsyncIterable<string> {
  for (const one of found) {
    const file = await one;
    if (file !== undefined) yield file;
  }
}

type InWords = Exclude<SayItem, { readonly prompt: string } | { readonly text: string }>;

function inWords(item: InWords, language: SpokenLanguage, now: () => Moment): readonly Spoken[] {
  if ("digits" in item) return Array.from(item.digits, (digit) => language.digit(digit));
  if ("number" in item) return [language.number(item.number)];
  if ("ordinal" in item) return [language.ordinal(item.ordinal)];
  if ("place" in item) return [language.place(item.place)];
  if ("amount" in item) return [language.amount(item.amount, item.currency)];
  if ("date" in item) {
    const [year = NaN, month = NaN, day = NaN] = (item.date === "today" ? now().date : item.date)
      .split("-")
      .map(Number);
    return [language.date({ year, month, day })];
  }
  const [hour = NaN, minute = NaN] = (item.time === "now" ? now().time : item.time).split(":").map(Number);
  return [language.time(hour, minute)];
}

/** Prompt name (`digits/1`) to file; the first folder wins. */
function index(folders: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const file of filesIn(folder)) {
      const name = relative(folder, file).slice(0, -extname(file).length);
      if (extname(file) === ".wav" && !files.has(name)) files.set(name, file);
    }
  }
  return files;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
