// One decision while it is made: the state as far as it has come, what was said, and where callers and agents may have met.
import type { JournalEntry } from "../shared/journal.ts";
import { dated } from "../shared/journal.ts";
import { evolve, type AcdEvent } from "./evolve.ts";
import { suits } from "./needs.ts";
import type { AcdState, AgentState, QueueState } from "./state.ts";
import { byName, get } from "./tree.ts";

export interface Work {
  state: AcdState;
  readonly at: number;
  readonly events: AcdEvent[];
  /** Lines, by queue, in which a caller and an agent may have come together. */
  readonly touched: Map<string, Set<string>>;
  say(entry: Extract<JournalEntry, { type: AcdEvent["type"] }>): void;
}

export function createWork(state: AcdState, at: number): Work {
  const work: Work = {
    state,
    at,
    events: [],
    touched: new Map(),
    say(entry) {
      const event: AcdEvent = dated(entry, at);
      work.events.push(event);
      work.state = evolve(work.state, event);
    },
  };
  return work;
}

function touchLine(work: Work, queue: string, line: string): void {
  const lines = work.touched.get(queue);
  if (lines === undefined) work.touched.set(queue, new Set([line]));
  else lines.add(line);
}

/** The call wants an agent, or wants another one. */
export function touchCall(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call !== undefined) touchLine(work, call.queue, call.line);
}

/** The agent may be free: for all whom it suits. */
export function touch(work: Work, number: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined) return;
  for (const { queue: id, level } of agent.memberships) {
    const queue = work.state.queues[id];
    if (queue === undefined) continue;
    for (const name in queue.lines) {
      const line = queue.lines[name];
      if (line !== undefined && suits(queue, line.needs, agent, level)) touchLine(work, id, name);
    }
  }
}

export function touchQueue(work: Work, id: string): void {
  const queue: QueueState | undefined = work.state.queues[id];
  for (const name in queue?.lines) touchLine(work, id, name);
}

export function agentOf(work: Work, number: string): AgentState | undefined {
  return get(work.state.agents, byName(number));
}

// The wall clock may jump back: a duration is never negative.
export const since = (from: number, to: number): number => Math.max(0, to - from);
