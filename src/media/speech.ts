// Speech for texts that no recording exists of: espeak-ng as a subprocess, its files kept by their text.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CallboxError } from "../shared/errors.ts";

export type SpeechLanguage = "en" | "zh" | "ko";

export interface Speech {
  /**
   * The WAV file that says a text, made when it is asked for the first time.
   * @param text 1 to 1,000 characters.
   * @throws ERR_SPEECH_FAILED when espeak-ng is missing, fails, or takes more than 20 s.
   */
  speak(text: string, language: SpeechLanguage): Promise<string>;
}

export interface SpeechOptions {
  /** Where the files are kept. */
  readonly folder: string;
  /** Writes the speech of a text to a file; espeak-ng unless a test gives its own. */
  readonly synthesise?: (text: string, voice: string, file: string) => Promise<void>;
}

const voices: Readonly<Record<SpeechLanguage, string>> = { en: "en-us", zh: "cmn", ko: "ko" };

export function createSpeech({ folder, synthesise = espeak }: SpeechOptions): Speech {
  const inWork = new Map<string, Promise<string>>();
  // One at a time: a long list of texts must not take the processor from calls.
  let last: Promise<unknown> = Promise.resolve();

  const make = async (text: string, voice: string, file: string): Promise<string> => {
    if (await exists(file)) return file;
    await mkdir(folder, { recursive: true });
    const unfinished = `${file}.part`;
    try {
      await synthesise(text, voice, unfinished);
      await rename(unfinished, file);
    } catch (cause) {
      await rm(unfinished, { force: true });
      throw new CallboxError("ERR_SPEECH_FAILED", { cause });
    }
    return file;
  };

  return {
    async speak(text, language) {
      if (text.length === 0 || text.length > 1000) {
        throw new CallboxError("ERR_SPEECH_FAILED", { detail: `a text of ${text.length} characters` });
      }
      const voice = voices[language];
      const file = join(folder, `${digest(`${voice}\n${text}`)}.wav`);
      const begun = inWork.get(file);
      if (begun !== undefined) return begun;
      const made = last.then(() => make(text, voice, file)).finally(() => inWork.delete(file));
      last = made.catch(() => undefined);
      inWork.set(file, made);
      return made;
    },
  };
}

/** Shorter ones are said together with what follows: a speaker takes no breath after "Dr." */
const leastSentence = 12;

/** A text in its sentences: the first can be heard while the others are still being made. */
export function sentences(text: string, language: string): readonly string[] {
  const found: string[] = [];
  let short = "";
  for (const { segment } of new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)) {
    const whole = short + segment;
    if (whole.trim().length < leastSentence) short = whole;
    else {
      found.push(whole.trim());
      short = "";
    }
  }
  const rest = short.trim();
  return rest === "" && found.length > 0 ? found : [...found, rest];
}

/** The text goes by standard input: it is never taken for an option. */
function espeak(text: string, voice: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      "espeak-ng",
      ["--stdin", "-v", voice, "-s", "150", "-w", file],
      { timeout: 20_000 },
      (error) => {
        if (error === null) resolve();
        else reject(new Error("espeak-ng failed", { cause: error }));
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(text);
  });
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}
