// Takes a message: greeting, tone, recording until `#`, the longest time, or the caller's hanging up.
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Call, Handler } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { Recording, RecordEnd } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { VoiceMessage } from "./mailboxes.ts";

export interface VoicemailDeps {
  /** Where messages are kept; the journal names files relative to it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  /** It is there. */
  readonly left: (message: Omit<VoiceMessage, "heard">) => void;
  /** Takes the silence off both ends of a message; what is left of it. Default: it stays as it is. */
  readonly trim?: ((path: string) => Promise<Pick<RecordEnd, "bytes" | "durationMs">>) | undefined;
}

const longestMs = 180_000;
/** What is shorter is somebody who hung up at the tone. */
const shortestMs = 1000;

/** Takes the call over; in the end it is hung up. */
export function takeMessage(
  call: Call,
  mailbox: string,
  greeting: readonly SayItem[],
  { folder, clock, note, log, left, trim }: VoicemailDeps,
): void {
  let recording: Recording | undefined;
  let over = false;

  const kept = async (file: string, end: RecordEnd): Promise<void> => {
    const { error } = end;
    if (error !== undefined)
      log.error({ call: call.id, file, error }, "a voice message could not be recorded");
    const { bytes, durationMs } = error === undefined ? await trimmed(file, end) : end;
    if (error === undefined && durationMs >= shortestMs) {
      note({ type: "voicemail.left", call: call.id, mailbox, file, bytes, durationMs });
      left({ id: file.replace(/\.wav$/u, ""), mailbox, call: call.id, at: clock.now(), durationMs });
    } else
      rm(join(folder, file), { force: true }).catch((failed: unknown) =>
        log.warn({ err: failed, file }, "an empty voice message could not be deleted"),
      );
  };

  /** A message that cannot be trimmed is kept as it is. */
  const trimmed = async (file: string, end: RecordEnd): Promise<Pick<RecordEnd, "bytes" | "durationMs">> => {
    if (trim === undefined || end.durationMs < shortestMs) return end;
    return trim(join(folder, file)).catch((error: unknown) => {
      log.warn({ err: error, file }, "a voice message could not be trimmed");
      return end;
    });
  };

  const record = (): void => {
    const port = call.port();
    if (over || port === undefined) return;
    const stamp = new Date(clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, "");
    const file = `${mailbox}/${stamp}-${call.id}.wav`;
    try {
      mkdirSync(join(folder, mailbox), { recursive: true });
      const own = port.record(join(folder, file), { layout: "received", maxMs: longestMs });
      recording = own;
      void own.finished.then((end) => {
        void kept(file, end);
        if (end.reason === "max") thank();
      });
    } catch (error) {
      log.error({ err: error, call: call.id, file }, "a voice message could not be recorded");
      call.end(cause.temporaryFailure);
    }
  };

  const thank = (): void => {
    recording = undefined;
    if (over) return;
    void call
      .say([{ prompt: "vm-msgsaved" }, { prompt: "vm-goodbye" }])
      .finished.then(() => call.end(cause.normal));
  };

  const handler: Handler = {
    phase: "voicemail",
    where: mailbox,
    event(event) {
      if (event.type !== "digit" || event.digit !== "#" || recording === undefined) return;
      void recording.stop();
      thank();
    },
    dropped() {
      over = true;
      void recording?.stop();
    },
  };

  call.answer();
  call.handle(handler);
  if (call.state.ended !== null) return;
  void call.say([...greeting, { prompt: "beep" }]).finished.then(record);
}
