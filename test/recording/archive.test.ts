// Recordings that are some days old, made small: what is in them stays, the journal says where it is now, and what cannot be
// made small stays as it was. By the programs themselves.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import type { Settings } from "../../src/config/settings.ts";
import { archiveOld, type ArchiveDeps } from "../../src/recording/archive.ts";
import { evolveRecord } from "../../src/shared/call-record.ts";
import type { JournalEntry, JournalEvent } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { alawDecode, wave } from "../media/support.ts";
import { temporaryFolder } from "../support/folder.ts";
import { createTestClock } from "../support/test-clock.ts";

const now = Date.UTC(2026, 10, 28, 12);
const call = "01JABCDEFGHJKMNPQRSTVWXYZ0";
const rate = 8000;

/** A-law codes of a tone on each side. */
function tones(seconds: number, hz: readonly number[]): Uint8Array {
  const codes = Array.from({ length: 256 }, (_, code) => [alawDecode(code), code] as const).sort(
    (a, b) => a[0] - b[0],
  );
  const nearest = (value: number): number =>
    codes.reduce((best, one) => (Math.abs(one[0] - value) < Math.abs(best[0] - value) ? one : best))[1];
  const length = seconds * rate;
  // One period of a second of each is enough: both repeat in it.
  const sides = hz.map((one) =>
    Array.from({ length: rate }, (_, i) => nearest(8000 * Math.sin((2 * Math.PI * one * i) / rate))),
  );
  return Uint8Array.from({ length: length * hz.length }, (_, i) => {
    const frame = Math.floor(i / hz.length) % rate;
    return sides[i % hz.length]?.[frame] ?? 0;
  });
}

interface House {
  readonly folder: string;
  readonly noted: JournalEntry[];
  readonly recording: { archive: Settings["recording"]["archive"]; archiveAfterDays: number };
  readonly deps: ArchiveDeps;
  readonly clock: ReturnType<typeof createTestClock>;
  put(file: string, bytes: Uint8Array): void;
  run(): Promise<void>;
}

function house(archive: "none" | "opus" | "flac"): House {
  const folder = temporaryFolder("archive");
  const noted: JournalEntry[] = [];
  const recording = { archive, archiveAfterDays: 7 };
  const clock = createTestClock(now);
  const deps: ArchiveDeps = {
    folder,
    settings: () => recording,
    clock,
    note: (entry) => void noted.push(entry),
    log: silentLogger,
  };
  return {
    folder,
    noted,
    recording,
    deps,
    clock,
    put(file, bytes) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), bytes);
    },
    async run() {
      const done = archiveOld(deps);
      const tick = setInterval(() => void clock.advance(1000), 5);
      await done;
      clearInterval(tick);
    },
  };
}

const decoded = (file: string): Int16Array => {
  const raw = file.endsWith(".flac")
    ? execFileSync("flac", [
        "-d",
        "-c",
        "--silent",
        "--force-raw-format",
        "--endian=little",
        "--sign=signed",
        file,
      ])
    : execFileSync("opusdec", ["--quiet", "--rate", String(rate), file, "-"]);
  return new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + (raw.length & ~1)));
};

/** Of a side, at a frequency: amplitude. */
function amplitude(samples: Int16Array, side: number, sides: number, hz: number): number {
  let [re, im, count] = [0, 0, 0];
  for (let i = side + rate * sides; i < samples.length - rate * sides; i += sides) {
    const angle = (2 * Math.PI * hz * Math.floor(i / sides)) / rate;
    re += (samples[i] ?? 0) * Math.cos(angle);
    im += (samples[i] ?? 0) * Math.sin(angle);
    count++;
  }
  return (2 * Math.hypot(re, im)) / count;
}

const sound = tones(6, [440, 1000]);
const stereo = wave(sound, { channels: 2 });
const old = `2026/11/20/${call}.wav`;

