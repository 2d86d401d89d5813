// Questions of the box to whoever is at a telephone, answered by keys.
import type { Clock, Cancel } from "../shared/clock.ts";
import type { Call, Handler } from "./call.ts";
import type { SayItem } from "./say.ts";
import { cause } from "./state.ts";

const firstKeyMs = 10_000;
const nextKeyMs = 4000;

export interface Dialogue {
  /** Answers, and takes the call over. */
  begin(): void;
  /** Says something and takes keys, to `#` or a pause. Silence hangs up. */
  ask(items: readonly SayItem[], then: (digits: string) => void): void;
  /** Says a last thing and hangs up. */
  finish(item: SayItem): void;
}

/** `name`: what it is about, for the console. */
export function createDialogue(call: Call, name: string, clock: Clock): Dialogue {
  let over = false;
  let digits = "";
  let answer: ((digits: string) => void) | undefined;
  let timer: Cancel = () => undefined;

  const done = (): void => {
    timer();
    const then = answer;
    answer = undefined;
    if (then === undefined) return;
    if (digits === "") call.end(cause.normal);
    else then(digits);
  };
  const wait = (ms: number): void => {
    timer();
    timer = clock.after(ms, done);
  };
  const handler: Handler = {
    phase: "menu",
    where: name,
    event(event) {
      if (answer === undefined) return;
      if (event.type === "digit-begin") call.quiet();
      if (event.type !== "digit") return;
      if (event.digit === "#") return done();
      digits += event.digit;
      wait(nextKeyMs);
    },
    dropped() {
      over = true;
      answer = undefined;
      timer();
    },
  };
  return {
    begin() {
      call.answer();
      call.handle(handler);
    },
    ask(items, then) {
      if (over) return;
      digits = "";
      answer = then;
      call.say(items);
      wait(firstKeyMs + 1000 * items.length);
    },
    finish(item) {
      if (over) return;
      answer = undefined;
      timer();
      void call.say([item]).finished.then(() => call.end(cause.normal));
    },
  };
}
