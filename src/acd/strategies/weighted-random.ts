// Weighted random: by each agent's weight, twice the weight twice as often.
import type { Strategy } from "./strategy.ts";

export const weightedRandom: Strategy = {
  id: "weighted-random",
  key: () => 0,
  lot: (agent) => agent.weight,
};
