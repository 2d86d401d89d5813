// The same numbers from every instruction set: of this processor, and of arm64 in an emulator.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import t, { type Test } from "tap";
import { temporaryFolder } from "../../support/folder.ts";

const root = join(import.meta.dirname, "../../..");
const parts = ["dtmf_bank.cc", "dtmf_detector.cc", "g711.cc"];
const arm64 = { compiler: "aarch64-linux-gnu-g++", emulator: "qemu-aarch64-static" };
const emulated = Object.values(arm64).every((name) => spawnSync("which", [name]).status === 0);

/** Builds, runs, and gives what the digits of the random inputs come to. */
function digits(t: Test, compiler: string, flags: readonly string[], runner: readonly string[] = []): string {
  const program = join(temporaryFolder("vectors"), "test");
  const sources = [
    join(import.meta.dirname, "vectors_test.cc"),
    ...parts.map((file) => join(root, "native/src/engine", file)),
  ];
  // As the addon is built.
  const all = ["-std=c++20", "-O3", "-ffp-contract=off", ...flags, `-I${join(root, "native/src")}`];
  const built = spawnSync(compiler, [...all, ...sources, "-o", program], { encoding: "utf8" });
  t.equal(built.status, 0, `compiled ${built.stderr.slice(0, 2000)}`);
  const [command, ...words] = [...runner, program];
  const run = spawnSync(command, words, { encoding: "utf8" });
  t.equal(run.status, 0, run.stdout);
  return /^digits .*$/mu.exec(run.stdout)?.[0] ?? "none";
}

t.test("vectors", (t) => {
  const here = digits(t, "g++", []);
  t.match(here, /^digits \d+ [0-9a-f]{8}$/u);
  t.equal(digits(t, "g++", ["-DCALLBOX_ONE_INSTRUCTION_SET"]), here, "without a choice of instructions");
  t.test("arm64", { skip: emulated ? false : "no compiler or emulator for arm64" }, (t) => {
    t.equal(digits(t, arm64.compiler, ["-static"], [arm64.emulator]), here, "NEON hears the same digits");
    t.end();
  });
  t.end();
});
