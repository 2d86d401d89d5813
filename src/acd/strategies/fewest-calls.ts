// Fewest calls: who has had the fewest of this queue's calls today.
import { noTally } from "../state.ts";
import type { Strategy } from "./strategy.ts";

export const fewestCalls: Strategy = {
  id: "fewest-calls",
  key: ({ tallies }, queue) => (tallies[queue] ?? noTally).calls,
};
