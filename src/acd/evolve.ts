// How distribution's state follows from its events. Pure and total: any journal can be folded, and what an
// event speaks of that is not there is passed over.
import type { AgentEntry, AgentOptions, Dated, EventOf, QueueEntry } from "../shared/journal.ts";
import { lineOf, nextWidening, noNeeds } from "./needs.ts";
import {
  desertedAt,
  lengthOf,
  placeCall,
  withActivity,
  withAgent,
  withCall,
  withDue,
  withMembers,
  withoutDue,
  withQueue,
} from "./places.ts";
import { rulesOf } from "./rules.ts";
import {
  noTally,
  noTotals,
  type AcdState,
  type AgentState,
  type Offer,
  type QueuedCall,
  type QueueState,
  type Tally,
  type Totals,
} from "./state.ts";
import { strategyOf } from "./strategies/index.ts";
import { byName, first, get, insert, remove, values, type Key, type Tree } from "./tree.ts";

/** The journal's events that distribution is made of. */
export type AcdEvent = Dated<QueueEntry | AgentEntry>;

/** Their types, for whoever reads them out of the journal. */
export const acdEventTypes = [
  "acd.configured",
  "acd.day-began",
  "agent.logged-in",
  "agent.logged-out",
  "agent.paused",
  "agent.ready",
  "agent.wrap-up",
  "agent.idle",
  "agent.phone",
  "queue.entered",
  "queue.prioritised",
  "queue.widened",
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

/** What the settings say of an agent. */
function settled({ name, queues, levels = {}, skills = {}, weight = 1, ...own }: AgentOptions) {
  return {
    name,
    memberships: queues.map((queue) => ({ queue, level: levels[queue] ?? 1 })),
    skills,
    weight,
    wrapUpMs: own.wrapUpMs ?? null,
    pauseAfterNoAnswers: own.pauseAfterNoAnswers ?? null,
  };
}

/** When less is needed of an agent, if the call waits on. */
function widening(call: QueuedCall, queue: QueueState | undefined, at: number): QueuedCall {
  if (queue === undefined) return { ...call, widensAt: null };
  const waited = Math.max(0, at - call.enteredAt);
  const next = nextWidening(queue.options, call.asked, waited, queue.highest);
  return { ...call, widensAt: next === undefined ? null : call.enteredAt + next };
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
    if (own === id && (stage.type === "resting" || stage.type === "dialling")) later += 1;
  return { ...noTotals, entered: lengthOf(queue) + later };
}

function loggedIn(before: AcdState, event: EventOf<"agent.logged-in">): AcdState {
  const seats = insert(before.seats, byName(event.extension), event.agent);
  return withAgent({ ...before, seats, order: before.order + 1 }, event.agent, event.at, (agent) => ({
    ...agent,
    extension: event.extension,
    phone: "free",
    paused: null,
    noAnswers: 0,
    since: event.at,
    freeOrder: before.order,
  }));
}

function loggedOut(before: AcdState, event: EventOf<"agent.logged-out">): AcdState {
  const agent = get(before.agents, byName(event.agent));
  if (agent === undefined || agent.extension === null) return before;
  const seats = remove(before.seats, byName(agent.extension));
  const state = withoutDue({ ...before, seats }, agent.pausedUntil, "pause", event.agent);
  // Who speaks, speaks on; nothing else lasts beyond the log-out.
  const stopped = agent.activity.type === "on-call" ? state : idle(state, event.agent, event.at);
  return withAgent(stopped, event.agent, event.at, (now) => ({
    ...now,
    extension: null,
    paused: null,
    pausedUntil: null,
    noAnswers: 0,
    since: event.at,
  }));
}

/** Goes to the end of those who are free. */
function idle(state: AcdState, number: string, at: number): AcdState {
  return withActivity({ ...state, order: state.order + 1 }, number, { type: "idle" }, at, (agent) => ({
    ...agent,
    freeOrder: state.order,
  }));
}

function paused(state: AcdState, event: EventOf<"agent.paused">): AcdState {
  const agent = get(state.agents, byName(event.agent));
  if (agent === undefined) return state;
  const { until = null } = event;
  const moved = withDue(
    withoutDue(state, agent.pausedUntil, "pause", event.agent),
    until,
    "pause",
    event.agent,
  );
  return withAgent(moved, event.agent, event.at, (now) => ({
    ...now,
    paused: event.reason,
    pausedUntil: until,
    since: event.at,
  }));
}

function ready(before: AcdState, event: EventOf<"agent.ready">): AcdState {
  const agent = get(before.agents, byName(event.agent));
  if (agent === undefined) return before;
  const state = withAgent(
    withoutDue(before, agent.pausedUntil, "pause", event.agent),
    event.agent,
    event.at,
    (now) => ({
      ...now,
      paused: null,
      pausedUntil: null,
      noAnswers: 0,
      since: event.at,
      freeOrder: before.order,
    }),
  );
  const { type } = agent.activity;
  return type === "wrap-up" || type === "resting"
    ? idle(state, event.agent, event.at)
    : { ...state, order: state.order + 1 };
}

function entered(state: AcdState, event: EventOf<"queue.entered">): AcdState {
  const { call, queue, caller, until, needs = noNeeds, asked = needs, order = state.order, at } = event;
  const key: Key = [-event.priority, order, call];
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

const waiting = { type: "waiting" } as const;

function offered(state: AcdState, event: EventOf<"queue.offered">): AcdState {
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

/** Agents that ring at once, where all do. */
const everybody = 1_000_000;

function ringLimited(state: AcdState, { call: id, agents, at }: EventOf<"queue.ring-limit">): AcdState {
  return withCall(state, id, (call, queue) => {
    if (call.stage.type !== "offered") return call;
    const growsAt = queue === undefined ? null : at + queue.options.growMs;
    return { ...call, stage: { ...call.stage, allowed: agents, growsAt } };
  });
}

function deserted(state: AcdState, { queue: id }: EventOf<"queue.deserted">): AcdState {
  const queue = state.queues[id];
  if (queue === undefined) return state;
  return withQueue(withoutDue(state, desertedAt(queue), "empty", id), id, (now) => ({
    ...now,
    deserted: true,
  }));
}

/** One offer is over; the call waits on, in its place, when it was the last one. */
function offerOver(state: AcdState, id: string, offer: string): AcdState {
  return withCall(state, id, (call) => {
    if (call.stage.type !== "offered") return call;
    const offers = call.stage.offers.filter((one) => one.offer !== offer);
    return { ...call, stage: offers.length === 0 ? waiting : { ...call.stage, offers } };
  });
}

function noAnswer(state: AcdState, event: EventOf<"queue.ring-no-answer">): AcdState {
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

function connected(state: AcdState, event: EventOf<"queue.connected">): AcdState {
  const { agent, call: id, queue, waitedMs, at } = event;
  const call = get(state.calls, byName(id));
  if (call?.stage.type !== "offered") return state;
  // Who is to be called back counts when reached.
  const speaks = call.callback === null;
  const stage = { type: speaks ? "connected" : "dialling", agent, at, waitedMs } as const;
  const answered = placeCall(state, call, { ...call, stage }, speaks ? countConnected : undefined);
  return withActivity(answered, agent, { type: "on-call", call: id, queue }, at, (now) => ({
    ...(speaks ? countCall(now, queue) : now),
    noAnswers: 0,
  }));
}

const countConnected = (queue: QueueState): QueueState => ({
  ...queue,
  totals: { ...queue.totals, connected: queue.totals.connected + 1 },
});
const countCall = (agent: AgentState, queue: string): AgentState =>
  tallied(agent, queue, ({ calls }) => ({ calls: calls + 1 }));

function callbackReached(state: AcdState, event: EventOf<"callback.reached">): AcdState {
  const call = get(state.calls, byName(event.callback));
  if (call?.stage.type !== "dialling") return state;
  const reached: QueuedCall = { ...call, stage: { ...call.stage, type: "connected", at: event.at } };
  return withAgent(placeCall(state, call, reached, countConnected), event.agent, event.at, (agent) =>
    countCall(agent, event.queue),
  );
}

const tallied = (agent: AgentState, queue: string, change: (tally: Tally) => Partial<Tally>): AgentState => {
  const tally = agent.tallies[queue] ?? noTally;
  return { ...agent, tallies: { ...agent.tallies, [queue]: { ...tally, ...change(tally) } } };
};

function left(state: AcdState, event: EventOf<"queue.left">): AcdState {
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
function callbackRequested(state: AcdState, event: EventOf<"callback.requested">): AcdState {
  const { callback: call, queue, number, from, enteredAt, order, priority, until, tries, at } = event;
  const { needs = noNeeds, asked = needs } = event;
  const one: QueuedCall = {
    call,
    queue,
    caller: { number },
    key: [-priority, order, call],
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

function callbackFailed(state: AcdState, event: EventOf<"callback.failed">): AcdState {
  const { callback, agent, again, at } = event;
  const call = get(state.calls, byName(callback));
  if (call?.stage.type !== "dialling") return state;
  const tried = call.callback && { ...call.callback, tries: call.callback.tries - 1 };
  const next: QueuedCall | undefined =
    again === undefined ? undefined : { ...call, callback: tried, stage: { type: "resting", until: again } };
  return idle(placeCall(state, call, next, next === undefined ? countLeft : undefined), agent, at);
}

const countLeft = (queue: QueueState): QueueState => ({
  ...queue,
  totals: { ...queue.totals, left: queue.totals.left + 1 },
});

function prioritised(state: AcdState, event: EventOf<"queue.prioritised">): AcdState {
  return withCall(state, event.call, (call) => ({
    ...call,
    key: [-event.priority, call.key[1], call.key[2]],
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
    lost: insert(now.lost, byName(caller.number), { order: key[1], priority: -key[0], until }),
    lostUntil: insert(now.lostUntil, [until, 0, caller.number], caller.number),
  };
}

/** Without this caller's place, and without those whose time is over. */
function forget(queue: QueueState, number: string, at: number): QueueState {
  let { lost, lostUntil } = queue;
  const own = get(lost, byName(number));
  if (own !== undefined) {
    lost = remove(lost, byName(number));
    lostUntil = remove(lostUntil, [own.until, 0, number]);
  }
  for (let over = first(lostUntil); over !== undefined && over.key[0] <= at; over = first(lostUntil)) {
    lost = remove(lost, byName(over.value));
    lostUntil = remove(lostUntil, over.key);
  }
  return lost === queue.lost ? queue : { ...queue, lost, lostUntil };
}

const emptyQueue: Omit<QueueState, "options"> = {
  lines: {},
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

function newAgent(number: string, at: number): AgentState {
  return {
    number,
    name: number,
    memberships: [],
    skills: {},
    weight: 1,
    wrapUpMs: null,
    pauseAfterNoAnswers: null,
    place: 0,
    extension: null,
    phone: "free",
    paused: null,
    pausedUntil: null,
    activity: { type: "idle" },
    since: at,
    freeOrder: 0,
    noAnswers: 0,
    tallies: {},
  };
}
