// Distribution's decisions: `decide(state, command) → events`. Pure: every command says when it is given.
// An offer is a reservation of one agent for one call, and only the acceptance of that very offer counts.
import type { AgentOptions, JournalEntry, Party, QueueLeaveReason, QueueOptions } from "../shared/journal.ts";
import { dated } from "../shared/journal.ts";
import { evolve, type AcdEvent } from "./evolve.ts";
import type { AcdState, AgentState, Due, Phone, QueuedCall } from "./state.ts";
import { byName, compare, entries, first, get, rank, values } from "./tree.ts";

/** After an offer that came to nothing an agent is left alone for so long. */
export const restMs = 5000;

export type AcdCommand = { readonly at: number } & (
  | {
      readonly type: "configure";
      readonly queues: readonly QueueOptions[];
      readonly agents: readonly AgentOptions[];
    }
  | {
      readonly type: "log-in";
      readonly agent: string;
      readonly extension: string;
      readonly phone: Phone;
      readonly by: string;
    }
  | { readonly type: "log-out"; readonly agent: string; readonly by: string }
  | { readonly type: "pause"; readonly agent: string; readonly reason: string; readonly by: string }
  | { readonly type: "ready"; readonly agent: string; readonly by: string }
  /** A phone is used otherwise, free again, or does not work. */
  | { readonly type: "phone"; readonly extension: string; readonly phone: Phone }
  | {
      readonly type: "enter";
      readonly call: string;
      readonly queue: string;
      readonly caller: Party;
      readonly priority: number;
    }
  /** The agent lifted the phone that rang for this offer. */
  | { readonly type: "accept"; readonly call: string; readonly offer: string }
  | {
      readonly type: "offer-failed";
      readonly call: string;
      readonly offer: string;
      readonly reason: "no-answer" | "busy" | "rejected" | "failed";
    }
  | { readonly type: "leave"; readonly call: string; readonly reason: QueueLeaveReason }
  /** What is due by now. */
  | { readonly type: "tick" }
);

type WithoutMoment<C> = C extends unknown ? Omit<C, "at"> : never;
/** A command whose moment is now. */
export type Unstamped = WithoutMoment<AcdCommand>;

export interface Decision {
  readonly state: AcdState;
  readonly events: readonly AcdEvent[];
}

export function decide(state: AcdState, command: AcdCommand): readonly AcdEvent[] {
  return step(state, command).events;
}

/** The decision and the state after it, without folding the events twice. */
export function step(state: AcdState, command: AcdCommand): Decision {
  const work = createWork(state, command.at);
  carryOut(work, command);
  distribute(work);
  return { state: work.state, events: work.events };
}

/** When something is due next. */
export function nextDue(state: AcdState): number | undefined {
  return first(state.due)?.key[0];
}

/** Place in line, 1 and up; 0 when the call does not wait. */
export function positionOf(state: AcdState, id: string): number {
  const call = get(state.calls, byName(id));
  const queue = call === undefined ? undefined : state.queues[call.queue];
  if (call === undefined || queue === undefined || call.stage.type === "connected") return 0;
  return rank(queue.waiting, call.key) + rank(queue.offered, call.key) + 1;
}

interface Work {
  state: AcdState;
  readonly at: number;
  readonly events: AcdEvent[];
  /** Queues in which a caller and an agent may have come together. */
  readonly touched: Set<string>;
  say(entry: Extract<JournalEntry, { type: AcdEvent["type"] }>): void;
}

function createWork(state: AcdState, at: number): Work {
  const work: Work = {
    state,
    at,
    events: [],
    touched: new Set(),
    say(entry) {
      const event: AcdEvent = dated(entry, at);
      work.events.push(event);
      work.state = evolve(work.state, event);
    },
  };
  return work;
}

