// The rules are worth something: bugs of the kind that the field knows, put into a copy of distribution, are found by them.
import fc from "fast-check";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import t from "tap";
import { temporaryFolder } from "../support/folder.ts";
import type { step } from "../../src/acd/decide.ts";
import { history, office, run } from "./histories.ts";

const source = join(import.meta.dirname, "../../src");

/** Distribution with one piece of its text replaced. */
async function withBug(file: string, text: string, bug: string): Promise<typeof step> {
  const folder = temporaryFolder("bug");
  for (const room of ["acd", "shared"]) cpSync(join(source, room), join(folder, room), { recursive: true });
  const path = join(folder, "acd", file);
  const before = readFileSync(path, "utf8");
  if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
  writeFileSync(path, before.replace(text, bug));
  const made = (await import(pathToFileURL(join(folder, "acd/decide.ts")).href)) as { step: typeof step };
  return made.step;
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
    "for (const offer of stage.offers) cancelOffer(",
    "for (const offer of stage.offers) void (",
  ],
  ["a level is skipped", "needs.ts", "level > needs.level &&", "level > needs.level + 1 &&"],
  ["the queue's weight is not looked at", "distribute.ts", "if (a.weight !== b.weight)", "if (false)"],
] as const;

for (const [name, file, text, bug] of bugs)
  t.test(`found: ${name}`, async (t) => {
    const broken = await withBug(file, text, bug);
    const result = fc.check(
      fc.property(office, history, (settings, told) => void run(settings, told, broken)),
      { numRuns: 5000, seed: 4711, endOnFailure: true },
    );
    t.ok(result.failed, `after ${result.numRuns} histories`);
    t.comment(`${name}: after ${result.numRuns} histories`);
  });
