// The lab's proofs of audio, proved themselves: on made-up signals whose delay, level, gaps, tones and digits are known.
import t from "tap";
import { dtmf, level, match, rate, segments, sequence, sequenceIn, toneLevel } from "./audio.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeAlaw, decodeUlaw, readWav } from "./wav.ts";

const peak = 22_477;

/** Something like speech: a sweeping tone with syllables, which no shift of itself matches. */
const speech = (seconds: number): Float64Array =>
  Float64Array.from({ length: seconds * rate }, (_, n) => {
    const s = n / rate;
    return 6000 * Math.sin(2 * Math.PI * (300 + 400 * s) * s) * Math.max(0, Math.sin(2 * Math.PI * 3 * s));
  });

const tone = (ms: number, dbm0: number, ...frequencies: readonly number[]): Float64Array =>
  Float64Array.from({ length: (ms * rate) / 1000 }, (_, n) =>
    frequencies.reduce(
      (sum, frequency) => sum + peak * 10 ** (dbm0 / 20) * Math.sin((2 * Math.PI * frequency * n) / rate),
      0,
    ),
  );

const join_ = (...parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => [...part]));

const silence = (ms: number): Float64Array => new Float64Array((ms * rate) / 1000);

t.test("a prompt is found where it is, with its level", (t) => {
  const prompt = speech(2);
  const found = match(
    join_(
      silence(340),
      prompt.map((value) => value / 2),
      silence(500),
    ),
    prompt,
  );
  t.equal(found.delay, 340 * 8);
  t.ok(found.likeness > 0.999);
  t.ok(Math.abs(found.levelDb + 6.02) < 0.01);
  t.same(found.gaps, []);
  t.end();
});

t.test("a hole in the prompt is a gap, with its place", (t) => {
  const prompt = tone(2000, -10, 440).map((value, n) => value * (1 + 0.5 * Math.sin(n / 900)));
  const holed = prompt.map((value, n) => (n >= 800 * 8 && n < 860 * 8 ? 0 : value));
  t.same(match(join_(silence(100), holed, silence(100)), prompt).gaps, [{ atMs: 800, ms: 60 }]);
  t.end();
});

t.test("a lost sample in the middle shows: what follows no longer fits", (t) => {
  const prompt = speech(2);
  const slipped = join_(silence(50), prompt.subarray(0, rate), prompt.subarray(rate + 40), silence(50));
  t.not(match(slipped, prompt).gaps.length, 0);
  t.end();
});

t.test("another prompt is not taken for this one, nor silence", (t) => {
  t.ok(match(join_(tone(3000, -12, 500, 620)), speech(2)).likeness < 0.3);
  t.ok(match(silence(3000), speech(2)).likeness < 0.01);
  t.end();
});

t.test("levels and tones", (t) => {
  const both = tone(1000, -13, 350, 440);
  t.ok(Math.abs(toneLevel(both, 350) + 13) < 0.05);
  t.ok(Math.abs(toneLevel(both, 440) + 13) < 0.05);
  t.ok(toneLevel(both, 620) < -60);
  t.ok(Math.abs(level(both) + 10) < 0.05);
  t.equal(level(silence(20)), -Infinity);
  t.end();
});

t.test("segments: where it sounds, short pauses bridged", (t) => {
  const heard = join_(
    silence(100),
    tone(200, -20, 425),
    silence(40),
    tone(100, -20, 425),
    silence(300),
    tone(50, -20, 425),
  );
  t.same(
    segments(heard).map((found) => [found.at / 8, found.length / 8]),
    [
      [100, 340],
      [740, 50],
    ],
  );
  t.end();
});

t.test("DTMF: every key, the shortest of Q.24, and nothing in speech", (t) => {
  const rows = [697, 770, 852, 941];
  const columns = [1209, 1336, 1477, 1633];
  const keys = "123A456B789C*0#D";
  const parts = Array.from(keys, (_, key) => key).flatMap((key) => [
    tone(45, -12, rows[key >> 2] ?? 0, columns[key & 3] ?? 0),
    silence(60),
  ]);
  t.equal(
    dtmf(join_(...parts))
      .map((found) => found.digit)
      .join(""),
    keys,
  );
  t.same(dtmf(speech(3)), []);
  t.same(dtmf(tone(20, -12, 697, 1209)), [], "20 ms is no digit");
  t.end();
});

t.test("WAV: PCM, A-law, µ-law, stereo, and a data length that a crash left at 0", (t) => {
  const folder = t.testdir();
  const write = (
    name: string,
    format: number,
    channels: number,
    data: Buffer,
    size = data.length,
  ): string => {
    const head = Buffer.alloc(44);
    head.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(format, 20);
    head.writeUInt16LE(channels, 22);
    head.writeUInt32LE(rate, 24);
    head.write("data", 36, "latin1");
    head.writeUInt32LE(size, 40);
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([head, data]));
    return path;
  };
  const pcm = Buffer.alloc(8);
  for (const [index, value] of [100, -100, 32_767, -32_768].entries()) pcm.writeInt16LE(value, index * 2);
  t.same(
    readWav(write("stereo.wav", 1, 2, pcm)).channels.map((channel) => [...channel]),
    [
      [100, 32_767],
      [-100, -32_768],
    ],
  );
  t.same([...(readWav(write("crashed.wav", 6, 1, Buffer.from([0xd5, 0x55]), 0)).channels[0] ?? [])], [8, -8]);
  t.same([...(readWav(write("ulaw.wav", 7, 1, Buffer.from([0xff, 0x00]))).channels[0] ?? [])], [0, -32_124]);
  t.throws(() => readWav(write("adpcm.wav", 17, 1, pcm)), /format 17/);
  t.throws(() => readWav(import.meta.filename), /not a WAV file/);

  const codes = Buffer.alloc(600);
  for (let n = 0, state = 1; n < 500; n++, state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
    codes[n + 50] = state >>> 24;
  t.same(sequenceIn(write("sequence.wav", 6, 1, codes), 500), { at: 50, wrong: 0 });
  codes[300] = (codes[300] ?? 0) ^ 1;
  t.same(sequenceIn(write("sequence.wav", 6, 1, codes), 500), { at: 50, wrong: 1 });
  t.end();
});

t.test("G.711's corners", (t) => {
  t.equal(decodeAlaw(0xaa), 32_256);
  t.equal(decodeAlaw(0x2a), -32_256);
  t.equal(decodeUlaw(0x80), 32_124);
  t.equal(new Set(Array.from({ length: 256 }, (_, code) => decodeAlaw(code))).size, 256);
  t.equal(sequence(3).length, 3);
  t.end();
});
