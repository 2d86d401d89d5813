// Records calls by rule: stereo, the served party left, what that party hears right. One file a call; another
// one when the call passes to another party.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Call } from "../calls/call.ts";
import type { Calls, CallMoment } from "../calls/calls.ts";
import type { Settings } from "../config/settings.ts";
import type { Recording } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";

export interface RecorderDeps {
  readonly calls: Pick<Calls, "moments">;
  readonly rule: () => Settings["recording"]["calls"];
  /** Where recordings are kept; the journal names files relative to it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
}

export interface Recorder {
  /** Stops recording this call, for good. */
  stop(call: Call): void;
  /** Resolves when all files are complete. */
  close(): Promise<void>;
}

interface Running {
  readonly recording: Recording;
  readonly leg: string;
  parts: number;
}

export function createRecorder({ calls, rule, folder, clock, note, log }: RecorderDeps): Recorder {
  const running = new Map<string, Running>();
  const finishing = new Set<Promise<void>>();

  const start = (call: Call, part: number): void => {
    const port = call.port();
    const leg = call.state.main;
    if (port === undefined || call.confidential || running.has(call.id)) return;
    const file = recordingFile(clock.now(), call.id, part);
    try {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const recording = port.record(join(folder, file));
      running.set(call.id, { recording, leg, parts: part });
      note({ type: "recording.started", call: call.id, leg, file });
      const finished = recording.finished.then(({ bytes, durationMs, reason, error }) => {
        if (error !== undefined) log.error({ call: call.id, file, error }, "a recording failed");
        note({ type: "recording.finished", call: call.id, file, bytes, durationMs, reason });
        finishing.delete(finished);
      });
      finishing.add(finished);
      call.recording(true);
    } catch (error) {
      // A full or broken disk ends no call.
      log.error({ err: error, call: call.id, file }, "a recording could not be started");
    }
  };

  const stop = (call: Call): number => {
    const own = running.get(call.id);
    running.delete(call.id);
    void own?.recording.stop();
    return own?.parts ?? 0;
  };

  const moment = ({ type, call }: CallMoment): void => {
    switch (type) {
      case "answered":
        if (rule() === "all") start(call, 1);
        return;
      case "joined":
        if (wanted(rule(), call)) start(call, 1);
        return;
      case "main-changed": {
        const parts = stop(call);
        if (parts > 0) start(call, parts + 1);
        return;
      }
      case "ended":
        stop(call);
        return;
      case "began":
        return;
    }
  };
  const unsubscribe = calls.moments.on(moment);

  return {
    stop(call) {
      call.confidential = true;
      if (stop(call) > 0) call.recording(false);
    },
    async close() {
      unsubscribe();
      for (const { recording } of running.values()) void recording.stop();
      running.clear();
      await Promise.all(finishing);
    },
  };
}

/** `queue`: from the moment an agent speaks with the caller. */
function wanted(rule: Settings["recording"]["calls"], call: Call): boolean {
  if (rule !== "queue") return rule === "all";
  return call.state.talk?.some((leg) => call.state.legs[leg]?.role === "agent") === true;
}

/** `2026/01/05/<call>.wav` by UTC; further parts of a call have their number. */
export function recordingFile(at: number, call: string, part: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/${call}${part > 1 ? `-${part}` : ""}.wav`;
}
