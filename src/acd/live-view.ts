// Distribution's state as the console sees it.
import type { AgentStatus, LiveAgent, LiveQueue, LiveWaiting } from "./live.ts";
import { priorityOf } from "./places.ts";
import type { AcdState, AgentState, QueuedCall, QueueState } from "./state.ts";
import { byName, compare, entries, get, size, type Entry, type Tree } from "./tree.ts";

/** How many of the callers in line are shown one by one. */
const shown = 100;

export function liveAgent(agent: AgentState): LiveAgent {
  const { number, name, since, paused, extension, activity, overdue, pauseLimit } = agent;
  return {
    number,
    name,
    queues: agent.memberships.map(({ queue }) => queue),
    status: agentStatus(agent),
    since,
    ...(paused === null ? {} : { reason: paused }),
    ...(extension === null ? {} : { extension }),
    ...("call" in activity ? { call: activity.call, queue: activity.queue } : {}),
    ...("until" in activity ? { until: activity.until } : {}),
    ...(overdue ? { limit: true } : pauseLimit === null ? {} : { limit: pauseLimit }),
  };
}

export function agentStatus({ activity, extension, paused, phone }: AgentState): AgentStatus {
  if (activity.type === "on-call" || activity.type === "offered" || activity.type === "wrap-up")
    return activity.type;
  if (extension === null) return "logged-out";
  if (paused !== null) return "paused";
  if (phone !== "free") return phone;
  return activity.type;
}

export function liveQueue(state: AcdState, queue: QueueState, name: string): LiveQueue {
  const callers = inLine(state, queue);
  const longest = callers[0];
  return {
    id: queue.options.id,
    name,
    waiting: queue.length,
    callers,
    agents: Object.values(queue.staff).reduce((sum, count) => sum + count, 0),
    available: size(queue.free),
    ...(longest === undefined ? {} : { longestSince: longest.since }),
    totals: queue.totals,
  };
}

/** Of each line no more are looked at than are shown. */
function inLine(state: AcdState, { lines, offered }: QueueState): readonly LiveWaiting[] {
  const trees = [offered, ...Object.values(lines).map(({ waiting }) => waiting)];
  return trees
    .flatMap((tree) => firstOf(tree, shown))
    .sort(compare)
    .slice(0, shown)
    .flatMap(({ value }, index) => {
      const call = get(state.calls, byName(value));
      return call === undefined ? [] : [liveWaiting(call, index + 1)];
    });
}

function firstOf(tree: Tree<string>, most: number): readonly Entry<string>[] {
  const found: Entry<string>[] = [];
  for (const entry of entries(tree)) {
    if (found.push(entry) === most) break;
  }
  return found;
}

function liveWaiting(
  { call, caller, key, enteredAt, callback, stage }: QueuedCall,
  position: number,
): LiveWaiting {
  return {
    call,
    caller,
    position,
    priority: priorityOf(key),
    since: enteredAt,
    ...(callback === null ? {} : { callback: true }),
    offeredTo: stage.type === "offered" ? stage.offers.map(({ agent }) => agent) : [],
  };
}
