// The strategies there are. A new one is one file beside this one and one line here.
import { bestSkilled } from "./best-skilled.ts";
import { fewestCallsOfAll } from "./fewest-calls-all.ts";
import { fewestCalls } from "./fewest-calls.ts";
import { leastRecent } from "./least-recent.ts";
import { leastTalkTime } from "./least-talk-time.ts";
import { linear } from "./linear.ts";
import { longestIdle } from "./longest-idle.ts";
import { random } from "./random.ts";
import { ringAll } from "./ring-all.ts";
import { ringProgressive } from "./ring-progressive.ts";
import { roundRobin } from "./round-robin.ts";
import type { Strategy } from "./strategy.ts";
import { weightedRandom } from "./weighted-random.ts";

const strategies: readonly Strategy[] = [
  longestIdle,
  ringAll,
  ringProgressive,
  linear,
  roundRobin,
  random,
  weightedRandom,
  leastRecent,
  fewestCalls,
  fewestCallsOfAll,
  leastTalkTime,
  bestSkilled,
];

const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]));

/** A journal may name a strategy that this version no longer has: longest idle stands in. */
export function strategyOf(id: string): Strategy {
  return byId.get(id) ?? longestIdle;
}

export const strategyIds: readonly string[] = strategies.map(({ id }) => id);
