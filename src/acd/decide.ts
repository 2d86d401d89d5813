// Distribution's decisions: `decide(state, command) → events`. Pure: every command says when it is given.
// An offer is a reservation of one agent for one call, and only the acceptance of that very offer counts.
import type { AgentOptions, JournalEntry, Party, QueueLeaveReason, QueueOptions } from "../shared/journal.ts";
import { dated } from "../shared/journal.ts";
import { choose } from "./choose.ts";
import { evolve, type AcdEvent } from "./evolve.ts";
import { askedOf, isNone, needsAfter, suits } from "./needs.ts";
import type { AcdState, AgentState, Due, Offer, Phone, QueuedCall, QueueState } from "./state.ts";
import { desertedAt, lengthOf, rankIn } from "./places.ts";
import { byName, compare, entries, first, get, values, type Key } from "./tree.ts";

export type AcdCommand = { readonly at: number } & (
  | {
      readonly type: "configure";
      readonly queues: readonly QueueOptions[];
      readonly agents: readonly AgentOptions[];
    }
  /** Counts of the day begin anew. */
  | { readonly type: "begin-day" }
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
      /** Beside what the queue asks for. */
      readonly skills?: Readonly<Record<string, number>>;
      /** Whom the caller would rather have, where the queue keeps to that. */
      readonly agent?: string;
    }
  | { readonly type: "prioritise"; readonly call: string; readonly priority: number; readonly by: string }
  /** The agent lifted the phone that rang for this offer. */
  | { readonly type: "accept"; readonly call: string; readonly offer: string }
  | {
      readonly type: "offer-failed";
      readonly call: string;
      readonly offer: string;
      readonly reason: FailReason;
    }
  /** A caller in line wants to be called back, and hangs up. */
  | {
      readonly type: "request-callback";
      readonly call: string;
      readonly callback: string;
      readonly number: string;
      readonly tries: number;
      readonly keepMs: number;
    }
  /** The agent is there, the caller was not to be had. Cause by Q.850. */
  /** The caller has answered. */
  | { readonly type: "callback-reached"; readonly call: string }
  | {
      readonly type: "callback-failed";
      readonly call: string;
      readonly cause: number;
      readonly retryMs: number;
    }
  | { readonly type: "leave"; readonly call: string; readonly reason: QueueLeaveReason }
  /** The box went down with all its calls. */
  | { readonly type: "restart" }
  /** What is due by now. */
  | { readonly type: "tick" }
);

type FailReason = "no-answer" | "busy" | "rejected" | "failed";
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
  // Who comes back into a line that nobody serves any more does not stay.
  for (const queue of work.touched.keys()) emptyOut(work, queue);
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
  if (call === undefined || queue === undefined) return 0;
  if (call.stage.type !== "waiting" && call.stage.type !== "offered") return 0;
  return rankIn(queue, call.key) + 1;
}

interface Work {
  state: AcdState;
  readonly at: number;
  readonly events: AcdEvent[];
  /** Lines, by queue, in which a caller and an agent may have come together. */
  readonly touched: Map<string, Set<string>>;
  say(entry: Extract<JournalEntry, { type: AcdEvent["type"] }>): void;
}

function createWork(state: AcdState, at: number): Work {
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
      return work.say({ type: "agent.paused", agent: agent.number, reason: command.reason, by: command.by });
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
      if (call.key[0] === -command.priority) return;
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
      return callbackFailed(work, command.call, command.cause, command.retryMs);
    case "leave":
      return leave(work, command.call, command.reason);
    case "restart":
      for (const call of [...values(work.state.calls)]) restarted(work, call);
      // Nobody is rung before the telephones are known.
      return work.touched.clear();
    case "tick":
      return tick(work);
  }
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
  { agent: number, extension, phone, by }: Extract<AcdCommand, { type: "log-in" }>,
): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === extension) return;
  const other = get(work.state.seats, byName(extension));
  if (other !== undefined) logOut(work, other, by);
  if (agent.extension !== null) logOut(work, number, by);
  work.say({ type: "agent.logged-in", agent: number, extension, by });
  if (phone !== "free") work.say({ type: "agent.phone", agent: number, phone });
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

function cancelOffer(work: Work, { call, queue }: QueuedCall, { offer, agent, at }: Offer): void {
  work.say({ type: "queue.ring-cancelled", call, queue, offer, agent, ringMs: since(at, work.at) });
  touchCall(work, call);
  touch(work, agent);
}

