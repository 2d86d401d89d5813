// Round robin: in the order of the settings, going on behind the agent who was rung last, over restarts too.
import type { Strategy } from "./strategy.ts";

export const roundRobin: Strategy = {
  id: "round-robin",
  key: (agent) => agent.place,
  round: true,
};
