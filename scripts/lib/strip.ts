// What a box runs: the server's TypeScript with its types blanked out, so that lines and columns stay as they were, in
// dist/ (from src/) and native/dist/ (from native/lib/). Node could do this at each start, but keeps 40 MB for it then.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");
const trees = [
  { from: join(root, "src"), to: join(root, "dist") },
  { from: join(root, "native/lib"), to: join(root, "native/dist") },
];
/** The console: Vite builds it, into the same folder of `dist/`. */
const elsewhere = (path: string): boolean => path === "ui" || path.startsWith("ui/");

for (const { from, to } of trees) {
  for (const old of globSync("*", { cwd: to }))
    if (!elsewhere(old)) rmSync(join(to, old), { recursive: true });
  for (const path of globSync("**/*.{ts,json}", { cwd: from })) {
    if (elsewhere(path)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    if (path.endsWith(".json")) cpSync(join(from, path), join(to, path));
    else
      writeFileSync(
        join(to, path.replace(/\.ts$/u, ".js")),
        stripped(readFileSync(join(from, path), "utf8")),
      );
  }
}

function stripped(source: string): string {
  // Every relative path to a module in a string: of imports, and of the worker's URL.
  return stripTypeScriptTypes(source).replace(/(["'])(\.{1,2}\/[^"'\n]*)\.ts\1/gu, "$1$2.js$1");
}
