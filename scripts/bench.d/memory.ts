// What a channel costs in memory, and whether it grows: 240 channels that play, record and are listened to, while prompts
// and recordings begin and end and channels open and close. An hour of it with --soak.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryUsage } from "node:process";
import type { MediaEngine, MediaPort, Recording } from "../../src/media/engine.ts";
import { createMediaEngine } from "../../src/media/native-engine.ts";
import { figure, type Figure } from "./figure.ts";
import { prompts } from "./prompts.ts";

const seconds = Number(process.env["CALLBOX_BENCH_MEMORY_SECONDS"] ?? "60");
const channels = 240;
const mega = 1024 * 1024;

interface Channel {
  readonly index: number;
  port: MediaPort;
  recording: Recording;
}

export async function* figures(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "callbox-memory-"));
  try {
    const files = prompts(folder);
    const engine = createMediaEngine();
    const empty = resident();
    const all = Array.from({ length: channels }, (_, index) => open(engine, index, folder, files));
    const samples: number[] = [];
    let turn = 0;
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      await sleep(1000);
      // Each channel's turn comes twice a minute: a new prompt, a new file, and every third time a new port.
      for (let n = 0; n < channels / 30; n++, turn++)
        await renew(engine, all[turn % channels], folder, files);
      samples.push(resident());
    }
    const part = Math.ceil(samples.length / 5);
    const [early, late] = [Math.max(...samples.slice(part, 2 * part)), Math.max(...samples.slice(-part))];
    await engine.close();
    yield figure(
      "memory.240.perChannel",
      (Math.max(...samples) - empty) / channels / 1024,
      "KB",
      256,
      "lower",
    );
    yield figure("memory.240.growth", Math.max(0, late - early) / mega, `MB in ${seconds} s`, 1, "lower", {
      "at most, MB": Math.round(Math.max(...samples) / mega),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function open(engine: MediaEngine, index: number, folder: string, files: readonly string[]): Channel {
  const side = index % 2 === 0 ? "near" : "far";
  const port = engine.open({ kind: "pair", pair: `${index >> 1}`, side, law: "alaw" });
  port.detectDigits(true);
  begin(port, index, files);
  return { index, port, recording: port.record(join(folder, `${index}.wav`)) };
}

const begin = (port: MediaPort, turn: number, files: readonly string[]): unknown => {
  const first = (turn * 7) % files.length;
  return port.play([...files.slice(first), ...files.slice(0, first)], { loop: true });
};

async function renew(
  engine: MediaEngine,
  channel: Channel | undefined,
  folder: string,
  files: readonly string[],
): Promise<void> {
  if (channel === undefined) return;
  await channel.recording.stop();
  if (Math.random() < 1 / 3) {
    await channel.port.close();
    Object.assign(channel, open(engine, channel.index, folder, files));
    return;
  }
  begin(channel.port, Math.floor(Math.random() * 1000), files);
  channel.recording = channel.port.record(join(folder, `${channel.index}.wav`));
}

/** After all garbage is gone. */
function resident(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return memoryUsage.rss();
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
