// What is said finds its audio: recorded, spoken, in another language, or not at all.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { madeMusic } from "../../src/calls/music.ts";
import { createPrompts } from "../../src/calls/prompt-files.ts";
import { promptTexts } from "../../src/calls/prompt-texts.ts";
import { silentLogger } from "../../src/shared/log.ts";

function folder(t: Test): string {
  const made = mkdtempSync(join(tmpdir(), "callbox-prompts-"));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function prompts(t: Test) {
  const root = folder(t);
  const own = join(root, "own");
  const packaged = join(root, "packaged");
  for (const file of ["own/welcome.wav", "packaged/welcome.wav", "packaged/beep.wav", "packaged/notes.txt"]) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  mkdirSync(join(packaged, "digits"));
  for (const name of "0 1 2 3 4 5 6 7 8 9 20 hundred star".split(" "))
    writeFileSync(join(packaged, `digits/${name}.wav`), "");
  const spoken: string[] = [];
  const found = createPrompts({
    folders: { en: [own, packaged], zh: [join(root, "none")] },
    music: { default: ["m.wav"] },
    now: () => ({ date: "2026-11-28", time: "14:05" }),
    log: silentLogger,
    speak(text, language) {
      spoken.push(`${language}: ${text}`);
      return text === "broken"
        ? Promise.reject(new Error("no voice"))
        : Promise.resolve(`/spoken/${language}/${text}`);
    },
  });
  return { found, own, packaged, spoken };
}

t.test("recorded prompts come at once, the office's own before the packaged", async (t) => {
  const { found, own, packaged, spoken } = prompts(t);
  t.same(found.files([{ prompt: "welcome" }, { prompt: "beep" }, { digits: "4*" }, { number: 120 }], "en"), [
    join(own, "welcome.wav"),
    join(packaged, "beep.wav"),
    join(packaged, "digits/4.wav"),
    join(packaged, "digits/star.wav"),
    join(packaged, "digits/1.wav"),
    join(packaged, "digits/hundred.wav"),
    join(packaged, "digits/20.wav"),
  ]);
  t.same(spoken, []);
  t.same(
    await Array.fromAsync(found.files([{ number: 30 }], "en")),
    ["/spoken/en/thirty"],
    "a number without its recordings is spoken",
  );
});

t.test("another language: recorded, spoken from its text, else English", async (t) => {
  const { found, packaged } = prompts(t);
  const text = promptTexts["welcome"]?.["zh"] ?? "";
  t.same(
    await Array.fromAsync(found.files([{ prompt: "welcome" }, { prompt: "beep" }, { number: 2 }], "zh")),
    [`/spoken/zh/${text}`, join(packaged, "beep.wav"), "/spoken/zh/二"],
  );
  t.same(await Array.fromAsync(found.files([{ text: "Hello" }], "ko")), ["/spoken/ko/Hello"]);
});

t.test("what is missing is left out", async (t) => {
  const { found, packaged } = prompts(t);
  t.same(found.files([{ prompt: "nothing" }, { prompt: "beep" }], "en"), [join(packaged, "beep.wav")]);
  t.same(await Array.fromAsync(found.files([{ text: "broken" }, { prompt: "beep" }], "en")), [
    join(packaged, "beep.wav"),
  ]);
  t.same(found.files([], "en"), []);
});

t.test("music by class, the default where there is none", (t) => {
  const { found } = prompts(t);
  t.same(found.music("sales"), ["m.wav"]);
  t.end();
});

t.test(
  "dates, times, places and amounts in words, of today where wanted; what cannot be said is left out",
  async (t) => {
    const { found, packaged } = prompts(t);
    t.same(
      await Array.fromAsync(
        found.files(
          [
            { date: "today" },
            { time: "now" },
            { place: 2 },
            { ordinal: 2 },
            { amount: "12.50", currency: "usd" },
            { date: "2026-02-30" },
            { amount: "1", currency: "xxx" },
          ],
          "en",
        ),
      ),
      [
        "/spoken/en/Saturday, November twenty-eighth, twenty twenty-six",
        "/spoken/en/two oh five p.m.",
        join(packaged, "digits/2.wav"),
        "/spoken/en/second",
        "/spoken/en/twelve dollars and fifty cents",
      ],
    );
    t.same(await Array.fromAsync(found.files([{ place: 2 }, { amount: "2", currency: "cny" }], "ko")), [
      "/spoken/ko/두",
      "/spoken/ko/이 위안",
    ]);
  },
);

t.test("every text is there in every language", (t) => {
  for (const [name, texts] of Object.entries(promptTexts))
    t.same(Object.keys(texts).sort(), ["en", "ko", "zh"], name);
  t.end();
});

t.test("music where there is none: made once, not silent, not clipped, without a seam", (t) => {
  const file = join(folder(t), "music/made.wav");
  t.equal(madeMusic(file), file);
  const first = statSync(file).mtimeMs;
  madeMusic(file);
  t.equal(statSync(file).mtimeMs, first, "kept");
  const bytes = readFileSync(file);
  t.equal(bytes.toString("latin1", 0, 4), "RIFF");
  t.equal(bytes.readUInt32LE(24), 8000);
  t.equal(bytes.readUInt32LE(40), bytes.length - 44);
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
  const rms = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
  t.ok(rms > 800 && rms < 6000, `level ${Math.round(rms)}`);
  t.ok(samples.every((one) => Math.abs(one) < 32_000));
  const steps = samples.map((one, i) => Math.abs(one - (samples.at(i - 1) ?? 0)));
  t.ok(
    (steps[0] ?? 0) <= steps.slice(1).reduce((most, one) => Math.max(most, one), 0),
    "the step from end to beginning is no greater than others",
  );
  t.end();
});
