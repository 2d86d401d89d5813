// How events of queues and callbacks change who waits, is rung and speaks. Pure and total.
import type { EventOf } from "../shared/journal.ts";
import { idle } from "./evolve-agent.ts";
import { lineOf, nextWidening, noNeeds } from "./needs.ts";
import {
  desertedAt,
  lostKey,
  placeCall,
  placeInLine,
  priorityOf,
  withActivity,
  withAgent,
  withCall,
  withoutDue,
  withQueue,
} from "./places.ts";
import {
  noTally,
  type AcdState,
  type AgentState,
  type Offer,
  type QueuedCall,
  type QueueState,
  type Tally,
} from "./state.ts";
import { strategyOf } from "./strategies/index.ts";
import { byName, first, get, insert, remove } from "./tree.ts";

/** When less is needed of an agent, if the call waits on. */
export function widening(call: QueuedCall, queue: QueueState | undefined, at: number): QueuedCall {
  if (queue === undefined) return { ...call, widensAt: null };
  const waited = Math.max(0, at - call.enteredAt);
  const next = nextWidening(queue.options, call.asked, waited, queue.highest);
  return { ...call, widensAt: next === undefined ? null : call.enteredAt + next };
}

export function entered(state: AcdState, event: EventOf<"queue.entered">): AcdState {
  const { call, queue, caller, until, needs = noNeeds, asked = needs, order = state.order, at } = event;
  const key = placeInLine(event.priority, order, call);
  const one = {
    call,
    queue,
    caller,
    key,
    enteredAt: at,
    until,
    needs,
    asked,
    line: lineOf(needs),
    callback: null,
    widensAt: null,
    stage: waiting,
  };
  return placeCall(
    { ...state, order: state.order + 1 },
    undefined,
    widening(one, state.queues[queue], at),
    (now) => ({
      ...forget(now, caller.number, at),
      totals: { ...now.totals, entered: now.totals.entered + 1 },
    }),
  );
}

export const waiting = { type: "waiting" } as const;

export function offered(state: AcdState, event: EventOf<"queue.offered">): AcdState {
  const { call: id, queue, offer, agent, until, at } = event;
  const call = get(state.calls, byName(id));
  const options = state.queues[queue]?.options;
  if (call === undefined || call.stage.type === "connected" || options === undefined) return state;
  const one: Offer = { offer, agent, at, until };
  const strategy = strategyOf(options.strategy);
  const ring = strategy.rings ?? "one";
  const stage =
    call.stage.type === "offered"
      ? { ...call.stage, offers: [...call.stage.offers, one] }
      : ({
          type: "offered",
          offers: [one],
          allowed: ring === "all" ? everybody : 1,
          growsAt: ring === "growing" ? at + options.growMs : null,
        } as const);
  const reserved = placeCall({ ...state, order: state.order + 1 }, call, { ...call, stage }, (now) =>
    strategy.round === true ? turned(now, get(state.agents, byName(agent))) : now,
  );
  return withActivity(reserved, agent, { type: "offered", call: id, queue, until }, at);
}

/** Round robin goes on behind this agent. */
function turned(queue: QueueState, rung: AgentState | undefined): QueueState {
  const member = rung?.memberships.find((one) => one.queue === queue.options.id);
  return rung === undefined || member === undefined
    ? queue
    : { ...queue, last: { ...queue.last, [member.level]: rung.place } };
}

export function asked(state: AcdState, { call: id, reason, until }: EventOf<"queue.asked">): AcdState {
  return withCall(state, id, (call) =>
    call.stage.type === "waiting" ? { ...call, until, stage: { type: "asked", reason } } : call,
  );
}

/** Agents that ring at once, where all do. */
const everybody = 1_000_000;

export function ringLimited(
  state: AcdState,
  { call: id, agents, at }: EventOf<"queue.ring-limit">,
): AcdState {
  return withCall(state, id, (call, queue) => {
    if (call.stage.type !== "offered") return call;
    const growsAt = queue === undefined ? null : at + queue.options.growMs;
    return { ...call, stage: { ...call.stage, allowed: agents, growsAt } };
  });
}

export function deserted(state: AcdState, { queue: id }: EventOf<"queue.deserted">): AcdState {
  const queue = state.queues[id];
  if (queue === undefined) return state;
  return withQueue(withoutDue(state, desertedAt(queue), "empty", id), id, (now) => ({
    ...now,
    deserted: true,
  }));
}

/** One offer is over; the call waits on, in its place, when it was the last one. */
export function offerOver(state: AcdState, id: string, offer: string): AcdState {
  return withCall(state, id, (call) => {
    if (call.stage.type !== "offered") return call;
    const offers = call.stage.offers.filter((one) => one.offer !== offer);
    return { ...call, stage: offers.length === 0 ? waiting : { ...call.stage, offers } };
  });
}

export function noAnswer(state: AcdState, event: EventOf<"queue.ring-no-answer">): AcdState {
  const { call, offer, agent, reason, restUntil, at } = event;
  return withActivity(
    offerOver(state, call, offer),
    agent,
    { type: "resting", until: restUntil },
    at,
    (now) => ({
      ...now,
      noAnswers: now.noAnswers + (reason === "no-answer" ? 1 : 0),
    }),
  );
}

