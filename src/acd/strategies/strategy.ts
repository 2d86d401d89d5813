// What a strategy is: which of a queue's free agents is offered a call next. One strategy, one file.
import type { Needs } from "../../shared/journal.ts";
import type { AgentState } from "../state.ts";

/** Agents of a lower level come first whatever the strategy; it chooses among those of one level. */
export interface Strategy {
  /** As the settings name it. */
  readonly id: string;
  /**
   * The agent with the smallest key is offered the next call; agents with equal keys go by their numbers.
   * Asked when the agent becomes free, and kept until then: it may use only what stays while the agent is free.
   */
  key(agent: AgentState, queue: string): number;
  /** How many are rung at once for one call: one (default), all, or one more every so often. */
  readonly rings?: "one" | "all" | "growing";
  /** Goes on behind the agent who was rung last, round and round; the key is the place in the settings. */
  readonly round?: true;
  /** Draws lots among all who suit: an agent's share of them. */
  readonly lot?: (agent: AgentState) => number;
  /** How well the agent suits this call: the best one, then by the key. */
  readonly fit?: (agent: AgentState, needs: Needs) => number;
}
