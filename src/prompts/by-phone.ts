// Records a prompt by a telephone: it rings, a tone, what is said until `#` or hanging up; then it hears what was made of it.
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Leg, Lines } from "../lines/leg.ts";
import type { MediaPort, Tone } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import type { OwnPrompt, PromptLibrary } from "./library.ts";

export interface PhoneRecorder {
  /**
   * Resolves with what was recorded. Its caller need not wait: the telephone's user is the one who is asked.
   * @throws ERR_LINE_UNKNOWN for no telephone's number, ERR_LINE_BUSY, ERR_LINE_DOWN, ERR_PROMPT_UNANSWERED, ERR_CLOSED, and
   * what the library throws
   */
  record(extension: string, language: string, name: string, by: string): Promise<OwnPrompt>;
  /** Hangs up. */
  close(): void;
}

const ringMs = 30_000;
const longestMs = 300_000;
const beep: Tone = {
  repeat: false,
  parts: [
    { frequencies: [], levelDbm0: 0, ms: 500 },
    { frequencies: [1000], levelDbm0: -13, ms: 300 },
  ],
};
/** Q.850: normal call clearing. */
const normal = 16;

export function createPhoneRecorder(options: {
  readonly lines: Pick<Lines, "list" | "dial">;
  readonly library: Pick<PromptLibrary, "add" | "file">;
  /** For what is recorded, until the library has it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
}): PhoneRecorder {
  const { lines, library, folder, clock, log } = options;
  const legs = new Set<Leg>();
  let closed = false;

  /** @returns when the phone is answered; `undefined` when it is not */
  const answered = (leg: Leg): Promise<MediaPort | undefined> => {
    const { promise, resolve } = Promise.withResolvers<MediaPort | undefined>();
    const cancel: Cancel = clock.after(ringMs, () => resolve(undefined));
    leg.events.on(({ type }) => {
      if (type === "answered") resolve(leg.media);
      if (type === "released") resolve(undefined);
    });
    return promise.finally(cancel);
  };
  /** From the tone until `#`, hanging up, or the longest time. */
  const said = async (leg: Leg, media: MediaPort, path: string): Promise<void> => {
    await media.playTone(beep).finished;
    // The key that ends it is not to be heard in it.
    media.maskDigits(true);
    const recording = media.record(path, { layout: "received", format: "linear16", maxMs: longestMs });
    leg.events.on((event) => {
      if (event.type === "released" || (event.type === "digit" && event.digit === "#")) void recording.stop();
    });
    await recording.finished;
  };

  return {
    async record(extension, language, name, by) {
      if (closed) throw new CallboxError("ERR_CLOSED", { detail: "prompts" });
      const phone = lines.list().find((line) => line.kind === "fxs" && line.extension === extension);
      if (phone === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: extension });
      const leg = lines.dial({
        called: { digits: extension, type: "unknown", presentation: "allowed" },
        calling: { digits: "", type: "unknown", presentation: "unavailable" },
        via: { line: phone.id },
      });
      legs.add(leg);
      const path = join(folder, `${leg.id}.wav`);
      try {
        const media = await answered(leg);
        if (media === undefined) throw new CallboxError("ERR_PROMPT_UNANSWERED", { detail: extension });
        mkdirSync(folder, { recursive: true });
        await said(leg, media, path);
        const added = await library.add(language, name, { path }, by);
        const made = library.file(language, name);
        // Whoever still holds the phone hears it.
        if (made !== undefined) void media.play([made]).finished.then(() => leg.release(normal));
        return added;
      } catch (error) {
        leg.release(normal);
        throw error;
      } finally {
        legs.delete(leg);
        await rm(path, { force: true }).catch((error: unknown) =>
          log.warn({ err: error, path }, "a recording could not be deleted"),
        );
      }
    },
    close() {
      closed = true;
      for (const leg of legs) leg.release(normal);
    },
  };
}
