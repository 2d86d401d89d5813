// A waiting caller asks to be called back: confirms the number that is known, or dials one.
import type { Call } from "../calls/call.ts";
import type { Cancel, Clock } from "../shared/clock.ts";

export interface CallbackKeyDeps {
  readonly call: Call;
  readonly clock: Clock;
  /** May the box dial this, as it would be dialled back? */
  readonly may: (number: string) => boolean;
  /** The number is settled. */
  readonly done: (number: string) => void;
  /** The caller waits on, with music. */
  readonly back: () => void;
}

export interface CallbackKey {
  digit(key: string): void;
  /** The caller is in other hands. */
  stop(): void;
}

const silenceMs = 15_000;
const nextKeyMs = 5000;

export function askForCallback({ call, clock, may, done, back }: CallbackKeyDeps): CallbackKey {
  let asking: "confirm" | "number" | "nothing" = "nothing";
  let digits = "";
  let timer: Cancel = () => undefined;

  const wait = (ms: number, then: () => void): void => {
    timer();
    timer = clock.after(ms, then);
  };
  const giveUp = (): void => {
    stop();
    back();
  };
  const stop = (): void => {
    timer();
    asking = "nothing";
  };
  const askNumber = (): void => {
    asking = "number";
    digits = "";
    call.say([{ prompt: "callback-enter" }]);
    wait(silenceMs, giveUp);
  };
  const settle = (number: string): void => {
    stop();
    if (!may(number)) {
      void call.say([{ prompt: "callback-refused" }]).finished.then((end) => {
        if (end === "end") back();
      });
      return;
    }
    done(number);
  };

  const known = call.state.caller.number;
  if (known === "" || !may(known)) askNumber();
  else {
    asking = "confirm";
    call.say([{ prompt: "callback-number" }, { digits: known }, { prompt: "callback-confirm" }]);
    wait(silenceMs, giveUp);
  }
  return {
    stop,
    digit(key) {
      if (asking === "confirm") {
        if (key === "1") settle(known);
        else if (key === "2") askNumber();
        return;
      }
      if (asking !== "number") return;
      if (digits === "") call.quiet();
      if (key === "#") return digits === "" ? giveUp() : settle(digits);
      digits += key;
      wait(nextKeyMs, () => settle(digits));
    },
  };
}
