// Mutation score of the ISDN machines, or with --coverage their branches that no test takes.
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { coverage } from "./coverage.ts";
import { equivalents, type Equivalent } from "./equivalent.ts";
import { run, unreadable } from "./modules.ts";
import { apply, mutants, type Mutant } from "./operators.ts";
import { dead, late, tryAll } from "./pool.ts";
import type { Verdict } from "./worker.ts";

const goal = 95;
const root = join(import.meta.dirname, "../..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    jobs: { type: "string" },
    json: { type: "boolean", default: false },
    coverage: { type: "boolean", default: false },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const texts = new Map<string, string>();
for (const room of ["q921", "q931"]) {
  for (const name of readdirSync(join(root, "src/signalling/isdn", room)).sort()) {
    const file = `src/signalling/isdn/${room}/${name}`;
    if (positionals.length > 0 && !positionals.some((part) => file.includes(part))) continue;
    texts.set(file, readFileSync(join(root, file), "utf8"));
  }
}
if (texts.size === 0) fail(`no file of q921/ or q931/ is called ${positionals.join(" or ")}`);

process.exitCode = values.coverage ? await showCoverage() : await showScore();

async function showCoverage(): Promise<number> {
  const { branches, untaken } = await coverage(texts);
  for (const one of untaken) say(values.json ? JSON.stringify(one) : `${one.file}:${one.line}  ${one.what}`);
  const share = percent(branches - untaken.length, branches);
  say(
    values.json
      ? JSON.stringify({ branches, untaken: untaken.length, percent: share })
      : `${branches - untaken.length} of ${branches} branches taken: ${share} %`,
  );
  return untaken.length === 0 ? 0 : 1;
}

async function showScore(): Promise<number> {
  const every = [...texts].flatMap(([file, text]) => mutants(file, text));
  const known = every.filter((mutant) => reasonFor(mutant) !== undefined);
  const gone = equivalents.filter((one) => texts.has(one.file) && !every.some((mutant) => is(one, mutant)));
  for (const one of gone) say(`no such mutant any more: ${one.file}: ${one.mutant}`);
  const tried = sample(every.filter((mutant) => !known.includes(mutant)));
  const failure = await run();
  if (failure !== undefined) fail(`the tests fail without any mutant: ${failure}`);

  const verdicts: Verdict[] = [];
  const tasks = tried.map((mutant) => ({ file: mutant.file, text: apply(textOf(mutant), mutant) }));
  await tryAll(tasks, whole("jobs") ?? availableParallelism(), (index, verdict) => {
    verdicts[index] = verdict;
    if (process.stderr.isTTY) process.stderr.write(`\r${Object.keys(verdicts).length} of ${tasks.length} `);
  });
  const counted = tried.map((mutant, index) => ({ mutant, killer: verdicts[index]?.killer }));
  const chosen = counted.filter(({ killer }) => killer !== unreadable).map(({ mutant }) => mutant);
  const alive = counted.filter(({ killer }) => killer === undefined).map(({ mutant }) => mutant);
  for (const killer of [late, dead, unreadable]) {
    const all = counted.filter((one) => one.killer === killer).length;
    if (all > 0 && !values.json) say(`${all} ended by ${killer}`);
  }
  for (const mutant of alive) {
    const { file, line, operator } = mutant;
    const [before, after] = lines(mutant);
    say(
      values.json
        ? JSON.stringify({ file, line, operator, before, after })
        : `${file}:${line}  ${operator}\n  - ${before}\n  + ${after}`,
    );
  }
  for (const file of texts.keys()) {
    const all = chosen.filter((mutant) => mutant.file === file).length;
    const lived = alive.filter((mutant) => mutant.file === file).length;
    if (!values.json)
      say(`${file.padEnd(50)} ${String(all - lived).padStart(5)} of ${String(all).padStart(5)}`);
  }
  const killed = chosen.length - alive.length;
  const score = percent(killed, chosen.length);
  say(
    values.json
      ? JSON.stringify({ mutants: chosen.length, killed, score, goal, equivalent: known.length })
      : `${killed} of ${chosen.length} mutants killed: ${score} % (goal ${goal} %; ${known.length} more are equivalent)`,
  );
  return score >= goal && gone.length === 0 ? 0 : 1;
}

function sample(all: readonly Mutant[]): readonly Mutant[] {
  const wanted = Math.min(whole("sample") ?? all.length, all.length);
  return Array.from({ length: wanted }, (_, i) => all[Math.floor((i * all.length) / wanted)]).filter(
    (one) => one !== undefined,
  );
}

function textOf({ file }: Mutant): string {
  return texts.get(file) ?? "";
}

/** The lines that the mutant touches, before and after, on one line each. */
function lines(mutant: Mutant): [string, string] {
  const text = textOf(mutant);
  const from = text.lastIndexOf("\n", mutant.start - 1) + 1;
  const to = text.indexOf("\n", mutant.end);
  const flat = (part: string): string => part.replaceAll(/\s+/g, " ").trim();
  return [
    flat(text.slice(from, to)),
    flat(text.slice(from, mutant.start) + mutant.replacement + text.slice(mutant.end, to)),
  ];
}

function is(one: Equivalent, mutant: Mutant): boolean {
  const [before, after] = lines(mutant);
  return one.file === mutant.file && one.line === before && one.mutant === after;
}

function reasonFor(mutant: Mutant): string | undefined {
  return equivalents.find((one) => is(one, mutant))?.reason;
}

function whole(option: "sample" | "jobs"): number | undefined {
  const text = values[option];
  if (text !== undefined && !/^[1-9]\d*$/.test(text)) fail(`--${option} wants a whole number above 0`);
  return text === undefined ? undefined : Number(text);
}

function percent(part: number, all: number): number {
  return Math.floor((part * 10_000) / all) / 100;
}

function fail(message: string): never {
  process.stderr.write(`mutate: ${message}\n`);
  process.exit(2);
}
