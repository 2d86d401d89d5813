// The simplest handler: rings an extension or an outside number for a caller, who hears it ring. An outside number
// is tried over one trunk group after another.
import type { Destination } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call, Handler } from "./call.ts";
import { tellFailure } from "./failure.ts";
import { nameOf, otherWayCauses, type Authority } from "./plan.ts";
import { cause } from "./state.ts";

/** An extension that nobody lifts; outside the other network decides sooner (Q.931 T301 is 180 s at least). */
export const ringMs = { extension: 60_000, outside: 180_000 } as const;
/** A channel that is made free for an emergency call is so after an exchange of messages. */
const seizeMs = { again: 100, longest: 10_000 } as const;

export function ringFor(call: Call, to: Destination, authority: Authority, clock: Clock): void {
  let timer: Cancel = () => undefined;
  let rung: string | undefined;
  const tried: string[] = [];

  const fail = (why: number, heard = false): void => {
    timer();
    timer = tellFailure(call, why, clock, heard);
  };

  const failed = (why: number, heard = false): void => {
    rung = undefined;
    // Who has heard an announcement knows; another try would begin to ring again.
    if (otherWayCauses.has(why) && tried.length > 0 && !heard) attempt(why);
    else fail(why, heard);
  };

  /** @param before why the last group was in vain: what is said when no other is left */
  const attempt = (before?: number, waited = 0): void => {
    timer();
    const made = call.dial(to, "ring", { authority, tried });
    if ("cause" in made) {
      if (made.wait !== true || waited >= seizeMs.longest) return fail(before ?? made.cause);
      timer = clock.after(seizeMs.again, () => attempt(before, waited + seizeMs.again));
      return;
    }
    rung = made.leg;
    if (made.group !== undefined) tried.push(made.group);
    timer = clock.after("outside" in to ? ringMs.outside : ringMs.extension, () => {
      rung = undefined;
      call.drop(made.leg, cause.normal);
      fail(cause.noAnswer);
    });
  };

  const handler: Handler = {
    phase: "ringing",
    where: nameOf(to),
    event(event) {
      if (event.type === "leg-failed" && event.leg === rung) failed(event.cause, event.heard);
      if (event.type !== "leg-answered" || event.leg !== rung) return;
      timer();
      call.unhandle(handler);
    },
    dropped: () => timer(),
  };

  call.handle(handler);
  if (call.state.ended === null) attempt();
}
