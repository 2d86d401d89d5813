// Echo and levels on telephone ports of a card whose hybrids send part of what is said back: what the driver's cancellers
// leave of it, what they do to both talking at once, and that a modem's 2100 Hz with phase reversals ends them.
import { writeFileSync } from "node:fs";
import { openDahdiBoard } from "../../../src/boards/dahdi/board.ts";
import type { AnalogPort, LineAudio, OpenAnalogPort, Tap, TapWhat } from "../../../src/boards/board.ts";
import { echoOf, noisePeriod } from "../../../src/media/line-measure.ts";
import type { MediaEngine, MediaPort, Probed } from "../../../src/media/engine.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { waveFile } from "../../../src/media/wave-file.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import type { Reply } from "../../../src/web/api/routes.ts";
import { startAppliance } from "../support/appliance.ts";
import { mainFlow } from "../support/box.ts";
import { card } from "../support/driver.ts";
import { officeSettings } from "../support/office.ts";
import { probed } from "../support/probe.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";

/** ITU-T G.168 annex D, echo path model 1; its factor for 0 dB of loss. */
const model = [
  -436, -829, -2797, -4208, -17968, -11215, 46150, 34480, -10427, 9049, -1309, -6320, 390, -8191, -1751,
  -6051, -3796, -4055, -3948, -2557, -3372, -1808, -2259, -1300, -1098, -618, -340, -61, 323, 419, 745, 716,
  946, 880, 1014, 976, 1033, 1091, 1053, 1042, 794, 831, 899, 716, 390, 313, 304, 304, 73, -119, -109, -176,
  -359, -407, -512, -580, -704, -618, -685, -791, -772, -820, -839, -724,
];
const modelFactor = 1.39e-5;

interface Rig {
  readonly context: Context;
  readonly engine: MediaEngine;
  readonly open: (audio: LineAudio) => { readonly line: OpenAnalogPort; readonly port: MediaPort };
  readonly far: MediaPort;
  readonly tap: (what: TapWhat) => { readonly ear: MediaPort; readonly tap: Tap };
}

export const scenario: Scenario = {
  name: "card-echo",
  description:
    "echo and gains of a telephone port: cancellers by G.168's hybrid, double talk, modems, line tests",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 400,
  async run(context: Context) {
    const { near } = pairOf(context.layout);
    hybrid(near.address, 20, 10);
    await byBoard(context);
    await byAppliance(context);
  },
};

/** The ports' echo: so many samples later, with so much loss. */
function hybrid(address: string, delay: number, lossDb: number): void {
  card(`echo ${address} 0`);
  for (const [i, value] of model.entries())
    card(`echo ${address} ${delay + i} ${Math.round(value * modelFactor * 10 ** (-lossDb / 20) * 32768)}`);
}

async function byBoard(context: Context): Promise<void> {
  const { near, far } = pairOf(context.layout);
  const engine = createMediaEngine();
  const board = openDahdiBoard({ clock: systemClock });
  const ports = board.spans.flatMap(({ channels }) => channels) as readonly AnalogPort[];
  const channel = (number: number): AnalogPort => {
    const found = ports.find((port) => port.number === number);
    if (found === undefined) throw new Error(`no channel ${number}`);
    return found;
  };
  const opened: (() => Promise<void>)[] = [];
  const rig: Rig = {
    context,
    engine,
    open(audio) {
      const line = channel(channelAt(near, 1)).open({ audio: () => audio });
      line.offHook();
      const port = engine.open(line.audio);
      return { line, port };
    },
    far: engine.open(channel(channelAt(far, 1)).open({}).audio),
    tap(what) {
      const tap = board.tap?.(channelAt(near, 1), what);
      if (tap === undefined) throw new Error("the board has no taps");
      return { tap, ear: engine.open(tap.audio) };
    },
  };
  opened.push(() => rig.far.close());
  for (const echoCanceller of ["oslec", "mg2"] as const)
    await converge(rig, { echoCanceller, echoTailMs: 32 });
  await taps(rig);
  await modem(rig);
  await gains(rig);
  for (const close of opened) await close();
  await board.close();
  await engine.close();
}

