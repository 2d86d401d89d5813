// What a strategy is: an order in which a queue's free agents are offered calls. One strategy, one file.
import type { AgentState } from "../state.ts";

export interface Strategy {
  /** As the settings name it. */
  readonly id: string;
  /**
   * The agent with the smallest key is offered the next call; agents with equal keys go by their numbers.
   * Asked when the agent becomes free, and kept until then: it may use only what stays while the agent is free.
   */
  key(agent: AgentState, queue: string): number;
}
