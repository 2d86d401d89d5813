// The DTMF detector beside libspandsp's on one generated corpus, in one run of one program (dtmf.cc).
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { figure, type Figure } from "./figure.ts";
import { build, run } from "./native.ts";

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
  const program = await build("dtmf");
  const results = await run<Result>(program);
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
  const hits = await run<Result>(
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

function named(results: readonly Result[], name: string): Result {
  const found = results.find(({ detector }) => detector === name);
  if (found === undefined) throw new Error(`no result of ${name}`);
  return found;
}
