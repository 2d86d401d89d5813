// The exchange-line side (FXO), loop start and kewl start: ringing, answering, seizing, dialling, supervision.
// A pure machine: `nextFxo(state, input, options)`. What an analog line cannot say, its tones may: a call is answered
// when the ringing tone ends, and over when the exchange gives busy or dial tone. Where it reverses no polarity and no
// ringing tone is heard either, an outgoing call counts as answered some time after its last digit.
import type { CallerIdentity, Step, TimerEffect } from "./types.ts";

export interface FxoOptions {
  /** Rings to wait before a call is offered. */
  readonly ringsBeforeOffer: number;
  /** Longest wait for the caller's identity after such a ring, ms; 0: none comes. */
  readonly callerMs: number;
  /** The identity comes before the first ring, after a reversal. */
  readonly callerBefore: boolean;
  /** Silence after a ring that means the caller gave up, ms. Longer than the exchange's pause between rings. */
  readonly ringGoneMs: number;
  /** From seizing the line to the first digit, ms: the exchange's dial tone. */
  readonly dialToneMs: number;
  readonly dialling: "dtmf" | "pulse";
  /**
   * From the last digit until the call counts as answered where no tone is heard, ms; `undefined`: only a polarity
   * reversal answers.
   */
  readonly answerAfterMs: number | undefined;
  /** After hanging up, until the line may be seized again, ms: less would be a flash to the exchange. */
  readonly guardMs: number;
}

export const fxoDefaults: FxoOptions = {
  ringsBeforeOffer: 1,
  callerMs: 0,
  callerBefore: false,
  ringGoneMs: 6000,
  dialToneMs: 1000,
  dialling: "dtmf",
  answerAfterMs: 4000,
  guardMs: 1500,
};

export type FxoTimer = "ring-gone" | "caller" | "dial-tone" | "answer" | "guard";

export type FxoState =
  | { readonly name: "idle" }
  /** The exchange rings; `rings` whole bursts so far. Caller identity is put here as it arrives. */
  | {
      readonly name: "ringing";
      readonly rings: number;
      readonly offered: boolean;
      readonly caller: CallerIdentity | undefined;
    }
  /** Rejected, which an analog line cannot say: wait until the exchange stops ringing. */
  | { readonly name: "ignoring" }
  | { readonly name: "seizing"; readonly digits: string }
  | { readonly name: "dialling" }
  /** `rung`: the ringing tone was heard. */
  | { readonly name: "waiting"; readonly rung: boolean }
  /** `reversed`: the exchange answered by reversing polarity, and will clear by reversing it back. */
  | { readonly name: "connected"; readonly reversed: boolean }
  | { readonly name: "guard" };

/** `sit`: special information, before an announcement that the number cannot be reached (E.180 §6.7). */
export type ExchangeTone = "dial" | "ringback" | "busy" | "congestion" | "sit";

export type FxoInput =
  | { readonly type: "ring-begin" | "ring" | "on-hook" | "polarity" | "pulses-sent" | "dtmf-sent" }
  | { readonly type: "caller-id"; readonly caller: CallerIdentity }
  /** The exchange's tone; `undefined`: the last is over. */
  | { readonly type: "tone"; readonly tone: ExchangeTone | undefined }
  | { readonly type: "timer"; readonly timer: FxoTimer }
  | { readonly type: "answer" | "flash" | "release" }
  /** The loop was closed without a call, for a measurement that is over. */
  | { readonly type: "measured" }
  | { readonly type: "dial"; readonly digits: string }
  /** The line or the card failed under the call. */
  | { readonly type: "fault"; readonly cause: number };

export type FxoEffect =
  | TimerEffect<FxoTimer>
  | { readonly type: "off-hook" | "on-hook" | "flash" }
  /** Listens for the caller's identity while the loop is open; the input `caller-id` tells it. Ended also by `off-hook`. */
  | { readonly type: "listen"; readonly on: boolean }
  /** Answer with input `dtmf-sent`. */
  | { readonly type: "send-dtmf"; readonly digits: string }
  /** The port answers with `pulses-sent`. */
  | { readonly type: "send-pulses"; readonly digits: string }
  /** An incoming call, which may be answered or released. */
  | { readonly type: "offer"; readonly caller: CallerIdentity | undefined }
  /** The exchange has all digits: from here its tones can be heard. */
  | { readonly type: "dialled" }
  | { readonly type: "answered" }
  /** The call is over; cause by Q.850. Once for each offer or dial. */
  | { readonly type: "released"; readonly cause: number; readonly by: "local" | "remote" | "fault" }
  /** The line may be used again. */
  | { readonly type: "ready" };