function enter(work: Work, command: Extract<AcdCommand, { type: "enter" }>): void {
  const { call, queue: id, caller } = command;
  const queue = work.state.queues[id];
  if (queue === undefined || get(work.state.calls, byName(call)) !== undefined) return;
  const { options } = queue;
  const wanted = command.agent === undefined ? undefined : agentOf(work, command.agent);
  // Nobody waits for an agent who is not there.
  const there = wanted?.extension != null && wanted.memberships.some((member) => member.queue === id);
  const asked = askedOf(options, command.skills, there ? wanted.number : null);
  const needs = needsAfter(options, asked, 0);
  const lost = get(queue.lost, byName(caller.number));
  const back = lost !== undefined && lost.until > work.at ? lost : undefined;
  const full = options.mostWaiting > 0 && lengthOf(queue) >= options.mostWaiting;
  work.say({
    type: "queue.entered",
    call,
    queue: id,
    caller,
    priority: Math.max(command.priority, back?.priority ?? command.priority),
    until: work.at + options.maxWaitMs,
    ...(isNone(asked) && isNone(needs) ? {} : { needs, asked }),
    ...(back === undefined ? {} : { order: back.order }),
  });
  if (full) return leave(work, call, "full");
  touchCall(work, call);
}

/** Where nobody has been for so long, nobody waits, if the queue is set so. */
function emptyOut(work: Work, id: string): void {
  const before = work.state.queues[id];
  const due = before === undefined ? null : desertedAt(before);
  if (due !== null && due <= work.at) work.say({ type: "queue.deserted", queue: id });
  const queue = work.state.queues[id];
  if (queue?.deserted !== true) return;
  for (const { waiting } of Object.values(queue.lines)) {
    for (const call of [...values(waiting)]) {
      // Who is to be called back waits for the next shift.
      if (get(work.state.calls, byName(call))?.callback === null) leave(work, call, "nobody-there");
    }
  }
}

function accept(work: Work, id: string, offer: string): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered") return;
  const won = call.stage.offers.find((one) => one.offer === offer);
  if (won === undefined) return;
  for (const other of call.stage.offers) if (other !== won) cancelOffer(work, call, other);
  work.say({
    type: "queue.connected",
    call: id,
    queue: call.queue,
    offer,
    agent: won.agent,
    waitedMs: since(call.enteredAt, work.at),
    ringMs: since(won.at, work.at),
  });
}

function offerFailed(work: Work, id: string, offer: string, reason: FailReason): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered") return;
  const own = call.stage.offers.find((one) => one.offer === offer);
  if (own === undefined) return;
  const { queue } = call;
  const { agent, at } = own;
  const rules = work.state.queues[queue]?.options;
  const rest =
    reason === "failed"
      ? "noAnswer"
      : ({ "no-answer": "noAnswer", busy: "busy", rejected: "rejected" } as const)[reason];
  const [ringMs, restUntil] = [since(at, work.at), work.at + (rules?.restMs[rest] ?? 0)];
  work.say({ type: "queue.ring-no-answer", call: id, queue, offer, agent, reason, ringMs, restUntil });
  touchCall(work, id);
  const missed = agentOf(work, agent);
  const limit = missed?.pauseAfterNoAnswers ?? rules?.pauseAfterNoAnswers ?? 0;
  if (missed !== undefined && reason === "no-answer" && limit > 0 && missed.noAnswers >= limit) {
    const autoReady = rules?.autoReadyMs ?? 0;
    const until = autoReady > 0 ? { until: work.at + autoReady } : {};
    work.say({ type: "agent.paused", agent, reason: "no-answer", by: "box", ...until });
  }
  if (call.until <= work.at && get(work.state.calls, byName(id))?.stage.type === "waiting")
    leave(work, id, "timed-out");
}

function leave(work: Work, id: string, reason: QueueLeaveReason): void {
  const found = get(work.state.calls, byName(id));
  if (found === undefined) return;
  const position = positionOf(work.state, id);
  const { queue, enteredAt, stage } = found;
  if (stage.type === "offered") for (const offer of stage.offers) cancelOffer(work, found, offer);
  if (stage.type !== "connected" && stage.type !== "dialling") {
    const waitedMs = since(enteredAt, work.at);
    return work.say({ type: "queue.left", call: id, queue, reason, waitedMs, talkedMs: 0, position });
  }
  const { agent, waitedMs } = stage;
  const talkedMs = stage.type === "connected" ? since(stage.at, work.at) : 0;
  work.say({ type: "queue.left", call: id, queue, reason, agent, waitedMs, talkedMs, position });
  wrapUp(work, agent, id, queue);
}

function wrapUp(work: Work, number: string, call: string, queue: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === null) return;
  const until = work.at + (agent.wrapUpMs ?? work.state.queues[queue]?.options.wrapUpMs ?? 0);
  work.say({ type: "agent.wrap-up", agent: number, call, queue, until });
  if (until <= work.at) work.say({ type: "agent.idle", agent: number });
  touch(work, number);
}

