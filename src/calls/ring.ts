// The simplest handler: rings an extension or an outside number for a caller, who hears it ring, and hears why when
// it was in vain.
import type { Destination } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call, Handler } from "./call.ts";
import { tellFailure } from "./failure.ts";
import { nameOf, type Authority } from "./plan.ts";
import { createTries } from "./tries.ts";

/** An extension that nobody lifts; outside the other network decides sooner (Q.931 T301 is 180 s at least). */
export const ringMs = { extension: 60_000, outside: 180_000 } as const;

export function ringFor(call: Call, to: Destination, authority: Authority, clock: Clock): void {
  let telling: Cancel = () => undefined;
  const tries = createTries(call, {
    to,
    authority,
    clock,
    answerMs: "outside" in to ? ringMs.outside : ringMs.extension,
    reached: () => call.unhandle(handler),
    failed: (why, heard) => void (telling = tellFailure(call, why, clock, heard)),
  });
  const handler: Handler = {
    phase: "ringing",
    where: nameOf(to),
    event: (event) => tries.take(event),
    dropped() {
      tries.stop();
      telling();
    },
  };

  call.handle(handler);
  if (call.state.ended === null) tries.begin();
}
