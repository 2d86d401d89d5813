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

  /** What plays here now, by the engine's id; another may be heard over it. */
  let newest = 0;

  const begun = (player: number, ended: (end: PlayEnd) => void): void => {
    if (player === 0) return ended({ reason: "closed", playedMs: 0, errors: [] });
    ends.set(player, (event) => {
      if (event.type !== "play-end") return;
      const { reason, samples, errors } = event;
      ended({ reason, playedMs: samples / samplesPerMs, errors });
    });
  };
  const stopPlaying = (player: number): void => {
    if (!closed()) native.stopPlaying(id, player);
  };
  const playing = (player: number): Playback => {
    const { promise, resolve } = Promise.withResolvers<PlayEnd>();
    begun(player, resolve);
    return { finished: promise, stop: () => player !== 0 && stopPlaying(player) };
  };
  const parts: NativeSound["parts"] = (wanted, repeat, over = false) => {
    const numbers = flatten(wanted);
    const player = closed() ? 0 : native.playTone(id, numbers, repeat, over);
    if (!over) newest = player;
    return playing(player);
  };
  const playSamples: Sounding["playSamples"] = (samples) => {
    const player = closed() ? 0 : native.playSamples(id, samples);
    newest = player;
    return playing(player);
  };
  const playShared: Sounding["playShared"] = (items) => {
    const player = closed() ? 0 : native.playShared(id, items);
    newest = player;
    return playing(player);
  };
  const play: Sounding["play"] = (items, { loop = false, offsetMs = 0, speed: wanted = 1, more } = {}) => {
    const { promise, resolve } = Promise.withResolvers<PlayEnd>();
    const list = [...items];
    let open = more !== undefined;
    let from = Math.max(0, Math.round(offsetMs));
    let speed = within(wanted, slowest, fastest);
    let [paused, gain] = [false, unity];
    /** Heard before the last change, and what could not be. */
    let playedMs = 0;
    const errors: PlayEnd["errors"][number][] = [];
    let player = 0;

    const start = (): void => {
      const own = closed() ? 0 : native.playFiles(id, list, loop, from, Math.round(speed * 1000), open);
      player = own;
      newest = own;
      if (own !== 0 && (paused || gain !== unity)) native.controlPlaying(own, paused, gain);
      begun(own, (end) => {
        playedMs += end.playedMs;
        errors.push(...end.errors.filter(({ item }) => !errors.some((one) => one.item === item)));
        // Moved on: what comes next is the same playback.
        if (player === own) resolve({ reason: end.reason, playedMs, errors });
      });
    };
    const position = (): number => from + (closed() ? 0 : (native.played(player) / samplesPerMs) * speed);
    /** Whatever plays here meanwhile is left alone. */
    const ours = (): boolean => !closed() && player !== 0 && newest === player && ends.has(player);
    const control = (): void => {
      if (ours()) native.controlPlaying(player, paused, gain);
    };
    const append = (files: readonly string[]): boolean => {
      list.push(...files);
      const alive = !closed() && ends.has(player);
      if (alive) native.appendFiles(player, files, !open);
      return alive;
    };
    const follow = async (files: AsyncIterable<string>): Promise<void> => {
      try {
        for await (const file of files) if (!append([file])) break;
      } finally {
        open = false;
        append([]);
      }
    };
    start();
    if (more !== undefined) void follow(more);
    return {
      finished: promise,
      stop: () => player !== 0 && stopPlaying(player),
      pause(on) {
        paused = on;
        control();
      },
      seek(ms) {
        if (!ours()) return;
        from = Math.max(0, Math.round(ms));
        start();
      },
      setSpeed(next) {
        if (!ours()) return;
        from = Math.round(position());
        speed = within(next, slowest, fastest);
        start();
      },
      setVolume(db) {
        gain = Math.round(within(1000 * 10 ** (db / 20), 0, mostGain));
        control();
      },
      position,
    };
  };

  return {
    parts,
    unfinished: () => [...recordings],
    face: {
      play,
      playShared,
      playSamples,
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

const [slowest, fastest] = [0.5, 2];
/** Thousandths. */
const [unity, mostGain] = [1000, 16_000];
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

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
