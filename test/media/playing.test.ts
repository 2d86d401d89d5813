// Playing: lists without gaps, offsets, loops, holes, tones, and how each playback ends.
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import t from "tap";
import { toneOf } from "../../src/media/tones.ts";
import {
  alawDecode,
  engineFor,
  find,
  folder,
  noise,
  pair,
  pass,
  readWave,
  wave,
  writeWave,
} from "./support.ts";

const dir = folder();
const a = noise(3001, 1);
const b = noise(1777, 2);
const fileA = writeWave(join(dir, "a.wav"), a);
const linear = new Int16Array(b.length);
b.forEach((code, i) => (linear[i] = alawDecode(code)));
const fileB = writeWave(join(dir, "b.wav"), new Uint8Array(linear.buffer), { tag: 1, bits: 16 });
const rawA = join(dir, "a.alaw");
writeFileSync(rawA, a);

t.test("a list arrives at the other end without gap, sample for sample", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = far.record(join(dir, "heard.wav"), { layout: "received" });
  await pass(near, 50);
  const end = await near.play([fileA, fileB, rawA]).finished;
  t.match(end, { reason: "end", playedMs: (2 * a.length + b.length) / 8, errors: [] });
  await pass(near, 50);
  await recording.stop();
  const heard = readWave(recording.path).data;
  const at = find(heard, Buffer.concat([a, b, a]));
  t.ok(at > 0, "A-law, 16-bit linear and headerless file, one after another");
  t.ok(
    heard.subarray(at + 2 * a.length + b.length).every((code) => code === 0xd5),
    "then silence",
  );
  t.equal(near.stats().underruns, 0);
});

t.test("an offset reaches into the list; a loop goes round and keeps its place", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = far.record(join(dir, "offset.wav"), { layout: "received" });
  await near.play([fileA, fileB], { offsetMs: 400 }).finished;
  await pass(near, 20);
  const looped = near.play([fileB], { loop: true, offsetMs: 1000 });
  await pass(far, 700);
  looped.stop();
  const end = await looped.finished;
  t.equal(end.reason, "stopped");
  t.ok(end.playedMs > 500);
  await recording.stop();
  const heard = readWave(recording.path).data;
  const at = find(heard, b.subarray(3200 - a.length));
  t.ok(at > 0, "3,200 samples in: 199 into the second file");
  t.equal(heard[at - 1], 0xd5, "and not one sample earlier");
  const start = 8000 % b.length;
  t.ok(
    find(heard, Buffer.concat([b.subarray(start), b, b])) > 0,
    "the loop begins where the offset falls, and goes on",
  );
});

t.test("missing and broken files are left out and named; nothing at all is an error", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  const broken = writeWave(join(dir, "broken.wav"), b, { bits: 12 });
  const missing = join(dir, "missing.wav");
  const some = await port.play([missing, fileB, broken, dir]).finished;
  t.match(some, {
    reason: "end",
    playedMs: b.length / 8,
    errors: [
      { item: missing, code: "ENOENT" },
      { item: broken, code: "ERR_AUDIO_FORMAT" },
      { item: dir, code: "EISDIR" },
    ],
  });
  t.match(await port.play([missing]).finished, { reason: "error", playedMs: 0 });
  t.match(
    await port.play([missing, broken], { loop: true }).finished,
    { reason: "error" },
    "looping for ever over nothing",
  );
  t.match(await port.play([]).finished, { reason: "end", playedMs: 0, errors: [] });
  t.match(await port.play([fileB], { offsetMs: 1e9 }).finished, { reason: "end", playedMs: 0 });
});

