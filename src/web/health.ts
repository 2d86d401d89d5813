// How the box is doing, in figures, and what needs somebody.
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { cardQueue, type Lateness } from "../media/engine.ts";
import { errorCodes } from "../shared/error-codes.ts";
import type { ErrorCode } from "../shared/errors.ts";
import type { Health } from "./api/health.ts";
import type { WebDeps } from "./deps.ts";

export interface HealthSampler {
  /** The last sample; the first is taken by `sample`. */
  current(): Health;
  sample(): Promise<Health>;
  close(): void;
}

type HealthDeps = Pick<
  WebDeps,
  | "settings"
  | "storage"
  | "lines"
  | "media"
  | "recorder"
  | "board"
  | "version"
  | "recordingsDir"
  | "clock"
  | "log"
>;

// An hour of thirty calls in stereo A-law takes 1.7 GB.
const diskLow = 2_000_000_000;
/** So long after the machine stood still somebody is told. */
const stallToldMs = 3_600_000;

export function createHealth(deps: HealthDeps): HealthSampler {
  const { clock, media, board, version, recordingsDir, log } = deps;
  const startedAt = clock.now();
  const started = clock.monotonic();
  const loopDelay = monitorEventLoopDelay({ resolution: 20 });
  loopDelay.enable();
  let last: Health | undefined;
  /** The longest of the last hour in which the machine stood still. */
  let stall: Stall | undefined;

  /** What a card still has to send when the media thread is late bears so much, and no more. */
  const noticeStall = ({ late }: Lateness): void => {
    const now = clock.now();
    const stood = late.filter(({ lateMs }) => lateMs > cardQueue.leastMs);
    if (stood.length > 0) log.warn({ late: stood }, "the machine stood still: audio was late");
    if (stall !== undefined && now - stall.at >= stallToldMs) stall = undefined;
    const longest = Math.max(...stood.map(({ lateMs }) => lateMs));
    if (longest > (stall?.ms ?? 0)) stall = { at: now, ms: longest };
  };

  const take = (diskFreeBytes: number | undefined): Health => {
    const { ports, playing, recording, realtime, underruns } = media.stats();
    const lateness = media.takeLateness();
    noticeStall(lateness);
    const latenessP99Ms = round(lateness.p99);
    const warnings = warningsOf(deps, realtime, stall, diskFreeBytes);
    const loopDelayP99Ms = round(Math.max(0, loopDelay.percentile(99) / 1e6 - 20));
    loopDelay.reset();
    last = {
      status: warnings.length === 0 ? "ok" : "degraded",
      version,
      startedAt,
      uptimeMs: Math.round(clock.monotonic() - started),
      board,
      rssBytes: process.memoryUsage.rss(),
      diskFreeBytes: diskFreeBytes ?? 0,
      media: { ports, playing, recording, realtime, underruns, latenessP99Ms },
      loopDelayP99Ms,
      warnings: warnings.map(({ code, detail }) => ({
        code,
        message: detail === undefined ? errorCodes[code].message : `${errorCodes[code].message}: ${detail}`,
        remedy: errorCodes[code].remedy,
      })),
    };
    return last;
  };

  return {
    current: () => last ?? take(undefined),
    async sample() {
      // The folder itself comes with the first recording.
      const disk = await statfs(recordingsDir).catch(() =>
        statfs(dirname(recordingsDir)).catch(() => undefined),
      );
      return take(disk === undefined ? undefined : disk.bavail * disk.bsize);
    },
    close: () => loopDelay.disable(),
  };
}

interface Stall {
  readonly at: number;
  readonly ms: number;
}

interface Warning {
  readonly code: ErrorCode;
  readonly detail?: string | undefined;
}

function warningsOf(
  deps: HealthDeps,
  realtime: boolean,
  stall: Stall | undefined,
  diskFreeBytes: number | undefined,
): readonly Warning[] {
  const { settings, storage, lines, recorder, recordingsDir } = deps;
  const warnings: Warning[] = [];
  const { fault, lost } = storage.status();
  if (fault !== undefined) warnings.push({ code: fault.code, detail: fault.detail });
  if (lost > 0) warnings.push({ code: "ERR_STORAGE_LOST", detail: `${lost} events` });
  if (settings.problem !== undefined)
    warnings.push({ code: settings.problem.code, detail: settings.problem.detail });
  if (diskFreeBytes !== undefined && diskFreeBytes < diskLow)
    warnings.push({
      code: "ERR_DISK_LOW",
      detail: `${Math.floor(diskFreeBytes / 1e6)} MB in ${recordingsDir}`,
    });
  const unrecorded = recorder.fault();
  if (unrecorded !== undefined) warnings.push({ code: "ERR_RECORDING_FAILED", detail: unrecorded });
  // Without that priority it is no news.
  if (!realtime) warnings.push({ code: "ERR_MEDIA_NOT_REALTIME" });
  else if (stall !== undefined)
    warnings.push({ code: "ERR_MEDIA_LATE", detail: `${Math.round(stall.ms)} ms` });
  const alarmed = lines.spans().filter(({ alarms }) => alarms.length > 0);
  if (alarmed.length > 0)
    warnings.push({
      code: "ERR_SPAN_ALARM",
      detail: alarmed
        .map(({ number, name, alarms }) => `span ${number} (${name}) ${alarms.join(", ")}`)
        .join("; "),
    });
  return warnings;
}

const round = (value: number): number => Math.round(value * 100) / 100;
