// How long a bridge takes, by the engine and by the driver itself (DAHDI_CONF_DIGITALMON), on a card with a clock of 1 ms:
// of a probe that goes through the bridge to a loop at the other end and back, less one that is looped before it.
import { driver } from "node-dahdi";
import { echoOf, noisePeriod } from "../../../src/media/line-measure.ts";
import type { MediaPort } from "../../../src/media/engine.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { openBare, openPort } from "../support/bare.ts";
import { probed } from "../support/probe.ts";
import { level } from "../support/audio.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";
import { readWav } from "../support/wav.ts";

const { DIGITALMON } = driver.constants.conferenceMode;

export const scenario: Scenario = {
  name: "card-bridge",
  description: "the one-way delay of a bridge, by the engine and by the driver, on a card's clock of 1 ms",
  spans: [{ kind: "E1" }],
  hardware: "card",
  timeoutSeconds: 200,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const caller = openPort(context, engine, far, 1).port;
    const agent = openBare(context, far, 2);
    agent.setLoopback(true);

    const bare = [openBare(context, near, 1), openBare(context, near, 2)] as const;
    bare[0].setLoopback(true);
    const direct = await roundTrip(context, caller);
    bare[0].setLoopback(false);
    bare.forEach((channel, i) =>
      channel.setConference({ conference: channelAt(near, i === 0 ? 2 : 1), mode: DIGITALMON }),
    );
    const driverBridge = ((await roundTrip(context, caller)) - direct) / 2;
    bare.forEach((channel) => channel.close());

    const ends = [openPort(context, engine, near, 1), openPort(context, engine, near, 2)] as const;
    const [first, second] = [ends[0].port, ends[1].port];
    const relayed = (): readonly boolean[] => [first.stats().relayed, second.stats().relayed];
    const oneWay = async (): Promise<number> => ((await roundTrip(context, caller)) - direct) / 2;
    first.connect(second);
    await context.sleep(1000);
    context.equal(relayed(), [true, true], "a bridge and nothing else is carried by the driver");
    const plain = await oneWay();

    // What is masked has to pass the engine, which looks at it for 56 ms; what is played over it is added there.
    const silence = { parts: [{ frequencies: [], levelDbm0: 0, ms: 1000 }], repeat: true };
    const over = [first.playOver(silence), second.playOver(silence)];
    await context.sleep(300);
    context.equal(
      relayed(),
      [false, false],
      "a bridge that something is mixed into is carried by the engine",
    );
    const byEngine = [await oneWay(), await oneWay(), await oneWay()];
    for (const playing of over) playing.stop();
    await context.sleep(1000);
    context.equal(relayed(), [true, true], "and by the driver again in the next silence");
    const again = await oneWay();

    context.log(
      `looped at once ${direct} ms; one way by the driver alone ${driverBridge} ms, of a bridge ${plain} and ${again} ms, through the engine ${byEngine.join(", ")} ms`,
    );
    context.prove(driverBridge <= 3, `the driver's bridge: ${driverBridge} ms one way`);
    for (const way of [plain, again]) context.prove(way <= 3, `a bridge: ${way} ms one way`);
    // A block of 8 ms that is filled, and two that wait for the card.
    for (const way of byEngine) context.prove(way <= 25, `through the engine: ${way} ms one way`);

    await proveTalk(context, first, second, caller);
    for (const { port } of ends)
      context.equal([port.stats().underruns, port.stats().overruns], [0, 0], "gaps of the bridge");
    await Promise.all([caller, first, second].map((port) => port.close()));
    await engine.close();
  },
};

/** While the driver carries it: all that is said is recorded, digits are heard, and a prompt is heard at once. */
async function proveTalk(
  context: Context,
  first: MediaPort,
  second: MediaPort,
  caller: MediaPort,
): Promise<void> {
  const digits: string[] = [];
  first.events.on((event) => event.type === "digit" && digits.push(event.digit));
  first.detectDigits(true);
  const tone = (frequency: number) => ({
    parts: [{ frequencies: [frequency], levelDbm0: -13, ms: 1000 }],
    repeat: true,
  });
  const recording = first.record(context.file("bridge.wav"));
  await caller.sendDigits("0123456789*#").finished;
  caller.playTone(tone(440));
  await context.sleep(1000);
  context.equal(first.stats().relayed, true, "recorded and listened to, and still carried by the driver");
  await recording.stop();
  context.equal(digits.join(""), "0123456789*#", "digits");
  const [left = new Float64Array(), right = new Float64Array()] = readWav(recording.path).channels;
  context.near(level(left.slice(-4000)), -13, 0.5, "the caller's voice recorded, dBm0");
  context.near(level(right.slice(-4000)), -13, 0.5, "and what comes back of the loop, dBm0");
  caller.stopPlaying();
  await context.sleep(500);
  first.playTone(tone(1000));
  await context.sleep(600);
  context.near(caller.levels().received, -13, 0.5, "a prompt in the place of the bridge, dBm0");
  first.stopPlaying();
  await context.sleep(600);
  context.equal([first.stats().relayed, second.stats().relayed], [true, true], "after it");
  first.disconnect();
  caller.playTone(tone(440));
  await context.sleep(600);
  context.prove(caller.levels().received < -60, `nothing is heard once the bridge is over`);
}

/** Milliseconds, with what the measuring end itself takes. */
async function roundTrip(context: Context, port: MediaPort): Promise<number> {
  const said = noisePeriod(-13);
  const found = echoOf(said, await probed(context, port, said, { settle: 2, periods: 3, use: "voice" }));
  context.near(found.returnLossDb, 0, 0.5, "what comes back of the probe, dB");
  return found.delayMs;
}
