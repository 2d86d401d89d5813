// Fewest calls of all queues: who has had the fewest calls today, whichever queue they came from.
import type { Strategy } from "./strategy.ts";

export const fewestCallsOfAll: Strategy = {
  id: "fewest-calls-all",
  key: ({ tallies }) => Object.values(tallies).reduce((sum, { calls }) => sum + calls, 0),
};
