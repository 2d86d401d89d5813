// A caller's way through a flow, as a pure machine: which node, what the node remembers, what is to be done.
import type { JournalEntry } from "../shared/journal.ts";
import type { Flow } from "./flow.ts";
import type { NodeContext, NodeEffect, FlowInput, NodeMemory, Outcome, Turn } from "./node.ts";
import { nodeKinds } from "./nodes/index.ts";

export interface IvrState {
  readonly flow: string;
  readonly node: string;
  readonly memory: NodeMemory;
  /** Nodes entered since the caller last pressed a key. */
  readonly silentNodes: number;
}

export type IvrEffect =
  | Exclude<NodeEffect, { readonly type: "took" }>
  | { readonly type: "note"; readonly entry: JournalEntry }
  | { readonly type: "leave"; readonly outcome: Outcome };

export interface IvrStep {
  readonly state: IvrState;
  readonly effects: readonly IvrEffect[];
}

/** A flow that leads in circles without anybody pressing a key is left after so many nodes. */
export const mostSilentNodes = 50;

export interface IvrContext extends NodeContext {
  readonly call: string;
}

export function startFlow(flow: Flow, context: IvrContext): IvrStep {
  const state: IvrState = { flow: flow.id, node: flow.start, memory: {}, silentNodes: 0 };
  const entered: IvrEffect = {
    type: "note",
    entry: { type: "ivr.entered", call: context.call, flow: flow.id },
  };
  return enter(flow, state, flow.start, context, [entered]);
}

export function next(flow: Flow, state: IvrState, input: FlowInput, context: IvrContext): IvrStep {
  if (input.type === "fax")
    return flow.fax === undefined
      ? { state, effects: [] }
      : leave(state, { type: "fax", mailbox: flow.fax }, context, []);
  const node = flow.nodes[state.node];
  const kind = node === undefined ? undefined : nodeKinds.get(node.type);
  if (node === undefined || kind === undefined) return { state, effects: [] };
  const heard = input.type === "digit" ? { ...state, silentNodes: 0 } : state;
  return follow(flow, heard, kind.input(node, state.memory, input), context, []);
}

function enter(
  flow: Flow,
  state: IvrState,
  name: string,
  context: IvrContext,
  before: readonly IvrEffect[],
): IvrStep {
  const node = flow.nodes[name];
  const kind = node === undefined ? undefined : nodeKinds.get(node.type);
  const silentNodes = state.silentNodes + 1;
  if (node === undefined || kind === undefined || silentNodes > mostSilentNodes)
    return leave(state, { type: "hang-up", cause: 31 }, context, before);
  const noted: IvrEffect = {
    type: "note",
    entry: { type: "ivr.node", call: context.call, flow: flow.id, node: name },
  };
  const here = { ...state, node: name, memory: {}, silentNodes };
  return follow(flow, here, kind.enter(node, context), context, [...before, noted]);
}

function follow(
  flow: Flow,
  state: IvrState,
  turn: Turn<NodeMemory>,
  context: IvrContext,
  before: readonly IvrEffect[],
): IvrStep {
  const effects = [...before, ...(turn.effects ?? []).map((effect) => ivrEffect(state, effect, context))];
  if ("memory" in turn) return { state: { ...state, memory: turn.memory }, effects };
  if ("leave" in turn) return leave(state, turn.leave, context, effects);
  return enter(flow, state, turn.go, context, effects);
}

function leave(
  state: IvrState,
  outcome: Outcome,
  { call }: IvrContext,
  before: readonly IvrEffect[],
): IvrStep {
  const entry: JournalEntry = { type: "ivr.left", call, flow: state.flow, outcome: nameOf(outcome) };
  return {
    state,
    effects: [...before, { type: "no-timer" }, { type: "note", entry }, { type: "leave", outcome }],
  };
}

function ivrEffect(state: IvrState, effect: NodeEffect, { call }: IvrContext): IvrEffect {
  if (effect.type !== "took") return effect;
  const { flow, node } = state;
  return { type: "note", entry: { type: "ivr.digit", call, flow, node, digit: effect.digit } };
}

function nameOf(outcome: Outcome): string {
  if (outcome.type !== "enter") return outcome.type;
  return Object.entries(outcome.to)
    .map(([kind, name]) => `${kind}:${name}`)
    .join();
}
