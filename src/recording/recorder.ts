// Records calls by rule, and at a person's wish: stereo, the served party left, what that party hears right. One file
// a call; another one when the call passes to another party, or is recorded again.
import { mkdirSync, statfsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Call } from "../calls/call.ts";
import type { Calls, CallMoment } from "../calls/calls.ts";
import type { RecordingNow } from "../calls/live.ts";
import type { Settings } from "../config/settings.ts";
import type { MediaPort, Recording, RecordEnd, Tone } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError, codeOf } from "../shared/errors.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { recordingWanted } from "./rules.ts";

export interface RecorderDeps {
  readonly calls: Pick<Calls, "moments" | "find">;
  readonly settings: () => Pick<Settings, "recording" | "trunkGroups" | "extensions">;
  /** Where recordings are kept; the journal names files relative to it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  /** Bytes that the disk of a folder has free; the system's own unless a test gives another. */
  readonly diskFree?: (folder: string) => number;
}

/** `stop` is for what a person began: a call that the rule records can be paused, and no more. */
export type RecordingCommand = "start" | "pause" | "resume" | "stop";

export interface Recorder {
  /**
   * What a person wants. `by`: who, for the journal.
   * @throws ERR_CALL_UNKNOWN; ERR_RECORDING_DENIED where the rule or the call's confidence forbids it;
   * ERR_RECORDING_STATE when there is nothing to do so with; ERR_RECORDING_FAILED when the file cannot be made.
   */
  command(call: string, command: RecordingCommand, by: string): void;
  /** Stops recording this call, for good. */
  stop(call: Call): void;
  /** What keeps recordings from being made, until one ends well again. */
  fault(): string | undefined;
  /** Resolves when all files are complete. */
  close(): Promise<void>;
}

interface Running {
  readonly recording: Recording;
  readonly leg: string;
  readonly file: string;
  readonly since: number;
  /** Who began it, where no rule did. */
  readonly by: string | undefined;
  paused: boolean;
}

/** Recordings leave so much for the journal and the settings. */
const keptFree = 500_000_000;

