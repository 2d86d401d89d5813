// The handset's audio thread by its parts: the rate is changed without changing the sound, late blocks are
// evened out, and the meter reads what a test set would.
import t from "tap";
import { createJitterBuffer } from "../../src/ui/audio/jitter-buffer.ts";
import { readingOf } from "../../src/ui/audio/meter.ts";
import { createResampler } from "../../src/ui/audio/resample.ts";

const sine = (hz: number, rate: number, count: number, amplitude = 0.5): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate));

function resampled(input: Float32Array, from: number, to: number, block: number): Float32Array {
  const resampler = createResampler(from, to);
  const out: number[] = [];
  for (let at = 0; at < input.length; at += block)
    out.push(...resampler.push(input.subarray(at, at + block)));
  return Float32Array.from(out);
}

for (const [from, to] of [
  [8000, 48_000],
  [48_000, 8000],
  [8000, 44_100],
  [44_100, 8000],
] as const) {
  t.test(`${from} to ${to} Hz`, (t) => {
    for (const hz of [300, 1004, 3000]) {
      const out = resampled(sine(hz, from, from), from, to, 128).subarray(Math.floor(to / 20));
      t.ok(Math.abs(out.length - to * 0.95) < to * 0.01, `${hz} Hz: as long as it was`);
      const { dbm0, hz: heard } = readingOf(out, to);
      t.ok(
        Math.abs(dbm0 - readingOf(sine(hz, from, from), from).dbm0) < 0.3,
        `${hz} Hz: level kept (${dbm0})`,
      );
      t.ok(Math.abs(heard - hz) <= 2, `${hz} Hz: pitch kept (${heard})`);
    }
    t.end();
  });
}

t.test("what 8 kHz cannot carry is taken out before, not folded in", (t) => {
  const out = resampled(sine(6000, 48_000, 48_000), 48_000, 8000, 128).subarray(400);
  t.ok(readingOf(out, 8000).dbm0 < -50, "6 kHz is gone");
  t.end();
});

t.test("upward no image is added", (t) => {
  const out = resampled(sine(1000, 8000, 8000), 8000, 48_000, 16).subarray(4800, 4800 + 48 * 800);
  const clean = sine(1000, 48_000, out.length);
  // The phase is unknown: take out the best sine and cosine of 1 kHz, and look at what is left.
  let [s, c] = [0, 0];
  out.forEach((x, i) => {
    s += x * Math.sin((2 * Math.PI * i) / 48);
    c += x * Math.cos((2 * Math.PI * i) / 48);
  });
  const rest = out.map(
    (x, i) =>
      x - (2 / out.length) * (s * Math.sin((2 * Math.PI * i) / 48) + c * Math.cos((2 * Math.PI * i) / 48)),
  );
  t.ok(readingOf(clean, 48_000).dbm0 - readingOf(rest, 48_000).dbm0 > 45, "the rest is 45 dB down");
  t.end();
});

t.test("the jitter buffer waits, plays, runs dry and catches up", (t) => {
  const buffer = createJitterBuffer(30, 100);
  const pull = (count: number): number[] => {
    const out = new Float32Array(count);
    buffer.pull(out);
    return [...out];
  };
  buffer.push(Float32Array.from({ length: 20 }, (_, i) => i + 1));
  t.same(pull(5), [0, 0, 0, 0, 0], "not enough yet");
  buffer.push(new Float32Array(20).fill(50));
  t.same(pull(3), [1, 2, 3], "plays from the beginning");
  t.equal(buffer.buffered, 37);
  t.same(pull(40).slice(35), [50, 50, 0, 0, 0], "what is there, then silence");
  t.equal(buffer.underruns, 1);
  buffer.push(new Float32Array(20).fill(7));
  t.same(pull(1), [0], "waits again after running dry");
  for (let i = 0; i < 6; i++) buffer.push(new Float32Array(20).fill(i));
  t.ok(buffer.buffered <= 100, "never more than the most");
  t.ok(buffer.buffered >= 30, "and not less than the target");
  t.end();
});

t.test("the meter reads level and pitch", (t) => {
  t.same(readingOf(new Float32Array(800), 8000), { dbm0: -Infinity, hz: 0 });
  t.ok(Math.abs(readingOf(sine(1004, 8000, 800, 1), 8000).dbm0 - 3.14) < 0.05, "full scale is +3.14 dBm0");
  t.ok(Math.abs(readingOf(sine(404, 8000, 800, 0.22), 8000).hz - 404) <= 3, "404 Hz");
  t.end();
});
