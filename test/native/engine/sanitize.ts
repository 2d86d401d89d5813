// Builds the engine with a sanitizer, without Node.js in the process, and runs its test program.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { engineSources } from "../../../scripts/lib/engine-sources.ts";
import { temporaryFolder } from "../../support/folder.ts";

const root = join(import.meta.dirname, "../../..");
const engine = join(root, "native/src/engine");
const cache = join(root, ".cache/sanitizers");
const files = readdirSync(engine).map((file) => join(engine, file));
const sources = [join(import.meta.dirname, "engine_test.cc"), ...engineSources()];

/** Checks that the engine's test program runs clean under `-fsanitize=…`. Builds it when a source has changed. */
export function runSanitized(t: Test, sanitizer: string): void {
  const digest = createHash("sha256").update(sanitizer);
  for (const file of [...sources, ...files.filter((name) => name.endsWith(".h"))])
    digest.update(readFileSync(file));
  mkdirSync(cache, { recursive: true });
  const program = join(cache, digest.digest("hex").slice(0, 16));
  if (!existsSync(program)) {
    const flags = ["-std=c++20", "-g", "-O1", `-fsanitize=${sanitizer}`, "-fno-sanitize-recover=all"];
    const compiler = spawnSync(
      "g++",
      [
        ...flags,
        `-I${join(root, "native/src")}`,
        ...sources,
        "-Wl,--wrap=write",
        "-Wl,--wrap=pread",
        "-lspandsp",
        "-ltiff",
        "-lpthread",
        "-lcrypto",
        "-o",
        program,
      ],
      { encoding: "utf8" },
    );
    t.equal(compiler.status, 0, `compiled ${compiler.stderr.slice(0, 2000)}`);
  }
  const run = spawnSync(program, ["4", temporaryFolder("sanitizer")], {
    encoding: "utf8",
  });
  t.comment(run.stdout);
  t.equal(run.stderr.slice(0, 5000), "", "the sanitizer found nothing");
  t.equal(run.status, 0, "every check passed");
  t.end();
}
