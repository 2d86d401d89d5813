// One port of the native engine. Calls on a closed port do nothing: a party may hang up between any two of them.
import type { engine } from "node-dahdi";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter } from "../shared/events.ts";
import { dtmfParts } from "./dtmf.ts";
import type {
  MediaPort,
  PlayEnd,
  Playback,
  PortEvent,
  PortStats,
  RecordEnd,
  Recording,
  StreamPort,
  Tone,
  TonePart,
} from "./engine.ts";
import { dbm0 } from "./levels.ts";

const samplesPerMs = 8;
/** Of a cadence that the addon listens for. */
const mostParts = 8;
const streamBlock = 20 * samplesPerMs;

export interface NativePort {
  readonly face: StreamPort;
  /** What the engine reports of this port. */
  told(event: engine.NativeEvent): void;
  /** Recordings whose files are not complete yet. */
  unfinished(): readonly Promise<RecordEnd>[];
}

interface Surroundings {
  readonly id: number;
  readonly native: engine.NativeEngine;
  readonly ends: Map<number, (event: engine.NativeEvent) => void>;
}

export function createNativePort({ id, native, ends }: Surroundings): NativePort {
  const events = createEmitter<PortEvent>();
  const recordings = new Set<Promise<RecordEnd>>();
  const muted = { receive: false, send: false };
  const gone = Promise.withResolvers<undefined>();
  let closed = false;
  /** Names of the tones that are listened for. */
  let heard: readonly string[] = [];
  let onAudio: ((samples: Int16Array) => void) | undefined;
  let stats: PortStats = { law: "linear16", received: 0, sent: 0, underruns: 0, overruns: 0 };

  const playback = (start: () => number): Playback => {
    const player = closed ? 0 : start();
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
    if (!closed) native.stopPlaying(id, player);
  };
  const readStats = (): void => {
    const now = closed ? undefined : native.portStats(id);
    if (now === undefined) return;
    const { law, received, sent, underruns, overruns } = now;
    stats = { law, received, sent, underruns, overruns };
  };
  const hear = (samples: Int16Array): void => {
    for (let at = 0; at < samples.length; at += streamBlock) {
      try {
        onAudio?.(samples.subarray(at, at + streamBlock));
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const face: StreamPort = {
    id,
    events,
    play: (items, { loop = false, offsetMs = 0 } = {}) =>
      playback(() => native.playFiles(id, items, loop, Math.max(0, Math.round(offsetMs)))),
    playTone: ({ parts, repeat }) => playback(() => native.playTone(id, flatten(parts), repeat)),
    sendDigits(digits, options) {
      const parts = flatten(dtmfParts(digits, options));
      return playback(() => native.playTone(id, parts, false));
    },
    stopPlaying: () => stopPlaying(0),
    record(path, { format = "alaw", mono = false, maxMs = 0 } = {}): Recording {
      const recorder = closed ? 0 : native.record(id, path, format, mono, Math.max(0, Math.round(maxMs)));
      const { promise, resolve } = Promise.withResolvers<RecordEnd>();
      if (recorder === 0) {
        resolve({ reason: "closed", durationMs: 0, bytes: 0 });
        return { path, finished: promise, stop: () => promise };
      }
      recordings.add(promise);
      ends.set(recorder, (event) => {
        if (event.type !== "record-end") return;
        recordings.delete(promise);
        const { reason, frames, lostFrames, bytes, code } = event;
        resolve({
          reason,
          durationMs: frames / samplesPerMs,
          bytes,
          ...(lostFrames > 0 && { lostMs: lostFrames / samplesPerMs }),
          ...(code !== "" && { error: code }),
        });
      });
      return {
        path,
        finished: promise,
        stop() {
          if (!closed) native.stopRecording(id, recorder);
          return promise;
        },
      };
    },
    detectDigits(on) {
      if (!closed) native.detect(id, on);
    },
    detectTones(wanted) {
      const known = wanted.flatMap(({ name, tone }) => {
        const numbers = cadence(tone);
        return numbers === undefined ? [] : [{ name, numbers }];
      });
      heard = known.map(({ name }) => name);
      if (!closed) native.detectTones(id, Float64Array.from(known.flatMap(({ numbers }) => numbers)));
    },
    connect(other: MediaPort) {
      if (!closed) native.connect(id, other.id);
    },
    disconnect() {
      if (!closed) native.disconnect(id);
    },
    mute({ receive = muted.receive, send = muted.send }) {
      muted.receive = receive;
      muted.send = send;
      if (!closed) native.mute(id, receive, send);
    },
    levels() {
      const now = closed ? undefined : native.portStats(id);
      return { received: dbm0(now?.receivedMeanSquare ?? 0), sent: dbm0(now?.sentMeanSquare ?? 0) };
    },
    stats() {
      readStats();
      return stats;
    },
    close() {
      if (!closed) {
        readStats();
        closed = true;
        native.closePort(id);
      }
      return gone.promise;
    },
    write(samples) {
      if (!closed) native.write(id, samples);
    },
    onAudio(listener) {
      onAudio = listener;
      if (!closed) native.listen(id, listener !== undefined);
    },
  };

  return {
    face,
    told(event) {
      if (event.type === "closed") {
        gone.resolve(undefined);
        events.clear();
      } else if (closed) return;
      else if (event.type === "digit-begin") events.emit({ type: "digit-begin", digit: event.digit });
      else if (event.type === "digit") {
        events.emit({ type: "digit", digit: event.digit, durationMs: event.durationMs });
      } else if (event.type === "tone") events.emit({ type: "tone", tone: heard[event.tone] });
      else if (event.type === "failed") events.emit({ type: "failed", code: event.code });
      else if (event.type === "audio") hear(event.samples);
    },
    unfinished: () => [...recordings],
  };
}

/** What the addon listens for; `undefined` for a tone of several sounds, or without one, which no cadence tells. */
function cadence({ parts }: Tone): readonly number[] | undefined {
  const [first] = parts;
  const sound = first?.frequencies.join();
  const inTurn = parts.every(
    ({ frequencies }, index) => frequencies.join() === (index % 2 === 0 ? sound : ""),
  );
  if (first === undefined || sound === "" || !inTurn || parts.length > mostParts) return undefined;
  const [hz = 0, second = 0] = first.frequencies;
  return [hz, second, ...Array.from({ length: mostParts }, (_, index) => parts[index]?.ms ?? 0)];
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
