// The strategies there are. A new one is one file beside this one and one line here.
import { longestIdle } from "./longest-idle.ts";
import type { Strategy } from "./strategy.ts";

const strategies: readonly Strategy[] = [longestIdle];

const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]));

/** A journal may name a strategy that this version no longer has: longest idle stands in. */
export function strategyOf(id: string): Strategy {
  return byId.get(id) ?? longestIdle;
}