type FxoStep = Step<FxoState, FxoEffect>;

export const fxoIdle: FxoState = { name: "idle" };

/** Normal call clearing. */
const noRoute = 3;
const cleared = 16;
/** User busy; no answer; no circuit available. */
const userBusy = 17;
const noAnswer = 19;
const noCircuit = 34;
/** Requested circuit not available: the exchange rang while we seized the line. */
const glare = 44;

export function nextFxo(state: FxoState, input: FxoInput, options: FxoOptions): FxoStep {
  switch (state.name) {
    case "idle":
      return idle(state, input, options);
    case "ringing":
      return ringing(state, input, options);
    case "ignoring":
      return ignoring(state, input, options);
    case "seizing":
      return seizing(state, input, options);
    case "dialling":
    case "waiting":
    case "connected":
      return offHook(state, input, options);
    case "guard":
      return guard(state, input, options);
  }
}

function idle(state: FxoState, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "ring-begin":
    case "ring":
      return startRinging(input, options);
    case "polarity":
      return options.callerMs > 0 && options.callerBefore ? wake(options) : stay(state);
    case "dial":
      return {
        state: { name: "seizing", digits: input.digits },
        effects: [{ type: "off-hook" }, start("dial-tone", options.dialToneMs)],
      };
    case "measured":
      return {
        state: { name: "guard" },
        effects: [{ type: "on-hook" }, start("guard", options.guardMs)],
      };
    default:
      return stay(state);
  }
}

const fresh = { name: "ringing", rings: 0, offered: false, caller: undefined } as const;

function startRinging(input: FxoInput, options: FxoOptions): FxoStep {
  const { state, effects } = ringing(fresh, input, options);
  return { state, effects: [...listening(options, true), ...effects] };
}

/** Something will come before the first ring. */
function wake(options: FxoOptions): FxoStep {
  return { state: fresh, effects: [...listening(options, true), start("ring-gone", options.ringGoneMs)] };
}

const listening = ({ callerMs }: FxoOptions, on: boolean): readonly FxoEffect[] =>
  callerMs > 0 ? [{ type: "listen", on }] : [];

function ringing(state: FxoState & { name: "ringing" }, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "ring-begin":
      return { state, effects: [start("ring-gone", options.ringGoneMs)] };
    case "ring": {
      const rung = { ...state, rings: state.rings + 1 };
      const { state: next, effects } = afterRing(rung, options);
      return { state: next, effects: [start("ring-gone", options.ringGoneMs), ...effects] };
    }
    case "caller-id": {
      const known = { ...state, caller: input.caller };
      return known.rings >= options.ringsBeforeOffer ? offer(known, options) : stay(known);
    }
    case "timer":
      if (input.timer === "caller") return offer(state, options);
      if (input.timer !== "ring-gone") return stay(state);
      return { state: fxoIdle, effects: [...gone(state, cleared, "remote", options), { type: "ready" }] };
    case "answer":
      if (!state.offered) return stay(state);
      return {
        state: { name: "connected", reversed: false },
        effects: [stop("ring-gone"), { type: "off-hook" }, { type: "answered" }],
      };
    case "release":
      return { state: { name: "ignoring" }, effects: gone(state, cleared, "local", options) };
    case "fault":
      return { state: { name: "ignoring" }, effects: gone(state, input.cause, "fault", options) };
    default:
      return stay(state);
  }
}

/** Enough rings: the call is offered, after a wait for its identity where one may still come. */
function afterRing(state: FxoState & { name: "ringing" }, options: FxoOptions): FxoStep {
  const { ringsBeforeOffer, callerMs, callerBefore } = options;
  if (state.offered || state.rings < ringsBeforeOffer) return stay(state);
  const comes = callerMs > 0 && !callerBefore && state.caller === undefined;
  if (!comes) return offer(state, options);
  // Counted from the first that is enough: a ring may be of two bursts.
  return state.rings === ringsBeforeOffer ? { state, effects: [start("caller", callerMs)] } : stay(state);
}

function offer(state: FxoState & { name: "ringing" }, options: FxoOptions): FxoStep {
  if (state.offered) return stay(state);
  return {
    state: { ...state, offered: true },
    effects: [...(options.callerMs > 0 ? [stop("caller")] : []), { type: "offer", caller: state.caller }],
  };
}