/** Each thing that is due by now, once; what becomes due by that is for the next tick. */
function tick(work: Work): void {
  const due: Due[] = [];
  for (const { key, value } of entries(work.state.due)) {
    if (key[0] > work.at) break;
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

function requestCallback(work: Work, command: Extract<AcdCommand, { type: "request-callback" }>): void {
  const { call: id, callback, number, tries, keepMs } = command;
  const found = get(work.state.calls, byName(id));
  const taken = get(work.state.calls, byName(callback)) !== undefined;
  if (found === undefined || found.callback !== null || taken) return;
  if (found.stage.type !== "waiting" && found.stage.type !== "offered") return;
  const { queue, key, enteredAt, needs, asked } = found;
  leave(work, id, "callback");
  work.say({
    type: "callback.requested",
    callback,
    queue,
    number,
    from: id,
    enteredAt,
    order: key[1],
    priority: -key[0],
    until: work.at + keepMs,
    tries,
    ...(isNone(asked) && isNone(needs) ? {} : { needs, asked }),
  });
  touchCall(work, callback);
}

function callbackFailed(work: Work, id: string, cause: number, retryMs: number): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "dialling" || call.callback === null) return;
  const { agent } = call.stage;
  const again = work.at + retryMs;
  const more = call.callback.tries > 1 && again < call.until;
  work.say({
    type: "callback.failed",
    callback: id,
    queue: call.queue,
    agent,
    cause,
    ...(more ? { again } : {}),
  });
  touch(work, agent);
}

/** The box went down: callers are gone, those who are to be called back are not. */
function restarted(work: Work, call: QueuedCall): void {
  if (call.callback === null) return leave(work, call.call, "restarted");
  if (call.stage.type === "offered") for (const offer of call.stage.offers) cancelOffer(work, call, offer);
  // Q.850: 41, temporary failure.
  if (call.stage.type === "dialling") callbackFailed(work, call.call, 41, 0);
  if (call.stage.type === "connected") leave(work, call.call, "restarted");
}

/** A caller's longest wait has run out, whoever is rung. */
function waitedOut(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call === undefined || call.until > work.at) return;
  if (call.stage.type !== "connected" && call.stage.type !== "dialling") leave(work, id, "timed-out");
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

interface Pair {
  readonly queue: string;
  readonly call: string;
  readonly agent: string;
  /** Smaller is sooner: the agent's level, the queue's weight, then the place in line. */
  readonly level: number;
  readonly weight: number;
  readonly key: Key;
}

/**
 * Brings waiting calls and free agents together. Of all pairs the first is that of the lowest level (an agent's first queues
 * before the others), then of the heaviest queue, then of the caller with the highest priority who has waited the longest.
 */
function distribute(work: Work): void {
  for (let pair = bestPair(work); pair !== undefined; pair = bestPair(work)) {
    const { queue, call, agent } = pair;
    const until = work.at + (work.state.queues[queue]?.options.ringMs ?? 0);
    work.say({ type: "queue.offered", call, queue, offer: `${work.state.order}`, agent, until });
  }
}

function bestPair(work: Work): Pair | undefined {
  let best: Pair | undefined;
  for (const [id, lines] of work.touched) {
    for (const line of lines) {
      const pair = pairOf(work.state, id, line, best);
      // No command makes a pair where there is none but those that touch the line again.
      if (pair === "none") lines.delete(line);
      else if (pair !== "later") best = pair;
    }
  }
  return best;
}

/** The line's first call and its agent, where that goes before `best`. */
function pairOf(state: AcdState, id: string, name: string, best: Pair | undefined): Pair | "later" | "none" {
  const queue = state.queues[id];
  const line = queue?.lines[name];
  const free = first(queue?.free ?? null);
  if (queue === undefined || line === undefined || free === undefined) return "none";
  const [waits, rings] = [first(line.waiting), first(line.ringing)];
  const call =
    waits === undefined || (rings !== undefined && compare(rings.key, waits.key) < 0) ? rings : waits;
  if (call === undefined) return "none";
  const pair = {
    queue: id,
    call: call.value,
    agent: "",
    level: free.key[0],
    weight: queue.options.weight,
    key: call.key,
  };
  // With the best agent that there could be.
  if (best !== undefined && !sooner(pair, best)) return "later";
  const chosen = choose(state, queue, line.needs);
  if (chosen === undefined) return "none";
  const made = { ...pair, ...chosen };
  return best === undefined || sooner(made, best) ? made : "later";
}

function sooner(a: Pair, b: Pair): boolean {
  if (a.level !== b.level) return a.level < b.level;
  if (a.weight !== b.weight) return a.weight > b.weight;
  return compare(a.key, b.key) < 0;
}

function touchLine(work: Work, queue: string, line: string): void {
  const lines = work.touched.get(queue);
  if (lines === undefined) work.touched.set(queue, new Set([line]));
  else lines.add(line);
}

/** The call wants an agent, or wants another one. */
function touchCall(work: Work, id: string): void {
  const call = get(work.state.calls, byName(id));
  if (call !== undefined) touchLine(work, call.queue, call.line);
}

/** The agent may be free: for all whom it suits. */
function touch(work: Work, number: string): void {
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

function touchQueue(work: Work, id: string): void {
  const queue: QueueState | undefined = work.state.queues[id];
  for (const name in queue?.lines) touchLine(work, id, name);
}

function agentOf(work: Work, number: string): AgentState | undefined {
  return get(work.state.agents, byName(number));
}

// The wall clock may jump back: a duration is never negative.
const since = (from: number, to: number): number => Math.max(0, to - from);
