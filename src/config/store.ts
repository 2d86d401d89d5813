// The settings in force, and the file they live in: changed by the console or by an editor, never half, never wrong.
import { Low } from "lowdb";
import { watch, type FSWatcher } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { Logger } from "../shared/log.ts";
import { crossCheck, type Known } from "./cross-check.ts";
import { differingPaths } from "./difference.ts";
import { createFileAdapter, readText, writeDurably } from "./file-adapter.ts";
import { settingsError } from "./issues.ts";
import { checkSettings, parseSettings } from "./read.ts";
import type { Settings } from "./settings.ts";

export interface SettingsOptions {
  /** `…/settings.json`; made from `defaults` where missing. The last good copy is `….last-good.json` beside it. */
  readonly path: string;
  readonly defaults: Settings;
  readonly log: Logger;
  readonly clock: Clock;
  /** Take over changes that an editor makes to the file. Default true. */
  readonly watch?: boolean;
  /** What exists outside the file, for checking names. */
  readonly known?: () => Known;
}

export type SettingsEvent =
  | {
      readonly type: "changed";
      readonly settings: Settings;
      readonly before: Settings;
      readonly revision: number;
      /** A user's name, or `file`. */
      readonly by: string;
      /** JSON pointers of what differs. */
      readonly paths: readonly string[];
    }
  /** The file was changed to something wrong; the settings in force stay. */
  | { readonly type: "refused"; readonly error: CallboxError };

export interface SettingsStore {
  /** The settings in force, frozen. */
  current(): Settings;
  /** Grows with every change, over restarts too. */
  readonly revision: number;
  readonly events: Events<SettingsEvent>;
  /** What is wrong with the file as it is now; the settings in force are then the last good ones. */
  readonly problem: CallboxError | undefined;
  /**
   * Changes a copy, checks it, puts it on disk, then in force. One after another.
   * @throws ERR_SETTINGS_INVALID, ERR_SETTINGS_CONFLICT (another revision is in force), ERR_SETTINGS_UNWRITABLE:
   * nothing is changed
   */
  update(change: (draft: Settings) => void, options?: UpdateOptions): Promise<Settings>;
  /** Reads the file again. @throws what is wrong with it; the settings in force stay */
  reload(): Promise<Settings>;
  close(): Promise<void>;
}

export interface UpdateOptions {
  /** Who, for the journal. Default `box`. */
  readonly by?: string;
  /** The revision that the change was made from. */
  readonly revision?: number;
}

// Editors write in several steps.
const settleMs = 200;

/**
 * @throws ERR_SETTINGS_SYNTAX, ERR_SETTINGS_VERSION, ERR_SETTINGS_INVALID when neither the file nor its last good copy
 * can be used; ERR_SETTINGS_UNREADABLE, ERR_SETTINGS_UNWRITABLE
 */
