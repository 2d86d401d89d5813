// Voice messages in memory: two new, one heard.
import type { Input } from "../../../src/web/api/request.ts";
import type { Reply } from "../../../src/web/api/routes.ts";
import type { MessageView, voicemailRoutes } from "../../../src/web/api/voicemail.ts";
import { waveFile } from "../../../src/media/wave-file.ts";

type Named = keyof typeof voicemailRoutes;
type Handlers = { readonly [K in Named]: (input: Input<K>) => Reply<K> | Buffer };

export function mockVoicemail(now: number): Handlers {
  const message = (n: number, heard: boolean): MessageView => ({
    mailbox: "office",
    name: `20261128T09000${n}-01JABCDEFGHJKMNPQRSTVWXYZ${n}`,
    caller: `1380013800${n}`,
    call: `01JABCDEFGHJKMNPQRSTVWXYZ${n}`,
    at: now - n * 600_000,
    durationMs: 900 * n,
    heard,
  });
  let messages: readonly MessageView[] = [message(1, false), message(2, false), message(3, true)];
  const same = (one: MessageView, { mailbox, name }: { mailbox: string; name: string }): boolean =>
    one.mailbox === mailbox && one.name === name;
  return {
    "GET /voicemail": () => ({ messages: [...messages] }),
    "GET /voicemail/:mailbox/:name/audio": () => waveFile(new Int16Array(7200)),
    "PUT /voicemail/:mailbox/:name"({ params, body }) {
      messages = messages.map((one) => (same(one, params) ? { ...one, heard: body.heard } : one));
      return null;
    },
    "DELETE /voicemail/:mailbox/:name"({ params }) {
      messages = messages.filter((one) => !same(one, params));
      return null;
    },
  };
}
