// Voice messages: who left them, to be heard and deleted.
import { Type, type Static } from "typebox";
import { At, Nothing } from "./common.ts";

const Mailbox = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" });
const Name = Type.String({ pattern: "^[0-9A-Z-]{1,60}$" });

export const MessageView = Type.Object({
  mailbox: Mailbox,
  /** Within the mailbox. */
  name: Name,
  /** Who called, where the call's record is there still. */
  caller: Type.Optional(Type.String()),
  /** The record of the call that left it. */
  call: Type.String(),
  at: At,
  durationMs: Type.Number({ minimum: 0, description: "Milliseconds." }),
  heard: Type.Boolean(),
});
export const MessagesReply = Type.Object({ messages: Type.Array(MessageView) });

const One = Type.Object({ mailbox: Mailbox, name: Name });

export const voicemailRoutes = {
  "GET /voicemail": { access: "supervisor", summary: "Voice messages, newest first", reply: MessagesReply },
  "GET /voicemail/:mailbox/:name/audio": {
    access: "supervisor",
    summary: "A voice message, as 16-bit WAV",
    params: One,
    reply: Type.Unknown(),
    file: true,
  },
  "PUT /voicemail/:mailbox/:name": {
    access: "supervisor",
    summary: "Mark a voice message as heard, or as new again",
    params: One,
    body: Type.Object({ heard: Type.Boolean() }),
    reply: Nothing,
  },
  "DELETE /voicemail/:mailbox/:name": {
    access: "supervisor",
    summary: "Delete a voice message",
    params: One,
    reply: Nothing,
  },
} as const;

export type MessageView = Static<typeof MessageView>;
