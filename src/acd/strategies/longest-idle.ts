// Longest idle: the agent who has been free for the longest time comes first.
import type { Strategy } from "./strategy.ts";

export const longestIdle: Strategy = {
  id: "longest-idle",
  // The order in which agents became free, not the hour: a clock that is set changes nobody's turn.
  key: (agent) => agent.freeOrder,
};
