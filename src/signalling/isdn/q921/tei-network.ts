// The network side's TEI management (Q.921 §5.3): assigns, checks and removes the TEIs of one interface.
import type { TeiMessage } from "./tei-message.ts";

export interface TeiNetworkState {
  /** Automatic TEIs that are given out, the oldest first. */
  readonly teis: readonly number[];
  /** The last TEI given out; the next one follows it, so that a stale terminal is noticed. */
  readonly last: number;
  /** Identity checks under way, by TEI. */
  readonly checks: Readonly<Record<number, TeiCheck>>;
}

interface TeiCheck {
  readonly attempts: number;
  readonly responses: number;
}

export type TeiNetworkInput =
  | {
      readonly type: "message";
      readonly message: TeiMessage;
      /** TEIs whose links are in multiple-frame operation. */
      readonly established: readonly number[];
    }
  | { readonly type: "T201"; readonly tei: number }
  /** The link suspects that its TEI is used twice or not at all (Appendix II). */
  | { readonly type: "suspect"; readonly tei: number }
  /** A frame has come from an automatic TEI that nobody was given: its terminal has not heard of our restart. */
  | { readonly type: "stranger"; readonly tei: number };

export type TeiNetworkEffect =
  | { readonly type: "message"; readonly message: TeiMessage }
  | { readonly type: "start" | "stop"; readonly timer: "T201"; readonly tei: number }
  | { readonly type: "MDL-ASSIGN-request" | "MDL-REMOVE-request"; readonly tei: number };

export interface TeiNetworkStep {
  readonly state: TeiNetworkState;
  readonly effects: readonly TeiNetworkEffect[];
}

const firstAutomatic = 64;
const lastAutomatic = 126;
/** §3.3.4.2. */
export const automaticTeis = lastAutomatic - firstAutomatic + 1;

export function isAutomatic(tei: number): boolean {
  return tei >= firstAutomatic && tei <= lastAutomatic;
}

export function createTeiNetwork(): TeiNetworkState {
  return { teis: [], last: lastAutomatic, checks: {} };
}

/** @param capacity most terminals: 1 on a point-to-point line. */
export function nextTeiNetwork(
  state: TeiNetworkState,
  input: TeiNetworkInput,
  capacity: number,
): TeiNetworkStep {
  switch (input.type) {
    case "suspect":
      return begin(state, input.tei);
    case "T201":
      return timeout(state, input.tei);
    case "stranger":
      return state.teis.includes(input.tei) ? same(state) : { state, effects: [removal(input.tei)] };
    case "message":
      return receive(state, input, capacity);
  }
}

function same(state: TeiNetworkState): TeiNetworkStep {
  return { state, effects: [] };
}

/** Checks a TEI, unless that goes on already or nobody has it. */
function begin(state: TeiNetworkState, tei: number): TeiNetworkStep {
  return state.teis.includes(tei) && !(tei in state.checks) ? check(state, tei, 1) : same(state);
}

function check(state: TeiNetworkState, tei: number, attempts: number): TeiNetworkStep {
  return {
    state: { ...state, checks: { ...state.checks, [tei]: { attempts, responses: 0 } } },
    effects: [
      { type: "message", message: { type: "check-request", ri: 0, ai: tei } },
      { type: "start", timer: "T201", tei },
    ],
  };
}

/** §5.3.3.2: one answer is right; none in two checks frees the TEI; more than one in a check removes it. */
function timeout(state: TeiNetworkState, tei: number): TeiNetworkStep {
  const running = state.checks[tei];
  if (running === undefined) return same(state);
  const { attempts, responses } = running;
  if (responses === 1) return { state: { ...state, checks: without(state.checks, tei) }, effects: [] };
  if (responses === 0 && attempts < 2) return check(state, tei, attempts + 1);
  return remove(state, tei);
}

function removal(tei: number): TeiNetworkEffect {
  return { type: "message", message: { type: "remove", ri: 0, ai: tei } };
}

function remove(state: TeiNetworkState, tei: number): TeiNetworkStep {
  return {
    state: {
      ...state,
      teis: state.teis.filter((each) => each !== tei),
      checks: without(state.checks, tei),
    },
    // §5.3.4: sent twice, since it is not answered.
    effects: [
      removal(tei),
      removal(tei),
      { type: "stop", timer: "T201", tei },
      { type: "MDL-REMOVE-request", tei },
    ],
  };
}

function without(checks: TeiNetworkState["checks"], tei: number): TeiNetworkState["checks"] {
  const { [tei]: _ended, ...others } = checks;
  return others;
}

function receive(
  state: TeiNetworkState,
  { message, established }: Extract<TeiNetworkInput, { type: "message" }>,
  capacity: number,
): TeiNetworkStep {
  switch (message.type) {
    case "identity-request":
      return assign(state, message.ri, established, capacity);
    case "check-response": {
      const running = state.checks[message.ai];
      if (running === undefined) return same(state);
      const heard = { ...running, responses: running.responses + 1 };
      return { state: { ...state, checks: { ...state.checks, [message.ai]: heard } }, effects: [] };
    }
    case "verify":
      return begin(state, message.ai);
    case "identity-assigned":
    case "identity-denied":
    case "check-request":
    case "remove":
      return same(state);
  }
}

function assign(
  state: TeiNetworkState,
  ri: number,
  established: readonly number[],
  capacity: number,
): TeiNetworkStep {
  const full = state.teis.length >= capacity;
  const stale = full ? state.teis.find((tei) => !established.includes(tei)) : undefined;
  if (full && stale === undefined) {
    // Whoever has a TEI must prove to be there still.
    const effects: TeiNetworkEffect[] = [
      { type: "message", message: { type: "identity-denied", ri, ai: 127 } },
    ];
    let checking = state;
    for (const tei of state.teis) {
      const step = begin(checking, tei);
      checking = step.state;
      effects.push(...step.effects);
    }
    return { state: checking, effects };
  }
  const freed = stale === undefined ? same(state) : remove(state, stale);
  const tei = nextFree(freed.state);
  return {
    state: { ...freed.state, teis: [...freed.state.teis, tei], last: tei },
    effects: [
      ...freed.effects,
      { type: "message", message: { type: "identity-assigned", ri, ai: tei } },
      { type: "MDL-ASSIGN-request", tei },
    ],
  };
}

/** The value after the last one that nobody has; there is one, since fewer are given out than there are. */
function nextFree({ teis, last }: TeiNetworkState): number {
  let tei = last;
  do tei = tei >= lastAutomatic ? firstAutomatic : tei + 1;
  while (teis.includes(tei));
  return tei;
}
