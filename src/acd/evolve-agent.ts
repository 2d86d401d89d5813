// How agents' own events change them. Pure and total.
import type { AgentOptions, EventOf } from "../shared/journal.ts";
import { withActivity, withAgent, withDue, withoutDue } from "./places.ts";
import type { AcdState, AgentState } from "./state.ts";
import { byName, get, insert, remove } from "./tree.ts";

/** What the settings say of an agent. */
export function settled({ name, queues, levels = {}, skills = {}, weight = 1, ...own }: AgentOptions) {
  return {
    name,
    memberships: queues.map((queue) => ({ queue, level: levels[queue] ?? 1 })),
    skills,
    weight,
    wrapUpMs: own.wrapUpMs ?? null,
    pauseAfterNoAnswers: own.pauseAfterNoAnswers ?? null,
  };
}

export function loggedIn(before: AcdState, event: EventOf<"agent.logged-in">): AcdState {
  const seats = insert(before.seats, byName(event.extension), event.agent);
  return withAgent({ ...before, seats, order: before.order + 1 }, event.agent, event.at, (agent) => ({
    ...agent,
    extension: event.extension,
    phone: "free",
    ...notPaused,
    noAnswers: 0,
    since: event.at,
    freeOrder: before.order,
  }));
}

export function loggedOut(before: AcdState, event: EventOf<"agent.logged-out">): AcdState {
  const agent = get(before.agents, byName(event.agent));
  if (agent === undefined || agent.extension === null) return before;
  const seats = remove(before.seats, byName(agent.extension));
  const state = pauseOver({ ...before, seats }, agent);
  // Who speaks, speaks on; nothing else lasts beyond the log-out.
  const stopped = agent.activity.type === "on-call" ? state : idle(state, event.agent, event.at);
  return withAgent(stopped, event.agent, event.at, (now) => ({
    ...now,
    extension: null,
    ...notPaused,
    noAnswers: 0,
    since: event.at,
  }));
}

/** Goes to the end of those who are free. */
export function idle(state: AcdState, number: string, at: number): AcdState {
  return withActivity({ ...state, order: state.order + 1 }, number, { type: "idle" }, at, (agent) => ({
    ...agent,
    freeOrder: state.order,
  }));
}

export function paused(state: AcdState, event: EventOf<"agent.paused">): AcdState {
  const agent = get(state.agents, byName(event.agent));
  if (agent === undefined) return state;
  const { until = null, limit = null } = event;
  const moved = withDue(
    withDue(pauseOver(state, agent), until, "pause", event.agent),
    limit,
    "limit",
    event.agent,
  );
  return withAgent(moved, event.agent, event.at, (now) => ({
    ...now,
    paused: event.reason,
    pausedUntil: until,
    pauseLimit: limit,
    overdue: false,
    since: event.at,
  }));
}

export function overdue(state: AcdState, { agent: number, at }: EventOf<"agent.overdue">): AcdState {
  const agent = get(state.agents, byName(number));
  if (agent === undefined) return state;
  return withAgent(withoutDue(state, agent.pauseLimit, "limit", number), number, at, (now) => ({
    ...now,
    pauseLimit: null,
    overdue: true,
  }));
}

const notPaused = { paused: null, pausedUntil: null, pauseLimit: null, overdue: false } as const;

/** Nothing is due of the agent's pause any more. */
function pauseOver(state: AcdState, { number, pausedUntil, pauseLimit }: AgentState): AcdState {
  return withoutDue(withoutDue(state, pausedUntil, "pause", number), pauseLimit, "limit", number);
}

export function ready(before: AcdState, event: EventOf<"agent.ready">): AcdState {
  const agent = get(before.agents, byName(event.agent));
  if (agent === undefined) return before;
  const state = withAgent(pauseOver(before, agent), event.agent, event.at, (now) => ({
    ...now,
    ...notPaused,
    noAnswers: 0,
    since: event.at,
    freeOrder: before.order,
  }));
  const { type } = agent.activity;
  return type === "wrap-up" || type === "resting"
    ? idle(state, event.agent, event.at)
    : { ...state, order: state.order + 1 };
}

export function newAgent(number: string, at: number): AgentState {
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
    ...notPaused,
    activity: { type: "idle" },
    since: at,
    freeOrder: 0,
    noAnswers: 0,
    tallies: {},
  };
}
