// Recordings: both sides in their channels, exact ends, whole files at any moment, and errors that stay theirs.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { MediaPort, Playback } from "../../src/media/engine.ts";
import { engineFor, find, folder, noise, pair, pass, readWave, side, writeWave } from "./support.ts";

const dir = folder();
const a = noise(4000, 3);
const b = noise(4000, 4);
const fileA = writeWave(join(dir, "a.wav"), a);
const fileB = writeWave(join(dir, "b.wav"), b);

t.test("left is what was received, right what was sent, in step", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = near.record(join(dir, "stereo.wav"));
  const playing = [far.play([fileA]).finished, near.play([fileB]).finished];
  await Promise.all(playing);
  await pass(near, 30);
  const end = await recording.stop();
  const { tag, channels, rate, data, riffSize, fileSize } = readWave(recording.path);
  t.match({ tag, channels, rate }, { tag: 6, channels: 2, rate: 8000 }, "A-law, stereo");
  t.equal(riffSize + 8, fileSize, "the sizes are those of the file");
  t.match(end, { reason: "stopped", bytes: fileSize, durationMs: data.length / 16 });
  t.equal(end.error, undefined);
  const left = find(side(data, 0), a);
  const right = find(side(data, 1), b);
  t.ok(left >= 0 && right >= 0, "both whole");
  t.ok(
    Math.abs(left - right) <= 3 * 64,
    `side by side: ${left - right} samples apart, a tick of it the line`,
  );
  t.equal(await recording.stop(), end, "a second stop gives the same end");
});

t.test("formats, and a length to the sample", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  const table = [
    { format: "alaw", layout: "stereo", tag: 6, bytesPerMs: 16 },
    { format: "ulaw", layout: "received", tag: 7, bytesPerMs: 8 },
    { format: "linear16", layout: "stereo", tag: 1, bytesPerMs: 32 },
    { format: "linear16", layout: "received", tag: 1, bytesPerMs: 16 },
  ] as const;
  const all = table.map(({ format, layout }, i) =>
    port.record(join(dir, `${i}.wav`), { format, layout, maxMs: 123 }),
  );
  for (const [i, recording] of all.entries()) {
    t.match(await recording.finished, { reason: "max", durationMs: 123 });
    const { tag, channels, data } = readWave(recording.path);
    const wanted = table[i];
    t.match({ tag, channels }, { tag: wanted?.tag, channels: wanted?.layout === "received" ? 1 : 2 });
    t.equal(data.length, 123 * (wanted?.bytesPerMs ?? 0));
  }
  t.match(await port.record(join(dir, "odd.wav"), { layout: "received", maxMs: 1 }).finished, {
    durationMs: 1,
  });
});

t.test("a file that cannot be written ends its recording and nothing else", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const heard = far.record(join(dir, "heard.wav"), { layout: "received" });
  mkdirSync(join(dir, "folder"));
  const nowhere = near.record(join(dir, "no/such/folder.wav"));
  const onFolder = near.record(join(dir, "folder"));
  const full = near.record("/dev/full");
  const playing = near.play([fileA]).finished;
  t.match(await nowhere.finished, { reason: "error", error: "ENOENT", bytes: 0 });
  t.match(await onFolder.finished, { reason: "error", error: "EISDIR" });
  t.match(await full.finished, { reason: "error", error: "ENOSPC" });
  await playing;
  await pass(near, 30);
  await heard.stop();
  t.ok(find(readWave(heard.path).data, a) >= 0, "the call heard nothing of it");
  t.equal(engine.stats().recording, 0);
});

t.test("closing a port, and closing the engine, complete the files", async (t) => {
  const engine = engineFor(t);
  const first = engine.open(pair("1", "near"));
  const second = engine.open(pair("1", "far"));
  const one = first.record(join(dir, "one.wav"));
  const two = second.record(join(dir, "two.wav"));
  await pass(first, 100);
  await first.close();
  t.match(await one.finished, { reason: "closed" });
  t.ok(readWave(one.path).data.length >= 1600);
  await engine.close();
  t.match(await two.finished, { reason: "closed" });
  t.equal(readWave(two.path).data.length, (await two.finished).durationMs * 16);
  t.match(await first.record(join(dir, "never.wav")).finished, { reason: "closed", bytes: 0 });
  t.notOk(existsSync(join(dir, "never.wav")));
});