export function connected(state: AcdState, event: EventOf<"queue.connected">): AcdState {
  const { agent, call: id, queue, waitedMs, at } = event;
  const call = get(state.calls, byName(id));
  if (call?.stage.type !== "offered") return state;
  // Who is to be called back counts when reached.
  const speaks = call.callback === null;
  const stage = { type: speaks ? "connected" : "dialling", agent, at, waitedMs } as const;
  const answered = placeCall(state, call, { ...call, stage }, speaks ? countConnected(waitedMs) : undefined);
  return withActivity(answered, agent, { type: "on-call", call: id, queue }, at, (now) => ({
    ...(speaks ? countCall(now, queue) : now),
    noAnswers: 0,
  }));
}

const countConnected =
  (waitedMs: number) =>
  (queue: QueueState): QueueState => {
    const { totals, options } = queue;
    const inTime = totals.inTime + (waitedMs <= options.serviceMs ? 1 : 0);
    return { ...queue, totals: { ...totals, connected: totals.connected + 1, inTime } };
  };

const countCall = (agent: AgentState, queue: string): AgentState =>
  tallied(agent, queue, ({ calls }) => ({ calls: calls + 1 }));

export function callbackReached(state: AcdState, event: EventOf<"callback.reached">): AcdState {
  const call = get(state.calls, byName(event.callback));
  if (call?.stage.type !== "dialling") return state;
  const reached: QueuedCall = { ...call, stage: { ...call.stage, type: "connected", at: event.at } };
  return withAgent(
    placeCall(state, call, reached, countConnected(call.stage.waitedMs)),
    event.agent,
    event.at,
    (agent) => countCall(agent, event.queue),
  );
}

function tallied(agent: AgentState, queue: string, change: (tally: Tally) => Partial<Tally>): AgentState {
  const tally = agent.tallies[queue] ?? noTally;
  return { ...agent, tallies: { ...agent.tallies, [queue]: { ...tally, ...change(tally) } } };
}

export function left(state: AcdState, event: EventOf<"queue.left">): AcdState {
  const call = get(state.calls, byName(event.call));
  if (call === undefined) return state;
  const { stage } = call;
  if (stage.type === "dialling")
    return idle(placeCall(state, call, undefined, countLeft), stage.agent, event.at);
  if (stage.type === "connected") {
    const { order } = state;
    const gone = placeCall({ ...state, order: order + 1 }, call, undefined);
    return withActivity(gone, stage.agent, { type: "idle" }, event.at, (agent) => ({
      ...tallied(agent, call.queue, ({ talkMs }) => ({ talkMs: talkMs + event.talkedMs, last: order })),
      freeOrder: order,
    }));
  }
  if (event.reason !== "abandoned") return placeCall(state, call, undefined, countLeft);
  return placeCall(state, call, undefined, (now) => ({
    ...remember(now, call, event.at),
    totals: { ...now.totals, abandoned: now.totals.abandoned + 1 },
  }));
}

/** In the place in line that the caller had. */
export function callbackRequested(state: AcdState, event: EventOf<"callback.requested">): AcdState {
  const { callback: call, queue, number, from, enteredAt, order, priority, until, tries, at } = event;
  const { needs = noNeeds, asked = needs } = event;
  const one: QueuedCall = {
    call,
    queue,
    caller: { number },
    key: placeInLine(priority, order, call),
    enteredAt,
    until,
    needs,
    asked,
    line: lineOf(needs),
    callback: { number, from, tries },
    widensAt: null,
    stage: waiting,
  };
  return placeCall(state, undefined, widening(one, state.queues[queue], at), (now) => ({
    ...now,
    totals: { ...now.totals, entered: now.totals.entered + 1 },
  }));
}

export function callbackFailed(state: AcdState, event: EventOf<"callback.failed">): AcdState {
  const { callback, agent, again, at } = event;
  const call = get(state.calls, byName(callback));
  if (call?.stage.type !== "dialling") return state;
  const tried = call.callback && { ...call.callback, tries: event.tries ?? call.callback.tries - 1 };
  const next: QueuedCall | undefined =
    again === undefined ? undefined : { ...call, callback: tried, stage: { type: "resting", until: again } };
  return idle(placeCall(state, call, next, next === undefined ? countLeft : undefined), agent, at);
}

const countLeft = (queue: QueueState): QueueState => ({
  ...queue,
  totals: { ...queue.totals, left: queue.totals.left + 1 },
});

export function prioritised(state: AcdState, event: EventOf<"queue.prioritised">): AcdState {
  return withCall(state, event.call, (call) => ({
    ...call,
    key: placeInLine(event.priority, call.key.minor, call.call),
  }));
}

/** The place of a caller who gave up, for whoever calls again soon. */
function remember(queue: QueueState, { caller, key }: QueuedCall, at: number): QueueState {
  const { resumeMs } = queue.options;
  if (resumeMs === 0 || caller.number === "") return queue;
  const now = forget(queue, caller.number, at);
  const until = at + resumeMs;
  return {
    ...now,
    lost: insert(now.lost, byName(caller.number), { order: key.minor, priority: priorityOf(key), until }),
    lostUntil: insert(now.lostUntil, lostKey(until, caller.number), caller.number),
  };
}

/** Without this caller's place, and without those whose time is over. */
function forget(queue: QueueState, number: string, at: number): QueueState {
  let { lost, lostUntil } = queue;
  const own = get(lost, byName(number));
  if (own !== undefined) {
    lost = remove(lost, byName(number));
    lostUntil = remove(lostUntil, lostKey(own.until, number));
  }
  for (let over = first(lostUntil); over !== undefined && over.major <= at; over = first(lostUntil)) {
    lost = remove(lost, byName(over.value));
    lostUntil = remove(lostUntil, over);
  }
  return lost === queue.lost ? queue : { ...queue, lost, lostUntil };
}
