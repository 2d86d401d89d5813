// Messages heard by telephone: how many there are, then one after another, those not heard first. Keys: 7 deletes, * says it
// again, # goes on.
import type { Call, Handler } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { Playback } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Mailboxes, VoiceMessage } from "./mailboxes.ts";

export interface MessagesByPhoneDeps {
  readonly mailboxes: Mailboxes;
  readonly clock: Clock;
  /** Of who has this telephone; `undefined`: none. */
  readonly mailboxOf: (extension: string) => string | undefined;
}

const keyMs = 10_000;

/** Takes the call of a phone over; in the end it is hung up. */
export function hearMessages(call: Call, { mailboxes, clock, mailboxOf }: MessagesByPhoneDeps): void {
  const extension = call.line.extension;
  const mailbox = extension === undefined ? undefined : mailboxOf(extension);
  if (extension === undefined || mailbox === undefined) return call.end(cause.notAllowed);
  // Nobody records a conversation with the box about other conversations.
  call.confidential = true;
  let queue: readonly VoiceMessage[] = [];
  let playing: Playback | undefined;
  let timer: Cancel = () => undefined;
  let over = false;

  const stop = (): void => {
    timer();
    const old = playing;
    playing = undefined;
    old?.stop();
    call.quiet();
  };
  const goodbye = (items: readonly SayItem[]): void => {
    queue = [];
    void call.say([...items, { prompt: "vm-goodbye" }]).finished.then(() => call.end(cause.normal));
  };
  const choose = (): void => {
    call.say([{ prompt: "vm-choose" }]);
    timer = clock.after(keyMs, () => goodbye([]));
  };
  const play = (): void => {
    const [message] = queue;
    const port = call.port();
    if (over) return;
    if (message === undefined || port === undefined) return goodbye([{ prompt: "vm-nomore" }]);
    try {
      const own = port.play([mailboxes.path(message.id)]);
      playing = own;
      void own.finished.then(({ reason }) => {
        if (playing !== own || over) return;
        playing = undefined;
        if (reason === "end") heard(message);
        choose();
      });
    } catch {
      // Deleted meanwhile, in the console.
      next();
    }
  };
  const heard = ({ id }: VoiceMessage): void => {
    if (mailboxes.list().some((one) => one.id === id)) mailboxes.mark(id, true, extension);
  };
  const next = (): void => {
    queue = queue.slice(1);
    play();
  };
  const key = (digit: string): void => {
    const [message] = queue;
    if (message === undefined || !["7", "*", "#"].includes(digit)) return;
    stop();
    if (digit === "*") return play();
    if (digit === "#") heard(message);
    else if (mailboxes.list().some(({ id }) => id === message.id)) mailboxes.remove(message.id, extension);
    next();
  };

  const handler: Handler = {
    phase: "voicemail",
    where: mailbox,
    event(event) {
      if (event.type === "digit") key(event.digit);
    },
    dropped() {
      over = true;
      timer();
    },
  };
  call.answer();
  call.handle(handler);
  if (call.state.ended !== null) return;
  const fresh = mailboxes.unheard(mailbox);
  const old = mailboxes.list().filter((one) => one.mailbox === mailbox && one.heard);
  queue = [...fresh, ...old];
  if (queue.length === 0) return goodbye([{ prompt: "vm-none" }]);
  const said = call.say([{ prompt: "vm-new" }, { number: fresh.length }]);
  void said.finished.then((reason) => {
    if (reason === "end" && playing === undefined && queue.length > 0) play();
  });
}