t.test("each playback ends once: replaced, stopped, closed", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  const first = port.play([fileA], { loop: true });
  const second = port.playTone(toneOf("us", "dial"));
  t.equal((await first.finished).reason, "replaced");
  port.stopPlaying();
  t.equal((await second.finished).reason, "stopped");
  second.stop();
  const third = port.play([fileA], { loop: true });
  second.stop();
  await pass(engine.open(pair("1", "far")), 50);
  first.stop();
  await port.close();
  t.equal((await third.finished).reason, "closed", "an old playback's stop does not touch a newer one");
  t.equal((await port.play([fileA]).finished).reason, "closed", "on a closed port");
  t.equal((await port.sendDigits("1").finished).reason, "closed");
});

t.test("a tone has its frequencies, its level and its cadence, and no click where it repeats", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = far.record(join(dir, "tone.wav"), { layout: "received", format: "linear16" });
  const tone = near.playTone({ parts: [{ frequencies: [440], levelDbm0: -10, ms: 123 }], repeat: true });
  await pass(far, 500);
  t.ok(Math.abs(far.levels().received + 10) < 0.1, "level within 0.1 dB");
  tone.stop();
  await tone.finished;
  const once = near.playTone({
    parts: [
      { frequencies: [950, 1400], levelDbm0: -13, ms: 100 },
      { frequencies: [], levelDbm0: 0, ms: 50.5 },
    ],
    repeat: false,
  });
  t.match(await once.finished, { reason: "end", playedMs: 150.5 });
  await recording.stop();
  const data = readWave(recording.path).data;
  const samples = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const begin = samples.findIndex((x) => Math.abs(x) > 100);
  const w = (2 * Math.PI * 440) / 8000;
  let worst = 0;
  for (let n = begin + 2; n < begin + 3000; n++) {
    const expected = 2 * Math.cos(w) * (samples[n - 1] ?? 0) - (samples[n - 2] ?? 0);
    worst = Math.max(worst, Math.abs((samples[n] ?? 0) - expected));
  }
  t.ok(worst < 800, `a sine follows from its last two samples; A-law's steps apart: ${worst}`);
  t.throws(() => near.playTone({ parts: [{ frequencies: [1, 2, 3], levelDbm0: 0, ms: 1 }], repeat: false }), {
    code: "ERR_TONE",
  });
  t.match(await near.playTone({ parts: [], repeat: true }).finished, { reason: "end", playedMs: 0 });
  const nothing = { parts: [{ frequencies: [400], levelDbm0: -9, ms: 0 }], repeat: true };
  t.match(await near.playTone(nothing).finished, { reason: "end", playedMs: 0 }, "a loop of nothing ends");
});

t.test("other rates and stereo come out right: frequency and level", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  far.detectDigits(true);
  const digits: string[] = [];
  far.events.on((event) => event.type === "digit" && digits.push(event.digit));
  for (const rate of [6000, 11025, 16000, 22050, 44100, 48000]) {
    const frames = Math.round(rate * 0.12);
    const stereo = new Int16Array(2 * frames);
    for (let n = 0; n < frames; n++) {
      const x = 6000 * (Math.sin((2 * Math.PI * 852 * n) / rate) + Math.sin((2 * Math.PI * 1336 * n) / rate));
      stereo[2 * n] = stereo[2 * n + 1] = Math.round(x);
    }
    const path = join(dir, `${rate}.wav`);
    writeWave(path, new Uint8Array(stereo.buffer), { tag: 1, channels: 2, rate, bits: 16 });
    const end = await near.play([path]).finished;
    t.ok(Math.abs(end.playedMs - 120) < 0.5, `${rate} Hz: ${end.playedMs} ms`);
    await pass(near, 80);
  }
  t.equal(digits.join(""), "888888", "each is DTMF 8 within 1.5 %");
});

t.test("a recording whose writer died is played to its last sample", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  for (const dataSize of [0, 0xffffffff]) {
    const path = join(dir, "died.wav");
    writeFileSync(path, wave(a, { dataSize }));
    t.match(await port.play([path]).finished, { reason: "end", playedMs: a.length / 8, errors: [] });
  }
});

