// A folder that is gone when the test's process ends, however it ends.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @param what for whoever finds it while the test runs */
export function temporaryFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `callbox-${what}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
