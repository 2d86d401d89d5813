// The office's own prompts: cut and levelled, in versions, kept over restarts, and nothing lost by bad ones.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import t from "tap";
import { createPrompts } from "../../src/calls/prompt-files.ts";
import { dbm0 } from "../../src/media/levels.ts";
import { readAudio } from "../../src/media/read-audio.ts";
import { waveFile } from "../../src/media/wave-file.ts";
import { createPromptLibrary, type PromptLibrary } from "../../src/prompts/library.ts";
import { shaped } from "../../src/prompts/shape.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";
import { wave } from "../media/support.ts";
import { temporaryFolder } from "../support/folder.ts";

const clock = createTestClock();
const open = (folder: string): Promise<PromptLibrary> =>
  createPromptLibrary({ folder, readAudio, clock, log: silentLogger });
const folder = (): string => temporaryFolder("prompts");
/** Silence, a tone at an amplitude, silence; milliseconds. */
const spoken = (amplitude: number, [before, tone, after] = [500, 1000, 800]): Int16Array =>
  Int16Array.from({ length: 8 * (before + tone + after) }, (_, i) =>
    i >= 8 * before && i < 8 * (before + tone) ? amplitude * Math.sin((2 * Math.PI * 440 * i) / 8000) : 0,
  );
const level = (samples: Int16Array): number =>
  dbm0(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

t.test("silence at both ends is cut, and each comes to one level", (t) => {
  for (const amplitude of [300, 3000, 30_000]) {
    const made = shaped(spoken(amplitude));
    if (made === undefined) throw new Error("nothing");
    t.ok(Math.abs(made.length / 8 - 1200) <= 40, `${made.length / 8} ms of ${amplitude}`);
    t.ok(Math.abs(level(made.subarray(1600, 8000)) + 18) < 0.3, `${level(made.subarray(1600, 8000))} dBm0`);
  }
  t.equal(shaped(new Int16Array(8000)), undefined, "silence");
  t.equal(shaped(new Int16Array()), undefined, "nothing");
  const quiet = shaped(spoken(100));
  t.ok(quiet === undefined || level(quiet) < -15, "what is hardly there is not made a roar");
  fc.assert(
    fc.property(fc.int16Array({ maxLength: 4000 }), (samples) => {
      const made = shaped(samples);
      return (
        made === undefined || (made.length <= samples.length && made.every((s) => Math.abs(s) <= 32_767))
      );
    }),
  );
  t.end();
});

t.test("in force at once, an earlier one again, none again; calls that hear one keep its file", async (t) => {
  const home = folder();
  const library = await open(home);
  const prompts = createPrompts({
    own: (language, name) => library.file(language, name),
    folders: {},
    speak: (text) => Promise.resolve(`spoken ${text}`),
    music: {},
    now: () => ({ date: "2026-11-28", time: "09:05" }),
    log: silentLogger,
  });
  const heard = async () => (await Array.fromAsync(prompts.files([{ prompt: "welcome" }], "en")))[0];
  t.equal(await heard(), "spoken Welcome.");
  const first = await library.add("en", "welcome", waveFile(spoken(3000)), "wang");
  const file = await heard();
  t.equal(file, library.fileOf("en", "welcome", first.inForce ?? ""));
  t.ok(Math.abs((await readAudio(file ?? "")).length / 8 - 1200) <= 40);
  const second = await library.add("en", "welcome", waveFile(spoken(3000, [0, 2000, 0])), "li");
  t.not(await heard(), file);
  t.ok(existsSync(file ?? ""), "the old file stays");
  t.match(second.versions, [{ by: "li", ms: 2000 }, { by: "wang" }]);
  await library.use("en", "welcome", first.inForce);
  t.equal(await heard(), file);
  await library.use("en", "welcome", undefined);
  t.equal(await heard(), "spoken Welcome.");
  t.strictSame((await open(home)).list(), library.list(), "and all of it is there after a restart");
});

t.test("any WAV file is taken: other rates, two channels, A-law; a path as well", async (t) => {
  const library = await open(folder());
  const stereo = Buffer.alloc(4 * 44_100);
  for (let i = 0; i < 44_100; i++) {
    const value = Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 44_100));
    stereo.writeInt16LE(value, 4 * i);
    stereo.writeInt16LE(value, 4 * i + 2);
  }
  const given = wave(stereo, { tag: 1, bits: 16, channels: 2, rate: 44_100 });
  const { versions } = await library.add("ko", "greeting", given, "kim");
  t.ok(Math.abs((versions[0]?.ms ?? 0) - 1000) < 30, `${versions[0]?.ms} ms`);
  const path = join(folder(), "phone.wav");
  writeFileSync(path, waveFile(spoken(3000)));
  await library.add("ko", "greeting", { path }, "kim");
  t.ok(existsSync(path), "which stays where it is");
});

t.test("what is refused changes nothing", async (t) => {
  const home = folder();
  const library = await open(home);
  await library.add("zh", "welcome", waveFile(spoken(3000)), "wang");
  const before = library.list();
  const rows = [
    ["zh", "welcome", waveFile(new Int16Array(8000)), "ERR_PROMPT_SILENT"],
    ["zh", "welcome", Buffer.from("text"), "ERR_AUDIO_FORMAT"],
    ["zh", "../welcome", waveFile(spoken(3000)), "ERR_PROMPT_NAME"],
    ["zh", "Welcome", waveFile(spoken(3000)), "ERR_PROMPT_NAME"],
    ["xx", "welcome", waveFile(spoken(3000)), "ERR_PROMPT_NAME"],
    ["zh", "welcome", waveFile(new Int16Array(601 * 8000).fill(1000)), "ERR_AUDIO_LONG"],
  ] as const;
  for (const [language, name, audio, code] of rows)
    await t.rejects(library.add(language, name, audio, "wang"), { code }, `${language} ${name} ${code}`);
  await t.rejects(library.use("zh", "nonesuch", undefined), { code: "ERR_PROMPT_UNKNOWN" });
  await t.rejects(library.use("zh", "welcome", "1"), { code: "ERR_PROMPT_UNKNOWN" });
  t.strictSame(library.list(), before);
  t.notOk(existsSync(join(home, "given.wav")));
});

t.test("ten versions are kept; a broken index costs the recordings' use and nothing else", async (t) => {
  const home = folder();
  const library = await open(home);
  await Promise.all(
    Array.from({ length: 13 }, () => library.add("en", "welcome", waveFile(spoken(3000)), "wang")),
  );
  const [own] = library.list();
  t.equal(own?.versions.length, 10);
  t.equal(new Set(own?.versions.map(({ id }) => id)).size, 10, "each of its own name, though made at once");
  t.equal(readdirSync(join(home, "en")).length, 10, "and the others' files are gone");
  for (const text of ["{", "[1]", '[{"language":"en","name":"../../x","versions":[]}]', ""]) {
    writeFileSync(join(home, "index.json"), text);
    t.strictSame((await open(home)).list(), []);
  }
});
