// The flows of a folder, one JSON file each, read again when a file changes. A file that is wrong changes
// nothing: the flow that ran before runs on, and the error says what to correct.
import { watch } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import { parseFlow, type Flow } from "./flow.ts";

export interface Flows {
  get(id: string): Flow | undefined;
  list(): readonly Flow[];
  /** What is wrong with files now, by file name. */
  readonly errors: ReadonlyMap<string, CallboxError>;
  /** Reads the folder again now. Never rejects: `errors` says what could not be read. */
  reload(): Promise<void>;
  close(): void;
}

export interface FlowsOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Read again when a file changes; default true. */
  readonly watch?: boolean;
}

/** Loads all flows of a folder. What is wrong is in `errors` and in the log. */
export async function loadFlows(
  folder: string,
  { clock, log, watch: watching = true }: FlowsOptions,
): Promise<Flows> {
  const flows = new Map<string, Flow>();
  const errors = new Map<string, CallboxError>();
  let settle: Cancel = () => undefined;

  const readOne = async (file: string): Promise<void> => {
    const id = basename(file, ".json");
    try {
      flows.set(id, parseFlow(await readFile(join(folder, file), "utf8"), id));
      errors.delete(file);
    } catch (error) {
      const wrong =
        error instanceof CallboxError
          ? error
          : new CallboxError("ERR_FLOW_INVALID", { detail: `${file} cannot be read`, cause: error });
      if (errors.get(file)?.message !== wrong.message)
        log.error({ err: wrong, file, running: flows.has(id) }, wrong.message);
      errors.set(file, wrong);
    }
  };

  const reload = async (): Promise<void> => {
    let files: readonly string[];
    try {
      files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
    } catch (cause) {
      errors.set(".", new CallboxError("ERR_FLOW_INVALID", { detail: `${folder} cannot be read`, cause }));
      return;
    }
    errors.delete(".");
    await Promise.all(files.map(readOne));
    const kept = new Set(files);
    for (const id of flows.keys()) if (!kept.has(`${id}.json`)) flows.delete(id);
    for (const file of errors.keys()) if (file !== "." && !kept.has(file)) errors.delete(file);
  };

  await reload();
  // An editor writes a file in several steps: the last one counts.
  const watcher = watching
    ? watch(folder, { persistent: false }, () => {
        settle();
        settle = clock.after(200, () => void reload());
      })
    : undefined;
  watcher?.on("error", (error) => log.warn({ err: error }, "flows are not watched any more"));

  return {
    get: (id) => flows.get(id),
    list: () => [...flows.values()],
    errors,
    reload,
    close() {
      settle();
      watcher?.close();
    },
  };
}
