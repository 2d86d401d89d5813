// A telephone of ours that is rung for a purpose of its own: to record by it, or to hear a line.
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Leg, Lines } from "./leg.ts";

const ringMs = 30_000;
/** Q.850: normal call clearing. */
const normal = 16;

/**
 * Resolves with the leg when it is answered. @param rung is told the leg at once
 * @throws ERR_LINE_UNKNOWN for no telephone's number, ERR_LINE_BUSY, ERR_LINE_DOWN, ERR_PHONE_UNANSWERED
 */
export async function ringPhone(
  lines: Pick<Lines, "list" | "dial">,
  clock: Clock,
  extension: string,
  rung: (leg: Leg) => void = () => undefined,
): Promise<Leg> {
  const phone = lines.list().find((line) => line.kind === "fxs" && line.extension === extension);
  if (phone === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: extension });
  const leg = lines.dial({
    called: { digits: extension, type: "unknown", presentation: "allowed" },
    calling: { digits: "", type: "unknown", presentation: "unavailable" },
    via: { line: phone.id },
  });
  rung(leg);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const cancel = clock.after(ringMs, () => resolve(false));
  leg.events.on(({ type }) => {
    if (type === "answered") resolve(true);
    if (type === "released") resolve(false);
  });
  const answered = await promise.finally(cancel);
  if (answered && leg.media !== undefined) return leg;
  leg.release(normal);
  throw new CallboxError("ERR_PHONE_UNANSWERED", { detail: extension });
}