function gone(
  state: FxoState & { name: "ringing" },
  cause: number,
  by: "local" | "remote" | "fault",
  options: FxoOptions,
): readonly FxoEffect[] {
  return [
    ...(options.callerMs > 0 ? [stop("caller")] : []),
    ...listening(options, false),
    ...(state.offered ? [{ type: "released", cause, by } as const] : []),
  ];
}

function ignoring(state: FxoState, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "ring-begin":
    case "ring":
      return { state, effects: [start("ring-gone", options.ringGoneMs)] };
    case "timer":
      return input.timer === "ring-gone" ? { state: fxoIdle, effects: [{ type: "ready" }] } : stay(state);
    default:
      return stay(state);
  }
}

function seizing(state: FxoState & { name: "seizing" }, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "ring-begin":
    case "ring":
      return hangUp(options, glare, "fault");
    case "timer": {
      if (input.timer !== "dial-tone") return stay(state);
      const { digits } = state;
      if (digits === "") return dialled(options);
      const type = options.dialling === "dtmf" ? "send-dtmf" : "send-pulses";
      return { state: { name: "dialling" }, effects: [{ type, digits }] };
    }
    default:
      return offHook(state, input, options);
  }
}

/** All that can end a call while the loop is closed, and what moves it on to its answer. */
function offHook(state: FxoState, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "dtmf-sent":
    case "pulses-sent":
      return state.name === "dialling" ? dialled(options) : stay(state);
    case "timer":
      return input.timer === "answer" && state.name === "waiting" ? answered(false) : stay(state);
    case "polarity":
      if (state.name === "dialling" || state.name === "waiting") return answered(true);
      if (state.name === "connected" && state.reversed) return hangUp(options, cleared, "remote");
      return stay(state);
    case "on-hook":
      return hangUp(options, cleared, "remote");
    case "release":
      return hangUp(options, cleared, "local");
    case "fault":
      return hangUp(options, input.cause, "fault");
    case "tone":
      return heard(state, input.tone, options);
    case "flash":
      return state.name === "connected" ? { state, effects: [{ type: "flash" }] } : stay(state);
    default:
      return stay(state);
  }
}

function heard(state: FxoState, tone: ExchangeTone | undefined, options: FxoOptions): FxoStep {
  if (state.name === "connected")
    return tone === undefined || tone === "ringback" ? stay(state) : hangUp(options, cleared, "remote");
  if (state.name !== "waiting") return stay(state);
  switch (tone) {
    case "ringback":
      return { state: { name: "waiting", rung: true }, effects: [stop("answer")] };
    case "busy":
      return hangUp(options, state.rung ? noAnswer : userBusy, "remote");
    case "congestion":
      return hangUp(options, state.rung ? noAnswer : noCircuit, "remote");
    case "sit":
      return hangUp(options, noRoute, "remote");
    case undefined:
      // Some exchanges answer by polarity alone, whatever their ringing tone does.
      return state.rung && options.answerAfterMs !== undefined ? answered(false) : stay(state);
    case "dial":
      return stay(state);
  }
}

function dialled(options: FxoOptions): FxoStep {
  const { answerAfterMs } = options;
  return {
    state: { name: "waiting", rung: false },
    effects: [{ type: "dialled" }, ...(answerAfterMs === undefined ? [] : [start("answer", answerAfterMs)])],
  };
}

function answered(reversed: boolean): FxoStep {
  return { state: { name: "connected", reversed }, effects: [stop("answer"), { type: "answered" }] };
}

function hangUp(options: FxoOptions, cause: number, by: "local" | "remote" | "fault"): FxoStep {
  return {
    state: { name: "guard" },
    effects: [
      stop("dial-tone"),
      stop("answer"),
      { type: "on-hook" },
      start("guard", options.guardMs),
      { type: "released", cause, by },
    ],
  };
}

function guard(state: FxoState, input: FxoInput, options: FxoOptions): FxoStep {
  switch (input.type) {
    case "timer":
      return input.timer === "guard" ? { state: fxoIdle, effects: [{ type: "ready" }] } : stay(state);
    case "ring-begin": {
      const step = startRinging(input, options);
      return { state: step.state, effects: [stop("guard"), ...step.effects] };
    }
    default:
      return stay(state);
  }
}

const stay = (state: FxoState): FxoStep => ({ state, effects: [] });
const start = (timer: FxoTimer, ms: number): FxoEffect => ({ type: "start-timer", timer, ms });
const stop = (timer: FxoTimer): FxoEffect => ({ type: "stop-timer", timer });
