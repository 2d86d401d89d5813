// Distribution the slow way, written apart from the real one: every caller is looked at with every agent, in plain lists.
import type { AcdState, AgentState, QueuedCall, QueueState } from "../../src/acd/state.ts";
import { values } from "../../src/acd/tree.ts";

export interface Expected {
  readonly call: string;
  readonly queue: string;
  /** One, but where lots are drawn: then all who take part. */
  readonly agents: readonly string[];
}

/** Whom a waiting caller is to be offered to next, of all callers and agents; `undefined`: nobody can be. */
export function expectedOffer(state: AcdState): Expected | undefined {
  const all = [...values(state.agents)];
  let best: (Expected & { readonly rank: readonly number[] }) | undefined;
  for (const call of values(state.calls)) {
    const queue = state.queues[call.queue];
    if (queue === undefined || !wantsAnother(call)) continue;
    const candidates = all.filter((agent) => isIdle(agent) && mayHave(queue, call, agent, all));
    if (candidates.length === 0) continue;
    const lowest = Math.min(...candidates.map((agent) => levelIn(agent, call.queue)));
    const agents = byStrategy(
      queue,
      call,
      candidates.filter((agent) => levelIn(agent, call.queue) === lowest),
    );
    const rank = [lowest, -queue.options.weight, call.key.major, call.key.minor];
    if (best === undefined || isBefore(rank, best.rank))
      best = { call: call.call, queue: call.queue, agents: agents.map(({ number }) => number), rank };
  }
  return best;
}

function wantsAnother({ stage }: QueuedCall): boolean {
  return stage.type === "waiting" || (stage.type === "offered" && stage.offers.length < stage.allowed);
}

export const isIdle = ({ extension, phone, paused, activity }: AgentState): boolean =>
  extension !== null && phone === "free" && paused === null && activity.type === "idle";

const levelIn = (agent: AgentState, queue: string): number =>
  agent.memberships.find((one) => one.queue === queue)?.level ?? Infinity;

function mayHave(
  queue: QueueState,
  call: QueuedCall,
  agent: AgentState,
  all: readonly AgentState[],
): boolean {
  const { id } = queue.options;
  const level = levelIn(agent, id);
  if (level === Infinity) return false;
  const { needs } = call;
  if (needs.agent !== null) return needs.agent === agent.number;
  const here = all.filter((one) => one.extension !== null).map((one) => levelIn(one, id));
  if (level > needs.level && level > Math.min(...here)) return false;
  return Object.entries(needs.skills).every(([skill, least]) => (agent.skills[skill] ?? 0) >= least);
}

function byStrategy(
  { options, last }: QueueState,
  call: QueuedCall,
  agents: readonly AgentState[],
): readonly AgentState[] {
  const of = (agent: AgentState): { calls: number; talkMs: number; last: number } =>
    agent.tallies[options.id] ?? { calls: 0, talkMs: 0, last: 0 };
  const total = (agent: AgentState, what: "calls" | "talkMs"): number =>
    Object.values(agent.tallies).reduce((sum, tally) => sum + tally[what], 0);
  const least = (measure: (agent: AgentState) => number): readonly AgentState[] => {
    const sorted = [...agents].sort((a, b) => measure(a) - measure(b) || (a.number < b.number ? -1 : 1));
    return sorted.slice(0, 1);
  };
  switch (call.needs.agent === null ? options.strategy : "known") {
    case "known":
      return agents;
    case "linear":
      return least((agent) => agent.place);
    case "round-robin": {
      const from = last[levelIn(agents[0] ?? fail(), options.id)] ?? -1;
      const turn = (agent: AgentState): number => (agent.place > from ? agent.place : agent.place + 1e6);
      return least(turn);
    }
    case "random":
    case "weighted-random":
      return agents;
    case "least-recent":
      return least((agent) => of(agent).last);
    case "fewest-calls":
      return least((agent) => of(agent).calls);
    case "fewest-calls-all":
      return least((agent) => total(agent, "calls"));
    case "least-talk-time":
      return least((agent) => total(agent, "talkMs"));
    case "best-skilled": {
      const sum = (agent: AgentState): number =>
        Object.keys(call.needs.skills).reduce((all, skill) => all + (agent.skills[skill] ?? 0), 0);
      const most = Math.max(...agents.map(sum));
      const ahead = agents.filter((agent) => sum(agent) === most);
      return [...ahead].sort((a, b) => a.freeOrder - b.freeOrder).slice(0, 1);
    }
    default:
      return least((agent) => agent.freeOrder);
  }
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function fail(): never {
  throw new Error("no candidate");
}
