// The DTMF detector beside libspandsp's on one generated corpus, in one run of one program (dtmf.cc).
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { figure, type Figure } from "./figure.ts";
import { build, run } from "./native.ts";

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

/** Hours of generated speech beside the recorded prompts. */
const spokenHours = 5;
const languages = { en: "en", zh: "cmn", ko: "ko" } as const;

export async function* figures(): AsyncGenerator<Figure> {
  const program = await build("dtmf");
  const results = await run<Result>(program);
  const ours = named(results, "callbox");
  const peers = [named(results, "spandsp"), named(results, "goertzel")];
  const [spandsp] = peers;
  const others = results.filter(({ detector }) => detector.startsWith("callbox-"));
  yield figure(
    "dtmf.channelsPerCore",
    Number(ours["channelsPerCore"]),
    "channels",
    5 * Number(spandsp?.["channelsPerCore"]),
    "higher",
    beside([...others, ...peers], "channelsPerCore"),
  );
  const sse2 = others.find(({ detector }) => detector === "callbox-sse2");
  if (sse2 !== undefined)
    yield figure(
      "dtmf.channelsPerCoreSse2",
      Number(sse2["channelsPerCore"]),
      "channels",
      3 * Number(spandsp?.["channelsPerCore"]),
      "higher",
    );
  for (const [measure, unit, goal, better] of rules)
    yield figure(`dtmf.${measure}`, Number(ours[measure]), unit, goal, better, beside(peers, measure));
  const prompts = existsSync(speech)
    ? readdirSync(speech, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".wav"))
        .map((file) => join(speech, file))
    : [];
  yield* talkOff(program, "talkOff", prompts);
  const folder = mkdtempSync(join(tmpdir(), "callbox-speech-"));
  try {
    yield* talkOff(program, "talkOffSpoken", await speak(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const beside = (peers: readonly Result[], measure: string): Readonly<Record<string, number>> =>
  Object.fromEntries(peers.map((peer) => [peer.detector, Number(peer[measure])]));

/** Digits that a detector hears where there are none, at four gains. */
async function* talkOff(program: string, name: string, files: readonly string[]): AsyncGenerator<Figure> {
  if (files.length === 0) return;
  const hits = await run<Result>(program, files);
  for (const gain of [-10, 0, 6, 12]) {
    const at = hits.filter((hit) => hit["gain"] === gain);
    const ours = named(at, "callbox");
    yield figure(
      `dtmf.${name}.${gain}dB`,
      Number(ours["talkOffHits"]),
      `in ${ours["hours"]} h`,
      0,
      "lower",
      beside([named(at, "spandsp"), named(at, "goertzel")], "talkOffHits"),
    );
  }
}

/** The console's own sentences and this project's pages, read by espeak-ng's voices until there are hours enough. */
async function speak(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  let seconds = 0;
  for (let take = 0; seconds < spokenHours * 3600; take++) {
    const [language = "en", voice = "en"] = Object.entries(languages)[take % 3] ?? [];
    const variant = `${voice}+${take % 2 === 0 ? "m" : "f"}${1 + (take % 4)}`;
    const path = join(folder, `${take}.wav`);
    const text = join(folder, "text");
    writeFileSync(text, textOf(language));
    await execute("espeak-ng", [
      ...["-v", variant, "-s", `${120 + ((take * 17) % 100)}`, "-p", `${20 + ((take * 13) % 60)}`],
      ...["-w", path, "-f", text],
    ]);
    // 16 bits at 22,050 Hz.
    seconds += statSync(path).size / 44_100;
    files.push(path);
  }
  return files;
}

function textOf(language: string): string {
  const source = readFileSync(join(root, `src/ui/i18n/${language}.ts`), "utf8");
  const texts = Array.from(source.matchAll(/^ {2,}(?:"[^"]+": )?"([^"]+)",?$/gmu), ([, text = ""]) => text);
  return texts.join(".\n").replaceAll(/[{}]/gu, " ");
}

function named(results: readonly Result[], name: string): Result {
  const found = results.find(({ detector }) => detector === name);
  if (found === undefined) throw new Error(`no result of ${name}`);
  return found;
}
