// What a port can be told to listen for, beside digits: special information tones, multifrequency signals, who has answered,
// a line that is too loud; and that nothing is told of what is not asked for.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import t, { type Test } from "tap";
import type { MediaPort, MfSystem, PortEvent } from "../../src/media/engine.ts";
import { toneOf, toneZones } from "../../src/media/tones.ts";
import { engineFor, folder, pair, pass } from "./support.ts";

t.jobs = 8;
const dir = folder();

interface Line {
  readonly near: MediaPort;
  readonly far: MediaPort;
  readonly told: PortEvent[];
}

function line(t: Test): Line {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  const told: PortEvent[] = [];
  near.events.on((event) => told.push(event));
  return { near, far, told };
}

t.test("special information tones of every country, by other exchanges' frequencies too", async (t) => {
  const { near, far, told } = line(t);
  const names = ["busy", "congestion", "sit"] as const;
  const american = [913.8, 1370.6, 1776.7, 985.2, 1428.5];
  const different = new Map(toneZones().map((country) => [JSON.stringify(toneOf(country, "sit")), country]));
  for (const country of different.values()) {
    near.detectTones(names.map((name) => ({ name, tone: toneOf(country, name) })));
    await far.playTone({ ...toneOf(country, "sit"), repeat: false }).finished;
    await pass(far, 30);
    const [first] = told.splice(0);
    t.match(first, { type: "tone", tone: "sit" }, country);
    t.ok(first?.type === "tone" && (first.confidence ?? 0) > 0.8, JSON.stringify(first));
  }
  near.detectTones([{ name: "sit", tone: toneOf("us", "sit") }]);
  const [low = 0, middle = 0, third = 0, high = 0, upper = 0] = american;
  const sounds: readonly (readonly [readonly number[], readonly number[], string | undefined])[] = [
    [[high, upper, third], [380, 380, 380], "sit"],
    [[low, middle, third], [276, 276, 380], "sit"],
    [[900, 1450, 1840], [330, 330, 330], "sit"],
    [[third, middle, low], [330, 330, 330], undefined],
    [[950, 1400], [330, 330], undefined],
    [[950, 1400, 1800], [100, 100, 100], undefined],
    [[950, 1400, 1800], [330, 800, 330], undefined],
    [[700, 1400, 1800], [330, 330, 330], undefined],
  ];
  for (const [hz, ms, wanted] of sounds) {
    const parts = hz.map((one, i) => ({ frequencies: [one], levelDbm0: -20, ms: ms[i] ?? 0 }));
    await far.playTone({ parts, repeat: false }).finished;
    await pass(far, 200);
    t.same(
      told.splice(0).map((event) => event.type === "tone" && event.tone),
      wanted === undefined ? [] : [wanted],
      hz.join(),
    );
  }
});

t.test("signals of R2 both ways and of R1: all fifteen, by number", async (t) => {
  const { near, far, told } = line(t);
  const all = Array.from({ length: 15 }, (_, i) => i + 1);
  const systems: readonly MfSystem[] = ["r2-forward", "r2-backward", "r1"];
  for (const system of systems) {
    near.detectSignals(system);
    await far.sendSignals(all, system, { onMs: 100, offMs: 80, levelDbm0: -14 }).finished;
    await pass(far, 60);
    const heard = told.splice(0).map((event) => event.type === "signal" && event.signal);
    if (system === "r1") t.same(heard, all, system);
    else
      t.same(
        heard,
        all.flatMap((signal) => [signal, undefined]),
        `${system}, each with its end`,
      );
  }
  near.detectSignals(undefined);
  await far.sendSignals([1, 2, 3], "r1").finished;
  t.same(told, [], "no more");
  t.throws(() => far.sendSignals([16], "r1"), { code: "ERR_DIGIT" });
});

t.test("a line that is too loud is told once, and once when it is no more", async (t) => {
  const { near, far, told } = line(t);
  near.detectClipping(true);
  const sound = (levelDbm0: number, ms: number) =>
    far.playTone({ parts: [{ frequencies: [440, 620], levelDbm0, ms }], repeat: false }).finished;
  await sound(-9, 2500);
  t.same(told, [], "loud speech is not");
  await sound(3, 2500);
  t.match(told.splice(0), [{ type: "clipping", clipping: true }]);
  await sound(-9, 5000);
  t.match(told, [{ type: "clipping", clipping: false, share: 0 }]);
});

const say = (name: string, voice: string, text: string, wordsPerMinute = 160): string => {
  const file = join(dir, `${name}.wav`);
  execFileSync("espeak-ng", ["-v", voice, "-s", String(wordsPerMinute), "-w", file, text]);
  return file;
};

t.test("who has answered: people, machines, nobody, and the beep", async (t) => {
  const people: readonly (readonly [voice: string, text: string])[] = [
    ["en-us", "Hello?"],
    ["en-us", "Hello, this is Anna."],
    ["en-us", "Good morning, Miller."],
    ["cmn", "喂，你好。"],
    ["cmn", "你好，请问找谁？"],
    ["ko", "여보세요?"],
    ["ko", "네, 김민수입니다."],
    ["de", "Schmidt, guten Tag."],
  ];
  const machines: readonly (readonly [voice: string, text: string])[] = [
    [
      "en-us",
      "Hello. You have reached the voice mail of John Miller. Please leave a message after the tone.",
    ],
    ["en-us", "The person you are calling is not available. Please try again later."],
    ["cmn", "您拨打的电话暂时无法接听，请在提示音后留言。"],
    ["ko", "지금은 전화를 받을 수 없습니다. 삐 소리가 나면 메시지를 남겨 주십시오."],
    [
      "de",
      "Guten Tag, Sie sind verbunden mit dem Anschluss der Firma Schmidt. Bitte hinterlassen Sie eine Nachricht.",
    ],
  ];
  const listen = async (
    files: readonly string[],
    beep: boolean,
    noiseDbm0?: number,
  ): Promise<readonly PortEvent[]> => {
    const { near, far, told } = line(t);
    near.detectAnswer(true);
    if (noiseDbm0 !== undefined)
      far.playOver({ parts: [{ frequencies: [1], levelDbm0: noiseDbm0, ms: 10_000 }], repeat: true });
    await pass(far, 400);
    await far.play(files).finished;
    if (beep)
      await far.playTone({ parts: [{ frequencies: [1000], levelDbm0: -15, ms: 400 }], repeat: false })
        .finished;
    await pass(far, beep ? 200 : 3500);
    return told;
  };
  const [heardPeople, heardMachines] = await Promise.all([
    Promise.all(people.map(([voice, text], i) => listen([say(`p${i}`, voice, text, 200)], false))),
    Promise.all(machines.map(([voice, text], i) => listen([say(`m${i}`, voice, text)], true))),
  ]);
  people.forEach(([, text], i) => t.match(heardPeople[i], [{ type: "answer", by: "human" }], text));
  machines.forEach(([, text], i) => {
    const [first, second, ...rest] = heardMachines[i] ?? [];
    t.match(first, { type: "answer", by: "machine" }, text);
    t.match(second, { type: "beep" }, text);
    t.ok(second?.type === "beep" && Math.abs(second.hz - 1000) < 10);
    t.same(rest, []);
  });
  t.match(await listen([], false), [{ type: "answer", by: "silence" }]);
  t.match(await listen([], true), [{ type: "answer", by: "machine" }, { type: "beep" }], "a beep at once");
});
