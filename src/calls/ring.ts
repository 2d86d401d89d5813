// The simplest handler: rings an extension or an outside number for a caller, who hears it ring.
import type { Destination } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call, Handler } from "./call.ts";
import { tellFailure } from "./failure.ts";
import { nameOf, type Authority } from "./plan.ts";
import { cause } from "./state.ts";

/** An extension that nobody lifts; outside the other network decides sooner (Q.931 T301 is 180 s at least). */
export const ringMs = { extension: 60_000, outside: 180_000 } as const;

export function ringFor(call: Call, to: Destination, authority: Authority, clock: Clock): void {
  let timer: Cancel = () => undefined;
  let rung: string | undefined;

  const fail = (why: number, heard = false): void => {
    timer();
    timer = tellFailure(call, why, clock, heard);
  };

  const handler: Handler = {
    phase: "ringing",
    where: nameOf(to),
    event(event) {
      if (event.type === "leg-failed" && event.leg === rung) fail(event.cause, event.heard);
      if (event.type !== "leg-answered" || event.leg !== rung) return;
      timer();
      call.unhandle(handler);
    },
    dropped: () => timer(),
  };

  call.handle(handler);
  if (call.state.ended !== null) return;
  const made = call.dial(to, "ring", { authority });
  if ("cause" in made) return fail(made.cause);
  rung = made.leg;
  timer = clock.after("extension" in to ? ringMs.extension : ringMs.outside, () => {
    const leg = rung;
    rung = undefined;
    if (leg !== undefined) call.drop(leg, cause.normal);
    fail(cause.noAnswer);
  });
}
