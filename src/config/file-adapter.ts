// lowdb's adapter for a file that survives power loss: it is either the old one or the new one, never half.
import type { Adapter } from "lowdb";
import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "../shared/errors.ts";

/** @param parse throws what is wrong with a text; that text is then not taken. */
export function createFileAdapter<T>(path: string, parse: (text: string) => T): Adapter<T> {
  return {
    async read() {
      const text = await readText(path);
      return text === undefined ? null : parse(text);
    },
    write: (data) => writeDurably(path, `${JSON.stringify(data, null, 2)}\n`),
  };
}

/** @returns undefined when there is no such file */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Resolves when file and name are on disk; until then the old file is there.
 * @param mode by default only the owner may read it: it may hold hashes of passwords
 */
export async function writeDurably(path: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  const next = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(next, "wx", mode);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
  // The rename itself is in the folder: without this it may be undone by a power cut.
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