const lossOf = (said: Int16Array, found: Probed): number => echoOf(said, found).returnLossDb;

async function converge(rig: Rig, audio: LineAudio): Promise<void> {
  const { context, far } = rig;
  const name = audio.echoCanceller ?? "";
  const said = noisePeriod(-13);
  const { line, port } = rig.open(audio);
  const before = echoOf(said, await probed(context, port, said, { settle: 1, periods: 4, use: "modem" }));
  context.log(`${name}: without ${JSON.stringify(before)}`);
  context.near(before.returnLossDb, 10, 1, `${name}: the hybrid's loss, dB`);
  context.near(before.spreadMs, 3, 2, `${name}: its length, ms`);
  const quick = lossOf(said, await probed(context, port, said, { settle: 1, periods: 2, use: "voice" }));
  context.prove(quick >= before.returnLossDb + 15, `${name}: ${quick.toFixed(1)} dB after half a second`);
  const after = lossOf(said, await probed(context, port, said, { settle: 2, periods: 4, use: "voice" }));
  context.prove(after >= before.returnLossDb + 20, `${name}: ${after.toFixed(1)} dB with the canceller`);

  // Both at once: what the far end says is heard as it is, and the echo is less than without.
  far.play([voice(context)], { loop: true });
  await context.sleep(500);
  const both = echoOf(said, await probed(context, port, said, { settle: 2, periods: 8, use: "voice" }));
  const sent = far.levels().sent;
  context.log(`${name}: both talk ${JSON.stringify(both)}, the far end says ${sent.toFixed(1)} dBm0`);
  context.near(both.noiseDbm0, voiceLevel, 2, `${name}: the far end's voice while both talk, dBm0`);
  context.prove(
    both.returnLossDb >= before.returnLossDb + 3,
    `${name}: ${both.returnLossDb.toFixed(1)} dB of echo loss while both talk`,
  );
  far.stopPlaying();
  await port.close();
  void line.close();
}

const voiceLevel = -16;

/** Noise in syllables, which no canceller may take for an echo. */
function voice(context: Context): string {
  const path = context.file("voice.wav");
  let seed = 77;
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  const rms = (32768 / Math.SQRT2) * 10 ** ((voiceLevel - 3.14) / 20);
  let last = 0;
  const samples = Int16Array.from({ length: 40_000 }, () => {
    last = 0.6 * last + random();
    return last * rms * Math.sqrt(12) * Math.sqrt(1 - 0.36);
  });
  writeFileSync(path, waveFile(samples));
  return path;
}

/** 2100 Hz, which turns over each 450 ms or never (ITU-T V.8: ANSam and CED). */
function answerTone(context: Context, reversals: boolean): string {
  const path = context.file(`2100-${String(reversals)}.wav`);
  const samples = Int16Array.from({ length: 8000 * 4.5 }, (_, i) => {
    const sign = reversals && Math.floor(i / 3600) % 2 === 1 ? -1 : 1;
    return sign * 6000 * Math.sin((2 * Math.PI * 2100 * i) / 8000);
  });
  writeFileSync(path, waveFile(samples));
  return path;
}

async function modem(rig: Rig): Promise<void> {
  const { context } = rig;
  for (const reversals of [false, true]) {
    const { line, port } = rig.open({ echoCanceller: "oslec", echoTailMs: 32 });
    const tone = { parts: [{ frequencies: [700, 1100], levelDbm0: -13, ms: 1000 }], repeat: true };
    const echoed = async (): Promise<number> => {
      port.playTone(tone);
      await context.sleep(2000);
      const { received, sent } = port.levels();
      return sent - received;
    };
    const before = await echoed();
    await port.play([answerTone(context, reversals)]).finished;
    const after = await echoed();
    context.log(`2100 Hz, reversals ${String(reversals)}: ${before.toFixed(1)} then ${after.toFixed(1)} dB`);
    context.prove(before >= 25, `before 2100 Hz: ${before.toFixed(1)} dB`);
    const kind = reversals ? "with" : "without";
    context.prove(after <= 16, `after 2100 Hz ${kind} reversals: ${after.toFixed(1)} dB, so it is off`);
    await port.close();
    void line.close();
  }
}

