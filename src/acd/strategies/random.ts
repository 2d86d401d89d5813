// Random: each free agent alike.
import type { Strategy } from "./strategy.ts";

export const random: Strategy = {
  id: "random",
  key: () => 0,
  lot: () => 1,
};