t.test("killed in the middle, a recording is a whole file that lacks less than a second", async (t) => {
  const path = join(dir, "killed.wav");
  const engineFile = join(import.meta.dirname, "../../src/media/native-engine.ts");
  const script = `
    import { createMediaEngine } from ${JSON.stringify(engineFile)};
    const engine = createMediaEngine();
    const near = engine.open({ kind: "pair", pair: "1", side: "near", law: "alaw" });
    const far = engine.open({ kind: "pair", pair: "1", side: "far", law: "alaw" });
    near.record(${JSON.stringify(path)});
    far.play([${JSON.stringify(fileA)}], { loop: true });
    await near.playTone({ parts: [{ frequencies: [], levelDbm0: 0, ms: 2600 }], repeat: false }).finished;
    process.stdout.write("now");
    for (;;);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const { data, channels, riffSize, fileSize } = readWave(path);
  t.equal(channels, 2);
  t.ok(data.length >= 16 * 1600, `${data.length / 16} of 2,600 ms are in the file`);
  t.ok(riffSize + 8 <= fileSize, "no size promises more than there is");
  t.ok(find(side(data, 0), a) >= 0, "and it is the sound that was heard");
});

t.test("a pause is silence of the same length, on both sides", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = near.record(join(dir, "paused.wav"), { format: "linear16" });
  const speak = (port: MediaPort, hz: number): Playback =>
    port.playTone({ parts: [{ frequencies: [hz], levelDbm0: -10, ms: 1000 }], repeat: false });
  const tones = [speak(near, 700), speak(far, 1100)];
  // By the engine's own time: another port on the same ticks.
  const clock = engine.openStream();
  await pass(clock, 300);
  recording.pause(true);
  await pass(clock, 300);
  recording.pause(false);
  await Promise.all(tones.map((tone) => tone.finished));
  await recording.stop();
  recording.pause(true);
  const { data } = readWave(recording.path);
  const samples = new Int16Array(new Uint8Array(data).buffer);
  for (const channel of [0, 1]) {
    const loud = samples.filter((_, i) => i % 2 === channel).map((value) => (value === 0 ? 0 : 1));
    const first = loud.indexOf(1);
    const silent = longestRun(loud.slice(first, loud.lastIndexOf(1)));
    t.ok(silent >= 8 * 280 && silent <= 8 * 400, `channel ${channel}: ${silent / 8} ms of silence`);
    const words = loud.length - loud.filter((value) => value === 0).length;
    t.ok(words > 8 * 560, `channel ${channel}: the rest is there`);
  }
});

function longestRun(values: Int16Array): number {
  let longest = 0;
  let run = 0;
  for (const value of values) {
    run = value === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

t.test("both sides in one: the sum of what is received and sent", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const mixed = near.record(join(dir, "mixed.wav"), { format: "linear16", layout: "mixed" });
  const apart = near.record(join(dir, "apart.wav"), { format: "linear16", layout: "stereo" });
  await Promise.all([far.play([fileA]).finished, near.play([fileB]).finished]);
  await Promise.all([mixed.stop(), apart.stop()]);
  const samplesOf = (path: string): Int16Array => new Int16Array(new Uint8Array(readWave(path).data).buffer);
  const [sum, sides] = [samplesOf(mixed.path), samplesOf(apart.path)];
  const wanted = Int16Array.from({ length: sides.length / 2 }, (_, i) =>
    Math.max(-32768, Math.min(32767, (sides[2 * i] ?? 0) + (sides[2 * i + 1] ?? 0))),
  );
  t.equal(readWave(mixed.path).channels, 1);
  const shared = Math.min(sum.length, wanted.length);
  t.ok(shared > 4000, `${shared} samples`);
  t.same(sum.slice(0, shared), wanted.slice(0, shared));
});

t.test("a sealed recording tells its file's digest; others, and failed ones, have none", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const sealed = [0, 1, 2, 3].map((i) =>
    near.record(join(dir, `sealed${i}.wav`), { sealed: true, maxMs: 100 + 37 * i, layout: "received" }),
  );
  for (const recording of sealed) {
    const { sha256 } = await recording.finished;
    t.equal(sha256, createHash("sha256").update(readFileSync(recording.path)).digest("hex"));
  }
  t.equal((await near.record(join(dir, "open.wav"), { maxMs: 50 }).finished).sha256, undefined);
  const full = near.record("/dev/full", { sealed: true });
  t.match(await full.finished, { reason: "error", error: "ENOSPC", sha256: undefined });
});
