// A line's audio may come a little later than its call: the media thread lets go of the last call's port first.
import type { MediaPort } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";

const stepMs = 10;
const longestMs = 3000;

/** Calls `then` once with the port: now where there is one, else as soon as there is; `undefined` after 3 s. */
export function whenAudio(
  port: () => MediaPort | undefined,
  clock: Clock,
  then: (port: MediaPort | undefined) => void,
): Cancel {
  let cancel: Cancel = () => undefined;
  const look = (left: number): void => {
    const found = port();
    if (found !== undefined || left <= 0) then(found);
    else cancel = clock.after(stepMs, () => look(left - stepMs));
  };
  look(longestMs);
  return () => cancel();
}