function carryOut(work: Work, command: AcdCommand): void {
  switch (command.type) {
    case "configure":
      return configure(work, command);
    case "log-in":
      return logIn(work, command);
    case "log-out":
      return logOut(work, command.agent, command.by);
    case "pause": {
      const agent = agentOf(work, command.agent);
      if (agent === undefined || agent.extension === null) return;
      takeBack(work, agent);
      return work.say({ type: "agent.paused", agent: agent.number, reason: command.reason, by: command.by });
    }
    case "ready": {
      const agent = agentOf(work, command.agent);
      if (agent === undefined || agent.extension === null) return;
      const waits =
        agent.paused !== null || agent.activity.type === "wrap-up" || agent.activity.type === "resting";
      if (!waits) return;
      touch(work, agent);
      return work.say({ type: "agent.ready", agent: agent.number, by: command.by });
    }
    case "phone": {
      const number = get(work.state.seats, byName(command.extension));
      const agent = number === undefined ? undefined : agentOf(work, number);
      if (agent === undefined || agent.phone === command.phone) return;
      touch(work, agent);
      return work.say({ type: "agent.phone", agent: agent.number, phone: command.phone });
    }
    case "enter":
      return enter(work, command);
    case "accept":
      return accept(work, command.call, command.offer);
    case "offer-failed":
      return offerFailed(work, command.call, command.offer, command.reason);
    case "leave":
      return leave(work, command.call, command.reason);
    case "tick":
      return tick(work);
  }
}

function configure(work: Work, { queues, agents }: Extract<AcdCommand, { type: "configure" }>): void {
  const keptQueues = new Set(queues.map((queue) => queue.id));
  const keptAgents = new Set(agents.map((agent) => agent.number));
  for (const call of [...values(work.state.calls)]) {
    // Who speaks with an agent already is not disturbed.
    if (!keptQueues.has(call.queue) && call.stage.type !== "connected")
      leave(work, call.call, "nobody-there");
  }
  for (const agent of [...values(work.state.agents)])
    if (!keptAgents.has(agent.number)) logOut(work, agent.number, "settings");
  work.say({ type: "acd.configured", queues, agents });
  for (const queue of queues) {
    work.touched.add(queue.id);
    emptyOut(work, queue.id);
  }
}

function logIn(
  work: Work,
  { agent: number, extension, phone, by }: Extract<AcdCommand, { type: "log-in" }>,
): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === extension) return;
  const other = get(work.state.seats, byName(extension));
  if (other !== undefined) logOut(work, other, by);
  if (agent.extension !== null) logOut(work, number, by);
  work.say({ type: "agent.logged-in", agent: number, extension, by });
  if (phone !== "free") work.say({ type: "agent.phone", agent: number, phone });
  touch(work, agent);
}

function logOut(work: Work, number: string, by: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === null) return;
  takeBack(work, agent);
  work.say({ type: "agent.logged-out", agent: number, by });
  for (const queue of agent.queues) emptyOut(work, queue);
}

/** The agent is not rung any more; the call waits on in its place. */
function takeBack(work: Work, agent: AgentState): void {
  if (agent.activity.type !== "offered") return;
  const call = get(work.state.calls, byName(agent.activity.call));
  if (call !== undefined) cancelOffer(work, call);
}

function cancelOffer(work: Work, { call, queue, stage }: QueuedCall): void {
  if (stage.type !== "offered") return;
  const { offer, agent, at } = stage;
  work.say({ type: "queue.ring-cancelled", call, queue, offer, agent, ringMs: since(at, work.at) });
  work.touched.add(queue);
  const freed = agentOf(work, agent);
  if (freed !== undefined) touch(work, freed);
}

function enter(
  work: Work,
  { call, queue: id, caller, priority }: Extract<AcdCommand, { type: "enter" }>,
): void {
  const queue = work.state.queues[id];
  if (queue === undefined || get(work.state.calls, byName(call)) !== undefined) return;
  const until = work.at + queue.options.maxWaitMs;
  work.say({ type: "queue.entered", call, queue: id, caller, priority, until });
  work.touched.add(id);
  emptyOut(work, id);
}

/** Where nobody is logged in nobody waits, if the queue is set so. */
function emptyOut(work: Work, id: string): void {
  const queue = work.state.queues[id];
  if (queue === undefined || !queue.options.leaveWhenEmpty || queue.loggedIn > 0) return;
  for (const call of [...values(queue.waiting)]) leave(work, call, "nobody-there");
}

function accept(work: Work, id: string, offer: string): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered" || call.stage.offer !== offer) return;
  const { agent, at } = call.stage;
  work.say({
    type: "queue.connected",
    call: id,
    queue: call.queue,
    offer,
    agent,
    waitedMs: since(call.enteredAt, work.at),
    ringMs: since(at, work.at),
  });
}

