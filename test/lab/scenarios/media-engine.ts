// The media engine on the driver's channels: what it plays arrives byte for byte, digits are heard, bridges join,
// prompts stop at once, and the driver counts no gap.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { driver } from "node-dahdi";
import type { MediaPort } from "../../../src/media/engine.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { openPort } from "../support/bare.ts";
import { decodeAlaw } from "../support/wav.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf, type SpanPlace } from "../support/spans.ts";

const channels = 30;
/** How long all of them play, record and are listened to; the soak asks for five minutes. */
const seconds = Number(process.env["CALLBOX_LAB_SECONDS"] || "6");

export const scenario: Scenario = {
  name: "media-engine",
  description:
    "an E1's 30 channels at once through the media engine: exact playback both ways, every digit, bridge and its delay, barge-in, clean close",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 150 + 8 * seconds,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const open = (span: SpanPlace, position: number) => openPort(context, engine, span, position);
    // Timeslot 16 is the D-channel's.
    const positions = Array.from({ length: channels }, (_, i) => (i < 15 ? i + 1 : i + 2));
    const nears = positions.map((position) => open(near, position));
    const fars = positions.map((position) => open(far, position));
    await context.sleep(500);

    // Both ends play at once; what the far end plays has digits in it, which the near end listens for.
    const digits = positions.map((position) => randomDigits(position));
    const heard = nears.map(({ port }) => {
      const own: string[] = [];
      port.events.on((event) => event.type === "digit" && own.push(event.digit));
      port.detectDigits(true);
      return own;
    });
    const ways = [
      ...fars.map((end, i) => ({
        from: end,
        to: nears[i],
        sent: stream(i, digits[i]),
        label: `channel ${i + 1}, in`,
      })),
      ...nears.map((end, i) => ({
        from: end,
        to: fars[i],
        sent: stream(i + 100),
        label: `channel ${i + 1}, out`,
      })),
    ];
    const recordings = ways.map(({ to }, i) =>
      to?.port.record(context.file(`${i}.wav`), { layout: "received" }),
    );
    ways.forEach(({ sent }, i) => writeFileSync(context.file(`sent${i}.alaw`), sent));
    const playing = ways.map(({ from }, i) => from.port.play([context.file(`sent${i}.alaw`)]).finished);
    for (const { reason } of await Promise.all(playing)) context.check(reason === "end", "played to its end");
    await context.sleep(300);
    for (const [i, { sent, label }] of ways.entries()) {
      const end = await recordings[i]?.stop();
      const path = context.file(`${i}.wav`);
      const found = compare(sent, readFileSync(path).subarray(58));
      context.equal(
        [end?.error, found.pieces, found.missing],
        [undefined, 1, 0],
        `${label}: what arrived is what was sent`,
      );
      rmSync(path);
      rmSync(context.file(`sent${i}.alaw`));
    }
    const wrong = positions.filter((_, i) => heard[i]?.join("") !== digits[i]);
    context.equal(wrong, [], `channels of which a digit of ${digits[0]?.length ?? 0} was not heard as sent`);
    for (const { port } of nears) port.detectDigits(false);

    const [first, second] = [nears[0]?.port, nears[1]?.port];
    const [caller, agent] = [fars[0]?.port, fars[1]?.port];
    context.check(
      first !== undefined && second !== undefined && caller !== undefined && agent !== undefined,
      "ports",
    );
    const keys: string[] = [];
    first.events.on((event) => event.type === "digit" && keys.push(event.digit));
    first.detectDigits(true);
    await caller.sendDigits("0123456789ABCD*#", { onMs: 60, offMs: 60 }).finished;
    await context.sleep(300);
    context.equal(keys.join(""), "0123456789ABCD*#", "digits that the engine itself sends");

    first.connect(second);
    await proveBridge(context, caller, agent);
    first.disconnect();

    const ear = caller.record(context.file("barge.wav"), { layout: "received" });
    first.playTone({ parts: [{ frequencies: [440], levelDbm0: -10, ms: 1000 }], repeat: true });
    await context.sleep(500);
    first.stopPlaying();
    await context.sleep(300);
    await ear.stop();
    const quieted = readFileSync(ear.path).subarray(58);
    context.check(quieted.subarray(-800).every(quiet), "barge-in silences the prompt");

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
  const ear = far.record(context.file("words.wav"), { layout: "received" });
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

const keypad = "123A456B789C*0#D";
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const digitBytes = 60 * 8;
/** Noise between two digits: longer than a break must be. */
const gapBytes = 440 * 8;
const perDigit = digitBytes + gapBytes;

const levels = Array.from({ length: 256 }, (_, code) => decodeAlaw(code));
/** The A-law code nearest to a sample. */
const alaw = (sample: number): number =>
  levels.reduce(
    (best, value, code) => (Math.abs(value - sample) < Math.abs((levels[best] ?? 0) - sample) ? code : best),
    0,
  );

/** A digit's 60 ms, A-law, each frequency at -9 dBm0. */
const bursts = new Map(
  Array.from(keypad, (key, i) => {
    const [row = 0, column = 0] = [rows[i >> 2], columns[i & 3]];
    const sine = (hz: number, n: number): number => Math.sin((2 * Math.PI * hz * n) / 8000);
    return [
      key,
      Buffer.from(
        Array.from({ length: digitBytes }, (_, n) => alaw(8100 * (sine(row, n) + sine(column, n)))),
      ),
    ] as const;
  }),
);

function randomDigits(seed: number): string {
  return Array.from(noise(Math.floor((seconds * 8000) / perDigit), seed), (byte) => keypad[byte & 15]).join(
    "",
  );
}

const oneNoise = noise(200_000, 5);
/** Noise from another place for each, with digits in it. */
function stream(place: number, digits = ""): Buffer {
  const sent = Buffer.alloc(seconds * 8000);
  for (let at = 0, from = 1409 * place; at < sent.length; at += gapBytes, from += gapBytes)
    oneNoise.copy(sent, at, from % 100_000, (from % 100_000) + gapBytes);
  Array.from(digits, (digit, i) => bursts.get(digit)?.copy(sent, i * perDigit + gapBytes));
  return sent;
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
