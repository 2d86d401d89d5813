// The media engine on the driver's channels: what it plays arrives byte for byte, digits are heard, bridges join,
// prompts stop at once, and the driver counts no gap.
import { readFileSync, writeFileSync } from "node:fs";
import { driver } from "node-dahdi";
import type { MediaPort } from "../../../src/media/engine.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf, type SpanPlace } from "../support/spans.ts";

const channels = 6;
const seconds = 4;

export const scenario: Scenario = {
  name: "media-engine",
  description:
    "six E1 channels at once through the media engine: exact playback, digits, bridge and its delay, barge-in, clean close",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 150,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const open = (span: SpanPlace, position: number): { port: MediaPort; channel: driver.Channel } => {
      const channel = driver.openChannel(channelAt(span, position));
      context.onClose(() => channel.close());
      channel.setAudioMode(true);
      channel.setLaw("alaw");
      return { port: engine.open({ kind: "dahdi", channel, law: "alaw" }), channel };
    };
    const positions = Array.from({ length: channels }, (_, i) => i + 1);
    const nears = positions.map((position) => open(near, position));
    const fars = positions.map((position) => open(far, position));
    await context.sleep(500);

    const sent = positions.map((position) => noise(seconds * 8000, position));
    const recordings = nears.map(({ port }, i) => port.record(context.file(`${i}.wav`), { mono: true }));
    const playing = fars.map(({ port }, i) => {
      const path = context.file(`sent${i}.alaw`);
      writeFileSync(path, sent[i] ?? "");
      return port.play([path]).finished;
    });
    for (const end of await Promise.all(playing)) context.equal(end.reason, "end", "played");
    await context.sleep(300);
    for (const [i, recording] of recordings.entries()) {
      const { error } = await recording.stop();
      context.equal(error, undefined, `recording ${i}`);
      const found = compare(sent[i] ?? Buffer.alloc(0), readFileSync(recording.path).subarray(58));
      context.equal(found, { pieces: 1, missing: 0 }, `channel ${i + 1}: what arrived is what was sent`);
    }

    const digits: string[] = [];
    const [first, second] = [nears[0]?.port, nears[1]?.port];
    const [caller, agent] = [fars[0]?.port, fars[1]?.port];
    context.check(
      first !== undefined && second !== undefined && caller !== undefined && agent !== undefined,
      "ports",
    );
    first.events.on((event) => event.type === "digit" && digits.push(event.digit));
    first.detectDigits(true);
    await caller.sendDigits("0123456789ABCD*#", { onMs: 60, offMs: 60 }).finished;
    await context.sleep(300);
    context.equal(digits.join(""), "0123456789ABCD*#", "digits");

    first.connect(second);
    await proveBridge(context, caller, agent);
    first.disconnect();

    const ear = caller.record(context.file("barge.wav"), { mono: true });
    first.playTone({ parts: [{ frequencies: [440], levelDbm0: -10, ms: 1000 }], repeat: true });
    await context.sleep(500);
    first.stopPlaying();
    await context.sleep(300);
    await ear.stop();
    const heard = readFileSync(ear.path).subarray(58);
    context.check(heard.subarray(-800).every(quiet), "barge-in silences the prompt");

    await proveEnd(context, nears.at(-1), fars.at(-1)?.port);

    for (const { port } of [...nears, ...fars]) {
      const { underruns, overruns } = port.stats();
      context.log(`port ${port.id}: ${JSON.stringify(port.stats())}`);
      context.equal(underruns + overruns, 0, "gaps that were counted");
    }
    context.log(JSON.stringify(engine.stats()));
    await Promise.all([...nears, ...fars].map(({ port }) => port.close()));
    for (const { channel } of [...nears, ...fars]) channel.close();
    driver.openChannel(channelAt(near, 1)).close();
    context.check(engine.stats().ports === 0, "closed, and the channels may be opened again");
  },
};

/** What was played to its end has all gone out: closing the channel then cuts nothing off. */
async function proveEnd(
  context: Context,
  near: { readonly port: MediaPort; readonly channel: driver.Channel } | undefined,
  far: MediaPort | undefined,
): Promise<void> {
  context.check(near !== undefined && far !== undefined, "both ends of a line");
  const words = noise(4000, 77);
  const path = context.file("words.alaw");
  writeFileSync(path, words);
  const ear = far.record(context.file("words.wav"), { mono: true });
  await context.sleep(200);
  await near.port.play([path]).finished;
  await near.port.close();
  near.channel.close();
  await context.sleep(400);
  await ear.stop();
  const whole = readFileSync(ear.path).subarray(58).includes(words);
  context.check(whole, "a playback that ended was heard to its end");
}

/** One-way through two channels and the engine's bridge: from the player's first sample to the far recording. */
async function proveBridge(context: Context, caller: MediaPort, agent: MediaPort): Promise<void> {
  const burst = noise(4000, 99);
  const path = context.file("burst.alaw");
  writeFileSync(path, burst);
  const said = caller.record(context.file("said.wav"));
  const heard = agent.record(context.file("heard.wav"));
  await context.sleep(200);
  await caller.play([path]).finished;
  await context.sleep(300);
  await Promise.all([said.stop(), heard.stop()]);
  const right = readFileSync(said.path)
    .subarray(58)
    .filter((_, i) => i % 2 === 1);
  const left = readFileSync(heard.path)
    .subarray(58)
    .filter((_, i) => i % 2 === 0);
  const [from, to] = [Buffer.from(right).indexOf(burst), Buffer.from(left).indexOf(burst)];
  context.check(from >= 0 && to >= 0, "the bridge carries it byte for byte");
  context.log(`bridge: ${(to - from) / 8} ms from sender to receiver, both ends' queues included`);
}

/** Pieces of at least 16 samples in which `heard` follows `sent` exactly, and what lies in none of them. */
function compare(sent: Buffer, heard: Buffer): { readonly pieces: number; readonly missing: number } {
  const key = 16;
  let [pieces, found, from] = [0, 0, 0];
  for (let at = 0; at + key <= sent.length;) {
    const start = heard.indexOf(sent.subarray(at, at + key), from);
    if (start < 0 || start > from + 16_000) {
      at++;
      continue;
    }
    let length = key;
    while (at + length < sent.length && sent[at + length] === heard[start + length]) length++;
    pieces++;
    found += length;
    at += length;
    from = start + length;
  }
  return { pieces, missing: sent.length - found };
}

const quiet = (code: number): boolean => (code ^ 0xd5) < 3 || (code ^ 0x55) < 3;

/** Random codes, no two alike in a row, so that a lost or doubled one shows. */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  let last = -1;
  return Buffer.from(
    Array.from({ length }, () => {
      do state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      while (((state >> 16) & 0xff) === last);
      return (last = (state >> 16) & 0xff);
    }),
  );
}
