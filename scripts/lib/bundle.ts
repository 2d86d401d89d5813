// What a box runs: the server and the packages it is made of as one file of JavaScript a program, without types and
// comments, in dist/. Six hundred modules one by one keep their sources, 13 MB, for as long as the process lives.
// Native code stays where it is: the addon, and better-sqlite3.
import { cpSync, globSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown, type Plugin } from "rolldown";

const root = join(import.meta.dirname, "../..");
const from = join(root, "src");
const to = join(root, "dist");
/** The console: Vite builds it, into the same folder of `dist/`. */
const elsewhere = (path: string): boolean => path === "ui" || path.startsWith("ui/");

/** Programs, threads, and what is loaded by its file's name: each keeps its place. */
const entries = [
  "main.ts",
  "storage/worker.ts",
  "reports/worker.ts",
  "cli/main.ts",
  ...globSync("cli/commands/*.ts", { cwd: from }),
];

/** What dist/ is called in every chunk, wherever it lies: as a path, and as a URL. */
const here = "callboxDist";
const address = "callboxUrl";

/** A module asks where it is to find its data: its own place in dist/, though its code is in a chunk elsewhere. */
const places: Plugin = {
  name: "places",
  transform(code, id) {
    if (!id.endsWith(".ts") || !code.includes("import.meta")) return null;
    const path = relative(from, id).replace(/\.ts$/u, ".js");
    const place = (of: string): string => `(${here} + ${JSON.stringify(`/${of}`)})`;
    return code
      .replaceAll("import.meta.dirname", place(dirname(path)))
      .replaceAll("import.meta.filename", place(path))
      .replaceAll("import.meta.url", `new URL(${JSON.stringify(path)}, ${address}).href`)
      .replaceAll(/(new URL\("[^"]+)\.ts"/gu, '$1.js"');
  },
};

const bundle = await rolldown({
  input: Object.fromEntries(entries.map((path) => [path.replace(/\.ts$/u, ""), join(from, path)])),
  platform: "node",
  external: ["better-sqlite3", "node-gyp-build"],
  plugins: [places],
});
for (const old of globSync("*", { cwd: to })) if (!elsewhere(old)) rmSync(join(to, old), { recursive: true });
await bundle.write({
  dir: to,
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
  comments: false,
  banner: ({ fileName }) => {
    const depth = fileName.split("/").length - 1;
    const path = JSON.stringify("/..".repeat(depth));
    const url = JSON.stringify("../".repeat(depth) || ".");
    return `const ${here} = import.meta.dirname + ${path}, ${address} = new URL(${url}, import.meta.url);`;
  },
});
for (const path of globSync("**/*.json", { cwd: from }))
  if (!elsewhere(path)) cpSync(join(from, path), join(to, path));
