// An event out of the journal, as this program knows it: what an older program wrote is brought up to it, version by version. The
// journal itself stays as it was written, for it is chained.
import { journalVersion, type JournalEvent } from "./journal.ts";

/** As the program of some version wrote it. */
export interface WrittenEvent {
  readonly v: number;
  readonly type: string;
  readonly [name: string]: unknown;
}

/** From each version to the next. */
export type Upcasts = Readonly<Record<number, (event: WrittenEvent) => WrittenEvent>>;

const upcasts: Upcasts = {};

/**
 * @param text JSON. Of a newer program than this one it is passed on as it is: folds pass over what they do not know.
 * @throws SyntaxError when it is no JSON
 */
export function readEvent(
  text: string,
  steps: Upcasts = upcasts,
  current: number = journalVersion,
): JournalEvent {
  let event = JSON.parse(text) as WrittenEvent;
  for (let { v } = event; v < current; v++) event = { ...(steps[v]?.(event) ?? event), v: v + 1 };
  return event as unknown as JournalEvent;
}
