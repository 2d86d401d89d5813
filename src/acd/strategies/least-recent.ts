// Least recent: whose last call of this queue ended the longest ago; who had none today comes first.
import { noTally } from "../state.ts";
import type { Strategy } from "./strategy.ts";

export const leastRecent: Strategy = {
  id: "least-recent",
  key: ({ tallies }, queue) => (tallies[queue] ?? noTally).last,
};
