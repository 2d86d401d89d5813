// What is in a folder that need not be there.
import { readdir } from "node:fs/promises";
import { codeOf } from "./errors.ts";

/** Names of this form, in order; none where there is no such folder. */
export async function namesIn(folder: string, form = /^/): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => form.test(name)).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw error;
  }
}
