// A queue's options with all defaults filled in: older journals, and most settings, name few of them.
import type { EmptyState, QueueOptions } from "../shared/journal.ts";
import type { AgentState, QueueRules } from "./state.ts";

const defaults = {
  weight: 0,
  mostWaiting: 0,
  emptyMs: 0,
  emptyStates: [],
  restMs: { noAnswer: 5000, busy: 5000, rejected: 5000 },
  autoReadyMs: 0,
  growMs: 5000,
  tierMs: 0,
  skills: {},
  relax: [],
  stickyMs: 0,
  resumeMs: 0,
  askWhen: [],
  serviceMs: 20_000,
} as const satisfies Partial<QueueOptions>;

export const rulesOf = (options: QueueOptions): QueueRules => ({ ...defaults, ...options });

/** Does this agent count as being there, for callers who wait only where somebody is? */
export function isThere(agent: AgentState, states: readonly EmptyState[]): boolean {
  if (agent.extension === null) return false;
  if (states.length === 0) return true;
  const state = stateOf(agent);
  return state === undefined || !states.includes(state);
}

function stateOf({ paused, phone, activity }: AgentState): EmptyState | undefined {
  if (paused !== null) return "paused";
  if (phone === "unavailable") return "unavailable";
  if (activity.type === "offered") return "ringing";
  if (activity.type === "wrap-up") return "wrap-up";
  return activity.type === "on-call" || phone === "busy" ? "in-use" : undefined;
}
