// Tells a caller that a call was in vain: by tone, by words, or by the caller's own exchange; then ends the call.
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Call, Saying } from "./call.ts";
import { causeSound } from "./cause-sounds.ts";

/** For how long an answered caller hears a tone, ms. */
const toneMs = 5000;
/** The special information tone takes a second (E.180 §8: three times 330 ms), and a moment of silence after it. */
const informationMs = 1200;
/** Words that cannot be had, or have no end, must not keep the call. */
const longestMs = 15_000;

/**
 * @param heard the far network has told the caller itself, by an announcement in the B-channel
 * @returns stops the telling; the call then goes on
 */
export function tellFailure(call: Call, cause: number, clock: Clock, heard = false): Cancel {
  const main = call.state.legs[call.state.main];
  const { tone, prompt } = causeSound(cause);
  const phone = main?.kind === "fxs";
  const end = (): void => call.end(cause);
  const ended = (): Cancel => (end(), () => undefined);
  // A caller whose line is not answered yet is told by the caller's own exchange.
  if (main === undefined || (main.state !== "connected" && !phone)) return ended();
  if (prompt !== undefined && !heard) return say(call, prompt, clock, end);
  // A phone's own line plays it after the end, until it is hung up.
  if (phone) return ended();
  call.tone(tone);
  return clock.after(toneMs, end);
}

function say(call: Call, prompt: string, clock: Clock, end: () => void): Cancel {
  let over = false;
  let saying: Saying | undefined;
  const limit = clock.after(longestMs, () => finish());
  const finish = (): void => {
    if (over) return;
    stop();
    end();
  };
  const start = clock.after(informationMs, () => {
    saying = call.say([{ prompt }]);
    void saying.finished.then(finish);
  });
  const stop = (): void => {
    over = true;
    start();
    limit();
    saying?.stop();
  };
  call.tone("sit");
  return stop;
}
