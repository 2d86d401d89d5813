// Distribution's decisions: `decide(state, command) → events`. Pure: every command says when it is given.
// An offer is a reservation of one agent for one call, and only the acceptance of that very offer counts.
import {
  accept,
  callbackFailed,
  cancelOffer,
  emptyOut,
  enter,
  giveUp,
  leave,
  offerFailed,
  requestCallback,
  restarted,
} from "./callers.ts";
import type { AcdCommand, Decision, GoingOn } from "./commands.ts";
import { distribute } from "./distribute.ts";
import type { AcdEvent } from "./evolve.ts";
import { needsAfter } from "./needs.ts";
import { estimate } from "./pace.ts";
import { positionOf, priorityOf } from "./places.ts";
import type { AcdState, AgentState, Due, QueuedCall } from "./state.ts";
import { byName, entries, first, get, values } from "./tree.ts";
import { agentOf, createWork, since, touch, touchCall, touchQueue, type Work } from "./work.ts";

export type { AcdCommand, Decision, Unstamped } from "./commands.ts";
export { positionOf } from "./places.ts";

/** How long a call in line will wait on, ms; `undefined`: too little is known. */
export function waitOf(state: AcdState, id: string): number | undefined {
  const queue = state.queues[get(state.calls, byName(id))?.queue ?? ""];
  const position = positionOf(state, id);
  return queue === undefined || position === 0 ? undefined : estimate(queue, position);
}

export function decide(state: AcdState, command: AcdCommand): readonly AcdEvent[] {
  return step(state, command).events;
}

/** The decision and the state after it, without folding the events twice. */
export function step(state: AcdState, command: AcdCommand): Decision {
  const work = createWork(state, command.at);
  carryOut(work, command);
  // Who comes back into a line that nobody serves any more does not stay.
  for (const queue of work.touched.keys()) emptyOut(work, queue);
  distribute(work);
  return { state: work.state, events: work.events };
}

/** When something is due next. */
export function nextDue(state: AcdState): number | undefined {
  return first(state.due)?.major;
}

function carryOut(work: Work, command: AcdCommand): void {
  switch (command.type) {
    case "configure":
      return configure(work, command);
    case "begin-day":
      return work.say({ type: "acd.day-began" });
    case "log-in":
      return logIn(work, command);
    case "log-out":
      return logOut(work, command.agent, command.by);
    case "pause": {
      const agent = agentOf(work, command.agent);
      if (agent === undefined || agent.extension === null) return;
      takeBack(work, agent);
      const { reason, by, limitMs } = command;
      const limit = limitMs === undefined ? {} : { limit: work.at + limitMs };
      return work.say({ type: "agent.paused", agent: agent.number, reason, by, ...limit });
    }
    case "ready": {
      const agent = agentOf(work, command.agent);
      if (agent === undefined || agent.extension === null) return;
      const waits =
        agent.paused !== null || agent.activity.type === "wrap-up" || agent.activity.type === "resting";
      return waits ? makeReady(work, agent, command.by) : undefined;
    }
    case "phone": {
      const number = get(work.state.seats, byName(command.extension));
      const agent = number === undefined ? undefined : agentOf(work, number);
      if (agent === undefined || agent.phone === command.phone) return;
      work.say({ type: "agent.phone", agent: agent.number, phone: command.phone });
      return touch(work, agent.number);
    }
    case "enter":
      return enter(work, command);
    case "prioritise": {
      const call = get(work.state.calls, byName(command.call));
      if (call === undefined || call.stage.type === "connected" || call.stage.type === "dialling") return;
      if (priorityOf(call.key) === command.priority) return;
      const { priority, by } = command;
      return work.say({ type: "queue.prioritised", call: call.call, queue: call.queue, priority, by });
    }
    case "accept":
      return accept(work, command.call, command.offer);
    case "offer-failed":
      return offerFailed(work, command.call, command.offer, command.reason);
    case "request-callback":
      return requestCallback(work, command);
    case "callback-reached": {
      const call = get(work.state.calls, byName(command.call));
      if (call?.stage.type !== "dialling") return;
      const { queue, stage } = call;
      return work.say({ type: "callback.reached", callback: command.call, queue, agent: stage.agent });
    }
    case "callback-failed":
      return callbackFailed(work, command.call, command);
    case "leave":
      return leave(work, command.call, command.reason);
    case "restart":
      for (const call of [...values(work.state.calls)])
        restarted(
          work,
          call,
          command.goingOn?.find((one) => isFor(one, call)),
        );
      // Nobody is rung before the telephones are known.
      return work.touched.clear();
    case "tick":
      return tick(work);
  }
}

/** A callback goes on in a call of its agent's, which has a name of its own. */
function isFor({ call, agent }: GoingOn, { call: own, callback, stage }: QueuedCall): boolean {
  if (callback === null || !("agent" in stage)) return call === own;
  return agent === stage.agent;
}

