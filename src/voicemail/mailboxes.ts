// The voice messages that are there: who left them, whether they were heard. What is on the disk is the truth: a message is a
// file, and one that was heard has another beside it.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";

export interface VoiceMessage {
  /** `office/20260105T090000-01J…`, in the folder without its ending. */
  readonly id: string;
  readonly mailbox: string;
  /** The call that left it. */
  readonly call: string;
  /** Wall clock, milliseconds. */
  readonly at: number;
  readonly durationMs: number;
  readonly heard: boolean;
}

export interface Mailboxes {
  /** Newest first. */
  list(): readonly VoiceMessage[];
  /** A message came. */
  left(message: Omit<VoiceMessage, "heard">): void;
  /** Its file. @throws ERR_MESSAGE_UNKNOWN */
  path(id: string): string;
  /** `by`: who, for the journal. @throws ERR_MESSAGE_UNKNOWN */
  mark(id: string, heard: boolean, by: string): void;
  /** Deletes it. @throws ERR_MESSAGE_UNKNOWN */
  remove(id: string, by: string): void;
  /** Messages of a mailbox that nobody has heard. */
  unheard(mailbox: string): readonly VoiceMessage[];
  /** A message came, was heard, or went. */
  readonly events: Events<VoiceMessage>;
}

const nameForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-([0-9A-Z]+)\.wav$/u;
/** Of the engine's A-law WAV, one side: bytes before the samples, and samples a millisecond. */
const [headBytes, perMs] = [58, 8];

/** @param folder one of folders, a mailbox each; it need not be there */
export function createMailboxes(folder: string, note: Note): Mailboxes {
  const events = createEmitter<VoiceMessage>();
  const messages = new Map(read(folder).map((message) => [message.id, message]));
  const markOf = (id: string): string => join(folder, `${id}.heard`);

  const found = (id: string): VoiceMessage => {
    const message = messages.get(id);
    if (message === undefined) throw new CallboxError("ERR_MESSAGE_UNKNOWN", { detail: id });
    return message;
  };
  const told = (
    type: "voicemail.heard" | "voicemail.removed",
    { id, mailbox, call }: VoiceMessage,
    by: string,
  ) => note({ type, call, mailbox, file: `${id}.wav`, by });

  return {
    list: () => [...messages.values()].sort((a, b) => b.at - a.at),
    left(message) {
      const fresh = { ...message, heard: false };
      messages.set(message.id, fresh);
      events.emit(fresh);
    },
    path: (id) => join(folder, `${found(id).id}.wav`),
    mark(id, heard, by) {
      const message = found(id);
      if (message.heard === heard) return;
      if (heard) writeFileSync(markOf(id), "", { mode: 0o640 });
      else rmSync(markOf(id), { force: true });
      const marked = { ...message, heard };
      messages.set(id, marked);
      if (heard) told("voicemail.heard", message, by);
      events.emit(marked);
    },
    remove(id, by) {
      const message = found(id);
      rmSync(join(folder, `${id}.wav`), { force: true });
      rmSync(markOf(id), { force: true });
      messages.delete(id);
      told("voicemail.removed", message, by);
      events.emit(message);
    },
    unheard: (mailbox) =>
      [...messages.values()]
        .filter((one) => one.mailbox === mailbox && !one.heard)
        .sort((a, b) => a.at - b.at),
    events,
  };
}

function read(folder: string): readonly VoiceMessage[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: mailbox }) =>
      readdirSync(join(folder, mailbox)).flatMap((name) => {
        const [, year, month, day, hour, minute, second, call] = nameForm.exec(name) ?? [];
        if (call === undefined) return [];
        const id = `${mailbox}/${name.slice(0, -".wav".length)}`;
        const { size } = statSync(join(folder, mailbox, name));
        return {
          id,
          mailbox,
          call,
          at: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
          durationMs: Math.max(0, Math.round((size - headBytes) / perMs)),
          heard: existsSync(join(folder, `${id}.heard`)),
        };
      }),
    );
}
