// Ring progressive: the longest idle agent's phone rings, and every few seconds one more.
import type { Strategy } from "./strategy.ts";

export const ringProgressive: Strategy = {
  id: "ring-progressive",
  key: (agent) => agent.freeOrder,
  rings: "growing",
};
