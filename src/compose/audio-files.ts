// Where prompts and music are found on the box: the office's own first, then those of Debian's packages.
import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";

export interface AudioFolders {
  /** By language; the first folder that has a prompt wins. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  /** By class name, files to play in a loop. */
  readonly music: Readonly<Record<string, readonly string[]>>;
}

const sounds = "/usr/share/asterisk/sounds";
const packaged: Readonly<Record<string, readonly string[]>> = {
  en: [join(sounds, "en"), join(sounds, "en_US_f_Allison")],
  zh: [join(sounds, "zh")],
  ko: [join(sounds, "ko")],
};
const packagedMusic = "/usr/share/asterisk/moh";

/** @param home the appliance's folder: `prompts/LANGUAGE/`, `music/CLASS/` in it go before what is packaged */
export function audioFolders(home: string): AudioFolders {
  const prompts = Object.fromEntries(
    Object.entries(packaged).map(([language, folders]) => [
      language,
      [join(home, "prompts", language), ...folders],
    ]),
  );
  const own = join(home, "music");
  const classes = entries(own)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, audioIn(join(own, name))] as const);
  return { prompts, music: { default: audioIn(packagedMusic), ...Object.fromEntries(classes) } };
}

function audioIn(folder: string): readonly string[] {
  return entries(folder)
    .filter((entry) => entry.isFile() && /\.(wav|alaw|ulaw)$/u.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort();
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
