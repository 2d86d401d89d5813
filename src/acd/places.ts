// Where calls and agents stand: in lines, among the free, in counts, and in what is due. Each change of a call or an agent
// passes through here, so that these never differ from what they are made of.
import { isThere } from "./rules.ts";
import {
  dueKinds,
  isFree,
  type AcdState,
  type Activity,
  type AgentState,
  type DueKind,
  type Membership,
  type QueuedCall,
  type QueueRules,
  type QueueState,
} from "./state.ts";
import { strategyOf } from "./strategies/index.ts";
import { byName, get, insert, rank, remove, values, type Key, type Tree } from "./tree.ts";

const kindPlace = Object.fromEntries(dueKinds.map((kind, i) => [kind, i])) as Readonly<
  Record<DueKind, number>
>;

const dueKey = (at: number, kind: DueKind, id: string): Key => ({
  major: at,
  minor: kindPlace[kind],
  name: id,
});

/** In a line: the more important first, then the earlier. */
export const placeInLine = (priority: number, order: number, call: string): Key => ({
  // No negative nought.
  major: 0 - priority,
  minor: order,
  name: call,
});

export const priorityOf = ({ major }: Key): number => 0 - major;

/** Of a caller who gave up, until when the place is kept. */
export const lostKey = (until: number, number: string): Key => ({ major: until, minor: 0, name: number });

export function withDue(state: AcdState, at: number | null, type: DueKind, id: string): AcdState {
  return at === null ? state : { ...state, due: insert(state.due, dueKey(at, type, id), { type, id }) };
}

export function withoutDue(state: AcdState, at: number | null, type: DueKind, id: string): AcdState {
  return at === null ? state : { ...state, due: remove(state.due, dueKey(at, type, id)) };
}

/** Something is due at another moment than before; `null`: not at all. */
function movedDue(
  state: AcdState,
  before: number | null,
  after: number | null,
  type: DueKind,
  id: string,
): AcdState {
  return before === after ? state : withDue(withoutDue(state, before, type, id), after, type, id);
}

export function withQueue(state: AcdState, id: string, change: (queue: QueueState) => QueueState): AcdState {
  const queue = state.queues[id];
  return queue === undefined ? state : { ...state, queues: { ...state.queues, [id]: change(queue) } };
}

/**
 * A call comes (`before` undefined), changes, or goes (`after` undefined); its queue stays the same.
 * @param change what else of the queue changes with it
 */
export function placeCall(
  state: AcdState,
  before: QueuedCall | undefined,
  after: QueuedCall | undefined,
  change: (queue: QueueState) => QueueState = same,
): AcdState {
  const one = after ?? before;
  if (one === undefined) return state;
  const { call: id } = one;
  const calls =
    after === undefined ? remove(state.calls, byName(id)) : insert(state.calls, byName(id), after);
  const queue = state.queues[one.queue];
  const queues =
    queue === undefined
      ? state.queues
      : { ...state.queues, [one.queue]: standing(change(queue), before, after) };
  const waits = movedDue({ ...state, calls, queues }, waitOf(before), waitOf(after), "wait", id);
  const widens = movedDue(waits, widenOf(before), widenOf(after), "widen", id);
  const grows = movedDue(widens, growOf(before), growOf(after), "grow", id);
  return movedDue(grows, retryOf(before), retryOf(after), "retry", id);
}

const same = (queue: QueueState): QueueState => queue;

const inLine = (call: QueuedCall | undefined): call is QueuedCall =>
  call?.stage.type === "waiting" || call?.stage.type === "offered";
const waitOf = (call: QueuedCall | undefined): number | null =>
  call === undefined || call.stage.type === "connected" || call.stage.type === "dialling" ? null : call.until;
const retryOf = (call: QueuedCall | undefined): number | null =>
  call?.stage.type === "resting" ? call.stage.until : null;
