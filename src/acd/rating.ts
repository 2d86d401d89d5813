// The agent has hung up, and the caller is asked for a rating by key.
import type { Call, Handler } from "../calls/call.ts";
import { cause } from "../calls/state.ts";
import type { Clock } from "../shared/clock.ts";

/** To think, and to find the key. */
const answerMs = 12_000;

/** @param rated is told the key, 1 to `highest`; whoever presses none is let go */
export function askRating(call: Call, clock: Clock, highest: number, rated: (score: number) => void): void {
  let over = false;
  const end = (): void => {
    over = true;
    call.end(cause.normal, "called");
  };
  const timer = clock.after(answerMs, end);
  const handler: Handler = {
    phase: "menu",
    where: "rating",
    event(event) {
      if (event.type !== "digit" || over) return;
      const score = Number(event.digit);
      if (!(score >= 1 && score <= highest)) return;
      over = true;
      timer();
      rated(score);
      void call.say([{ prompt: "rate-thanks" }]).finished.then(end);
    },
    dropped() {
      over = true;
      timer();
    },
  };
  call.handle(handler);
  if (call.state.ended === null) call.say([{ prompt: `rate-${highest}` }]);
}
