// Rings somebody for a call that hears it: an extension, or an outside number over one trunk group after another.
import type { Destination } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call } from "./call.ts";
import { otherWayCauses, type Authority } from "./plan.ts";
import { seizeAgainMs } from "./reach.ts";
import { cause, type HandlerEvent } from "./state.ts";

/** So long whoever has answered may take to press 1: the question is asked twice. */
const confirmMs = 15_000;
/** So long a channel for an emergency call is waited for. */
const longestSeizeMs = 10_000;

export interface TriesOptions {
  readonly to: Destination;
  readonly authority: Authority;
  readonly clock: Clock;
  /** Whoever does not answer within so long is not there. */
  readonly answerMs: number;
  /** Whoever answers is asked to press 1 first, and only then is the call taken. */
  readonly confirm?: boolean;
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
  const { to, authority, clock, answerMs, confirm = false, reached, failed } = options;
  const tried: string[] = [];
  /** Who is rung, or has answered and is asked. */
  let rung: { readonly leg: string; readonly asked: boolean } | undefined;
  let timer: Cancel = () => undefined;

  /** @param before why the last group was in vain: what is told when no other is left */
  const attempt = (before?: number, waited = 0): void => {
    timer();
    const made = call.dial(to, confirm ? "offer" : "ring", { authority, tried });
    if ("cause" in made) {
      if (made.wait !== true || waited >= longestSeizeMs) return failed(before ?? made.cause, false);
      timer = clock.after(seizeAgainMs, () => attempt(before, waited + seizeAgainMs));
      return;
    }
    if (made.group !== undefined) tried.push(made.group);
    wait(made.leg, false, answerMs);
  };

  const wait = (leg: string, asked: boolean, ms: number): void => {
    timer();
    rung = { leg, asked };
    timer = clock.after(ms, () => {
      rung = undefined;
      call.drop(leg, cause.normal);
      failed(cause.noAnswer, false);
    });
  };
  const settle = (): void => {
    rung = undefined;
    timer();
  };

  return {
    begin: () => attempt(),
    take(event) {
      if (rung === undefined || !("leg" in event) || event.leg !== rung.leg) return;
      const { leg, asked } = rung;
      if (event.type === "leg-alerting") call.alert();
      else if (event.type === "leg-answered" && confirm) {
        wait(leg, true, confirmMs);
        call.sayTo(leg, [{ prompt: "forward-confirm" }, { prompt: "forward-confirm" }]);
      } else if (event.type === "leg-answered") {
        settle();
        reached(leg);
      } else if (event.type === "leg-digit" && event.digit === "1") {
        settle();
        call.join(leg);
        reached(leg);
      } else if (event.type === "leg-failed") {
        settle();
        if (asked) return failed(cause.noAnswer, false);
        const heard = event.heard === true;
        // Who has heard an announcement knows; another try would begin to ring again.
        if (otherWayCauses.has(event.cause) && tried.length > 0 && !heard) attempt(event.cause);
        else failed(event.cause, heard);
      }
    },
    stop: () => timer(),
  };
}
