// Which agent a queue offers a call to: by level, then by the queue's strategy, among those who suit the call.
import type { Needs } from "../shared/journal.ts";
import { suits } from "./needs.ts";
import { isFree, type AcdState, type AgentState, type QueueState } from "./state.ts";
import { strategyOf } from "./strategies/index.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { byName, from, get, type Key } from "./tree.ts";

export interface Chosen {
  readonly agent: string;
  readonly level: number;
}

/** The agent for a call with these needs; `undefined` when nobody free suits it. */
export function choose(state: AcdState, queue: QueueState, needs: Needs): Chosen | undefined {
  if (needs.agent !== null) return known(state, queue, needs.agent);
  const strategy = strategyOf(queue.options.strategy);
  if (strategy.lot !== undefined || strategy.fit !== undefined) return pick(state, queue, needs, strategy);
  if (strategy.round !== true) return firstOf(state, queue, needs, startOf(0));
  // Level by level: behind who was rung last, else from the top.
  for (let level = nextLevel(queue, -1); level !== undefined; level = nextLevel(queue, level)) {
    const behind = firstOf(state, queue, needs, startOf(level, (queue.last[level] ?? -1) + 0.5), level);
    const found = behind ?? firstOf(state, queue, needs, startOf(level), level);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The one agent that a caller waits for. */
function known(state: AcdState, { options: { id } }: QueueState, number: string): Chosen | undefined {
  const agent = get(state.agents, byName(number));
  const member = agent?.memberships.find(({ queue }) => queue === id);
  return agent !== undefined && member !== undefined && isFree(agent)
    ? { agent: number, level: member.level }
    : undefined;
}

const startOf = (level: number, minor = -Infinity): Key => ({ major: level, minor, name: "" });

function nextLevel({ free }: QueueState, after: number): number | undefined {
  for (const { major } of from(free, startOf(after, Infinity))) return major;
  return undefined;
}

/** The first who suits, at or after this key. @param within of this level only */
function firstOf(
  state: AcdState,
  queue: QueueState,
  needs: Needs,
  start: Key,
  within?: number,
): Chosen | undefined {
  for (const { major: level, value } of from(queue.free, start)) {
    if (within !== undefined && level !== within) return undefined;
    const agent = get(state.agents, byName(value));
    if (agent !== undefined && suits(queue, needs, agent, level)) return { agent: value, level };
  }
  return undefined;
}

/** Among all who suit of the first level that has any. */
function pick(state: AcdState, queue: QueueState, needs: Needs, { lot, fit }: Strategy): Chosen | undefined {
  const all: AgentState[] = [];
  let level = 0;
  for (const { major, value } of from(queue.free, startOf(0))) {
    if (all.length > 0 && major !== level) break;
    const agent = get(state.agents, byName(value));
    if (agent === undefined || !suits(queue, needs, agent, major)) continue;
    level = major;
    all.push(agent);
  }
  if (all.length === 0) return undefined;
  const agent = lot === undefined ? fittest(all, needs, fit) : drawn(all, lot, state.order);
  return agent && { agent: agent.number, level };
}

function fittest(all: readonly AgentState[], needs: Needs, fit: Strategy["fit"]): AgentState | undefined {
  let [best, most] = [all[0], -Infinity];
  for (const agent of all) {
    const own = fit?.(agent, needs) ?? 0;
    if (own > most) [best, most] = [agent, own];
  }
  return best;
}

/** Chance comes from the order of events: the same journal draws the same lots. */
function drawn(
  all: readonly AgentState[],
  lot: (agent: AgentState) => number,
  order: number,
): AgentState | undefined {
  const sum = all.reduce((total, agent) => total + lot(agent), 0);
  let left = chance(order) * sum;
  for (const agent of all) {
    left -= lot(agent);
    if (left < 0) return agent;
  }
  return all.at(-1);
}

/** 0 to 1, evenly, by the finaliser of MurmurHash3 (Appleby 2011): neighbours have nothing in common. */
export function chance(order: number): number {
  let x = Math.imul(order ^ (order / 0x1_0000_0000), 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000;
}
