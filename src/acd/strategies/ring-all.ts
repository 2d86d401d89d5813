// Ring all: every free agent's phone rings, and the first to answer has the call.
import type { Strategy } from "./strategy.ts";

export const ringAll: Strategy = {
  id: "ring-all",
  key: (agent) => agent.freeOrder,
  rings: "all",
};
