// Ports whose far end is JavaScript: a browser that listens and speaks.
import { join } from "node:path";
import t from "tap";
import { engineFor, folder, pair, pass, readWave } from "./support.ts";

const dir = folder();

/** A ramp that A-law cannot keep but a linear path does. */
const ramp = (from: number, length: number): Int16Array =>
  Int16Array.from({ length }, (_, i) => ((from + i) % 20000) + 1);

t.test("what is written arrives whole; what is played is heard in blocks of 20 ms", async (t) => {
  const engine = engineFor(t);
  const speaker = engine.openStream();
  const listener = engine.openStream();
  speaker.connect(listener);
  const blocks: Int16Array[] = [];
  listener.onAudio((samples) => blocks.push(samples));
  for (let i = 0; i < 10; i++) speaker.write(ramp(i * 160, 160));
  await pass(speaker, 1000);
  t.ok(
    blocks.every((block) => block.length === 160),
    "blocks of 160",
  );
  const heard = blocks.flatMap((block) => [...block]);
  t.equal(heard.length >= 6400, true, "silence is heard too");
  const begin = heard.findIndex((x) => x !== 0);
  t.same(heard.slice(begin, begin + 1600), [...ramp(0, 1600)], "sample for sample");
  t.ok(heard.slice(begin + 1600).every((x) => x === 0));
  const count = blocks.length;
  listener.onAudio(undefined);
  await pass(speaker, 200);
  t.ok(blocks.length <= count + 1, "no listener, no blocks");
});

t.test("a few samples are not kept waiting for more", async (t) => {
  const engine = engineFor(t);
  const speaker = engine.openStream();
  const recording = speaker.record(join(dir, "few.wav"), { layout: "received", format: "linear16" });
  speaker.write(ramp(0, 10));
  await pass(speaker, 200);
  await recording.stop();
  const data = readWave(recording.path).data;
  const samples = [...new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length))];
  const begin = samples.indexOf(1);
  t.ok(begin >= 0 && begin < 100 * 8, `after ${begin / 8} ms`);
  t.same(samples.slice(begin, begin + 10), [...ramp(0, 10)]);
});

t.test("beyond 400 ms of queue the oldest is dropped", async (t) => {
  const engine = engineFor(t);
  const speaker = engine.openStream();
  const recording = speaker.record(join(dir, "much.wav"), { layout: "received", format: "linear16" });
  for (let i = 0; i < 5; i++) speaker.write(ramp(i * 1600, 1600));
  await pass(speaker, 700);
  await recording.stop();
  const data = readWave(recording.path).data;
  const samples = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const heard = [...samples].filter((x) => x !== 0);
  t.ok(heard.length >= 3200 && heard.length < 3200 + 800, `${heard.length / 8} ms were kept`);
  t.equal(heard.at(-1), 8000, "the newest");
  speaker.write(new Int16Array(0));
  speaker.write(ramp(0, 20_000));
  await pass(speaker, 50);
  t.ok(speaker.stats().overruns > 0);
});

t.test("JavaScript that stands still does not stop a call, and hears on when it comes back", async (t) => {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  const ear = engine.openStream();
  ear.connect(near);
  let samples = 0;
  ear.onAudio((block) => (samples += block.length));
  const tone = far.playTone({ parts: [{ frequencies: [700], levelDbm0: -10, ms: 1000 }], repeat: true });
  const recording = near.record(join(dir, "blocked.wav"), { layout: "received" });
  await pass(near, 100);
  const before = engine.stats().ticks;
  const until = performance.now() + 400;
  while (performance.now() < until);
  t.ok(engine.stats().ticks - before >= 45, "the media thread went on");
  t.ok(engine.takeLateness().max > 0, "looking at the figures takes no lateness away");
  await pass(near, 100);
  tone.stop();
  const { durationMs } = await recording.stop();
  t.ok(durationMs >= 590);
  const data = readWave(recording.path).data;
  const quiet = (code: number): boolean => (code ^ 0xd5) < 3 || (code ^ 0x55) < 3;
  let longest = 0;
  let run = 0;
  for (const code of data.subarray(800, 4000)) {
    run = quiet(code) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  t.ok(longest <= 3, "no gap in what was recorded");
  t.ok(samples >= 500 * 8, "what was said meanwhile was kept");
});
