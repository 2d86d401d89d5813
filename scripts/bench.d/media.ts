// The media engine under load: simulated channels that all play, record and detect at once, then bridged, also
// while JavaScript is blocked. Lateness is from a tick's due moment until all ports' audio has been moved.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineStats, Lateness, MediaEngine, MediaPort } from "../../src/media/engine.ts";
import { createMediaEngine } from "../../src/media/native-engine.ts";
import { textPage, writeTiff } from "../../test/support/tiff.ts";
import { figure, type Figure } from "./figure.ts";
import { build, run } from "./native.ts";
import { prompts } from "./prompts.ts";

const seconds = Number(process.env["CALLBOX_BENCH_SECONDS"] ?? "60");

/** Figures are of a box that runs, not of one that starts: its files are open, its memory has been touched. */
const settleMs = Math.min(20_000, (seconds * 1000) / 3);

/** Of `loads`, "mix" and "fax"; all when it says nothing. */
const only = process.env["CALLBOX_BENCH_LOADS"]?.split(",");

const isWanted = (load: string): boolean => only?.includes(load) !== false;

interface Load {
  readonly name: string;
  readonly channels: number;
  readonly bridged?: boolean;
  /** All in one conference, two thirds of them speaking. */
  readonly conference?: boolean;
  readonly blocked?: boolean;
}

const loads: readonly Load[] = [
  { name: "30", channels: 30 },
  { name: "120", channels: 120 },
  { name: "240", channels: 240 },
  { name: "480", channels: 480 },
  { name: "30.blocked", channels: 30, blocked: true },
  { name: "240.blocked", channels: 240, blocked: true },
  { name: "240.bridged", channels: 240, bridged: true },
  { name: "240.conference", channels: 240, conference: true },
];

