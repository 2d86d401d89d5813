// Checks every board profile and that schema.json is the one the code uses: node board-profiles/lint.ts [--write]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BoardProfile, loadProfiles } from "../src/boards/profiles.ts";

const folder = import.meta.dirname;
const file = join(folder, "schema.json");
const schema = `${JSON.stringify(BoardProfile, null, 2)}\n`;

if (process.argv.includes("--write")) writeFileSync(file, schema);
if (readFileSync(file, "utf8") !== schema) {
  console.error("schema.json differs from src/boards/profiles.ts: run node board-profiles/lint.ts --write");
  process.exit(1);
}
try {
  console.log(`${loadProfiles(folder).length} board profiles are in order`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