const widenOf = (call: QueuedCall | undefined): number | null => (inLine(call) ? call.widensAt : null);
const growOf = (call: QueuedCall | undefined): number | null =>
  call?.stage.type === "offered" ? call.stage.growsAt : null;

/** Of a line: among those who wait, or those who want one more agent; `undefined`: neither. */
function kindOf(call: QueuedCall | undefined): "waiting" | "ringing" | undefined {
  if (call?.stage.type === "waiting") return "waiting";
  if (call?.stage.type !== "offered") return undefined;
  return call.stage.offers.length < call.stage.allowed ? "ringing" : undefined;
}

function standing(
  queue: QueueState,
  before: QueuedCall | undefined,
  after: QueuedCall | undefined,
): QueueState {
  const moved = before?.key !== after?.key;
  const [was, is] = [before?.stage.type === "offered", after?.stage.type === "offered"];
  let { offered, lines } = queue;
  if (before !== undefined && was && (moved || !is)) offered = remove(offered, before.key);
  if (after !== undefined && is && (moved || !was)) offered = insert(offered, after.key, after.call);
  const [old, kind] = [kindOf(before), kindOf(after)];
  if (moved || old !== kind || before?.needs !== after?.needs) {
    if (before !== undefined && old !== undefined) lines = outOfLine(lines, before, old);
    if (after !== undefined && kind !== undefined) lines = intoLine(lines, after, kind);
  }
  const length = queue.length + Number(inLine(after)) - Number(inLine(before));
  return { ...queue, offered, lines, length };
}

type Lines = QueueState["lines"];

function intoLine(
  lines: Lines,
  { needs, line: id, key, call }: QueuedCall,
  kind: "waiting" | "ringing",
): Lines {
  const { waiting = null, ringing = null } = lines[id] ?? {};
  const line =
    kind === "waiting"
      ? { needs, waiting: insert(waiting, key, call), ringing }
      : { needs, waiting, ringing: insert(ringing, key, call) };
  return { ...lines, [id]: line };
}

function outOfLine(lines: Lines, { line: id, key }: QueuedCall, kind: "waiting" | "ringing"): Lines {
  const line = lines[id];
  if (line === undefined) return lines;
  const waiting = kind === "waiting" ? remove(line.waiting, key) : line.waiting;
  const ringing = kind === "ringing" ? remove(line.ringing, key) : line.ringing;
  if (waiting !== null || ringing !== null)
    return { ...lines, [id]: { needs: line.needs, waiting, ringing } };
  const { [id]: _empty, ...rest } = lines;
  return rest;
}

/** How many are in line before this key. */
export function rankIn({ lines, offered }: QueueState, key: Key): number {
  let before = rank(offered, key);
  for (const id in lines) before += rank(lines[id]?.waiting ?? null, key);
  return before;
}

/** Changes a call that is there, by its queue's rules. */
export function withCall(
  state: AcdState,
  id: string,
  change: (call: QueuedCall, queue: QueueState | undefined) => QueuedCall | undefined,
): AcdState {
  const call = get(state.calls, byName(id));
  return call === undefined ? state : placeCall(state, call, change(call, state.queues[call.queue]));
}

