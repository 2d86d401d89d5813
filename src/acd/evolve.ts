// How distribution's state follows from its events. Pure and total: any journal can be folded, and what an
// event speaks of that is not there is passed over.
import type { AgentEntry, Dated, EventOf, QueueEntry } from "../shared/journal.ts";
import { isFree, type AcdState, type Activity, type AgentState, type QueueState } from "./state.ts";
import { strategyOf } from "./strategies/index.ts";
import { byName, get, insert, remove, values, type Key, type Tree } from "./tree.ts";

/** The journal's events that distribution is made of. */
export type AcdEvent = Dated<QueueEntry | AgentEntry>;

/** Their types, for whoever reads them out of the journal. */
export const acdEventTypes = [
  "acd.configured",
  "agent.logged-in",
  "agent.logged-out",
  "agent.paused",
  "agent.ready",
  "agent.wrap-up",
  "agent.idle",
  "agent.phone",
  "queue.entered",
  "queue.offered",
  "queue.ring-no-answer",
  "queue.ring-cancelled",
  "queue.connected",
  "queue.left",
] as const satisfies readonly AcdEvent["type"][];

export function evolve(state: AcdState, event: AcdEvent): AcdState {
  switch (event.type) {
    case "acd.configured":
      return configured(state, event);
    case "agent.logged-in":
      return loggedIn(state, event);
    case "agent.logged-out":
      return loggedOut(state, event);
    case "agent.paused":
      return withAgent(state, event.agent, (agent) => ({ ...agent, paused: event.reason, since: event.at }));
    case "agent.ready":
      return ready(state, event);
    case "agent.wrap-up": {
      const { call, queue, until } = event;
      return withActivity(state, event.agent, { type: "wrap-up", call, queue, until }, event.at);
    }
    case "agent.idle":
      return withActivity(state, event.agent, { type: "idle" }, event.at);
    case "agent.phone":
      return withAgent({ ...state, order: state.order + 1 }, event.agent, (agent) => ({
        ...agent,
        phone: event.phone,
        since: event.at,
        freeOrder: state.order,
      }));
    case "queue.entered":
      return entered(state, event);
    case "queue.offered":
      return offered(state, event);
    case "queue.ring-no-answer":
      return withNoAnswer(
        withActivity(
          backInLine(state, event),
          event.agent,
          { type: "resting", until: event.restUntil },
          event.at,
        ),
        event.agent,
      );
    case "queue.ring-cancelled":
      return withActivity(backInLine(state, event), event.agent, { type: "idle" }, event.at);
    case "queue.connected":
      return connected(state, event);
    case "queue.left":
      return left(state, event);
  }
}

function configured(before: AcdState, event: EventOf<"acd.configured">): AcdState {
  let agents: Tree<AgentState> = null;
  for (const { number, name, queues } of event.agents) {
    const known = get(before.agents, byName(number)) ?? newAgent(number, event.at);
    agents = insert(agents, byName(number), { ...known, name, queues });
  }
  const queues: Record<string, QueueState> = {};
  for (const options of event.queues) {
    const known = before.queues[options.id] ?? emptyQueue;
    const members = [...values(agents)].filter((agent) => agent.queues.includes(options.id));
    let free: Tree<string> = null;
    for (const agent of members) {
      if (isFree(agent)) free = insert(free, freeKey(agent, options.id, options.strategy), agent.number);
    }
    const loggedIn = members.filter((agent) => agent.extension !== null).length;
    queues[options.id] = { ...known, options, free, loggedIn };
  }
  return { ...before, agents, queues };
}

function loggedIn(before: AcdState, event: EventOf<"agent.logged-in">): AcdState {
  const seats = insert(before.seats, byName(event.extension), event.agent);
  return withAgent({ ...before, seats, order: before.order + 1 }, event.agent, (agent) => ({
    ...agent,
    extension: event.extension,
    phone: "free",
    paused: null,
    noAnswers: 0,
    since: event.at,
    freeOrder: before.order,
  }));
}