export function createRecorder(deps: RecorderDeps): Recorder {
  const { calls, settings, folder, clock, note, log, diskFree = freeOf } = deps;
  const running = new Map<string, Running>();
  /** How many files each call has. */
  const parts = new Map<string, number>();
  const beeps = new Map<string, () => void>();
  const finishing = new Set<Promise<void>>();
  let fault: string | undefined;

  const show = (call: Call): void => {
    const own = running.get(call.id);
    const now: RecordingNow = own === undefined ? "off" : own.paused ? "paused" : "on";
    const byHand = own?.by !== undefined;
    if (call.state.recording !== now || call.state.recordedByHand !== byHand) call.recording(now, byHand);
    beep(call);
  };

  /** Whoever is heard is told so, as long as it is true. */
  const beep = (call: Call): void => {
    const { beepSeconds } = settings().recording;
    beeps.get(call.id)?.();
    beeps.delete(call.id);
    if (beepSeconds === 0 || running.get(call.id)?.paused !== false || call.state.talk === null) return;
    const sounding = call.ports().map((port) => port.playOver(beepOf(beepSeconds)));
    beeps.set(call.id, () => sounding.forEach((one) => one.stop()));
  };

  const failed = (call: Call, file: string, error: unknown): void => {
    fault = codeOf(error) ?? String(error);
    log.error({ call: call.id, file, err: error }, "a recording failed");
  };

  const start = (call: Call, port: MediaPort, by?: string): void => {
    const part = (parts.get(call.id) ?? 0) + 1;
    const file = recordingFile(clock.now(), call.id, part);
    try {
      // A full or broken disk ends no call.
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      if (diskFree(folder) < keptFree) throw new CallboxError("ERR_DISK_LOW");
      const { layout } = settings().recording;
      const recording = port.record(join(folder, file), { layout, sealed: true });
      const leg = call.state.main;
      const own = { recording, leg, file, since: clock.monotonic(), by, paused: false };
      parts.set(call.id, part);
      running.set(call.id, own);
      note({ type: "recording.started", call: call.id, leg, file, ...(by === undefined ? {} : { by }) });
      const finished = recording.finished.then((end) => {
        finishing.delete(finished);
        ended(call, own, end);
      });
      finishing.add(finished);
    } catch (error) {
      failed(call, file, error);
    }
  };

  const ended = (call: Call, own: Running, end: RecordEnd): void => {
    const { bytes, durationMs, reason, sha256, error } = end;
    note({
      type: "recording.finished",
      call: call.id,
      file: own.file,
      bytes,
      durationMs,
      reason,
      ...(sha256 === undefined ? {} : { sha256 }),
    });
    if (error === undefined) fault = undefined;
    else failed(call, own.file, error);
    if (running.get(call.id) !== own) return;
    running.delete(call.id);
    show(call);
  };

  const stop = (call: Call): void => {
    const own = running.get(call.id);
    running.delete(call.id);
    void own?.recording.stop();
  };

  /** As the rule has it now: whoever takes part has changed. */
  const follow = (call: Call): void => {
    const port = call.port();
    const wanted = call.confidential ? "never" : recordingWanted(call.state, settings());
    const own = running.get(call.id);
    if (own !== undefined && (wanted === "never" || own.leg !== call.state.main)) stop(call);
    const again = own !== undefined && wanted !== "never" && own.leg !== call.state.main;
    if (port !== undefined && !running.has(call.id) && (wanted === "record" || again)) {
      start(call, port, again ? own.by : undefined);
      if (again && own.paused && running.has(call.id)) pause(call, true);
    }
    show(call);
  };

  const pause = (call: Call, paused: boolean, by?: string): void => {
    const own = running.get(call.id);
    if (own === undefined || own.paused === paused)
      throw new CallboxError("ERR_RECORDING_STATE", { detail: paused ? "pause" : "resume" });
    own.paused = paused;
    own.recording.pause(paused);
    note({
      type: paused ? "recording.paused" : "recording.resumed",
      call: call.id,
      file: own.file,
      offsetMs: Math.round(clock.monotonic() - own.since),
      ...(by === undefined ? {} : { by }),
    });
  };

  const startByHand = (call: Call, by: string): void => {
    const port = call.port();
    if (call.confidential || recordingWanted(call.state, settings()) === "never")
      throw new CallboxError("ERR_RECORDING_DENIED", { detail: call.id });
    if (running.has(call.id) || port === undefined || call.state.answeredAt === null)
      throw new CallboxError("ERR_RECORDING_STATE", { detail: "start" });
    start(call, port, by);
    if (!running.has(call.id)) throw new CallboxError("ERR_RECORDING_FAILED", { detail: fault ?? "" });
  };

  const stopByHand = (call: Call): void => {
    const own = running.get(call.id);
    if (own === undefined) throw new CallboxError("ERR_RECORDING_STATE", { detail: "stop" });
    if (own.by === undefined) throw new CallboxError("ERR_RECORDING_DENIED", { detail: call.id });
    stop(call);
  };

  const obey = (call: Call, command: RecordingCommand, by: string): void => {
    switch (command) {
      case "start":
        startByHand(call, by);
        break;
      case "stop":
        stopByHand(call);
        break;
      case "pause":
        pause(call, true, by);
        break;
      case "resume":
        pause(call, false, by);
    }
    show(call);
  };

  /** One key for all: begins and ends what the rule leaves to people, pauses and goes on with what it does not. */
  const byKey = (call: Call, by: string): void => {
    const own = running.get(call.id);
    const stopOrPause = own?.by !== undefined ? "stop" : own?.paused === true ? "resume" : "pause";
    try {
      obey(call, own === undefined ? "start" : stopOrPause, by);
    } catch (error) {
      log.info({ err: error, call: call.id, by }, "a phone's key for the recording does nothing");
    }
  };

  const moment = (moment: CallMoment): void => {
    const { call } = moment;
    switch (moment.type) {
      case "answered":
      case "joined":
      case "main-changed":
        if (settings().recording.maskKeys) call.port()?.maskDigits(true);
        return follow(call);
      case "record-key":
        return byKey(call, moment.by);
      case "ended":
        stop(call);
        parts.delete(call.id);
        beeps.delete(call.id);
        return;
      case "began":
        return;
    }
  };
  const unsubscribe = calls.moments.on(moment);

  return {
    command(id, command, by) {
      const call = calls.find(id);
      if (call === undefined) throw new CallboxError("ERR_CALL_UNKNOWN", { detail: id });
      obey(call, command, by);
    },
    stop(call) {
      call.confidential = true;
      stop(call);
      show(call);
    },
    fault: () => fault,
    async close() {
      unsubscribe();
      for (const { recording } of running.values()) void recording.stop();
      running.clear();
      await Promise.all(finishing);
    },
  };
}

function freeOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** 1400 Hz for 200 ms (47 CFR 64.501 (a)(3): 1260–1540 Hz, 170–250 ms, every 12 to 15 s). */
function beepOf(everySeconds: number): Tone {
  return {
    parts: [
      { frequencies: [1400], levelDbm0: -20, ms: 200 },
      { frequencies: [], levelDbm0: 0, ms: everySeconds * 1000 - 200 },
    ],
    repeat: true,
  };
}

/** `2026/01/05/<call>.wav` by UTC; further parts of a call have their number. */
export function recordingFile(at: number, call: string, part: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/${call}${part > 1 ? `-${part}` : ""}.wav`;
}

/** The call of a file that `recordingFile` named. */
export const callOfRecording = (file: string): string => basename(file, ".wav").replace(/-\d+$/u, "");
