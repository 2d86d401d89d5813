// What a telephone hears of its exchange, measured at the telephone: a dial tone that stutters while messages wait, dial tone,
// congestion and howler for one that is lifted and forgotten, and the special information tone before words.
import { level, segments, toneLevel } from "../support/audio.ts";
import { startAppliance } from "../support/appliance.ts";
import { baseline, proveNothingLeft } from "../support/box.ts";
import { dialFrom } from "../support/bridged-call.ts";
import { analogFar, listen, play, type End } from "../support/ends.ts";
import { officeSettings } from "../support/office.ts";
import { prompt, provePrompt } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

const takesMessages = {
  name: "Messages",
  start: "message",
  nodes: { message: { type: "voicemail", mailbox: "office" } },
} as const;

export const scenario: Scenario = {
  name: "phone-tones",
  description:
    "at the telephone: stuttering dial tone, congestion and howler when forgotten, SIT before words",
  spans: [{ kind: "analog", near: ["fxs", "fxo"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { peer, phones, exchange } = await analogFar(context, pairOf(context.layout).far);
    const [phone, line] = [phones[0], exchange[0]];
    if (phone === undefined || line === undefined) throw new Error("no telephone or no line");
    const base = await officeSettings(context.layout, { incoming: { flow: "messages" } });
    const extensions = base.extensions.map((one) => ({ ...one, mailbox: "office" }));
    const appliance = await startAppliance(context, {
      settings: { ...base, extensions },
      flows: { messages: takesMessages },
    });
    const before = await baseline(context, appliance);

    await forgotten(context, phone);

    // A message is left by a caller from outside.
    line.send("ring", { on: 1000, off: 2000 });
    await peer.expect({ event: "off-hook", name: line.name }, 20_000);
    await context.sleep(9000);
    await play(line, { file: prompt("please-try-again") });
    await informed(context, phone);
    line.send("drop");
    await peer.expect({ event: "on-hook", name: line.name });
    await context.until(
      "the message is there",
      async () => (await appliance.get("GET /voicemail")).messages.length === 1,
    );
    await context.sleep(3000);
    const stutter = await lifted(context, phone, 5000, "stutter.wav");
    const bursts = segments(stutter, -40, 40).map(({ length }) => Math.round(length / 8));
    context.log(`messages wait: dial tone in stretches of ${bursts.join(" ")} ms`);
    context.equal(bursts.filter((ms) => Math.abs(ms - 100) <= 20).length, 10, "bursts of 100 ms");
    context.prove((bursts.at(-1) ?? 0) > 2000, "and then it is steady");
    proveFrequency(context, stutter, [450, -10], "stuttering dial tone");

    // Somebody shouts: what the box hears is cut off at its peaks.
    const loudLines = async () => (await appliance.get("GET /lines")).lines.filter(({ tooLoud }) => tooLoud);
    context.equal(await loudLines(), [], "lines that are too loud");
    await dialFrom(context, phone, "2");
    await play(phone, { dtmf: "5", on: 2500, off: 90, level: 4 });
    await context.until("the telephone's line is too loud", async () => (await loudLines()).length > 0);
    const [loud] = await loudLines();
    context.log(`too loud: ${loud?.id} ${JSON.stringify(loud?.tooLoud)}`);
    context.equal(loud?.extension, "201", "whose line");
    phone.send("on-hook");
    await context.sleep(1500);
    await proveNothingLeft(context, appliance, before);
    await appliance.stop();
  },
};

/** The only line is taken: why nobody is reached is said after the special information tone. */
async function informed(context: Context, phone: End): Promise<void> {
  const heard = listen(context, phone, "sit.wav");
  await dialFrom(context, phone, "85551000");
  await context.sleep(9000);
  phone.send("on-hook");
  const samples = await heard();
  const words = provePrompt(context, samples, prompt("all-circuits-busy-now"), "what is said");
  const tones = stretches(samples.subarray(0, words.delay), [950, 1400, 1800]).filter(({ ms }) => ms > 40);
  context.log(`special information tone: ${JSON.stringify(tones)}`);
  context.equal(
    tones.map(({ hz }) => hz),
    [950, 1400, 1800],
    "SIT, Hz",
  );
  for (const { hz, ms, dbm0 } of tones) {
    context.near(ms, 330, 30, `${hz} Hz of SIT, ms`);
    context.near(dbm0, -10, 1, `${hz} Hz of SIT, dBm0`);
  }
  await context.sleep(1500);
}

/** Records what a telephone hears that is lifted for so long. */
async function lifted(context: Context, phone: End, ms: number, file: string): Promise<Float64Array> {
  const heard = listen(context, phone, file);
  phone.send("off-hook");
  await context.sleep(ms);
  phone.send("on-hook");
  const samples = await heard();
  await context.sleep(1500);
  return samples;
}

/** GB 3378: dial tone for 15 s, congestion for 30, then the howler. */
async function forgotten(context: Context, phone: End): Promise<void> {
  const samples = await lifted(context, phone, 80_000, "forgotten.wav");
  const heard = stretches(samples, [450, 950]);
  context.log(
    `lifted and forgotten: ${heard.map(({ at, hz, ms }) => `${at} ms: ${hz} Hz, ${ms} ms`).join("; ")}`,
  );
  const begun = heard[0]?.at ?? 0;
  context.near(heard[0]?.ms ?? 0, 15_000, 100, "dial tone, ms");
  const bursts = heard.filter(({ at, hz }) => hz === 450 && at > begun);
  context.near(bursts.length, 22, 1, "bursts of congestion");
  context.prove(
    bursts.slice(0, -1).every(({ ms }) => Math.abs(ms - 700) <= 40),
    "each of 700 ms",
  );
  const howls = heard.filter(({ hz }) => hz === 950);
  context.near((howls[0]?.at ?? 0) - begun, 45_000, 400, "the howler begins after, ms");
  const [howl] = howls;
  context.near(howl?.ms ?? 0, 15_000, 100, "a howl, ms");
  context.near(howl?.dbm0 ?? -90, 0, 1, "a howl, dBm0");
  context.near((howls[1]?.at ?? 0) - (howl?.at ?? 0), 16_000, 100, "the next begins after, ms");
}

function proveFrequency(
  context: Context,
  samples: Float64Array,
  [hz, dbm0]: readonly [number, number],
  what: string,
): void {
  const steady = segments(samples, -40, 40).at(-1);
  if (steady === undefined) throw new Error(`${what}: silence`);
  const piece = samples.subarray(steady.at + 800, steady.at + 8800);
  context.near(toneLevel(piece, hz), dbm0, 1, `${what}, ${hz} Hz, dBm0`);
  context.near(level(piece), dbm0, 1, `${what}, all of it, dBm0`);
}

interface Stretch {
  readonly hz: number;
  readonly at: number;
  readonly ms: number;
  /** Of its middle. */
  readonly dbm0: number;
}

/** Where one of these frequencies sounds, and next to nothing else; in steps of 20 ms. */
function stretches(samples: Float64Array, frequencies: readonly number[]): readonly Stretch[] {
  const block = 160;
  const runs: { hz: number; from: number; to: number }[] = [];
  for (let from = 0; from + block <= samples.length; from += block) {
    const piece = samples.subarray(from, from + block);
    const all = level(piece);
    const hz = all < -40 ? undefined : frequencies.find((one) => toneLevel(piece, one) > all - 1);
    if (hz === undefined) continue;
    const last = runs.at(-1);
    if (last?.hz === hz && last.to === from) last.to = from + block;
    else runs.push({ hz, from, to: from + block });
  }
  return runs.map(({ hz, from, to }) => ({
    hz,
    at: from / 8,
    ms: (to - from) / 8,
    dbm0: level(samples.subarray(from + block, Math.max(from + block, to - block))),
  }));
}