function loggedOut(state: AcdState, event: EventOf<"agent.logged-out">): AcdState {
  const agent = get(state.agents, byName(event.agent));
  if (agent === undefined || agent.extension === null) return state;
  const seats = remove(state.seats, byName(agent.extension));
  // Who speaks, speaks on; nothing else lasts beyond the log-out.
  const stopped =
    agent.activity.type === "on-call"
      ? { ...state, seats }
      : withActivity({ ...state, seats }, event.agent, { type: "idle" }, event.at);
  return withAgent(stopped, event.agent, (now) => ({
    ...now,
    extension: null,
    paused: null,
    noAnswers: 0,
    since: event.at,
  }));
}

function ready(before: AcdState, event: EventOf<"agent.ready">): AcdState {
  const state = withAgent(before, event.agent, (agent) => ({
    ...agent,
    paused: null,
    noAnswers: 0,
    since: event.at,
    freeOrder: before.order,
  }));
  const activity = get(state.agents, byName(event.agent))?.activity.type;
  const ends = activity === "wrap-up" || activity === "resting";
  return {
    ...(ends ? withActivity(state, event.agent, { type: "idle" }, event.at) : state),
    order: state.order + 1,
  };
}

function entered(state: AcdState, event: EventOf<"queue.entered">): AcdState {
  const { call, queue, caller, until } = event;
  const key: Key = [-event.priority, state.order, call];
  const stage = { type: "waiting" } as const;
  return withQueue(
    {
      ...state,
      order: state.order + 1,
      calls: insert(state.calls, byName(call), {
        call,
        queue,
        caller,
        key,
        enteredAt: event.at,
        until,
        stage,
      }),
      due: insert(state.due, [until, 0, call], { type: "wait", id: call }),
    },
    queue,
    (now) => ({
      ...now,
      waiting: insert(now.waiting, key, call),
      totals: { ...now.totals, entered: now.totals.entered + 1 },
    }),
  );
}

function offered(state: AcdState, event: EventOf<"queue.offered">): AcdState {
  const { call, queue, offer, agent, until, at } = event;
  const waiting = get(state.calls, byName(call));
  if (waiting?.stage.type !== "waiting") return state;
  const stage = { type: "offered", offer, agent, at, until } as const;
  const reserved = withQueue(
    {
      ...state,
      order: state.order + 1,
      calls: insert(state.calls, byName(call), { ...waiting, stage }),
      due: insert(state.due, [until, 1, call], { type: "offer", id: call }),
    },
    queue,
    (now) => ({
      ...now,
      waiting: remove(now.waiting, waiting.key),
      offered: insert(now.offered, waiting.key, call),
    }),
  );
  return withActivity(reserved, agent, { type: "offered", call, queue, until }, at);
}

/** The call is reserved for nobody any more and has its old place. */
function backInLine(
  state: AcdState,
  event: EventOf<"queue.ring-no-answer" | "queue.ring-cancelled">,
): AcdState {
  const call = get(state.calls, byName(event.call));
  if (call?.stage.type !== "offered" || call.stage.offer !== event.offer) return state;
  return withQueue(
    {
      ...state,
      calls: insert(state.calls, byName(call.call), { ...call, stage: { type: "waiting" } }),
      due: remove(state.due, [call.stage.until, 1, call.call]),
    },
    call.queue,
    (now) => ({
      ...now,
      offered: remove(now.offered, call.key),
      waiting: insert(now.waiting, call.key, call.call),
    }),
  );
}

function connected(state: AcdState, event: EventOf<"queue.connected">): AcdState {
  const call = get(state.calls, byName(event.call));
  if (call?.stage.type !== "offered") return state;
  const { agent, at, waitedMs } = event;
  const stage = { type: "connected", agent, at, waitedMs } as const;
  const answered = withQueue(
    {
      ...state,
      calls: insert(state.calls, byName(call.call), { ...call, stage }),
      due: remove(remove(state.due, [call.stage.until, 1, call.call]), [call.until, 0, call.call]),
    },
    call.queue,
    (now) => ({
      ...now,
      offered: remove(now.offered, call.key),
      totals: { ...now.totals, connected: now.totals.connected + 1 },
    }),
  );
  const onCall: Activity = { type: "on-call", call: call.call, queue: call.queue };
  return withAgent(withActivity(answered, agent, onCall, at), agent, (now) => ({ ...now, noAnswers: 0 }));
}

