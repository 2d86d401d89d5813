import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";

const root = join(import.meta.dirname, "../../..");

const builds: Readonly<Record<string, readonly string[]>> = {
  "as on a box": [],
  "one instruction set": ["-DCALLBOX_ONE_INSTRUCTION_SET"],
};

for (const [name, more] of Object.entries(builds)) {
  t.test(name, (t) => {
    const program = join(mkdtempSync(join(tmpdir(), "callbox-vectors-")), "test");
    const sources = [join(import.meta.dirname, "vectors_test.cc"), join(root, "native/src/engine/g711.cc")];
    const flags = ["-std=c++20", "-O3", ...more, `-I${join(root, "native/src")}`];
    const compiler = spawnSync("g++", [...flags, ...sources, "-o", program], { encoding: "utf8" });
    t.equal(compiler.status, 0, `compiled ${compiler.stderr.slice(0, 2000)}`);
    const run = spawnSync(program, { encoding: "utf8" });
    t.equal(run.status, 0, run.stdout);
    t.end();
  });
}
