// The frames of our own machines' sessions as a box has traced them.
import type { TracedFrame } from "../../src/lines/isdn/frame-ring.ts";
import { basicSession } from "../signalling/isdn/sessions.ts";

/** One frame each 20 ms from `start`, as the user's side of a PRI has them. */
export function tracedSession(start: number): readonly TracedFrame[] {
  return basicSession("PRI", "fixed").map(({ from, frame }, i) => ({
    seq: i + 1,
    at: start + 20 * i,
    sent: from === "user",
    from,
    octets: frame,
  }));
}
