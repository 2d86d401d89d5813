// Recordings without the silence before and after: as the engine writes them, and what is none of its files.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { readAudio } from "../../src/media/read-audio.ts";
import { trimRecording } from "../../src/media/silence.ts";
import { waveFile } from "../../src/media/wave-file.ts";
import { engineFor, pair, pass, readWave } from "./support.ts";
import { temporaryFolder } from "../support/folder.ts";

t.test("a recording of the engine: the voice and a moment around it stay, exact", async (t) => {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  const path = join(temporaryFolder("trim"), "message.wav");
  const recording = near.record(path, { layout: "received" });
  await pass(far, 900);
  await far.playTone({ parts: [{ frequencies: [440], levelDbm0: -20, ms: 1500 }], repeat: false }).finished;
  await pass(far, 1200);
  await recording.stop();
  const before = await readAudio(path);
  const { bytes, durationMs } = await trimRecording(path);
  t.ok(Math.abs(durationMs - 1700) <= 60, `${durationMs} ms`);
  const { tag, channels, rate, riffSize, fileSize, data } = readWave(path);
  t.match({ tag, channels, rate }, { tag: 6, channels: 1, rate: 8000 });
  t.equal(riffSize + 8, fileSize);
  t.equal(bytes, fileSize);
  t.equal(data.length, durationMs * 8);
  const after = await readAudio(path);
  const at = Buffer.from(before.buffer).indexOf(Buffer.from(after.buffer));
  t.ok(at > 0 && at % 2 === 0, "what is left is as it was");
  t.match(await trimRecording(path), { durationMs }, "and nothing more can be cut");
});

t.test("silence becomes an empty recording; another kind of file stays as it was", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const folder = temporaryFolder("trim");
  const path = join(folder, "silent.wav");
  const recording = near.record(path, { layout: "received" });
  await pass(near, 700);
  await recording.stop();
  t.match(await trimRecording(path), { durationMs: 0 });
  t.equal(readWave(path).data.length, 0);
  const other = join(folder, "linear.wav");
  writeFileSync(other, waveFile(new Int16Array(8000).fill(5000)));
  const kept = readFileSync(other);
  await t.rejects(trimRecording(other), { code: "ERR_AUDIO_FORMAT" });
  t.strictSame(readFileSync(other), kept);
  await t.rejects(trimRecording(join(folder, "none.wav")), { code: "ENOENT" });
});
