// The office's own prompts: recordings by language and name, each in versions, one of them in force or none. The index says
// which; a file that it does not name is nobody's. A broken index costs no call: the box says what it says by itself.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Type, type Static } from "typebox";
import { Compile } from "typebox/compile";
import { readText, writeDurably } from "../config/file-adapter.ts";
import { waveFile, waveRate } from "../media/wave-file.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import { shaped } from "./shape.ts";

export interface PromptVersion {
  /** Sorts by time. */
  readonly id: string;
  /** Wall clock, ms since 1970 UTC. */
  readonly at: number;
  readonly by: string;
  readonly ms: number;
}

export interface OwnPrompt {
  readonly language: string;
  readonly name: string;
  /** The version in force; absent: the box's own announcement is heard. */
  readonly inForce?: string;
  /** Newest first. */
  readonly versions: readonly PromptVersion[];
}

export interface PromptLibrary {
  list(): readonly OwnPrompt[];
  /** The file in force. */
  file(language: string, name: string): string | undefined;
  /** @throws ERR_PROMPT_UNKNOWN */
  fileOf(language: string, name: string, version: string): string;
  /**
   * Takes a recording, cut and levelled, as the newest version, and puts it in force. The oldest beyond ten is forgotten.
   * @param audio a WAV file. @param path of a recording; it stays where it is
   * @throws ERR_PROMPT_NAME, ERR_AUDIO_FORMAT, ERR_AUDIO_LONG, ERR_PROMPT_SILENT, ERR_PROMPT_MANY
   */
  add(
    language: string,
    name: string,
    audio: Uint8Array | { readonly path: string },
    by: string,
  ): Promise<OwnPrompt>;
  /** Puts a version in force, or none. @throws ERR_PROMPT_UNKNOWN */
  use(language: string, name: string, version: string | undefined): Promise<OwnPrompt>;
}

const mostVersions = 10;
const mostPrompts = 2000;
const namePattern = /^[a-z0-9][a-z0-9-]{0,47}(?:\/[a-z0-9-]{1,24})?$/u;
const languages: readonly string[] = ["en", "zh", "ko"];

const Index = Type.Array(
  Type.Object({
    language: Type.String(),
    name: Type.String(),
    inForce: Type.Optional(Type.String()),
    versions: Type.Array(
      Type.Object({ id: Type.String(), at: Type.Number(), by: Type.String(), ms: Type.Number() }),
    ),
  }),
);
const compiled = Compile(Index);

export async function createPromptLibrary(options: {
  readonly folder: string;
  readonly readAudio: (path: string) => Promise<Int16Array>;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<PromptLibrary> {
  const { folder, readAudio, clock, log } = options;
  const indexFile = join(folder, "index.json");
  let prompts = await readIndex(indexFile, log);
  /** One change at a time. */
  let last: Promise<unknown> = Promise.resolve();

  const find = (language: string, name: string): OwnPrompt | undefined =>
    prompts.find((one) => one.language === language && one.name === name);
  const pathOf = ({ language, name }: Pick<OwnPrompt, "language" | "name">, version: string): string =>
    join(folder, language, `${name.replace("/", "_")}.${version}.wav`);
  const known = (language: string, name: string, version: string): OwnPrompt => {
    const found = find(language, name);
    if (found?.versions.some(({ id }) => id === version) !== true)
      throw new CallboxError("ERR_PROMPT_UNKNOWN", { detail: `${language} ${name} ${version}` });
    return found;
  };
  const keep = async (next: OwnPrompt): Promise<OwnPrompt> => {
    const others = prompts.filter((one) => one.language !== next.language || one.name !== next.name);
    const all = [...others, next].sort((a, b) => (a.name < b.name ? -1 : 1));
    await writeDurably(indexFile, `${JSON.stringify(all, null, 1)}\n`, 0o640);
    prompts = all;
    return next;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const samplesOf = async (audio: Uint8Array | { readonly path: string }): Promise<Int16Array> => {
    if (!(audio instanceof Uint8Array)) return readAudio(audio.path);
    const given = join(folder, "given.wav");
    try {
      await writeFile(given, audio, { mode: 0o640 });
      return await readAudio(given);
    } finally {
      await rm(given, { force: true });
    }
  };
  const add = async (
    language: string,
    name: string,
    audio: Uint8Array | { readonly path: string },
    by: string,
  ): Promise<OwnPrompt> => {
    const before = find(language, name) ?? { language, name, versions: [] };
    if (before.versions.length === 0 && prompts.length >= mostPrompts)
      throw new CallboxError("ERR_PROMPT_MANY", { detail: String(mostPrompts) });
    await mkdir(join(folder, language), { recursive: true });
    const samples = shaped(await samplesOf(audio));
    if (samples === undefined) throw new CallboxError("ERR_PROMPT_SILENT", { detail: name });
    const at = clock.now();
    const newest = Number(before.versions[0]?.id ?? 0);
    const id = String(Math.max(at, newest + 1));
    await writeDurably(pathOf(before, id), waveFile(samples), 0o640);
    const version = { id, at, by, ms: (samples.length * 1000) / waveRate };
    const versions = [version, ...before.versions];
    const kept = await keep({ ...before, inForce: id, versions: versions.slice(0, mostVersions) });
    for (const { id: old } of versions.slice(mostVersions)) await rm(pathOf(before, old), { force: true });
    return kept;
  };

  return {
    list: () => prompts,
    file(language, name) {
      const found = find(language, name);
      return found?.inForce === undefined ? undefined : pathOf(found, found.inForce);
    },
    fileOf: (language, name, version) => pathOf(known(language, name, version), version),
    async add(language, name, audio, by) {
      if (!languages.includes(language) || !namePattern.test(name))
        throw new CallboxError("ERR_PROMPT_NAME", { detail: `${language} ${name}`.slice(0, 80) });
      return inTurn(() => add(language, name, audio, by));
    },
    use: (language, name, version) =>
      inTurn(async () => {
        if (version !== undefined) return keep({ ...known(language, name, version), inForce: version });
        const found = find(language, name);
        if (found === undefined)
          throw new CallboxError("ERR_PROMPT_UNKNOWN", { detail: `${language} ${name}` });
        const { inForce: _, ...rest } = found;
        return keep(rest);
      }),
  };
}

async function readIndex(path: string, log: Logger): Promise<readonly OwnPrompt[]> {
  try {
    const text = await readText(path);
    const index = text === undefined ? [] : compiled.Parse(JSON.parse(text));
    return index.filter(({ language, name }) => languages.includes(language) && namePattern.test(name));
  } catch (error) {
    log.error({ err: error, path }, "the index of prompts cannot be read: the box says its own");
    return [];
  }
}

export type PromptIndex = Static<typeof Index>;
