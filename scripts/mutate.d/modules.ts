// The tests of the ISDN machines in this process, loaded anew as often as wanted, with one file's text changed.
import { readdirSync, readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { settled } from "./assertions.ts";

const root = join(import.meta.dirname, "../..");
const url = (path: string): string => pathToFileURL(join(root, path)).href;
const reloaded = [url("src/signalling/"), url("test/signalling/"), url("test/support/")];
const assertions = url("scripts/mutate.d/assertions.ts");

/** They want a program outside: libpri's peer, tshark. */
const foreign = ["libpri.test.ts", "tshark.test.ts"];

/** Those that fail soonest first. */
const order = ["link-table", "call-table", "layer2", "tei", "codec", "interface", "calls", "faults"];

const place = (path: string): number => {
  const found = order.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return found < 0 ? order.length : found;
};

export const tests: readonly string[] = readdirSync(join(root, "test/signalling/isdn"), { recursive: true })
  .map((name) => `test/signalling/isdn/${String(name)}`)
  .filter((path) => path.endsWith(".test.ts") && !foreign.some((name) => path.endsWith(`/${name}`)))
  .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));

let generation = 0;
let changed: { readonly url: string; readonly code: string } | undefined;
const stripped = new Map<string, string>();

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "tap") return { url: assertions, shortCircuit: true };
    const found = nextResolve(specifier, context);
    if (!reloaded.some((prefix) => found.url.startsWith(prefix))) return found;
    const [plain = found.url] = found.url.split("?");
    return { ...found, url: `${plain}?${generation}`, shortCircuit: true };
  },
  load(address, context, nextLoad) {
    const [plain = address, version] = address.split("?");
    if (version === undefined) return nextLoad(address, context);
    const source = changed?.url === plain ? changed.code : (stripped.get(plain) ?? strip(plain));
    return { format: "module", source, shortCircuit: true };
  },
});

function strip(address: string): string {
  const code = stripTypeScriptTypes(readFileSync(fileURLToPath(address), "utf8"));
  stripped.set(address, code);
  return code;
}

/** What kills a mutant that is no TypeScript: it counts for nothing. */
export const unreadable = "the compiler";

/** Runs the tests, with `text` for `file` if given; the first test file that failed and how, or undefined. */
export async function run(file?: string, text?: string): Promise<string | undefined> {
  generation++;
  // The properties' examples are the same ones each time.
  fc.configureGlobal({ seed: 931 });
  try {
    changed = file === undefined ? undefined : { url: url(file), code: stripTypeScriptTypes(text ?? "") };
  } catch {
    return unreadable;
  }
  for (const test of tests) {
    try {
      await import(url(test));
      await settled();
    } catch (error) {
      return `${test}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`;
    }
  }
  return undefined;
}
