// How distribution's state follows from its events. Pure and total: any journal can be folded, and what an
// event speaks of that is not there is passed over.
import type { AgentEntry, Dated, EventOf, QueueEntry } from "../shared/journal.ts";
import { idle, loggedIn, loggedOut, newAgent, overdue, paused, ready, settled } from "./evolve-agent.ts";
import {
  asked,
  callbackFailed,
  callbackReached,
  callbackRequested,
  connected,
  deserted,
  entered,
  left,
  noAnswer,
  offered,
  offerOver,
  prioritised,
  ringLimited,
  waiting,
  widening,
} from "./evolve-queue.ts";
import { lineOf } from "./needs.ts";
import { noPace, paced } from "./pace.ts";
import { desertedAt, withActivity, withAgent, withCall, withMembers, withoutDue } from "./places.ts";
import { rulesOf } from "./rules.ts";
import { noTotals, type AcdState, type AgentState, type QueueState, type Totals } from "./state.ts";
import { byName, get, insert, values, type Tree } from "./tree.ts";

/** The journal's events that distribution is made of. */
export type AcdEvent = Dated<QueueEntry | AgentEntry>;

/** Their types, for whoever reads them out of the journal. */
export const acdEventTypes = [
  "acd.configured",
  "acd.day-began",
  "agent.logged-in",
  "agent.logged-out",
  "agent.paused",
  "agent.overdue",
  "agent.ready",
  "agent.wrap-up",
  "agent.idle",
  "agent.phone",
  "queue.entered",
  "queue.prioritised",
  "queue.widened",
  "queue.asked",
  "queue.offered",
  "queue.ring-limit",
  "queue.deserted",
  "queue.ring-no-answer",
  "queue.ring-cancelled",
  "queue.connected",
  "queue.left",
  "callback.requested",
  "callback.reached",
  "callback.failed",
  "callback.due",
] as const satisfies readonly AcdEvent["type"][];

export function evolve(state: AcdState, event: AcdEvent): AcdState {
  const after = changed(state, event);
  if (!("queue" in event)) return after;
  const [was, queue] = [state.queues[event.queue]?.length ?? 0, after.queues[event.queue]];
  if (queue === undefined || queue.length === was) return after;
  const pace = paced(queue.pace, event.at, was, Math.max(0, was - queue.length));
  return { ...after, queues: { ...after.queues, [event.queue]: { ...queue, pace } } };
}

function changed(state: AcdState, event: AcdEvent): AcdState {
  switch (event.type) {
    case "acd.configured":
      return configured(state, event);
    case "acd.day-began":
      return dayBegan(state, event.at);
    case "agent.logged-in":
      return loggedIn(state, event);
    case "agent.logged-out":
      return loggedOut(state, event);
    case "agent.paused":
      return paused(state, event);
    case "agent.overdue":
      return overdue(state, event);
    case "agent.ready":
      return ready(state, event);
    case "agent.wrap-up": {
      const { call, queue, until } = event;
      return withActivity(state, event.agent, { type: "wrap-up", call, queue, until }, event.at);
    }
    case "agent.idle":
      return idle(state, event.agent, event.at);
    case "agent.phone":
      return withAgent({ ...state, order: state.order + 1 }, event.agent, event.at, (agent) => ({
        ...agent,
        phone: event.phone,
        since: event.at,
        freeOrder: state.order,
      }));
    case "queue.entered":
      return entered(state, event);
    case "queue.prioritised":
      return prioritised(state, event);
    case "queue.widened":
      return withCall(state, event.call, (call, queue) =>
        widening({ ...call, needs: event.needs, line: lineOf(event.needs) }, queue, event.at),
      );
    case "queue.asked":
      return asked(state, event);
    case "queue.offered":
      return offered(state, event);
    case "queue.ring-limit":
      return ringLimited(state, event);
    case "queue.deserted":
      return deserted(state, event);
    case "queue.ring-no-answer":
      return noAnswer(state, event);
    case "queue.ring-cancelled":
      // Who was rung in vain by no fault of its own keeps its place among the free.
      return withActivity(offerOver(state, event.call, event.offer), event.agent, { type: "idle" }, event.at);
    case "queue.connected":
      return connected(state, event);
    case "queue.left":
      return left(state, event);
    case "callback.requested":
      return callbackRequested(state, event);
    case "callback.reached":
      return callbackReached(state, event);
    case "callback.failed":
      return callbackFailed(state, event);
    case "callback.due":
      return withCall(state, event.callback, (call) => ({ ...call, stage: waiting }));
  }
}

function configured(before: AcdState, event: EventOf<"acd.configured">): AcdState {
  let agents: Tree<AgentState> = null;
  for (const [place, options] of event.agents.entries()) {
    const known = get(before.agents, byName(options.number)) ?? newAgent(options.number, event.at);
    agents = insert(agents, byName(options.number), { ...known, ...settled(options), place });
  }
  // What is due by the old rules goes, and comes back by the new ones.
  const state = Object.entries(before.queues).reduce(
    (sum, [id, queue]) => withoutDue(sum, desertedAt(queue), "empty", id),
    before,
  );
  const queues = Object.fromEntries(
    event.queues.map((options) => {
      const known = before.queues[options.id] ?? emptyQueue;
      return [options.id, { ...known, emptySince: null, deserted: false, options: rulesOf(options) }];
    }),
  );
  return [...values(before.calls)].reduce(
    (sum, { call }) => withCall(sum, call, (one, queue) => widening(one, queue, event.at)),
    withMembers({ ...state, agents, queues }, event.at),
  );
}

/** Counts begin anew; who waits and who speaks goes on. */
function dayBegan(state: AcdState, at: number): AcdState {
  let agents: Tree<AgentState> = null;
  for (const agent of values(state.agents))
    agents = insert(agents, byName(agent.number), { ...agent, tallies: {} });
  const queues = Object.fromEntries(
    Object.entries(state.queues).map(([id, queue]) => [
      id,
      { ...queue, totals: beginning(id, queue, state.calls) },
    ]),
  );
  return withMembers({ ...state, dayBegan: at, agents, queues }, at);
}

/** Who waits still has come in today as far as the counts go: in is always out and those who are still there. */
function beginning(id: string, queue: QueueState, calls: AcdState["calls"]): Totals {
  let later = 0;
  for (const { queue: own, stage } of values(calls))
    if (own === id && (stage.type === "resting" || stage.type === "dialling" || stage.type === "asked"))
      later += 1;
  return { ...noTotals, entered: queue.length + later };
}

const emptyQueue: Omit<QueueState, "options"> = {
  lines: {},
  length: 0,
  pace: noPace,
  offered: null,
  free: null,
  highest: 1,
  staff: {},
  there: 0,
  emptySince: null,
  deserted: false,
  last: {},
  lost: null,
  lostUntil: null,
  totals: noTotals,
};
