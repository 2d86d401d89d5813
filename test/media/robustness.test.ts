// Whatever JavaScript does: wrong types, closed ports, everything at once, sudden ends. Nothing crashes or leaks.
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import t from "tap";
import { engine } from "node-dahdi";
import type { MediaPort, Playback, Recording, StreamPort } from "../../src/media/engine.ts";
import { createMediaEngine } from "../../src/media/native-engine.ts";
import { engineFor, folder, noise, pair, pass, wave, writeWave } from "./support.ts";

const dir = folder();
const file = writeWave(join(dir, "a.wav"), noise(2000, 7));
const openFiles = (): number => readdirSync("/proc/self/fd").length;
const engineFile = join(import.meta.dirname, "../../src/media/native-engine.ts");

t.test("wrong types and ids are errors or nothing, never a crash", (t) => {
  const native = engine.createNativeEngine(() => undefined);
  const values: readonly unknown[] = [
    undefined,
    null,
    -1,
    0,
    1,
    1.5,
    NaN,
    2 ** 40,
    "",
    "x",
    "a\0b",
    [],
    {},
    [1],
    () => 1,
    10n,
    Symbol("s"),
    new Float64Array(3),
    new Int16Array(5),
    new Uint8Array(0),
    true,
  ];
  const port = native.openPair("1", "near", "alaw");
  t.equal(port, 1);
  const face = native as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  const methods = [
    "openDahdi",
    "openPair",
    "closePort",
    "playFiles",
    "playTone",
    "stopPlaying",
    "record",
    "stopRecording",
    "detect",
    "connect",
    "disconnect",
    "mute",
    "write",
    "listen",
    "portStats",
    "stats",
  ];
  let thrown = 0;
  let state = 7;
  const any = (): unknown => values[(state = (Math.imul(state, 1103515245) + 12345) >>> 1) % values.length];
  for (let i = 0; i < 20_000; i++) {
    const method = methods[i % methods.length] ?? "";
    try {
      face[method]?.(any(), any(), any(), any(), any());
    } catch (error) {
      thrown++;
      if (!(error instanceof TypeError) || !/^ERR_/u.test(String((error as { code?: unknown }).code))) {
        t.fail(`${method}: ${String(error)}`);
      }
    }
  }
  t.ok(thrown > 10_000, `${thrown} refused with a code`);
  const Engine = native.constructor as unknown as new (...args: readonly unknown[]) => unknown;
  t.throws(() => new Engine(3), TypeError);
  t.throws(() => (Engine as unknown as () => unknown)(), TypeError, "without new");
  t.throws(() => face["stats"]?.call({}), "on another object");
  native.close();
  native.close();
  t.throws(() => native.stats(), { code: "ERR_CLOSED" });
  t.end();
});

t.test("any order of calls: every promise settles, nothing stays open", async (t) => {
  const before = openFiles();
  const step = fc.record({
    port: fc.nat(3),
    other: fc.nat(3),
    call: fc.constantFrom(
      "play",
      "loop",
      "tone",
      "digits",
      "stop",
      "record",
      "stopRecord",
      "connect",
      "disconnect",
      "mute",
      "detect",
      "close",
      "reopen",
      "write",
      "listen",
    ),
  });
  const run = async (steps: readonly { port: number; other: number; call: string }[]): Promise<void> => {
    const engine = createMediaEngine();
    const open = (i: number): MediaPort & Partial<StreamPort> =>
      i === 3 ? engine.openStream() : engine.open(pair(`${i >> 1}`, i % 2 === 0 ? "near" : "far"));
    const ports = [0, 1, 2, 3].map((i) => open(i));
    const playbacks: Playback[] = [];
    const recordings: Recording[] = [];
    for (const { port: index, other: otherIndex, call } of steps) {
      const [port, other] = [ports[index], ports[otherIndex]];
      if (port === undefined || other === undefined) continue;
      if (call === "play") playbacks.push(port.play([file, "/missing.wav"]));
      else if (call === "loop") playbacks.push(port.play([file], { loop: true }));
      else if (call === "tone")
        playbacks.push(
          port.playTone({ parts: [{ frequencies: [425], levelDbm0: -9, ms: 3 }], repeat: true }),
        );
      else if (call === "digits") playbacks.push(port.sendDigits("12"));
      else if (call === "stop") port.stopPlaying();
      else if (call === "record") recordings.push(port.record(join(dir, `${recordings.length}.wav`)));
      else if (call === "stopRecord") void recordings.at(-1)?.stop();
      else if (call === "connect") port.connect(other);
      else if (call === "disconnect") port.disconnect();
      else if (call === "mute") port.mute({ receive: index > 1, send: otherIndex > 1 });
      else if (call === "detect") port.detectDigits(true);
      else if (call === "close") void port.close();
      else if (call === "reopen") ports[index] = open(index);
      else if (call === "write") port.write?.(new Int16Array(160));
      else port.onAudio?.(() => undefined);
      if (index === 0 && otherIndex === 0) await pass(other, 8);
    }
    await engine.close();
    const plays = await Promise.all(playbacks.map(async (playback) => (await playback.finished).reason));
    const records = await Promise.all(recordings.map(async (recording) => (await recording.finished).reason));
    const known = ["end", "stopped", "replaced", "closed", "error", "max"];
    if (![...plays, ...records].every((reason) => known.includes(reason))) throw new Error("unknown reason");
    if (engine.stats().ports + engine.stats().playing + engine.stats().recording !== 0)
      throw new Error("left over");
  };
  await t.resolves(fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), run), { numRuns: 40 }));
  t.ok(openFiles() <= before + 2, `${openFiles()} files open, ${before} before`);
});

