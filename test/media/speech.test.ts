import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { createSpeech, sentences } from "../../src/media/speech.ts";

function folderOf(t: { teardown(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "callbox-speech-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

t.test("espeak-ng speaks each language, and texts are texts, never options", async (t) => {
  const speech = createSpeech({ folder: folderOf(t) });
  for (const [text, language] of [
    ["Welcome.", "en"],
    ["欢迎致电。", "zh"],
    ["환영합니다.", "ko"],
    ["--version", "en"],
  ] as const) {
    const wav = readFileSync(await speech.speak(text, language));
    t.equal(wav.subarray(0, 4).toString("latin1"), "RIFF");
    t.ok(wav.length > 10_000, `${text}: ${wav.length} bytes of sound`);
  }
});

t.test("a text is made once, however often and at once it is asked for", async (t) => {
  let made = 0;
  const folder = folderOf(t);
  const speech = createSpeech({
    folder,
    synthesise: async (text, _voice, file) => {
      made++;
      await writeFile(file, text);
    },
  });
  const [a, b] = await Promise.all([speech.speak("one", "en"), speech.speak("one", "en")]);
  t.equal(a, b);
  t.equal(await speech.speak("one", "en"), a);
  t.not(await speech.speak("one", "ko"), a);
  t.equal(made, 2);
  t.equal(readdirSync(folder).length, 2);
});

t.test("a failure leaves nothing behind and does not keep the next from working", async (t) => {
  let fails = true;
  const folder = folderOf(t);
  const speech = createSpeech({
    folder,
    synthesise: async (text, _voice, file) => {
      await writeFile(file, text);
      if (fails) throw new Error("no");
    },
  });
  await t.rejects(speech.speak("one", "en"), { code: "ERR_SPEECH_FAILED" });
  t.same(readdirSync(folder), []);
  fails = false;
  await t.resolves(speech.speak("one", "en"));
  await t.rejects(speech.speak("", "en"), { code: "ERR_SPEECH_FAILED" });
  await t.rejects(speech.speak("x".repeat(1001), "en"), { code: "ERR_SPEECH_FAILED" });
});

t.test("a text is made sentence by sentence; a short one goes with the next", (t) => {
  const rows: readonly [language: string, text: string, wanted: readonly string[]][] = [
    [
      "en",
      "Our office is closed today. Please call again tomorrow!",
      ["Our office is closed today.", "Please call again tomorrow!"],
    ],
    ["en", "Hi. You have reached the office of Dr. Wang", ["Hi. You have reached the office of Dr.", "Wang"]],
    ["en", "One", ["One"]],
    [
      "zh",
      "您好，欢迎致电某某公司客服中心。工作时间是早上九点到下午六点。谢谢。",
      ["您好，欢迎致电某某公司客服中心。", "工作时间是早上九点到下午六点。", "谢谢。"],
    ],
    [
      "ko",
      "안녕하십니까 고객센터입니다. 잠시만 기다려 주시기 바랍니다.",
      ["안녕하십니까 고객센터입니다.", "잠시만 기다려 주시기 바랍니다."],
    ],
  ];
  for (const [language, text, wanted] of rows) t.same(sentences(text, language), wanted, text);
  t.end();
});
