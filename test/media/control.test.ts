// Files steered while they play: paused, moved in, slower and faster at their own pitch, softer.
import { join } from "node:path";
import t from "tap";
import { alawDecode, engineFor, folder, noise, pair, pass, readWave, writeWave } from "./support.ts";

const dir = folder();
const words = noise(16_000, 11);
const file = writeWave(join(dir, "words.wav"), words);
const linear = Int16Array.from(words, alawDecode);
const tone = (hz: number, ms: number): string => {
  const samples = Int16Array.from({ length: ms * 8 }, (_, i) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hz * i) / 8000)),
  );
  return writeWave(join(dir, `${hz}-${ms}.wav`), new Uint8Array(samples.buffer), { tag: 1, bits: 16 });
};

function ends(t: Parameters<typeof engineFor>[0], engine = engineFor(t), name = "1") {
  const near = engine.open(pair(name, "near"));
  const far = engine.open(pair(name, "far"));
  const heard = far.record(join(dir, `${Math.random()}.wav`), { format: "linear16", layout: "received" });
  const take = async (): Promise<Int16Array> => {
    await heard.stop();
    return new Int16Array(new Uint8Array(readWave(heard.path).data).buffer);
  };
  // By the engine's own time.
  const clock = engine.openStream();
  return { near, take, wait: (ms: number) => pass(clock, ms) };
}

const find = (whole: Int16Array, part: Int16Array): number =>
  Buffer.from(whole.slice().buffer).indexOf(Buffer.from(part.slice().buffer)) / 2;

t.test("a pause is silence, and not a sample is lost", async (t) => {
  const { near, take, wait } = ends(t);
  const playing = near.play([file]);
  await wait(300);
  playing.pause(true);
  await wait(300);
  const at = playing.position();
  await wait(100);
  t.equal(playing.position(), at, "it stands");
  t.ok(at > 200 && at < 500, `${at} ms`);
  playing.pause(false);
  t.match(await playing.finished, { reason: "end", playedMs: 2000 });
  const heard = await take();
  const cut = at * 8;
  const [first, second] = [find(heard, linear.subarray(0, cut)), find(heard, linear.subarray(cut))];
  t.ok(first >= 0 && second > first + cut + 2000, `${first}, and on at ${second}`);
  t.ok(
    heard.subarray(first + cut, second).every((sample) => Math.abs(sample) <= 8),
    "silence between",
  );
});

t.test("moving in it: forward, back, past the end", async (t) => {
  const { near, take, wait } = ends(t);
  const playing = near.play([file, file]);
  await wait(200);
  playing.seek(3000);
  await wait(200);
  t.ok(playing.position() > 3050 && playing.position() < 3400, `${playing.position()}`);
  playing.seek(1500);
  await wait(200);
  playing.seek(9000);
  const { reason, playedMs } = await playing.finished;
  t.equal(reason, "end");
  t.ok(playedMs > 400 && playedMs < 800, `${playedMs} ms were heard in all`);
  playing.seek(0);
  playing.setSpeed(2);
  await wait(100);
  const heard = await take();
  t.ok(find(heard, linear.subarray(8000, 8000 + 800)) >= 0, "from 3 s, in the second file");
  t.ok(find(heard, linear.subarray(12_000, 12_000 + 800)) >= 0, "from 1.5 s");
});

t.test("speed keeps the pitch within 1 %, and takes as long as it should", async (t) => {
  const engine = engineFor(t);
  const files = new Map([140, 440, 1000].map((hz) => [hz, tone(hz, 3000)]));
  const rows = [0.5, 0.75, 1.25, 1.5, 2].flatMap((speed) => [140, 440, 1000].map((hz) => ({ speed, hz })));
  await Promise.all(
    rows.map(async ({ speed, hz }) => {
      const { near, take } = ends(t, engine, `${speed} ${hz}`);
      const end = await near.play([files.get(hz) ?? ""], { speed }).finished;
      const seconds = end.playedMs / 1000;
      t.ok(Math.abs(seconds * speed - 3) < 0.09, `${hz} Hz at ${speed}: ${seconds} s`);
      const heard = await take();
      const first = heard.findIndex((sample) => Math.abs(sample) > 1000);
      const body = heard.subarray(first + 1600, first + Math.round(seconds * 8000) - 1600);
      // Its frequency by where it goes up through nought.
      const ups: number[] = [];
      for (let i = 1; i < body.length; i++) {
        const [a = 0, b = 0] = [body[i - 1], body[i]];
        if (a < 0 && b >= 0) ups.push(i - 1 + a / (a - b));
      }
      const measured = ((ups.length - 1) * 8000) / ((ups.at(-1) ?? 1) - (ups[0] ?? 0));
      t.ok(Math.abs(measured / hz - 1) < 0.01, `${hz} Hz at ${speed}: ${measured.toFixed(1)} Hz`);
      const level = Math.sqrt(body.reduce((sum, sample) => sum + sample * sample, 0) / body.length);
      t.ok(Math.abs(20 * Math.log10((level * Math.SQRT2) / 8000)) < 1, `its level: ${level.toFixed(0)}`);
    }),
  );
});

t.test("speed and volume changed on the way", async (t) => {
  const { near, take, wait } = ends(t);
  const playing = near.play([tone(500, 4000)]);
  await wait(500);
  playing.setSpeed(2);
  playing.setVolume(-12);
  await wait(500);
  const at = playing.position();
  t.ok(at > 1300 && at < 1800, `${at} ms after half a second and twice half a second`);
  const { playedMs } = await playing.finished;
  t.ok(playedMs > 2100 && playedMs < 2500, `${playedMs} ms in all`);
  const heard = await take();
  const first = heard.findIndex((sample) => Math.abs(sample) > 1000);
  const peak = (from: number): number =>
    heard.subarray(first + from * 8, first + (from + 100) * 8).reduce((most, one) => Math.max(most, one), 0);
  const db = 20 * Math.log10(peak(1200) / peak(200));
  t.ok(Math.abs(db + 12) < 0.5, `${db.toFixed(1)} dB`);
});

t.test(
  "what was replaced, stopped or closed is not steered any more, nor what plays in its place",
  async (t) => {
    const { near, wait } = ends(t);
    const first = near.play([file]);
    const second = near.play([file]);
    first.seek(0);
    first.pause(true);
    first.setSpeed(2);
    t.match(await first.finished, { reason: "replaced" });
    await wait(100);
    t.ok(second.position() > 50, "it plays on");
    second.stop();
    t.match(await second.finished, { reason: "stopped" });
    second.seek(0);
    const third = near.play([file], { loop: true });
    third.seek(500);
    await near.close();
    third.seek(0);
    third.pause(true);
    t.match(await third.finished, { reason: "closed" });
    t.match(await near.play([file]).finished, { reason: "closed" });
  },
);