t.test("a thousand ports opened, used and closed leave nothing behind", async (t) => {
  const engine = engineFor(t);
  const before = openFiles();
  for (let i = 0; i < 50; i++) {
    const ports = Array.from({ length: 20 }, (_, n) =>
      engine.open(pair(`${n >> 1}`, n % 2 === 0 ? "near" : "far")),
    );
    const playbacks = ports.map((port) => port.play([file], { loop: true }));
    const recordings = ports.slice(0, 3).map((port, n) => port.record(join(dir, `cycle${n}.wav`)));
    ports[0]?.connect(ports[1] as MediaPort);
    await Promise.all(ports.map((port) => port.close()));
    const ends = await Promise.all(playbacks.map((playback) => playback.finished));
    if (!ends.every((end) => end.reason === "closed")) t.fail("a playback that did not end with its port");
    await Promise.all(recordings.map((recording) => recording.finished));
  }
  const { ports, playing, recording } = engine.stats();
  t.match({ ports, playing, recording }, { ports: 0, playing: 0, recording: 0 });
  await pass(engine.open(pair("1", "near")), 250);
  t.equal(engine.stats().openFiles, 0);
  t.equal(openFiles(), before);
});

t.test("there are 1,024 ports, and the next one says so", async (t) => {
  const engine = engineFor(t);
  const ports = Array.from({ length: 1024 }, (_, i) => engine.open(pair(`${i}`, "near")));
  t.throws(() => engine.open(pair("more", "near")), { code: "ERR_MEDIA_PORTS" });
  await ports[0]?.close();
  t.ok(engine.open(pair("more", "near")).id > 0);
});

t.test("a hundred thousand orders at once are all carried out", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  const playbacks = Array.from({ length: 30_000 }, () =>
    port.playTone({ parts: [{ frequencies: [425], levelDbm0: -9, ms: 1000 }], repeat: true }),
  );
  for (let i = 0; i < 70_000; i++) port.mute({ send: i % 2 === 0 });
  port.stopPlaying();
  const reasons = await Promise.all(playbacks.map(async (playback) => (await playback.finished).reason));
  t.equal(reasons.filter((reason) => reason === "replaced").length, 29_999);
  t.equal(reasons.at(-1), "stopped");
});

t.test("hostile WAV headers play, or are named, and never hang", async (t) => {
  const engine = engineFor(t);
  const good = wave(noise(300, 9));
  const port = engine.open(pair("1", "near"));
  let count = 0;
  await t.resolves(
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(47), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        async (changes, length) => {
          const bytes = Buffer.from(good.subarray(0, length));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const path = join(dir, `fuzz${count++ % 50}.wav`);
          writeFileSync(path, bytes);
          const playback = port.play([path], { loop: count % 3 === 0 });
          if (count % 3 === 0) playback.stop();
          const { reason } = await playback.finished;
          return ["end", "error", "stopped"].includes(reason);
        },
      ),
      { numRuns: 150 },
    ),
  );
});

const started = `
  import { createMediaEngine } from ${JSON.stringify(engineFile)};
  const engine = createMediaEngine();
  const near = engine.open({ kind: "pair", pair: "1", side: "near", law: "alaw" });
  const far = engine.open({ kind: "pair", pair: "1", side: "far", law: "alaw" });
  near.record(${JSON.stringify(join(dir, "exit.wav"))});
  near.detectDigits(true);
  far.play([${JSON.stringify(file)}], { loop: true });
  const stream = engine.openStream();
  stream.connect(near);
  stream.onAudio(() => undefined);
  const wait = (ms) => near.playTone({ parts: [{ frequencies: [], levelDbm0: 0, ms }], repeat: false }).finished;
`;

t.test("a process may end with everything open", (t) => {
  const table: readonly (readonly [string, string, number])[] = [
    ["process.exit", "await wait(30); process.exit(7);", 7],
    ["at once", "process.exit(7);", 7],
    ["an error", "await wait(30); throw new Error('on purpose');", 1],
    ["an engine without ports keeps nothing alive", "await engine.close(); createMediaEngine();", 0],
    [
      "dropped without closing",
      "await engine.close(); for (let i = 0; i < 20; i++) createMediaEngine(); globalThis.gc(); await new Promise(setImmediate); globalThis.gc();",
      0,
    ],
    [
      "a listener that throws",
      "process.on('uncaughtException', () => process.exit(9)); stream.onAudio(() => { throw new Error('listener'); }); await wait(500);",
      9,
    ],
  ];
  for (const [name, code, status] of table) {
    const child = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", started + code], {
      encoding: "utf8",
      timeout: 20_000,
    });
    t.equal(child.signal, null, `${name}: no signal ${child.stderr.slice(0, 300)}`);
    t.equal(child.status, status, name);
  }
  t.end();
});

t.test("a worker may end with everything open, again and again", async (t) => {
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(
      `${started} await wait(20); ${i % 2 === 0 ? "process.exit(0)" : "postMessage('up')"};`.replace(
        "import {",
        "import { parentPort } from 'node:worker_threads'; const postMessage = (m) => parentPort.postMessage(m); import {",
      ),
      { eval: true, execArgv: ["--input-type=module"] },
    );
    await new Promise((resolve) => worker.once(i % 2 === 0 ? "exit" : "message", resolve));
    await worker.terminate();
  }
  const engine = engineFor(t);
  t.match(
    await engine.open(pair("1", "near")).play([file]).finished,
    { reason: "end" },
    "and the next engine works",
  );
});
