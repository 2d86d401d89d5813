// Rings somebody for a call that hears it: an extension, or an outside number over one trunk group after another.
import type { Destination } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call } from "./call.ts";
import { otherWayCauses, type Authority } from "./plan.ts";
import { seizeAgainMs } from "./reach.ts";
import { cause, type HandlerEvent } from "./state.ts";

/** So long a channel for an emergency call is waited for. */
const longestSeizeMs = 10_000;

export interface TriesOptions {
  readonly to: Destination;
  readonly authority: Authority;
  readonly clock: Clock;
  /** Whoever does not answer within so long is not there. */
  readonly answerMs: number;
  readonly reached: (leg: string) => void;
  /** By Q.850; of the last way that was tried. `heard`: the caller has heard the network say why. */
  readonly failed: (why: number, heard: boolean) => void;
}

export interface Tries {
  begin(): void;
  /** What the call tells its handler. */
  take(event: HandlerEvent): void;
  /** Nothing is told any more; who is being rung goes with the call. */
  stop(): void;
}

export function createTries(call: Call, options: TriesOptions): Tries {
  const { to, authority, clock, answerMs, reached, failed } = options;
  const tried: string[] = [];
  let rung: string | undefined;
  let timer: Cancel = () => undefined;

  /** @param before why the last group was in vain: what is told when no other is left */
  const attempt = (before?: number, waited = 0): void => {
    timer();
    const made = call.dial(to, "ring", { authority, tried });
    if ("cause" in made) {
      if (made.wait !== true || waited >= longestSeizeMs) return failed(before ?? made.cause, false);
      timer = clock.after(seizeAgainMs, () => attempt(before, waited + seizeAgainMs));
      return;
    }
    rung = made.leg;
    if (made.group !== undefined) tried.push(made.group);
    timer = clock.after(answerMs, () => {
      rung = undefined;
      call.drop(made.leg, cause.normal);
      failed(cause.noAnswer, false);
    });
  };

  return {
    begin: () => attempt(),
    take(event) {
      if (rung === undefined || !("leg" in event) || event.leg !== rung) return;
      if (event.type === "leg-answered") {
        rung = undefined;
        timer();
        reached(event.leg);
      } else if (event.type === "leg-failed") {
        rung = undefined;
        timer();
        const heard = event.heard === true;
        // Who has heard an announcement knows; another try would begin to ring again.
        if (otherWayCauses.has(event.cause) && tried.length > 0 && !heard) attempt(event.cause);
        else failed(event.cause, heard);
      }
    },
    stop: () => timer(),
  };
}