function configure(work: Work, { queues, agents }: Extract<AcdCommand, { type: "configure" }>): void {
  const keptQueues = new Set(queues.map((queue) => queue.id));
  const keptAgents = new Set(agents.map((agent) => agent.number));
  for (const call of [...values(work.state.calls)]) {
    // Who speaks with an agent already is not disturbed.
    const speaks = call.stage.type === "connected" || call.stage.type === "dialling";
    if (!keptQueues.has(call.queue) && !speaks) leave(work, call.call, "nobody-there");
  }
  for (const agent of [...values(work.state.agents)])
    if (!keptAgents.has(agent.number)) logOut(work, agent.number, "settings");
  work.say({ type: "acd.configured", queues, agents });
  for (const { id } of queues) {
    touchQueue(work, id);
    emptyOut(work, id);
  }
}

function logIn(
  work: Work,
  { agent: number, extension, phone, by, paused }: Extract<AcdCommand, { type: "log-in" }>,
): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === extension) return;
  const other = get(work.state.seats, byName(extension));
  if (other !== undefined) logOut(work, other, by);
  if (agent.extension !== null) logOut(work, number, by);
  work.say({ type: "agent.logged-in", agent: number, extension, by });
  if (phone !== "free") work.say({ type: "agent.phone", agent: number, phone });
  if (paused === true) return work.say({ type: "agent.paused", agent: number, reason: "", by });
  touch(work, number);
}

function logOut(work: Work, number: string, by: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === null) return;
  takeBack(work, agent);
  work.say({ type: "agent.logged-out", agent: number, by });
  // A higher level may be rung now, where this was the last of a lower one.
  for (const { queue } of agent.memberships) touchQueue(work, queue);
}

function makeReady(work: Work, agent: AgentState, by: string): void {
  work.say({ type: "agent.ready", agent: agent.number, by });
  touch(work, agent.number);
}

/** The agent is not rung any more; the call waits on in its place. */
function takeBack(work: Work, { number, activity }: AgentState): void {
  if (activity.type !== "offered") return;
  const call = get(work.state.calls, byName(activity.call));
  if (call?.stage.type !== "offered") return;
  const offer = call.stage.offers.find(({ agent }) => agent === number);
  if (offer !== undefined) cancelOffer(work, call, offer);
}

/** Each thing that is due by now, once; what becomes due by that is for the next tick. */
function tick(work: Work): void {
  const due: Due[] = [];
  for (const { major: at, value } of entries(work.state.due)) {
    if (at > work.at) break;
    due.push(value);
  }
  for (const one of due) isDue(work, one);
}

function isDue(work: Work, { type, id }: Due): void {
  switch (type) {
    case "agent":
      return restOver(work, id);
    case "pause": {
      const agent = agentOf(work, id);
      const over = agent?.pausedUntil != null && agent.pausedUntil <= work.at;
      return over ? makeReady(work, agent, "box") : undefined;
    }
    case "limit": {
      const agent = agentOf(work, id);
      if (agent?.pauseLimit == null || agent.pauseLimit > work.at) return;
      return work.say({ type: "agent.overdue", agent: id, reason: agent.paused ?? "" });
    }
    case "offer":
      return rungOut(work, id);
    case "wait":
      return waitedOut(work, id);
    case "widen":
      return widen(work, id);
    case "grow":
      return grow(work, id);
    case "empty":
      return emptyOut(work, id);
    case "retry": {
      const call = get(work.state.calls, byName(id));
      if (call?.stage.type !== "resting" || call.stage.until > work.at) return;
      work.say({ type: "callback.due", callback: id, queue: call.queue });
      return touchCall(work, id);
    }
  }
}

/** Wrap-up or rest has run out. */
function restOver(work: Work, number: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || !("until" in agent.activity) || agent.activity.until > work.at) return;
  if (agent.activity.type === "offered") return;
  work.say({ type: "agent.idle", agent: number });
  touch(work, number);
}

function rungOut(work: Work, number: string): void {
  const activity = agentOf(work, number)?.activity;
  if (activity?.type !== "offered" || activity.until > work.at) return;
  const stage = get(work.state.calls, byName(activity.call))?.stage;
  if (stage?.type !== "offered") return;
  const own = stage.offers.find(({ agent }) => agent === number);
  if (own !== undefined) offerFailed(work, activity.call, own.offer, "no-answer");
}

/** A caller's longest wait has run out, whoever is rung. */
function waitedOut(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call === undefined || call.until > work.at) return;
  if (call.stage.type !== "connected" && call.stage.type !== "dialling") giveUp(work, id, "timed-out");
}

function widen(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call === undefined || call.widensAt === null || call.widensAt > work.at) return;
  const rules = work.state.queues[call.queue]?.options;
  if (rules === undefined) return;
  const needs = needsAfter(rules, call.asked, since(call.enteredAt, work.at));
  work.say({ type: "queue.widened", call: id, queue: call.queue, needs });
  touchCall(work, id);
}

function grow(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered" || call.stage.growsAt === null || call.stage.growsAt > work.at) return;
  work.say({ type: "queue.ring-limit", call: id, queue: call.queue, agents: call.stage.allowed + 1 });
  touchCall(work, id);
}
