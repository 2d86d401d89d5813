// What a waiting caller is told about the place in line.
import type { SayItem } from "../calls/say.ts";

/** @param position 1 for the first in line; anything less says nothing. */
export function positionItems(position: number): readonly SayItem[] {
  if (position < 1) return [];
  if (position === 1) return [{ prompt: "queue-youarenext" }, { prompt: "queue-thankyou" }];
  return [
    { prompt: "queue-thereare" },
    { place: position },
    { prompt: "queue-callswaiting" },
    { prompt: "queue-thankyou" },
  ];
}