export async function* figures(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "callbox-bench-"));
  try {
    const wanted = loads.filter(({ name }) => isWanted(name));
    const idler = wanted.length === 0 ? "" : await build("standstill");
    for (const load of wanted) {
      const peer = await timerLateness(load);
      const machine = run<Standstill>(idler, [String(seconds + settleMs / 1000 + 1)]);
      const { cpu, processCpu, stats, lateness } = await measure(load, folder);
      const standstills = await machine;
      const name = (measure: string): string => `media.${load.name}.${measure}`;
      const scale = load.channels / 240;
      yield figure(
        name("cpu"),
        cpu,
        "% of a core",
        load.bridged === true || load.conference === true ? 16 : 8 * Math.max(scale, 0.25),
        "lower",
        {
          "whole process with JavaScript": Math.round(processCpu * 10) / 10,
        },
      );
      yield figure(name("p50Lateness"), lateness.p50, "ms", 1, "lower");
      yield figure(name("p99Lateness"), lateness.p99, "ms", 2, "lower", {
        "JavaScript timer": peer.p99,
      });
      yield figure(name("maxLateness"), lateness.max, "ms", 5, "lower", {
        "JavaScript timer": peer.max,
        "all processors stood still": Math.max(0, ...standstills.map(({ fromMs, toMs }) => toMs - fromMs)),
        "times over 5 ms": standstills.filter(({ fromMs, toMs }) => toMs - fromMs > 5).length,
      });
      yield figure(name("ownLateness"), ownLateness(lateness, standstills), "ms", 5, "lower");
      yield figure(name("underruns"), stats.underruns, "", 0, "lower");
    }
    if (isWanted("mix")) yield* mixFigures();
    if (isWanted("fax")) yield* faxFigures(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The mixer by itself: A-law in and out, levels and roles with it; beside it a sum by the plainest loops. */
async function* mixFigures(): AsyncGenerator<Figure> {
  interface Mixed {
    readonly callbox: number;
    readonly plain: number;
  }
  for (const { callbox, plain } of await run<Mixed>(await build("mix")))
    yield figure("media.240.mix", callbox, "party-channels", 80_000, "higher", { "bare sum": plain });
}

/** Faxes that are sent and received at once, 120 ends of them: what T.30 and its modems cost, the moving of audio with it. */
async function* faxFigures(folder: string): AsyncGenerator<Figure> {
  const lines = 60;
  const file = join(folder, "pages.tif");
  writeTiff(
    file,
    [1, 2, 3].map((n) => textPage(n, 250)),
  );
  const engine = createMediaEngine();
  const began = performance.now();
  const ends = await Promise.all(
    Array.from({ length: lines }, async (_, i) => {
      const [from, to] = [pairPort(engine, i, "near"), pairPort(engine, i, "far")];
      const receiving = to.fax({ calling: false, receive: join(folder, `fax${i}.tif`) });
      const { pages } = await from.fax({ calling: true, send: file }).finished;
      await receiving.finished;
      return { pages, seconds: (performance.now() - began) / 1000 };
    }),
  );
  const { media, files } = engine.stats().cpuMs;
  await engine.close();
  const cpuSeconds = (media + files) / 1000;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  yield figure(
    "media.fax.pages",
    sum(ends.map(({ pages }) => pages)) / cpuSeconds,
    "pages per CPU-second",
    10,
    "higher",
  );
  const endSeconds = 2 * sum(ends.map(({ seconds }) => seconds));
  const [bare] = await run<{ readonly ends: number }>(await build("fax"), [file, join(folder, "bare.tif")]);
  const alone = bare?.ends ?? 0;
  yield figure("media.fax.ends", endSeconds / cpuSeconds, "ends per core", 1850, "higher", {
    "spandsp alone": alone,
  });
}

/** When all processors stood still at once (CLOCK_MONOTONIC), with every program on them. */
interface Standstill {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The most that a tick was late without what the machine stood still meanwhile. */
function ownLateness({ max, late }: Lateness, standstills: readonly Standstill[]): number {
  // Nothing is known of those before the latest 64 that were late.
  const others = late.length < 64 ? Math.min(max, 4) : max;
  const own = late.map(({ atMs, lateMs }) => {
    const stood = standstills.map(
      ({ fromMs, toMs }) => Math.min(toMs, atMs) - Math.max(fromMs, atMs - lateMs),
    );
    return lateMs - stood.filter((ms) => ms > 0).reduce((sum, ms) => sum + ms, 0);
  });
  return Math.max(others, ...own);
}

interface Measured {
  /** Of the media and file threads, per cent of a core. */
  readonly cpu: number;
  readonly processCpu: number;
  readonly stats: EngineStats;
  readonly lateness: Lateness;
}

async function measure(load: Load, folder: string): Promise<Measured> {
  const engine = createMediaEngine();
  if (load.bridged === true) startBridges(engine, load.channels);
  else if (load.conference === true) startConference(engine, load.channels);
  else startChannels(engine, load.channels, folder);
  await sleep(settleMs);
  const unblock = load.blocked === true ? blockJavaScript() : undefined;
  const before = engine.stats();
  engine.takeLateness();
  const processBefore = process.cpuUsage();
  const began = performance.now();
  await sleep(seconds * 1000);
  const elapsed = performance.now() - began;
  const stats = engine.stats();
  const lateness = engine.takeLateness();
  const { user, system } = process.cpuUsage(processBefore);
  unblock?.();
  await engine.close();
  const used = stats.cpuMs.media + stats.cpuMs.files - before.cpuMs.media - before.cpuMs.files;
  return {
    cpu: (100 * used) / elapsed,
    processCpu: (user + system) / 10 / elapsed,
    stats: { ...stats, underruns: stats.underruns - before.underruns },
    lateness,
  };
}

/** Channels in cross-connected pairs, each with its own prompts, its own stereo file and digits listened for. */
function startChannels(engine: MediaEngine, channels: number, folder: string): void {
  const files = prompts(folder);
  for (let i = 0; i < channels; i++) {
    const port = pairPort(engine, i >> 1, i % 2 === 0 ? "near" : "far");
    const begin = (i * 7) % files.length;
    port.detectDigits(true);
    port.play([...files.slice(begin), ...files.slice(0, begin)], { loop: true, offsetMs: i * 37 });
    port.record(join(folder, `${i}.wav`));
  }
}

/** Bridges of two channels; at the far ends of both somebody speaks, which is in the figure too. */
function startBridges(engine: MediaEngine, channels: number): void {
  const nears = Array.from({ length: channels }, (_, i) => {
    speak(pairPort(engine, i, "far"), i);
    return pairPort(engine, i, "near");
  });
  nears.forEach((port, i) => {
    const other = nears[i + 1];
    if (i % 2 === 0 && other !== undefined) port.connect(other);
  });
}

function startConference(engine: MediaEngine, channels: number): void {
  const conference = engine.openConference();
  for (let i = 0; i < channels; i++) {
    if (i % 3 > 0) speak(pairPort(engine, i, "far"), i);
    conference.join(pairPort(engine, i, "near"));
  }
}

const speak = (port: MediaPort, index: number): unknown =>
  port.playTone({
    parts: [{ frequencies: [300 + 10 * index], levelDbm0: -13, ms: 1000 }],
    repeat: true,
  });

const pairPort = (engine: MediaEngine, pair: number, side: "near" | "far"): MediaPort =>
  engine.open({ kind: "pair", pair: `${pair}`, side, law: "alaw" });

/** Blocks this thread for 150 ms in every second. */
function blockJavaScript(): () => void {
  const timer = setInterval(() => {
    const until = performance.now() + 150;
    while (performance.now() < until);
  }, 1000);
  return () => clearInterval(timer);
}

/** The peer: a timer of JavaScript that copies as many channels' bytes every 20 ms. */
async function timerLateness(load: Load): Promise<{ p99: number; max: number }> {
  const unblock = load.blocked === true ? blockJavaScript() : undefined;
  const buffers = Array.from({ length: load.channels }, () => Buffer.alloc(160));
  const late: number[] = [];
  let due = performance.now() + 20;
  const until = due + Math.min(seconds / 2, 30) * 1000;
  while (due < until) {
    await sleep(Math.max(0, due - performance.now()));
    buffers.forEach((buffer, i) => buffers.at(i - 1)?.copy(buffer));
    late.push(performance.now() - due);
    due += 20;
  }
  unblock?.();
  late.sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round(10 * (late[Math.floor(part * (late.length - 1))] ?? 0)) / 10;
  return { p99: at(0.99), max: at(1) };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
