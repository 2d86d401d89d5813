// Linear, top-down: the first free agent in the order of the settings, each time.
import type { Strategy } from "./strategy.ts";

export const linear: Strategy = {
  id: "linear",
  key: (agent) => agent.place,
};