/** Changes an agent, and what the queues know of it. */
export function withAgent(
  state: AcdState,
  number: string,
  at: number,
  change: (agent: AgentState) => AgentState,
): AcdState {
  const before = get(state.agents, byName(number));
  if (before === undefined) return state;
  const after = change(before);
  const [wasFree, free] = [isFree(before), isFree(after)];
  const came = Number(after.extension !== null) - Number(before.extension !== null);
  const agents = insert(state.agents, byName(number), after);
  let queues: Record<string, QueueState> | undefined;
  const emptied: string[] = [];
  for (const member of after.memberships) {
    const queue = state.queues[member.queue];
    if (queue === undefined) continue;
    const { emptyStates } = queue.options;
    const there = Number(isThere(after, emptyStates)) - Number(isThere(before, emptyStates));
    if (!wasFree && !free && came === 0 && there === 0) continue;
    let list = queue.free;
    if (wasFree) list = remove(list, freeKey(before, member, queue.options));
    if (free) list = insert(list, freeKey(after, member, queue.options), number);
    const { level } = member;
    const staff = came === 0 ? queue.staff : { ...queue.staff, [level]: (queue.staff[level] ?? 0) + came };
    queues ??= { ...state.queues };
    queues[member.queue] = { ...queue, free: list, staff, there: queue.there + there };
    if (there !== 0) emptied.push(member.queue);
  }
  const next: AcdState = queues === undefined ? { ...state, agents } : { ...state, agents, queues };
  return emptied.reduce((sum, id) => emptiness(sum, id, at), next);
}

/** When those who wait are sent on because nobody is there; `null`: not, or they have been. */
export const desertedAt = ({ emptySince, deserted, options }: QueueState): number | null =>
  emptySince === null || deserted || !options.leaveWhenEmpty ? null : emptySince + options.emptyMs;

/** A queue where nobody is any more remembers since when. */
function emptiness(state: AcdState, id: string, at: number): AcdState {
  const queue = state.queues[id];
  if (queue === undefined || (queue.there === 0) === (queue.emptySince !== null)) return state;
  const next = { ...queue, emptySince: queue.there === 0 ? at : null, deserted: false };
  return withQueue(movedDue(state, desertedAt(queue), desertedAt(next), "empty", id), id, () => next);
}

/** Changes what an agent does, with what is due because of it. */
export function withActivity(
  state: AcdState,
  number: string,
  activity: Activity,
  at: number,
  change: (agent: AgentState) => AgentState = (agent) => agent,
): AcdState {
  const agent = get(state.agents, byName(number));
  if (agent === undefined) return state;
  const kept = agent.activity;
  const moved = movedDue(
    movedDue(state, restOf(kept), restOf(activity), "agent", number),
    kept.type === "offered" ? kept.until : null,
    activity.type === "offered" ? activity.until : null,
    "offer",
    number,
  );
  return withAgent(moved, number, at, (now) => change({ ...now, activity, since: at }));
}

const restOf = (activity: Activity): number | null =>
  activity.type === "wrap-up" || activity.type === "resting" ? activity.until : null;

const freeKey = (agent: AgentState, { queue, level }: Membership, { strategy }: QueueRules): Key => ({
  major: level,
  minor: strategyOf(strategy).key(agent, queue),
  name: agent.number,
});

/** All that queues know of their agents, made anew; settings, or the day, have changed. */
export function withMembers(before: AcdState, at: number): AcdState {
  let state = before;
  for (const [id, queue] of Object.entries(before.queues)) {
    let free: Tree<string> = null;
    const staff: Record<string, number> = {};
    let [there, highest] = [0, 1];
    for (const agent of values(before.agents)) {
      const member = agent.memberships.find((one) => one.queue === id);
      if (member === undefined) continue;
      highest = Math.max(highest, member.level);
      if (isFree(agent)) free = insert(free, freeKey(agent, member, queue.options), agent.number);
      if (agent.extension !== null) staff[member.level] = (staff[member.level] ?? 0) + 1;
      if (isThere(agent, queue.options.emptyStates)) there += 1;
    }
    state = emptiness(
      withQueue(state, id, (now) => ({ ...now, free, staff, there, highest })),
      id,
      at,
    );
  }
  return state;
}

/** Place in line, 1 and up; 0 when the call does not wait. */
export function positionOf(state: AcdState, id: string): number {
  const call = get(state.calls, byName(id));
  const queue = call === undefined ? undefined : state.queues[call.queue];
  if (call === undefined || queue === undefined) return 0;
  if (call.stage.type !== "waiting" && call.stage.type !== "offered") return 0;
  return rankIn(queue, call.key) + 1;
}
