// Distribution after a restart: the journal is folded, agents are where they were, and calls that went down
// with the last run leave their queues; those whose lines were held keep their place, or their agent.
import type { GoingOn } from "./commands.ts";
import { step, type Decision } from "./decide.ts";
import { evolve, type AcdEvent } from "./evolve.ts";
import { emptyState, type AcdState } from "./state.ts";

/**
 * @param goingOn calls whose lines were held, and that go on
 * @param history all events of distribution so far, oldest first; of a state that was kept, those after it
 * @returns the state to begin with, and the events by which it came from the history
 */
export function restore(
  history: Iterable<AcdEvent>,
  at: number,
  kept: AcdState = emptyState,
  goingOn: readonly GoingOn[] = [],
): Decision {
  let state = kept;
  for (const event of history) state = evolve(state, event);
  return step(state, { type: "restart", at, goingOn });
}
