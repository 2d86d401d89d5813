// A folder that is gone when the test's process ends, however it ends.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

/** @param what for whoever finds it while the test runs */
export function temporaryFolder(what: string): string {
  if (made.length === 0)
    process.once("exit", () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  const folder = mkdtempSync(join(tmpdir(), `callbox-${what}-`));
  made.push(folder);
  return folder;
}
