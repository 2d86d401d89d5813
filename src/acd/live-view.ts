// Distribution's state as the console sees it.
import type { AgentStatus, LiveAgent, LiveQueue, LiveWaiting } from "./live.ts";
import type { AcdState, AgentState, QueuedCall, QueueState } from "./state.ts";
import { byName, entries, get, size, type Key } from "./tree.ts";

/** How many of the callers in line are shown one by one. */
const shown = 100;

export function liveAgent(agent: AgentState): LiveAgent {
  const { number, name, queues, since, paused, extension, activity } = agent;
  return {
    number,
    name,
    queues,
    status: statusOf(agent),
    since,
    ...(paused === null ? {} : { reason: paused }),
    ...(extension === null ? {} : { extension }),
    ...("call" in activity ? { call: activity.call, queue: activity.queue } : {}),
    ...("until" in activity ? { until: activity.until } : {}),
  };
}

function statusOf({ activity, extension, paused, phone }: AgentState): AgentStatus {
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
    waiting: size(queue.waiting) + size(queue.offered),
    callers,
    agents: queue.loggedIn,
    available: size(queue.free),
    ...(longest === undefined ? {} : { longestSince: longest.since }),
    totals: queue.totals,
  };
}

function inLine(state: AcdState, queue: QueueState): readonly LiveWaiting[] {
  const keys: { key: Key; value: string }[] = [...entries(queue.offered)];
  for (const entry of entries(queue.waiting)) {
    if (keys.length >= shown + size(queue.offered)) break;
    keys.push(entry);
  }
  keys.sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1]);
  return keys.slice(0, shown).flatMap(({ value }, index) => {
    const call = get(state.calls, byName(value));
    return call === undefined ? [] : [liveWaiting(call, index + 1)];
  });
}

function liveWaiting({ call, caller, enteredAt, stage }: QueuedCall, position: number): LiveWaiting {
  return {
    call,
    caller,
    position,
    since: enteredAt,
    ...(stage.type === "offered" ? { offeredTo: stage.agent } : {}),
  };
}
