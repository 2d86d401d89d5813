// Messages in FSK through the engine, over simulated lines: both modems, faint and loud, noisy, and none of noise.
import t from "tap";
import type { Modem } from "../../src/media/engine.ts";
import { messageSamples } from "../../src/media/fsk.ts";
import { engineFor, pair, pass } from "./support.ts";

const message = Uint8Array.of(0x80, 12, 2, 10, ...Buffer.from("0755880001"));

t.test("what is sent is heard, from loud to faint, with noise", async (t) => {
  const engine = engineFor(t);
  const rows = (["bell202", "v23"] as const).flatMap((modem) =>
    [-3, -13.5, -30, -38].flatMap((levelDbm0) => [
      { modem, levelDbm0, noise: 0 },
      { modem, levelDbm0, noise: 20 },
    ]),
  );
  await Promise.all(
    rows.map(async ({ modem, levelDbm0, noise }, i) => {
      const [near, far] = [engine.open(pair(`${i}`, "near")), engine.open(pair(`${i}`, "far"))];
      const heard: Uint8Array[] = [];
      far.events.on((event) => event.type === "message" && heard.push(event.message));
      far.detectMessages(modem);
      for (let time = 0; time < 2; time++) {
        const samples = messageSamples(message, { modem, levelDbm0 });
        const loudest = Math.max(...samples) / 10 ** (noise / 20);
        const noisy = samples.map((s) => s + (noise === 0 ? 0 : (Math.random() - 0.5) * loudest));
        t.equal((await near.playSamples(noisy).finished).reason, "end");
        await pass(near, 300);
      }
      t.strictSame(heard, [message, message], `${modem} ${levelDbm0} dBm0, noise ${noise} dB below`);
    }),
  );
});

t.test("a checksum that is wrong, the other modem's, speech and noise are none", async (t) => {
  const engine = engineFor(t);
  const play = async (modem: Modem, samples: Int16Array): Promise<number> => {
    const [near, far] = [engine.open(pair(modem, "near")), engine.open(pair(modem, "far"))];
    let heard = 0;
    far.events.on((event) => event.type === "message" && heard++);
    far.detectMessages(modem);
    await near.playSamples(samples).finished;
    far.detectMessages(undefined);
    await near.playSamples(messageSamples(message, { modem })).finished;
    await Promise.all([near.close(), far.close()]);
    return heard;
  };
  const spoilt = messageSamples(message, { modem: "bell202" });
  spoilt.fill(0, 3600, 3660);
  t.equal(await play("bell202", spoilt), 0, "a gap of 7 ms in it; and none after it is listened for no more");
  const noise = Int16Array.from({ length: 16_000 }, () => (Math.random() - 0.5) * 20_000);
  t.equal(await play("v23", noise), 0);
});

t.test("samples: played to their end, stopped, replaced, and of a closed port", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  const tone = Int16Array.from({ length: 4000 }, (_, i) => 8000 * Math.sin(i / 2));
  t.match(await port.playSamples(tone).finished, { reason: "end", playedMs: 500 });
  const stopped = port.playSamples(tone);
  await pass(engine.openStream(), 50);
  stopped.stop();
  t.match(await stopped.finished, { reason: "stopped" });
  const replaced = port.playSamples(tone);
  port.playSamples(tone);
  t.match(await replaced.finished, { reason: "replaced" });
  await port.close();
  t.match(await port.playSamples(tone).finished, { reason: "closed" });
  t.match(await port.playSamples(new Int16Array()).finished, { reason: "closed" });
});
