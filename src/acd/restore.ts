// Distribution after a restart: the journal is folded, agents are where they were, and calls that went down
// with the last run leave their queues.
import { step, type Decision } from "./decide.ts";
import { evolve, type AcdEvent } from "./evolve.ts";
import { emptyState, type QueuedCall, type QueueState } from "./state.ts";
import { values } from "./tree.ts";

/** Waiting calls go first, so that nobody is offered one on the way out. */
const order = { waiting: 0, offered: 1, connected: 2 } as const;

/**
 * @param history all events of distribution so far, oldest first
 * @returns the state to begin with, and the events by which it came from the history
 */
export function restore(history: Iterable<AcdEvent>, at: number): Decision {
  let state = emptyState;
  for (const event of history) state = evolve(state, event);
  const events: AcdEvent[] = [];
  const calls: QueuedCall[] = [...values(state.calls)];
  calls.sort((a, b) => order[a.stage.type] - order[b.stage.type]);
  for (const { call } of calls) {
    const decision = step(state, { type: "leave", call, reason: "restarted", at });
    state = decision.state;
    events.push(...decision.events);
  }
  const queues = Object.entries(state.queues).map(([id, queue]) => [id, { ...queue, totals: zero }] as const);
  return { state: { ...state, queues: Object.fromEntries(queues) }, events };
}

const zero: QueueState["totals"] = { entered: 0, connected: 0, abandoned: 0, left: 0 };
