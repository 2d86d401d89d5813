// The DTMF detector beside libspandsp's on one generated corpus, in one run of one program (dtmf.cc).
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { figure, type Figure } from "./figure.ts";

const execute = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const speech = "/usr/share/asterisk/sounds";

interface Result {
  readonly detector: string;
  readonly [measure: string]: number | string;
}

type Rule = readonly [measure: string, unit: string, goal: number, better: "lower" | "higher"];

/** Goals: ITU-T Q.24 and what test suites make of it; the sets' sizes are those of dtmf.cc. */
const rules: readonly Rule[] = [
  ["decode", "of 160", 160, "higher"],
  ["accepted", "of 240 within 1.5 %", 240, "higher"],
  ["wronglyAccepted", "of 416 beyond 3.5 %", 0, "lower"],
  ["mix", "of 2000 in spec", 2000, "higher"],
  ["noise15", "of 1000 at 15 dB", 1000, "higher"],
  ["noise12", "of 1000 at 12 dB", 1000, "higher"],
  ["noise9", "of 1000 at 9 dB", 981, "higher"],
  ["twistDown", "dB", -8, "lower"],
  ["twistUp", "dB", 4, "higher"],
  ["lowestLevel", "dBm0", -36, "lower"],
  ["allAboveMs", "ms", 40, "lower"],
  ["noneBelowMs", "ms", 20, "higher"],
  ["short20", "of 320 heard", 0, "lower"],
  ["doubled", "of 50 with a gap of 10 ms", 0, "lower"],
  ["string4030", "of 1000", 1000, "higher"],
];

export async function* figures(): AsyncGenerator<Figure> {
  const program = await build();
  const results = await run(program, []);
  const ours = named(results, "callbox");
  const spandsp = named(results, "spandsp");
  const others = results.filter(({ detector }) => detector.startsWith("callbox-"));
  const beside = Object.fromEntries(
    [...others, spandsp].map(({ detector, channelsPerCore }) => [detector, Number(channelsPerCore)]),
  );
  yield figure(
    "dtmf.channelsPerCore",
    Number(ours["channelsPerCore"]),
    "channels",
    5 * Number(spandsp["channelsPerCore"]),
    "higher",
    beside,
  );
  for (const [measure, unit, goal, better] of rules) {
    yield figure(`dtmf.${measure}`, Number(ours[measure]), unit, goal, better, {
      spandsp: Number(spandsp[measure]),
    });
  }
  const files = existsSync(speech)
    ? readdirSync(speech, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".wav"))
    : [];
  if (files.length === 0) return;
  const hits = await run(
    program,
    files.map((file) => join(speech, file)),
  );
  for (const gain of [-10, 0, 6, 12]) {
    const at = (detector: string): Result =>
      named(
        hits.filter((hit) => hit["gain"] === gain),
        detector,
      );
    const hours = Number(at("callbox")["hours"]);
    yield figure(
      `dtmf.talkOff.${gain}dB`,
      Number(at("callbox")["talkOffHits"]),
      `in ${hours} h`,
      0,
      "lower",
      {
        spandsp: Number(at("spandsp")["talkOffHits"]),
      },
    );
  }
}

async function build(): Promise<string> {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const program = join(cache, "bench-dtmf");
  const parts = ["dtmf_bank.cc", "dtmf_detector.cc", "g711.cc", "wave.cc"];
  const sources = [
    join(import.meta.dirname, "dtmf.cc"),
    ...parts.map((file) => join(root, "native/src/engine", file)),
  ];
  const flags = ["-std=c++20", "-O3", `-I${join(root, "native/src")}`];
  await execute("g++", [...flags, ...sources, "-lspandsp", "-o", program]);
  return program;
}

async function run(program: string, words: readonly string[]): Promise<readonly Result[]> {
  const { stdout } = await execute(program, words, { maxBuffer: 1e8 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Result);
}

function named(results: readonly Result[], name: string): Result {
  const found = results.find(({ detector }) => detector === name);
  if (found === undefined) throw new Error(`no result of ${name}`);
  return found;
}
