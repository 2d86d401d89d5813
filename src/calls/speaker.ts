// What is played towards one leg: prompts, music and tones, one at a time, the newest wins. What cannot be
// played yet (speech that must be made first, a channel that the last call still holds) is played when it can,
// unless something else was asked for meanwhile.
import type { FilePlayback, MediaPort, Playback, PlayEnd, Tone } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { whenAudio } from "./audio-wait.ts";
import type { Saying, SayOptions, Steer } from "./call.ts";
import type { Prompts, SayItem } from "./say.ts";

export interface Speaker {
  say(items: readonly SayItem[], options: SayOptions): Saying;
  music(files: readonly string[]): void;
  tone(tone: Tone): void;
  quiet(): void;
  /** Stops, and plays nothing more. */
  close(): void;
}

export interface SpeakerOptions {
  readonly port: () => MediaPort | undefined;
  readonly clock: Clock;
  readonly prompts: Prompts;
  readonly language: () => string;
}

type Make = (on: MediaPort) => Playback | FilePlayback;

/** Remembers how far it was steered. */
function createSteering(): (playback: Playback | FilePlayback | undefined, how: Steer) => void {
  let paused = false;
  let speed = 1;
  return (playback, how) => {
    if (playback === undefined || !("seek" in playback)) return;
    if ("pause" in how) playback.pause((paused = !paused));
    else if ("ms" in how) playback.seek(Math.max(0, playback.position() + how.ms));
    else playback.setSpeed((speed = Math.min(2, Math.max(0.5, speed * how.speed))));
  };
}

export function createSpeaker({ port, clock, prompts, language }: SpeakerOptions): Speaker {
  let current: { readonly stop: () => void } | undefined;
  let closed = false;

  const quiet = (): void => {
    const old = current;
    current = undefined;
    old?.stop();
  };

  /** `make` may still be on its way; nothing to play is `undefined`. */
  const begin = (make: Make | undefined | Promise<Make | undefined>): Saying => {
    const { promise: finished, resolve } = Promise.withResolvers<PlayEnd["reason"]>();
    let playback: Playback | FilePlayback | undefined;
    let cancel: Cancel = () => undefined;
    const own = {
      stop() {
        cancel();
        if (playback === undefined) resolve("stopped");
        else playback.stop();
      },
    };
    /** Nothing is to be heard while we wait. Without waiting, the port itself replaces the old without a gap. */
    const takeOver = (): void => {
      quiet();
      current = own;
    };
    const start = (ready: Make, on: MediaPort): void => {
      current = own;
      playback = ready(on);
      void playback.finished.then(({ reason }) => {
        if (current === own) current = undefined;
        resolve(reason);
      });
    };
    const play = (ready: Make | undefined): void => {
      const on = port();
      if (closed || ready === undefined) resolve("error");
      else if (on !== undefined) start(ready, on);
      else {
        takeOver();
        cancel = whenAudio(port, clock, (later) =>
          later === undefined ? resolve("error") : start(ready, later),
        );
      }
    };
    if (make instanceof Promise) {
      takeOver();
      void make.then((ready) => {
        if (current === own) play(ready);
      });
    } else play(make);
    const steering = createSteering();
    return {
      finished,
      steer: (how) => steering(playback, how),
      stop() {
        if (current === own) current = undefined;
        own.stop();
      },
    };
  };

  /** What must be made first is heard as it comes. */
  const streamed = async (coming: AsyncIterable<string>, loop: boolean): Promise<Make | undefined> => {
    const rest = coming[Symbol.asyncIterator]();
    const first = await rest.next();
    if (first.done === true) return undefined;
    const more = { [Symbol.asyncIterator]: () => rest };
    return (on) => on.play([first.value], { loop, more });
  };
  const ready = (list: readonly string[], make: (on: MediaPort) => Playback): Make | undefined =>
    list.length === 0 ? undefined : make;

  return {
    say(items, { loop = false, language: wanted = language() }) {
      const found = prompts.files(items, wanted);
      if (Symbol.asyncIterator in found) return begin(streamed(found, loop));
      return begin(ready(found, (on) => on.play(found, { loop })));
    },
    music: (list) => void begin(ready(list, (on) => on.playShared(list))),
    tone: (tone) => void begin((on) => on.playTone(tone)),
    quiet,
    close() {
      quiet();
      closed = true;
    },
  };
}
