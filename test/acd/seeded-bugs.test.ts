// The rules are worth something: bugs of the kind that the field knows, put into a copy of distribution, are found by them.
// Each copy runs as a program of its own, with its own fold.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";

const root = join(import.meta.dirname, "../..");

const program = `
import fc from "fast-check";
import { history, office, run } from "./histories.ts";
const { failed, numRuns } = fc.check(
  fc.property(office, history, (settings, told) => void run(settings, told)),
  { numRuns: 5000, seed: 4711, endOnFailure: true },
);
console.log(JSON.stringify({ failed, numRuns }));
`;

interface Found {
  readonly failed: boolean;
  /** Histories until then. */
  readonly numRuns: number;
}

/** Runs histories through distribution with one piece of its text replaced. */
function search(file: string, text: string, bug: string): Found {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache/bug-"));
  try {
    for (const part of ["src/acd", "src/shared", "test/acd"])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    const path = join(folder, "src/acd", file);
    const before = readFileSync(path, "utf8");
    if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
    writeFileSync(path, before.replace(text, bug));
    const finder = join(folder, "test/acd/finder.ts");
    writeFileSync(finder, program);
    const said = execFileSync(process.execPath, [finder], { env: {}, encoding: "utf8" });
    return JSON.parse(said) as Found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bugs = [
  [
    "two agents have one call: the others are not told",
    "callers.ts",
    "for (const other of call.stage.offers) if (other !== won) cancelOffer(work, call, other);",
    "",
  ],
  [
    "a late answer wins",
    "callers.ts",
    "const won = call.stage.offers.find((one) => one.offer === offer);",
    "const won = call.stage.offers[0];",
  ],
  [
    "wrap-up is no reason not to be rung",
    "state.ts",
    'agent.activity.type === "idle"',
    '["idle", "wrap-up"].includes(agent.activity.type)',
  ],
  [
    "an agent is stuck when the caller gives up",
    "callers.ts",
    "for (const offer of call.stage.offers) cancelOffer(",
    "for (const offer of call.stage.offers) void (",
  ],
  ["a level is skipped", "needs.ts", "level > needs.level &&", "level > needs.level + 1 &&"],
  ["the queue's weight is not looked at", "distribute.ts", "if (a.weight !== b.weight)", "if (false)"],
] as const;

for (const [name, file, text, bug] of bugs)
  t.test(`found: ${name}`, (t) => {
    const { failed, numRuns } = search(file, text, bug);
    t.ok(failed, `after ${numRuns} histories`);
    t.comment(`${name}: after ${numRuns} histories`);
    t.end();
  });

t.test("nothing is found where there is no bug", (t) => {
  t.same(search("state.ts", "isFree", "isFree"), { failed: false, numRuns: 5000 });
  t.end();
});
