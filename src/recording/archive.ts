// Makes recordings that are some days old small: Opus (RFC 6716) or FLAC in their place, one after another, at the lowest
// priority, by Debian's opusenc and flac. A recording that cannot be made small stays as it is.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Settings } from "../config/settings.ts";
import { decodeAudio } from "../media/read-audio.ts";
import { readWaveHead, waveRate, type WaveHead } from "../media/wave-file.ts";
import type { Clock } from "../shared/clock.ts";
import { inBackground } from "../shared/background.ts";
import { namesIn } from "../shared/folders.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { dayBefore, daysOf } from "./days.ts";
import { callOfRecording } from "./recorder.ts";

export type ArchiveFormat = "opus" | "flac";

export interface ArchiveDeps {
  readonly folder: string;
  readonly settings: () => Pick<Settings["recording"], "archive" | "archiveAfterDays">;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  /** Writes 16-bit samples to a file; the programs unless a test gives its own. */
  readonly encode?: Encode;
}

type Encode = (samples: Readable, head: WaveHead, format: ArchiveFormat, file: string) => Promise<void>;

/** The journal says first where a recording is now, then the old file goes. */
const settledMs = 5000;

/** Archives what is old enough and not archived yet. */
export async function archiveOld(deps: ArchiveDeps, signal?: AbortSignal): Promise<void> {
  const { folder, settings, clock, log } = deps;
  const format = settings().archive;
  if (format === "none") return;
  const keepFrom = dayBefore(clock.now(), settings().archiveAfterDays);
  const done: string[] = [];
  for (const day of await daysOf(folder)) {
    if (day >= keepFrom) break;
    for (const name of await namesIn(join(folder, day), /\.wav$/)) {
      if (signal?.aborted === true) return;
      const file = `${day}/${name}`;
      await archive(file, format, deps).then(
        () => done.push(join(folder, file)),
        (error: unknown) =>
          log.warn({ err: error, file }, "a recording stays as it is: it could not be archived"),
      );
    }
  }
  if (done.length === 0) return;
  await new Promise<void>((resolve) => clock.after(settledMs, resolve));
  for (const path of done) await rm(path, { force: true });
}

async function archive(
  file: string,
  format: ArchiveFormat,
  { folder, note, encode = byProgram }: ArchiveDeps,
): Promise<void> {
  const from = join(folder, file);
  const to = file.replace(/\.wav$/u, `.${format}`);
  const unfinished = `${join(folder, to)}.part`;
  const head = await readWaveHead(from);
  try {
    await encode(linearSamples(from, head), head, format, unfinished);
    const { bytes, sha256 } = await secured(unfinished);
    await rename(unfinished, join(folder, to));
    note({ type: "recording.archived", call: callOfRecording(file), file, to, bytes, sha256 });
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** On the disk itself, and readable as its recording was. */
async function secured(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  await chmod(path, 0o640);
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

/** 16-bit little-endian samples of a recording, side by side as they are in it. */
function linearSamples(path: string, { law, dataOffset, dataBytes }: WaveHead): Readable {
  const stream = createReadStream(path, { start: dataOffset, end: dataOffset + dataBytes - 1 });
  if (law === "linear16") return stream;
  return stream.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        done(null, Buffer.from(decodeAudio(law, chunk).buffer));
      },
    }),
  );
}

/** So much for each side: with less, one side is heard on the other. */
const opusKbits = 24;

/** Raw samples from standard input. */
const optionsOf: Readonly<Record<ArchiveFormat, (channels: number, file: string) => readonly string[]>> = {
  opus: (channels, file) => [
    ...["--quiet", "--speech", "--bitrate", String(opusKbits * channels)],
    ...["--raw", "--raw-rate", String(waveRate), "--raw-chan", String(channels), "-", file],
  ],
  flac: (channels, file) => [
    ...["--silent", "--verify", "--force", "--force-raw-format", "--endian=little", "--sign=signed"],
    ...["--bps=16", `--channels=${channels}`, `--sample-rate=${waveRate}`, "-o", file, "-"],
  ],
};

async function byProgram(
  samples: Readable,
  { channels }: WaveHead,
  format: ArchiveFormat,
  file: string,
): Promise<void> {
  const program = format === "opus" ? "opusenc" : "flac";
  const child = spawn(...inBackground(program, optionsOf[format](channels, file)), {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-500)));
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${format}: ${said.trim()}`))));
  });
  // Whatever broke the pipe, the program says it better.
  await Promise.all([ended, pipeline(samples, child.stdin).catch(() => undefined)]);
}
