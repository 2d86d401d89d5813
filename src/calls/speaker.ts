// What is played towards one leg: prompts, music and tones, one at a time, the newest wins. Speech that must
// be made first is played when it is ready, unless something else was asked for meanwhile.
import type { MediaPort, Playback, PlayEnd, Tone } from "../media/engine.ts";
import type { Saying, SayOptions } from "./call.ts";
import type { Prompts, SayItem } from "./say.ts";

export interface Speaker {
  say(items: readonly SayItem[], options: SayOptions): Saying;
  music(files: readonly string[]): void;
  tone(tone: Tone): void;
  quiet(): void;
  /** Stops, and plays nothing more. */
  close(): void;
}

export function createSpeaker(
  port: () => MediaPort | undefined,
  prompts: Prompts,
  language: () => string,
): Speaker {
  let playing: Playback | undefined;
  let waiting: (() => void) | undefined;
  let closed = false;

  const quiet = (): void => {
    const [giveUp, old] = [waiting, playing];
    waiting = undefined;
    playing = undefined;
    giveUp?.();
    old?.stop();
  };
  /** Replaces what plays without a gap: the port itself ends the old playback. */
  const start = (begin: (on: MediaPort) => Playback): Playback | undefined => {
    waiting?.();
    waiting = undefined;
    const on = closed ? undefined : port();
    if (on === undefined) return undefined;
    const own = begin(on);
    playing = own;
    void own.finished.then(() => {
      if (playing === own) playing = undefined;
    });
    return own;
  };
  const playFiles = (files: readonly string[], loop: boolean): Playback | undefined =>
    files.length === 0 ? undefined : start((on) => on.play(files, { loop }));

  return {
    say(items, { loop = false, language: wanted = language() }) {
      const found = prompts.files(items, wanted);
      if (!(found instanceof Promise)) {
        const playback = playFiles(found, loop);
        return {
          finished: playback?.finished.then((end) => end.reason) ?? Promise.resolve("error" as const),
          stop: () => playback?.stop(),
        };
      }
      quiet();
      const { promise, resolve } = Promise.withResolvers<PlayEnd["reason"]>();
      let playback: Playback | undefined;
      const giveUp = (): void => resolve("stopped");
      waiting = giveUp;
      void found.then((files) => {
        if (waiting !== giveUp) return;
        waiting = undefined;
        playback = playFiles(files, loop);
        if (playback === undefined) resolve("error");
        else void playback.finished.then((end) => resolve(end.reason));
      });
      return {
        finished: promise,
        stop: () => {
          if (waiting === giveUp) quiet();
          else playback?.stop();
        },
      };
    },
    music: (files) => void playFiles(files, true),
    tone: (tone) => void start((on) => on.playTone(tone)),
    quiet,
    close() {
      quiet();
      closed = true;
    },
  };
}
