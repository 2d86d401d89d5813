// The network side's TEI management (Q.921 §5.3) for one data link: assigns, checks and removes its TEI.
import type { TeiMessage } from "./tei-message.ts";

export interface TeiNetworkState {
  /** The TEI of our link, -1 while there is none. */
  readonly tei: number;
  /** The last TEI given out; the next one follows it, so that a stale terminal is noticed. */
  readonly last: number;
  readonly check: null | { readonly attempts: number; readonly responses: number };
}

export type TeiNetworkInput =
  | { readonly type: "message"; readonly message: TeiMessage; readonly linkEstablished: boolean }
  | { readonly type: "T201" }
  /** The link suspects that its TEI is used twice or not at all (Appendix II). */
  | { readonly type: "suspect" };

export type TeiNetworkEffect =
  | { readonly type: "message"; readonly message: TeiMessage }
  | { readonly type: "start" | "stop"; readonly timer: "T201" }
  | { readonly type: "MDL-ASSIGN-request"; readonly tei: number }
  | { readonly type: "MDL-REMOVE-request" };

export interface TeiNetworkStep {
  readonly state: TeiNetworkState;
  readonly effects: readonly TeiNetworkEffect[];
}

const firstAutomatic = 64;
const lastAutomatic = 126;

export function createTeiNetwork(): TeiNetworkState {
  return { tei: -1, last: lastAutomatic, check: null };
}

export function nextTeiNetwork(state: TeiNetworkState, input: TeiNetworkInput): TeiNetworkStep {
  switch (input.type) {
    case "suspect":
      return state.tei === -1 || state.check !== null ? same(state) : check(state, 1);
    case "T201":
      return timeout(state);
    case "message":
      return receive(state, input.message, input.linkEstablished);
  }
}

function same(state: TeiNetworkState): TeiNetworkStep {
  return { state, effects: [] };
}

function check(state: TeiNetworkState, attempts: number): TeiNetworkStep {
  return {
    state: { ...state, check: { attempts, responses: 0 } },
    effects: [
      { type: "message", message: { type: "check-request", ri: 0, ai: state.tei } },
      { type: "start", timer: "T201" },
    ],
  };
}

/** §5.3.3.2: one answer is right; none in two checks frees the TEI; more than one in a check removes it. */
function timeout(state: TeiNetworkState): TeiNetworkStep {
  if (state.check === null) return same(state);
  const { attempts, responses } = state.check;
  if (responses === 1) return { state: { ...state, check: null }, effects: [] };
  if (responses === 0 && attempts < 2) return check(state, attempts + 1);
  return remove(state);
}

function remove(state: TeiNetworkState): TeiNetworkStep {
  // §5.3.4: sent twice, since it is not answered.
  const message = { type: "message", message: { type: "remove", ri: 0, ai: state.tei } } as const;
  return {
    state: { ...state, tei: -1, check: null },
    effects: [message, message, { type: "stop", timer: "T201" }, { type: "MDL-REMOVE-request" }],
  };
}

function receive(state: TeiNetworkState, message: TeiMessage, linkEstablished: boolean): TeiNetworkStep {
  switch (message.type) {
    case "identity-request":
      return assign(state, message.ri, linkEstablished);
    case "check-response":
      if (state.check === null || message.ai !== state.tei) return same(state);
      return {
        state: { ...state, check: { ...state.check, responses: state.check.responses + 1 } },
        effects: [],
      };
    case "verify":
      return message.ai === state.tei && state.check === null ? check(state, 1) : same(state);
    case "identity-assigned":
    case "identity-denied":
    case "check-request":
    case "remove":
      return same(state);
  }
}

function assign(state: TeiNetworkState, ri: number, linkEstablished: boolean): TeiNetworkStep {
  if (state.tei !== -1 && linkEstablished) {
    // A point-to-point line has one terminal. Whoever has the TEI must prove to be there still.
    const denied = { type: "message", message: { type: "identity-denied", ri, ai: 127 } } as const;
    const checking = state.check === null ? check(state, 1) : same(state);
    return { state: checking.state, effects: [denied, ...checking.effects] };
  }
  const freed = state.tei === -1 ? same(state) : remove(state);
  const tei = state.last >= lastAutomatic ? firstAutomatic : state.last + 1;
  return {
    state: { ...freed.state, tei, last: tei },
    effects: [
      ...freed.effects,
      { type: "message", message: { type: "identity-assigned", ri, ai: tei } },
      { type: "MDL-ASSIGN-request", tei },
    ],
  };
}
