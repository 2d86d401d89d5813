// Voice messages: listed, heard, marked, deleted.
import { readAudio } from "../../media/read-audio.ts";
import { waveFile } from "../../media/wave-file.ts";
import type { voicemailRoutes as table } from "../api/voicemail.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type Named = keyof typeof table;
type VoicemailDeps = Pick<WebDeps, "mailboxes" | "storage" | "log">;

export function voicemailRoutes({ mailboxes, storage, log }: VoicemailDeps): Pick<Handlers, Named> {
  return {
    "GET /voicemail": async () => ({
      messages: await Promise.all(
        mailboxes.list().map(async ({ id, mailbox, call, at, durationMs, heard }) => {
          const caller = (await storage.record(call))?.caller.number;
          const view = { mailbox, name: id.slice(mailbox.length + 1), call, at, durationMs, heard };
          return caller === undefined ? view : { ...view, caller };
        }),
      ),
    }),
    "GET /voicemail/:mailbox/:name/audio": async ({ params: { mailbox, name }, user, reply }) => {
      const id = `${mailbox}/${name}`;
      // Browsers play no G.711.
      const sound = waveFile(await readAudio(mailboxes.path(id)));
      log.info({ message: id, by: user.name }, "voice message heard");
      return reply.type("audio/wav").send(sound);
    },
    "PUT /voicemail/:mailbox/:name": ({ params: { mailbox, name }, body, user }) => {
      mailboxes.mark(`${mailbox}/${name}`, body.heard, user.name);
      return null;
    },
    "DELETE /voicemail/:mailbox/:name": ({ params: { mailbox, name }, user }) => {
      mailboxes.remove(`${mailbox}/${name}`, user.name);
      log.info({ message: `${mailbox}/${name}`, by: user.name }, "voice message deleted");
      return null;
    },
  };
}
