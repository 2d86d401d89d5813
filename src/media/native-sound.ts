// Playing and recording on something of the native engine that has an id: a port, or a conference.
import type { engine } from "node-dahdi";
import { CallboxError } from "../shared/errors.ts";
import type { PlayEnd, Playback, RecordEnd, Recording, Sounding, TonePart } from "./engine.ts";

export const samplesPerMs = 8;

export interface Surroundings {
  readonly id: number;
  readonly native: engine.NativeEngine;
  /** Who is told of a player's or recorder's end, by its id. */
  readonly ends: Map<number, (event: engine.NativeEvent) => void>;
  readonly closed: () => boolean;
}

export interface NativeSound {
  readonly face: Sounding;
  /** Plays parts of tones. */
  parts(parts: readonly TonePart[], repeat: boolean, over?: boolean): Playback;
  /** Recordings whose files are not complete yet. */
  unfinished(): readonly Promise<RecordEnd>[];
}

export function createNativeSound({ id, native, ends, closed }: Surroundings): NativeSound {
  const recordings = new Set<Promise<RecordEnd>>();

  const playback = (start: () => number): Playback => {
    const player = closed() ? 0 : start();
    if (player === 0) {
      const end: PlayEnd = { reason: "closed", playedMs: 0, errors: [] };
      return { finished: Promise.resolve(end), stop: () => undefined };
    }
    const { promise, resolve } = Promise.withResolvers<PlayEnd>();
    ends.set(player, (event) => {
      if (event.type !== "play-end") return;
      const { reason, samples, errors } = event;
      resolve({ reason, playedMs: samples / samplesPerMs, errors });
    });
    return { finished: promise, stop: () => stopPlaying(player) };
  };
  const stopPlaying = (player: number): void => {
    if (!closed()) native.stopPlaying(id, player);
  };
  const parts: NativeSound["parts"] = (wanted, repeat, over = false) => {
    const numbers = flatten(wanted);
    return playback(() => native.playTone(id, numbers, repeat, over));
  };

  return {
    parts,
    unfinished: () => [...recordings],
    face: {
      play: (items, { loop = false, offsetMs = 0 } = {}) =>
        playback(() => native.playFiles(id, items, loop, Math.max(0, Math.round(offsetMs)))),
      playTone: (tone) => parts(tone.parts, tone.repeat),
      stopPlaying: () => stopPlaying(0),
      record(path, { format = "alaw", layout = "stereo", maxMs = 0, sealed = false } = {}): Recording {
        const most = Math.max(0, Math.round(maxMs));
        const recorder = closed() ? 0 : native.record(id, path, format, layout, most, sealed);
        const { promise, resolve } = Promise.withResolvers<RecordEnd>();
        if (recorder === 0) {
          resolve({ reason: "closed", durationMs: 0, bytes: 0 });
          return { path, finished: promise, stop: () => promise, pause: () => undefined };
        }
        recordings.add(promise);
        ends.set(recorder, (event) => {
          if (event.type !== "record-end") return;
          recordings.delete(promise);
          const { reason, frames, lostFrames, bytes, sha256, code } = event;
          resolve({
            reason,
            durationMs: frames / samplesPerMs,
            bytes,
            ...(lostFrames > 0 && { lostMs: lostFrames / samplesPerMs }),
            ...(sha256 !== "" && { sha256 }),
            ...(code !== "" && { error: code }),
          });
        });
        return {
          path,
          finished: promise,
          pause(on) {
            if (recordings.has(promise)) native.pauseRecording(recorder, on);
          },
          stop() {
            if (!closed()) native.stopRecording(id, recorder);
            return promise;
          },
        };
      },
    },
  };
}

/** Parts as the addon wants them. @throws ERR_TONE for more than two frequencies, or numbers that make no sound. */
function flatten(parts: readonly TonePart[]): Float64Array {
  return Float64Array.from(
    parts.flatMap(({ frequencies, levelDbm0, ms }) => {
      const sane =
        frequencies.length <= 2 && [...frequencies, levelDbm0, ms].every(Number.isFinite) && ms >= 0;
      if (!sane)
        throw new CallboxError("ERR_TONE", { detail: JSON.stringify({ frequencies, levelDbm0, ms }) });
      return [frequencies[0] ?? 0, frequencies[1] ?? 0, levelDbm0, ms];
    }),
  );
}