function offerFailed(
  work: Work,
  id: string,
  offer: string,
  reason: Extract<AcdCommand, { type: "offer-failed" }>["reason"],
): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered" || call.stage.offer !== offer) return;
  const { queue } = call;
  const { agent, at } = call.stage;
  const [ringMs, restUntil] = [since(at, work.at), work.at + restMs];
  work.say({ type: "queue.ring-no-answer", call: id, queue, offer, agent, reason, ringMs, restUntil });
  work.touched.add(queue);
  const limit = work.state.queues[queue]?.options.pauseAfterNoAnswers ?? 0;
  const misses = agentOf(work, agent)?.noAnswers ?? 0;
  if (limit > 0 && misses >= limit) work.say({ type: "agent.paused", agent, reason: "no-answer", by: "box" });
  if (call.until <= work.at) leave(work, id, "timed-out");
}

function leave(work: Work, id: string, reason: QueueLeaveReason): void {
  const found = get(work.state.calls, byName(id));
  if (found === undefined) return;
  const position = positionOf(work.state, id);
  cancelOffer(work, found);
  const { queue, enteredAt, stage } = found;
  if (stage.type !== "connected") {
    const waitedMs = since(enteredAt, work.at);
    return work.say({ type: "queue.left", call: id, queue, reason, waitedMs, talkedMs: 0, position });
  }
  const { agent, waitedMs } = stage;
  const talkedMs = since(stage.at, work.at);
  work.say({ type: "queue.left", call: id, queue, reason, agent, waitedMs, talkedMs, position });
  wrapUp(work, agent, id, queue);
}

function wrapUp(work: Work, number: string, call: string, queue: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === null) return;
  const until = work.at + (work.state.queues[queue]?.options.wrapUpMs ?? 0);
  work.say({ type: "agent.wrap-up", agent: number, call, queue, until });
  if (until <= work.at) work.say({ type: "agent.idle", agent: number });
  touch(work, agent);
}

/** Each thing that is due by now, once; what becomes due by that is for the next tick. */
function tick(work: Work): void {
  const due: Due[] = [];
  for (const { key, value } of entries(work.state.due)) {
    if (key[0] > work.at) break;
    due.push(value);
  }
  for (const { type, id } of due) {
    if (type === "agent") restOver(work, id);
    else timeUp(work, id);
  }
}

/** Wrap-up or rest has run out. */
function restOver(work: Work, number: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || !("until" in agent.activity) || agent.activity.until > work.at) return;
  work.say({ type: "agent.idle", agent: number });
  touch(work, agent);
}

/** An offer, or a caller's longest wait, has run out. */
function timeUp(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call === undefined || call.stage.type === "connected") return;
  if (call.stage.type === "offered" && call.stage.until <= work.at)
    offerFailed(work, id, call.stage.offer, "no-answer");
  else if (call.until <= work.at) leave(work, id, "timed-out");
}

/** Brings waiting calls and free agents together, the longest-waiting caller over all these queues first. */
function distribute(work: Work): void {
  for (;;) {
    const best = bestPair(work);
    if (best === undefined) return;
    const { queue, call, agent } = best;
    const until = work.at + (work.state.queues[queue]?.options.ringMs ?? 0);
    work.say({ type: "queue.offered", call, queue, offer: `${work.state.order}`, agent, until });
  }
}

function bestPair(work: Work): { queue: string; call: string; agent: string } | undefined {
  let best: { queue: string; call: string; agent: string } | undefined;
  let bestKey;
  for (const id of work.touched) {
    const queue = work.state.queues[id];
    const call = first(queue?.waiting ?? null);
    const agent = first(queue?.free ?? null);
    if (call === undefined || agent === undefined) {
      work.touched.delete(id);
      continue;
    }
    if (bestKey !== undefined && compare(call.key, bestKey) >= 0) continue;
    best = { queue: id, call: call.value, agent: agent.value };
    bestKey = call.key;
  }
  return best;
}

function touch(work: Work, agent: AgentState): void {
  for (const queue of agent.queues) work.touched.add(queue);
}

function agentOf(work: Work, number: string): AgentState | undefined {
  return get(work.state.agents, byName(number));
}

// The wall clock may jump back: a duration is never negative.
const since = (from: number, to: number): number => Math.max(0, to - from);