/** A technician's ear on the line, before and after the canceller, while it is in use. */
async function taps(rig: Rig): Promise<void> {
  const { context } = rig;
  const { line, port } = rig.open({ echoCanceller: "oslec", echoTailMs: 32 });
  const probe = port.probe(noisePeriod(-13), { settle: 0, periods: 100, use: "voice" });
  await context.sleep(2000);
  const rows = [
    ["received", true, -23, 2],
    ["received", false, -70, 25],
    ["sent", false, -13, 1],
  ] as const;
  for (const [direction, beforeCanceller, level, tolerance] of rows) {
    const { ear, tap } = rig.tap({ direction, beforeCanceller });
    await context.sleep(800);
    const words = `tapped, ${direction}, ${beforeCanceller ? "before" : "after"} the canceller, dBm0`;
    context.near(Math.max(-90, ear.levels().received), level, tolerance, words);
    await ear.close();
    tap.close();
  }
  probe.stop();
  await port.close();
  void line.close();
}

async function gains(rig: Rig): Promise<void> {
  const { context, far } = rig;
  const rows: readonly (readonly [LineAudio, number, number])[] = [
    [{}, 0, 0],
    [{ receiveGainDb: 3, sendGainDb: -4 }, 3, -4],
    [{ hardwareReceiveGainDb: -2.5, hardwareSendGainDb: 2 }, -2.5, 2],
    [{ receiveGainDb: -6, hardwareReceiveGainDb: 3 }, -3, 0],
    [{}, 0, 0],
  ];
  for (const [audio, receive, send] of rows) {
    const { line, port } = rig.open(audio);
    far.playTone({ parts: [{ frequencies: [1020], levelDbm0: -13, ms: 1000 }], repeat: true });
    await context.sleep(600);
    const words = JSON.stringify(audio);
    context.near(port.levels().received, -13 + receive, 0.5, `${words}: received, dBm0`);
    far.stopPlaying();
    port.playTone({ parts: [{ frequencies: [1020], levelDbm0: -13, ms: 1000 }], repeat: true });
    await context.sleep(600);
    context.near(far.levels().received, -13 + send, 0.5, `${words}: sent, dBm0`);
    await port.close();
    void line.close();
  }
}

/** As a technician does it. */
async function byAppliance(context: Context): Promise<void> {
  const { near } = pairOf(context.layout);
  const own = await officeSettings(context.layout, { incoming: { flow: "main" } });
  const analog = own.analog.map((port) => ({ ...port, audio: { echoCanceller: "oslec", echoTailMs: 32 } }));
  const settings = { ...own, analog } as typeof own;
  const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
  const line = `${near.number}%2F1`;
  await appliance.send("POST", `/lines/${line}/block`, { when: "now" });
  const echo = (await appliance.send("POST", `/lines/${line}/echo-test`, {
    dial: "1",
  })) as Reply<"POST /lines/:id/echo-test">;
  context.log(`the appliance: ${JSON.stringify(echo)}`);
  context.prove(echo.noiseDbm0 <= -60, `the appliance: noise ${echo.noiseDbm0} dBm0`);
  context.near(echo.returnLossDb, 10, 1, "the appliance: the hybrid's loss, dB");
  context.prove(echo.cancelledLossDb >= 30, `the appliance: ${echo.cancelledLossDb} dB with its canceller`);
  // An exchange line rests for a moment after it was seized.
  await context.sleep(2000);
  const level = (await appliance.send("POST", `/lines/${line}/level-test`, {
    sendDbm0: -10,
  })) as Reply<"POST /lines/:id/level-test">;
  context.log(`the appliance: ${JSON.stringify(level)}`);
  // What the hybrid does to 1000 Hz is not what it does to the band.
  context.near(level.returnedDbm0, -20, 4, "the appliance: 1000 Hz returned, dBm0");
  await appliance.send("POST", `/lines/${line}/unblock`, {});
  await appliance.stop();
}