t.test("FLAC has every sample, and says so in the journal; newer recordings stay", async (t) => {
  const at = house("flac");
  at.put(old, stereo);
  at.put(`2026/11/20/${call}-2.wav`, wave(tones(1, [600])));
  at.put(`2026/11/21/${call}.wav`, stereo);
  at.put("2026/11/20/notes.txt", Buffer.from("not ours"));
  await at.run();
  t.same(readdirSync(join(at.folder, "2026/11/20")).sort(), [`${call}-2.flac`, `${call}.flac`, "notes.txt"]);
  t.same(readdirSync(join(at.folder, "2026/11/21")), [`${call}.wav`], "of seven days ago");
  const file = join(at.folder, `2026/11/20/${call}.flac`);
  t.same(
    decoded(file),
    Int16Array.from(sound, (code) => alawDecode(code)),
  );
  const bytes = readFileSync(file);
  const to = `2026/11/20/${call}.flac`;
  const entry = at.noted.find((one) => one.type === "recording.archived" && one.to === to);
  t.same(entry, {
    type: "recording.archived",
    call,
    file: old,
    to,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  t.match(
    at.noted.find((one) => one !== entry),
    { call, file: `2026/11/20/${call}-2.wav` },
  );
  at.noted.length = 0;
  await at.run();
  t.same(at.noted, [], "once");
});

t.test("Opus: both sides as they were, a third of the size", async (t) => {
  const at = house("opus");
  at.put(old, stereo);
  await at.run();
  const file = join(at.folder, `2026/11/20/${call}.opus`);
  const samples = decoded(file);
  t.ok(Math.abs(samples.length / 2 / rate - 6) < 0.1, `${samples.length / 2 / rate} s`);
  t.ok(
    readFileSync(file).length < stereo.length / 2.5,
    `${readFileSync(file).length} of ${stereo.length} bytes`,
  );
  for (const [side, own, other] of [
    [0, 440, 1000],
    [1, 1000, 440],
  ] as const) {
    t.ok(Math.abs(amplitude(samples, side, 2, own) / 8000 - 1) < 0.2, `side ${side} is heard`);
    t.ok(amplitude(samples, side, 2, other) < 80, `and the other is not, on side ${side}`);
  }
});

t.test("what cannot be made small stays as it was; the others are archived", async (t) => {
  const at = house("flac");
  at.put(`2026/11/19/${call}.wav`, Buffer.from("no recording"));
  at.put(old, stereo);
  at.put(`2026/11/18/${call}.wav`, wave(sound, { channels: 2, dataSize: 0xffffff00 }));
  await at.run();
  t.ok(existsSync(join(at.folder, `2026/11/19/${call}.wav`)));
  t.same(
    at.noted.map((one) => one.type === "recording.archived" && one.to),
    [`2026/11/18/${call}.flac`, `2026/11/20/${call}.flac`],
    "one that its writer did not end as well",
  );
  const broken = house("opus");
  broken.put(old, stereo);
  const failing = archiveOld({ ...broken.deps, encode: () => Promise.reject(new Error("no program")) });
  await failing;
  t.same(readdirSync(join(broken.folder, "2026/11/20")), [`${call}.wav`]);
  t.same(broken.noted, []);
});

t.test("switched off by default; given up when the box stops", async (t) => {
  const at = house("none");
  at.put(old, stereo);
  await archiveOld(at.deps);
  at.recording.archive = "flac";
  await archiveOld(at.deps, AbortSignal.abort());
  t.same(at.noted, []);
});

t.test("its record has the new file, with its digest", (t) => {
  const events: readonly JournalEvent[] = [
    {
      type: "recording.finished",
      call,
      file: old,
      bytes: 96_044,
      durationMs: 6000,
      reason: "stopped",
      v: 1,
      at: now,
      sha256: "a",
    },
    {
      type: "recording.archived",
      call,
      file: old,
      to: `2026/11/20/${call}.opus`,
      bytes: 24_000,
      sha256: "b",
      v: 1,
      at: now,
    },
  ];
  const record = events.reduce(evolveRecord, {
    call,
    recordings: [{ file: old }],
    open: {},
  } as unknown as ReturnType<typeof evolveRecord>);
  t.same(record?.recordings, [
    { file: `2026/11/20/${call}.opus`, durationMs: 6000, bytes: 24_000, sha256: "b" },
  ]);
  t.end();
});
