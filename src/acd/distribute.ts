// Brings callers and agents together, at the end of every decision.
import { choose } from "./choose.ts";
import type { AcdState } from "./state.ts";
import { compare, first, type Key } from "./tree.ts";
import type { Work } from "./work.ts";

interface Pair {
  readonly queue: string;
  readonly call: string;
  readonly agent: string;
  /** Smaller is sooner: the agent's level, the queue's weight, then the place in line. */
  readonly level: number;
  readonly weight: number;
  readonly key: Key;
}

/**
 * Brings waiting calls and free agents together. Of all pairs the first is that of the lowest level (an agent's first queues
 * before the others), then of the heaviest queue, then of the caller with the highest priority who has waited the longest.
 */
export function distribute(work: Work): void {
  for (let pair = bestPair(work); pair !== undefined; pair = bestPair(work)) {
    const { queue, call, agent } = pair;
    const until = work.at + (work.state.queues[queue]?.options.ringMs ?? 0);
    work.say({ type: "queue.offered", call, queue, offer: `${work.state.order}`, agent, until });
  }
}

function bestPair(work: Work): Pair | undefined {
  let best: Pair | undefined;
  for (const [id, lines] of work.touched) {
    for (const line of lines) {
      const pair = pairOf(work.state, id, line, best);
      // No command makes a pair where there is none but those that touch the line again.
      if (pair === "none") lines.delete(line);
      else if (pair !== "later") best = pair;
    }
  }
  return best;
}

/** The line's first call and its agent, where that goes before `best`. */
function pairOf(state: AcdState, id: string, name: string, best: Pair | undefined): Pair | "later" | "none" {
  const queue = state.queues[id];
  const line = queue?.lines[name];
  const free = first(queue?.free ?? null);
  if (queue === undefined || line === undefined || free === undefined) return "none";
  const [waits, rings] = [first(line.waiting), first(line.ringing)];
  const call = waits === undefined || (rings !== undefined && compare(rings, waits) < 0) ? rings : waits;
  if (call === undefined) return "none";
  const pair = {
    queue: id,
    call: call.value,
    agent: "",
    level: free.major,
    weight: queue.options.weight,
    key: call,
  };
  // With the best agent that there could be.
  if (best !== undefined && !sooner(pair, best)) return "later";
  const chosen = choose(state, queue, line.needs);
  if (chosen === undefined) return "none";
  const made = { ...pair, ...chosen };
  return best === undefined || sooner(made, best) ? made : "later";
}

function sooner(a: Pair, b: Pair): boolean {
  if (a.level !== b.level) return a.level < b.level;
  if (a.weight !== b.weight) return a.weight > b.weight;
  return compare(a.key, b.key) < 0;
}
