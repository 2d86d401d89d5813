// Records a prompt by a telephone: it rings, a tone, what is said until `#` or hanging up; then it hears what was made of it.
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Leg, Lines } from "../lines/leg.ts";
import { ringPhone } from "../lines/ring-phone.ts";
import type { MediaPort, Tone } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import type { OwnPrompt, PromptLibrary } from "./library.ts";

export interface PhoneRecorder {
  /**
   * Resolves with what was recorded. Its caller need not wait: the telephone's user is the one who is asked.
   * @throws ERR_LINE_UNKNOWN for no telephone's number, ERR_LINE_BUSY, ERR_LINE_DOWN, ERR_PHONE_UNANSWERED, ERR_CLOSED, and
   * what the library throws
   */
  record(extension: string, language: string, name: string, by: string): Promise<OwnPrompt>;
  /** Hangs up. */
  close(): void;
}

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

  const recorded = async (leg: Leg, language: string, name: string, by: string): Promise<OwnPrompt> => {
    const { media } = leg;
    const path = join(folder, `${leg.id}.wav`);
    try {
      if (media === undefined) throw new CallboxError("ERR_CLOSED", { detail: "the telephone" });
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
      await rm(path, { force: true }).catch((error: unknown) =>
        log.warn({ err: error, path }, "a recording could not be deleted"),
      );
    }
  };

  return {
    async record(extension, language, name, by) {
      if (closed) throw new CallboxError("ERR_CLOSED", { detail: "prompts" });
      let leg: Leg | undefined;
      try {
        leg = await ringPhone(lines, clock, extension, (rung) => legs.add((leg = rung)));
        return await recorded(leg, language, name, by);
      } finally {
        if (leg !== undefined) legs.delete(leg);
      }
    },
    close() {
      closed = true;
      for (const leg of legs) leg.release(normal);
    },
  };
}