function left(state: AcdState, event: EventOf<"queue.left">): AcdState {
  const call = get(state.calls, byName(event.call));
  if (call === undefined) return state;
  const gone = {
    ...state,
    calls: remove(state.calls, byName(call.call)),
    due: remove(state.due, [call.until, 0, call.call]),
  };
  if (call.stage.type === "connected")
    return withActivity(gone, call.stage.agent, { type: "idle" }, event.at);
  const counted = event.reason === "abandoned" ? "abandoned" : "left";
  return withQueue(gone, call.queue, (now) => ({
    ...now,
    waiting: remove(now.waiting, call.key),
    totals: { ...now.totals, [counted]: now.totals[counted] + 1 },
  }));
}

const emptyQueue: Omit<QueueState, "options"> = {
  waiting: null,
  offered: null,
  free: null,
  loggedIn: 0,
  totals: { entered: 0, connected: 0, abandoned: 0, left: 0 },
};

function newAgent(number: string, at: number): AgentState {
  return {
    number,
    name: number,
    queues: [],
    extension: null,
    phone: "free",
    paused: null,
    activity: { type: "idle" },
    since: at,
    freeOrder: 0,
    noAnswers: 0,
  };
}

function withNoAnswer(state: AcdState, number: string): AcdState {
  return withAgent(state, number, (agent) => ({ ...agent, noAnswers: agent.noAnswers + 1 }));
}

/** Changes what an agent does, with what is due because of it. Who becomes idle goes to the end of the line. */
function withActivity(before: AcdState, number: string, activity: Activity, at: number): AcdState {
  const agent = get(before.agents, byName(number));
  if (agent === undefined) return before;
  let due = before.due;
  const old = dueOf(agent.activity);
  if (old !== undefined) due = remove(due, [old, 2, number]);
  const next = dueOf(activity);
  if (next !== undefined) due = insert(due, [next, 2, number], { type: "agent", id: number });
  const idle = activity.type === "idle";
  const state = { ...before, due, order: before.order + (idle ? 1 : 0) };
  return withAgent(state, number, (now) => ({
    ...now,
    activity,
    since: at,
    freeOrder: idle ? before.order : now.freeOrder,
  }));
}

function dueOf(activity: Activity): number | undefined {
  return activity.type === "wrap-up" || activity.type === "resting" ? activity.until : undefined;
}

/** Changes an agent, and the queues' lists of free and logged-in agents with it. */
function withAgent(state: AcdState, number: string, change: (agent: AgentState) => AgentState): AcdState {
  const before = get(state.agents, byName(number));
  if (before === undefined) return state;
  const after = change(before);
  const agents = insert(state.agents, byName(number), after);
  const [wasFree, free] = [isFree(before), isFree(after)];
  const came = Number(after.extension !== null) - Number(before.extension !== null);
  if (!wasFree && !free && came === 0) return { ...state, agents };
  return after.queues.reduce<AcdState>(
    (sum, queue) =>
      withQueue(sum, queue, (now) => {
        const { strategy } = now.options;
        const without = wasFree ? remove(now.free, freeKey(before, queue, strategy)) : now.free;
        return {
          ...now,
          loggedIn: now.loggedIn + came,
          free: free ? insert(without, freeKey(after, queue, strategy), number) : without,
        };
      }),
    { ...state, agents },
  );
}

function freeKey(agent: AgentState, queue: string, strategy: string): Key {
  return [strategyOf(strategy).key(agent, queue), 0, agent.number];
}

function withQueue(state: AcdState, id: string, change: (queue: QueueState) => QueueState): AcdState {
  const queue = state.queues[id];
  return queue === undefined ? state : { ...state, queues: { ...state.queues, [id]: change(queue) } };
}
