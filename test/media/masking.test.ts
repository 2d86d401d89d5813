// Keys that nobody is to hear, and what is heard over everything else.
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import type { PortEvent } from "../../src/media/engine.ts";
import { alawDecode, engineFor, folder, noise, pair, pass, readWave, writeWave } from "./support.ts";

const dir = folder();
const samplesOf = (path: string): Int16Array => new Int16Array(new Uint8Array(readWave(path).data).buffer);
const loudest = (samples: Int16Array): number =>
  samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

t.test("masked digits are told, and heard by nobody: not recorded, not passed on", async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[0-9A-D*#]{1,8}$/),
      fc.record({
        onMs: fc.integer({ min: 40, max: 300 }),
        offMs: fc.integer({ min: 50, max: 200 }),
        levelDbm0: fc.integer({ min: -30, max: -3 }),
      }),
      async (digits, how) => {
        const engine = engineFor(t);
        const [caller, line] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
        const [agent, phone] = [engine.open(pair("2", "far")), engine.open(pair("2", "near"))];
        const told: string[] = [];
        line.events.on((event: PortEvent) => event.type === "digit" && told.push(event.digit));
        line.detectDigits(true);
        line.maskDigits(true);
        line.connect(phone);
        const recording = line.record(join(dir, "masked.wav"), { format: "linear16", layout: "received" });
        const ear = agent.record(join(dir, "agent.wav"), { format: "linear16", layout: "received" });
        await caller.sendDigits(digits, how).finished;
        await pass(line, 120);
        await Promise.all([recording.stop(), ear.stop()]);
        await engine.close();
        t.equal(told.join(""), digits);
        for (const { path } of [recording, ear]) {
          // Silence is the smallest A-law code, ±8.
          const most = loudest(samplesOf(path));
          if (most > 8) throw new Error(`${digits} ${JSON.stringify(how)}: ${path} has ${most}`);
        }
      },
    ),
    { numRuns: 12 },
  );
});

t.test("what is no digit passes whole, 56 ms later, and at once again without the mask", async (t) => {
  const engine = engineFor(t);
  const [far, near] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
  const voice = noise(6000, 7);
  const file = writeWave(join(dir, "voice.wav"), voice);
  const wanted = Int16Array.from(voice, alawDecode);
  const late: number[] = [];
  for (const masking of [true, false]) {
    near.maskDigits(masking);
    await pass(near, 80);
    const recording = near.record(join(dir, `voice-${masking}.wav`), { format: "linear16" });
    await Promise.all([far.play([file]).finished, near.play([file]).finished]);
    await pass(near, 100);
    await recording.stop();
    const samples = samplesOf(recording.path);
    const [left, right] = [0, 1].map((channel) => samples.filter((_, i) => i % 2 === channel));
    const at = [left, right].map((one) =>
      Buffer.from((one ?? samples).slice().buffer).indexOf(Buffer.from(wanted.buffer)),
    );
    t.ok(
      at.every((one) => one >= 0),
      `masking ${masking}: whole`,
    );
    late.push(((at[0] ?? 0) - (at[1] ?? 0)) / 2);
  }
  const [masked = 0, open = 0] = late;
  t.ok(Math.abs(masked - open - 448) <= 3 * 64, `${(masked - open) / 8} ms later`);
});

t.test(
  "a tone over everything else adds to it, ends by itself or when told, and nothing else ends it",
  async (t) => {
    const engine = engineFor(t);
    const [far, near] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
    const heard = far.record(join(dir, "over.wav"), { format: "linear16", layout: "received" });
    const beep = { parts: [{ frequencies: [1400], levelDbm0: -20, ms: 100 }], repeat: false };
    const under = near.playTone({ parts: [{ frequencies: [500], levelDbm0: -20, ms: 400 }], repeat: false });
    const over = near.playOver(beep);
    t.match(await over.finished, { reason: "end", playedMs: 100 });
    t.match(await under.finished, { reason: "end", playedMs: 400 }, "what plays goes on");
    const endless = near.playOver({ ...beep, repeat: true });
    near.stopPlaying();
    await pass(near, 50);
    endless.stop();
    t.match(await endless.finished, { reason: "stopped" });
    const replaced = near.playOver({ ...beep, repeat: true });
    const last = near.playOver({ ...beep, repeat: true });
    t.match(await replaced.finished, { reason: "replaced" });
    await heard.stop();
    await near.close();
    t.match(await last.finished, { reason: "closed" });
    const samples = samplesOf(heard.path);
    const first = samples.findIndex((value) => Math.abs(value) > 100);
    // 0 dBm0 is a sine of 3.14 dB below the greatest sample.
    const amplitude = 32768 * 10 ** ((-20 - 3.14) / 20);
    const begun = loudest(samples.subarray(first, first + 700));
    const alone = loudest(samples.subarray(first + 1200, first + 2400));
    t.ok(begun > 1.85 * amplitude && begun < 2.1 * amplitude, `both at once: ${begun}`);
    t.ok(Math.abs(alone - amplitude) < 0.05 * amplitude, `the tone below alone: ${alone}`);
  },
);
