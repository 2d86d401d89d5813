import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { errorCodes } from "../../src/shared/error-codes.ts";

const root = join(import.meta.dirname, "../..");
const sources = ["src", "native/lib", "native/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|svelte|cc|h)$/u.test(file) && !file.endsWith("error-codes.ts"))
    .map((file) => readFileSync(join(root, folder, file), "utf8")),
);
const used = new Set(
  sources.flatMap((text) => [...text.matchAll(/"(ERR_[A-Z0-9_]+)"/gu)].map(([, code]) => code)),
);

t.test("the table of error codes and the code agree", (t) => {
  const listed = Object.keys(errorCodes);
  t.same(
    [...used].filter((code) => code !== undefined && !listed.includes(code)),
    [],
    "raised, not listed",
  );
  t.same(
    listed.filter((code) => !used.has(code)),
    [],
    "listed, raised nowhere",
  );
  t.same(listed, [...listed].sort(), "in alphabetical order");
  t.end();
});

t.test("every code says what happened and what to do", (t) => {
  for (const [code, { message, remedy }] of Object.entries(errorCodes)) {
    t.match(message, /^[A-Z].*[^.]$/u, `${code}: a sentence without its full stop`);
    t.match(remedy, /^[A-Z].*\.$/u, `${code}: a remedy, as a sentence`);
  }
  t.end();
});
