// The user side's TEI management (Q.921 §5.3): asks for a TEI, answers checks, gives it up when told.
import type { TeiMessage } from "./tei-message.ts";

export interface TeiUserState {
  readonly phase: "none" | "requesting" | "assigned" | "verifying";
  /** -1 while there is none. */
  readonly tei: number;
  /** Reference number of the request under way. */
  readonly ri: number;
  /** Transmissions so far of the request or of the verify. */
  readonly attempts: number;
  /** Where the sequence of reference numbers stands. */
  readonly seed: number;
}

export type TeiUserInput =
  | { readonly type: "message"; readonly message: TeiMessage }
  | { readonly type: "T202" }
  /** The link wants a TEI. */
  | { readonly type: "MDL-ASSIGN-indication" }
  /** The link suspects that its TEI is used twice (Appendix II). */
  | { readonly type: "suspect" };

export type TeiUserEffect =
  | { readonly type: "message"; readonly message: TeiMessage }
  | { readonly type: "start" | "stop"; readonly timer: "T202" }
  | { readonly type: "MDL-ASSIGN-request"; readonly tei: number }
  | { readonly type: "MDL-REMOVE-request" | "MDL-ERROR-response" };

export interface TeiUserStep {
  readonly state: TeiUserState;
  readonly effects: readonly TeiUserEffect[];
}

const anyTei = 127;

export function createTeiUser(seed: number): TeiUserState {
  return { phase: "none", tei: -1, ri: 0, attempts: 0, seed };
}

/** @param n202 transmissions of an identity request, §5.9.4. */
export function nextTeiUser(state: TeiUserState, input: TeiUserInput, n202: number): TeiUserStep {
  switch (input.type) {
    case "MDL-ASSIGN-indication":
      return state.phase === "requesting" ? same(state) : request({ ...state, attempts: 0 });
    case "suspect":
      return state.phase === "assigned" ? verify({ ...state, attempts: 0 }) : same(state);
    case "T202":
      return timeout(state, n202);
    case "message":
      return receive(state, input.message);
  }
}

function same(state: TeiUserState): TeiUserStep {
  return { state, effects: [] };
}

function request(state: TeiUserState): TeiUserStep {
  const seed = random(state.seed);
  const ri = seed >>> 16;
  return {
    state: { ...state, phase: "requesting", tei: -1, ri, seed, attempts: state.attempts + 1 },
    effects: [
      { type: "message", message: { type: "identity-request", ri, ai: anyTei } },
      { type: "start", timer: "T202" },
    ],
  };
}

function verify(state: TeiUserState): TeiUserStep {
  return {
    state: { ...state, phase: "verifying", attempts: state.attempts + 1 },
    effects: [
      { type: "message", message: { type: "verify", ri: 0, ai: state.tei } },
      { type: "start", timer: "T202" },
    ],
  };
}

function timeout(state: TeiUserState, n202: number): TeiUserStep {
  if (state.phase === "requesting") {
    // §5.3.2.1: each new request has a new Ri.
    if (state.attempts < n202) return request(state);
    return { state: { ...state, phase: "none" }, effects: [{ type: "MDL-ERROR-response" }] };
  }
  if (state.phase === "verifying") {
    // §5.3.5.3: two verifies without an answer, and the TEI is given up.
    return state.attempts < 2 ? verify(state) : remove(state);
  }
  return same(state);
}

function remove(state: TeiUserState): TeiUserStep {
  return {
    state: { ...state, phase: "none", tei: -1 },
    effects: [{ type: "stop", timer: "T202" }, { type: "MDL-REMOVE-request" }],
  };
}

function receive(state: TeiUserState, message: TeiMessage): TeiUserStep {
  const ours = state.tei !== -1 && (message.ai === state.tei || message.ai === anyTei);
  switch (message.type) {
    case "identity-assigned":
      if (state.phase === "requesting" && message.ri === state.ri) return assign(state, message.ai);
      // §5.3.2: somebody else was given our TEI.
      return state.tei !== -1 && message.ai === state.tei ? remove(state) : same(state);
    case "identity-denied":
      if (state.phase !== "requesting" || message.ri !== state.ri) return same(state);
      return {
        state: { ...state, phase: "none" },
        effects: [{ type: "stop", timer: "T202" }, { type: "MDL-ERROR-response" }],
      };
    case "check-request":
      return ours ? answerCheck(state) : same(state);
    case "remove":
      return ours ? remove(state) : same(state);
    case "identity-request":
    case "check-response":
    case "verify":
      return same(state);
  }
}

function assign(state: TeiUserState, tei: number): TeiUserStep {
  // §3.3.4.2: automatic values only; any other answer is as good as none.
  if (tei < 64 || tei > 126) return same(state);
  return {
    state: { ...state, phase: "assigned", tei },
    effects: [
      { type: "stop", timer: "T202" },
      { type: "MDL-ASSIGN-request", tei },
    ],
  };
}

function answerCheck(state: TeiUserState): TeiUserStep {
  const seed = random(state.seed);
  const answered: TeiUserStep = {
    state: { ...state, seed },
    effects: [{ type: "message", message: { type: "check-response", ri: seed >>> 16, ai: state.tei } }],
  };
  if (state.phase !== "verifying") return answered;
  // §5.3.5.3: the check request is the answer to our verify.
  return {
    state: { ...answered.state, phase: "assigned" },
    effects: [{ type: "stop", timer: "T202" }, ...answered.effects],
  };
}

/** A linear congruential step (Numerical Recipes' constants): chance without hidden state. */
function random(seed: number): number {
  return (Math.imul(seed, 1664525) + 1013904223) >>> 0;
}