export async function createSettings(options: SettingsOptions): Promise<SettingsStore> {
  const { path, log, clock } = options;
  const lastGoodPath = path.replace(/(\.json)?$/, ".last-good.json");
  const rejectedPath = path.replace(/(\.json)?$/, ".rejected.json");
  const known = (): Known => options.known?.() ?? {};
  const emitter = createEmitter<SettingsEvent>((error) => log.error({ err: error }, "a listener failed"));
  const db = new Low(
    createFileAdapter(path, (text) => parseSettings(text, basename(path))),
    checkSettings(options.defaults, "defaults"),
  );
  let revision = clock.now();
  let problem: CallboxError | undefined;
  let work: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const result = work.then(job);
    work = result.catch(() => undefined);
    return result;
  };
  const keep = async (settings: Settings): Promise<void> => {
    const before = db.data;
    try {
      db.data = settings;
      await db.write();
    } catch (cause) {
      db.data = before;
      throw new CallboxError("ERR_SETTINGS_UNWRITABLE", { detail: path, cause });
    }
    await remember();
  };
  /** The copy is a second line: without it the settings are in force all the same. */
  const remember = (): Promise<void> =>
    writeDurably(lastGoodPath, `${JSON.stringify(db.data, null, 2)}\n`).catch((error: unknown) =>
      log.error({ err: error }, "the last good copy of the settings could not be written"),
    );
  const announce = (before: Settings, by: string): void => {
    const paths = differingPaths(before, db.data);
    if (paths.length === 0) return;
    revision = Math.max(revision + 1, clock.now());
    log.info({ by, paths }, "settings changed");
    emitter.emit({ type: "changed", settings: db.data, before, revision, by, paths });
  };

  const lastGood = async (): Promise<Settings> =>
    parseSettings((await readText(lastGoodPath)) ?? "", basename(lastGoodPath));
  /**
   * What lives outside the file may go away while the settings name it: that must not stop the box, nor every
   * change of something else. So only a change that names what is not there is refused.
   */
  const accept = (next: Settings): Settings => {
    const before = new Set(crossCheck(db.data, known()).map(({ message }) => message));
    const unmet = crossCheck(next, known()).filter(({ message }) => !before.has(message));
    if (unmet.length > 0) throw settingsError("ERR_SETTINGS_INVALID", basename(path), unmet);
    return next;
  };

  const start = async (): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o750 });
    const text = await readText(path).catch((error: unknown) => {
      throw new CallboxError("ERR_SETTINGS_UNREADABLE", { detail: path, cause: error });
    });
    try {
      // Whoever lost the file has not lost the settings.
      if (text === undefined) await keep(await lastGood().catch(() => db.data));
      else {
        await db.read();
        await remember();
      }
    } catch (error) {
      if (!(error instanceof CallboxError) || text === undefined) throw error;
      db.data = await lastGood().catch(() => {
        throw error;
      });
      problem = error;
      log.error(
        { code: error.code, detail: error.detail, remedy: error.remedy },
        "the settings file is wrong: the last good copy is used",
      );
    }
  };

  /** Reads the file; wrong or missing, it throws and changes nothing. */
  const read = async (): Promise<void> => {
    const before = db.data;
    const text = await readText(path);
    if (text === undefined) throw new CallboxError("ERR_SETTINGS_UNREADABLE", { detail: `${path} is gone` });
    db.data = accept(parseSettings(text, basename(path)));
    problem = undefined;
    if (differingPaths(before, db.data).length === 0) return;
    await remember();
    announce(before, "file");
  };

  const refuse = (error: unknown): CallboxError => {
    const refused =
      error instanceof CallboxError
        ? error
        : new CallboxError("ERR_SETTINGS_UNREADABLE", { detail: path, cause: error });
    if (problem?.message !== refused.message) {
      log.error(
        { code: refused.code, detail: refused.detail, remedy: refused.remedy },
        "the settings file was changed to something wrong: the settings in force stay",
      );
      problem = refused;
      emitter.emit({ type: "refused", error: refused });
    }
    return refused;
  };

  const reload = (): Promise<Settings> =>
    inTurn(async () => {
      try {
        await read();
      } catch (error) {
        throw refuse(error);
      }
      return db.data;
    });

  await start();
  for (const { path: place, message } of crossCheck(db.data, known()))
    log.warn({ place }, `settings: ${message}`);
  const watcher =
    options.watch === false ? undefined : watchFile(path, clock, () => void reload().catch(() => undefined));

  return {
    current: () => db.data,
    get revision() {
      return revision;
    },
    events: emitter,
    get problem() {
      return problem;
    },
    update: (change, { by = "box", revision: from } = {}) =>
      inTurn(async () => {
        // An edit of the file that was not noticed yet must not be written over.
        await read().catch(refuse);
        if (from !== undefined && from !== revision)
          throw new CallboxError("ERR_SETTINGS_CONFLICT", {
            detail: `made from ${from}, in force is ${revision}`,
          });
        const before = db.data;
        const draft = structuredClone(before);
        change(draft);
        const next = accept(checkSettings(draft, basename(path)));
        if (problem !== undefined) await rename(path, rejectedPath).catch(() => undefined);
        await keep(next);
        problem = undefined;
        announce(before, by);
        return db.data;
      }),
    reload,
    async close() {
      watcher?.();
      await work;
      emitter.clear();
    },
  };
}

function watchFile(path: string, clock: Clock, changed: () => void): Cancel {
  const name = basename(path);
  let settle: Cancel = () => undefined;
  let watcher: FSWatcher | undefined;
  try {
    // The folder, not the file: whoever replaces a file makes a new one of the same name.
    watcher = watch(dirname(path), { persistent: false }, (_event, changedName) => {
      if (changedName !== null && changedName !== name) return;
      settle();
      settle = clock.after(settleMs, changed);
    });
    watcher.on("error", () => watcher?.close());
  } catch {
    // No inotify left: `reload` still works.
  }
  return () => {
    settle();
    watcher?.close();
  };
}