t.test("files that come later join on: without a gap in time, after a silence when late", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = far.record(join(dir, "more.wav"), { layout: "received" });
  await pass(near, 20);
  const { promise: late, resolve } = Promise.withResolvers<undefined>();

  async function* more() {
    yield fileB;
    await late;
    yield join(dir, "none.wav");
    yield rawA;
  }
  const playback = near.play([fileA], { more: more() });
  await pass(far, 1000);
  t.equal(engine.stats().playing, 1, "it waits for the rest");
  resolve(undefined);
  const end = await playback.finished;
  t.match(end, {
    reason: "end",
    playedMs: (2 * a.length + b.length) / 8,
    errors: [{ code: "ENOENT" }],
  });
  await pass(near, 30);
  await recording.stop();
  const heard = readWave(recording.path).data;
  const first = find(heard, Buffer.concat([a, b]));
  t.ok(first > 0, "the second follows the first at once");
  t.ok(find(heard.subarray(first + a.length + b.length), a) > 1000, "the third comes when it is there");
});

t.test("a list that is open goes on from where it is sought, and ends when it is stopped", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const recording = far.record(join(dir, "sought.wav"), { layout: "received" });
  const { promise: late, resolve } = Promise.withResolvers<undefined>();

  async function* more() {
    await late;
    yield fileB;
  }
  const playback = near.play([fileA], { more: more() });
  await pass(far, 100);
  playback.seek(a.length / 8);
  resolve(undefined);
  t.match(await playback.finished, { reason: "end" });
  await pass(near, 30);
  await recording.stop();
  t.ok(find(readWave(recording.path).data, b) > 0);
  const another = near.play([fileA], {
    more: (async function* () {
      await Promise.withResolvers<undefined>().promise;
      yield fileB;
    })(),
  });
  await pass(far, 20);
  another.stop();
  t.match(await another.finished, { reason: "stopped" });
});

t.test("music for many is read once, and all hear it in step", async (t) => {
  const engine = engineFor(t);
  const lines = ["1", "2", "3"].map((name) => ({
    near: engine.open(pair(name, "near")),
    far: engine.open(pair(name, "far")),
  }));
  const [one, two, three] = lines as [(typeof lines)[0], (typeof lines)[0], (typeof lines)[0]];
  const first = one.near.playShared([fileA, fileB]);
  await pass(one.far, 300);
  const second = two.near.playShared([fileA, fileB]);
  const other = three.near.playShared([fileB]);
  const recordings = lines.map(({ far }, i) =>
    far.record(join(dir, `shared-${i}.wav`), { layout: "received" }),
  );
  await pass(one.far, 1500);
  t.equal(engine.stats().playing, 3);
  const data = await Promise.all(
    recordings.map(async (recording) => {
      await recording.stop();
      return readWave(recording.path).data;
    }),
  );
  const [heard = Buffer.alloc(0), later = Buffer.alloc(0), alone = Buffer.alloc(0)] = data;
  const whole = Buffer.concat([a, b]);
  t.ok(find(heard, whole) >= 0, "in a loop, without a gap");
  // Both recordings began in one tick.
  const from = find(later, heard.subarray(2000, 4000));
  t.ok(Math.abs(from - 2000) <= 64, `in step: ${from - 2000} samples apart`);
  t.ok(find(alone, Buffer.concat([b, b])) >= 0, "another list is another music");
  const prompt = two.near.play([fileB]);
  t.match(await second.finished, { reason: "replaced" });
  await prompt.finished;
  first.stop();
  other.stop();
  t.match([await first.finished, await other.finished], [{ reason: "stopped" }, { reason: "stopped" }]);
  const missing = one.near.playShared([join(dir, "none.wav")]);
  t.match(await missing.finished, { reason: "error", errors: [{ code: "ENOENT" }] });
  const again = one.near.playShared([fileA, fileB]);
  await pass(two.far, 50);
  again.stop();
  await again.finished;
  t.same(
    lines.map(({ near }) => near.stats().underruns),
    [0, 0, 0],
  );
});
