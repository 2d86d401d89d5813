// Echo and levels of a line: a hybrid made of known taps, noise beside it, and a far end's tone. Simulated lines.
import t, { type Test } from "tap";
import type { Probed, StreamPort } from "../../src/media/engine.ts";
import { dbm0 } from "../../src/media/levels.ts";
import { echoOf, levelOf, noisePeriod, tonePeriod } from "../../src/media/line-measure.ts";
import { engineFor, pair, pass } from "./support.ts";

t.setTimeout(120_000);

/** Blocks come every 20 ms; what is sent back later than this leaves a hole. */
const lateMs = 30;

/**
 * Sends back what it hears: after so many samples each, times so much; and noise (RMS of 16-bit samples). The result tells
 * whether it was ever late.
 */
function hybrid(
  port: StreamPort,
  taps: readonly (readonly [delay: number, gain: number])[],
  noise = 0,
): () => boolean {
  let [last, late] = [performance.now(), false];
  let past: number[] = Array.from({ length: 512 }, () => 0);
  let seed = 1;
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  port.onAudio((samples) => {
    const now = performance.now();
    late ||= now - last > lateMs;
    last = now;
    const heard = [...past, ...samples];
    port.write(
      Int16Array.from(samples, (_, i) =>
        Math.round(
          taps.reduce((sum, [delay, gain]) => sum + (heard[512 + i - delay] ?? 0) * gain, 0) +
            noise * Math.sqrt(12) * random(),
        ),
      ),
    );
    past = heard.slice(-512);
  });
  return () => late;
}

/** The hybrid is JavaScript: where the machine stood still and it came late, the measurement is made again. */
async function probe(
  t: Test,
  period: Int16Array,
  taps: readonly (readonly [number, number])[],
  noise = 0,
): Promise<Probed> {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  for (let tries = 0; tries < 20; tries++) {
    const stream = engine.openStream();
    far.connect(stream);
    const late = hybrid(stream, taps, noise);
    const going = near.probe(period, { settle: 1, periods: 4, use: "modem" });
    t.equal(going.read(), undefined, "not through yet");
    await pass(engine.openStream(), 3000);
    const found = going.read();
    going.stop();
    await stream.close();
    if (found !== undefined && !late()) return found;
  }
  throw new Error("the machine never kept pace");
}

t.test("an echo: its loss, and how long it is", async (t) => {
  const said = noisePeriod(-13);
  t.ok(Math.abs(dbm0(said.reduce((sum, s) => sum + s * s, 0) / said.length) + 13) < 0.05, "at its level");
  t.ok(Math.max(...said) < 20_000 && Math.min(...said) > -20_000, "and not clipped");
  const rows = [
    { taps: [[40, 0.25]], loss: 12.04, spread: 0 },
    {
      taps: [
        [24, 0.2],
        [44, -0.1],
        [88, 0.1],
      ],
      loss: 12.2,
      spread: 8,
    },
  ] as const;
  for (const { taps, loss, spread } of rows) {
    const found = echoOf(said, await probe(t, said, taps, 20));
    t.ok(Math.abs(found.returnLossDb - loss) < 0.4, `${found.returnLossDb} dB, not ${loss}`);
    t.ok(Math.abs(found.spreadMs - spread) < 1.5, `${found.spreadMs} ms, not ${spread}`);
    t.ok(Math.abs(found.noiseDbm0 - dbm0(400)) < 2.5, `noise ${found.noiseDbm0} dBm0`);
  }
});

t.test("no echo, and nothing at all", async (t) => {
  const said = noisePeriod(-13);
  const found = echoOf(said, await probe(t, said, []));
  t.equal(found.returnLossDb, 60);
  t.equal(found.noiseDbm0, -90);
  t.equal(found.spreadMs, 0);
});

t.test("levels: of what returns, of the far end, and besides", async (t) => {
  const back = levelOf(await probe(t, tonePeriod(-10), [[80, 0.5]], 30));
  t.ok(Math.abs(back.returnedDbm0 + 16.02) < 0.2, `${back.returnedDbm0}`);
  t.ok(Math.abs(back.receivedDbm0 + 16.02) < 0.3, `${back.receivedDbm0}`);
  t.ok(Math.abs(back.noiseDbm0 - dbm0(900)) < 2, `${back.noiseDbm0}`);
  const silent = tonePeriod(-Infinity);
  t.ok(
    silent.every((sample) => sample === 0),
    "nothing is sent",
  );
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("2", "near")), engine.open(pair("2", "far"))];
  far.playTone({ parts: [{ frequencies: [1004], levelDbm0: 0, ms: 5000 }], repeat: true });
  const going = near.probe(silent, { settle: 1, periods: 2, use: "modem" });
  await pass(engine.openStream(), 2000);
  const found = going.read();
  if (found === undefined) throw new Error("nothing");
  t.ok(Math.abs(levelOf(found).receivedDbm0) < 0.1, "the far end's milliwatt");
  await near.close();
  t.equal(going.read(), undefined, "a port that is closed");
});

t.test("a probe in the place of what plays; bits in the place of a probe", async (t) => {
  const engine = engineFor(t);
  const [near, far] = [engine.open(pair("1", "near")), engine.open(pair("1", "far"))];
  const first = near.probe(tonePeriod(-10), { settle: 0, periods: 1000, use: "modem" });
  await pass(engine.openStream(), 300);
  t.ok(Math.abs(far.levels().received + 10) < 0.2);
  const tests = [near.testBits(), far.testBits()];
  await pass(engine.openStream(), 500);
  t.match(tests[1]?.read(), { errors: 0, locked: true });
  t.equal(first.read(), undefined);
  tests[0]?.stop();
  await pass(engine.openStream(), 300);
  t.ok(far.levels().received < -60, "silence again");
});
