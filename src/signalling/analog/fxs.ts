// The telephone side (FXS), loop start with kewl-start disconnect: dial tone, collecting digits, ringing, flash,
// and what a phone hears that stays off hook. A pure machine: `nextFxs(state, input, options)`.
import type { NumberMatch, Step, TimerEffect } from "./types.ts";

export interface FxsOptions {
  /** The dial plan's verdict on the digits so far. Pure. */
  readonly match: (digits: string) => NumberMatch;
  /** Dial tone without a digit, ms. */
  readonly firstDigitMs: number;
  /** Pause after which an incomplete number is given up, ms. */
  readonly interDigitMs: number;
  /** Pause after which an ambiguous number is taken as it stands, ms. */
  readonly ambiguousMs: number;
  /** Busy or congestion tone for a phone that is not hung up, ms; then the howler. */
  readonly clearedToneMs: number;
  /** Howler, ms; then silence. */
  readonly howlerMs: number;
  /** Reverse the battery when the phone's call is answered, until it ends: a switchboard bills by it. */
  readonly answerReversal: boolean;
}

export const fxsDefaults: Omit<FxsOptions, "match"> = {
  firstDigitMs: 15_000,
  interDigitMs: 6000,
  ambiguousMs: 3000,
  clearedToneMs: 30_000,
  howlerMs: 60_000,
  answerReversal: false,
};

export type FxsTimer = "digit" | "cleared";

export type FxsTone = "dial" | "ringback" | "busy" | "congestion" | "howler";

export type FxsState =
  | { readonly name: "idle" }
  /** We ring the phone. Caller identity will go between the first rings. */
  | { readonly name: "ringing" }
  | { readonly name: "dial-tone" }
  | { readonly name: "collecting"; readonly digits: string }
  /** A number was dialled and offered; nobody answered yet. */
  | { readonly name: "calling" }
  | { readonly name: "connected" }
  /** Off hook with no call, after one ended or was not possible. */
  | { readonly name: "cleared"; readonly hears: "busy" | "congestion" | "howler" | "silence" };

export type FxsInput =
  | { readonly type: "off-hook" | "on-hook" | "flash" }
  /** A key is pressed; `digit` follows when it is let go. */
  | { readonly type: "digit-begin" }
  | { readonly type: "digit"; readonly digit: string; readonly source: "dtmf" | "pulse" }
  | { readonly type: "timer"; readonly timer: FxsTimer }
  /** Ring the phone for an outgoing leg. */
  | { readonly type: "ring" }
  /** The called party of the phone's call is rung; `inband`: its ringback comes from elsewhere. */
  | { readonly type: "alert"; readonly inband: boolean }
  | { readonly type: "answer" }
  | { readonly type: "release"; readonly cause: number }
  | { readonly type: "fault"; readonly cause: number };

export type FxsEffect =
  | TimerEffect<FxsTimer>
  | { readonly type: "start-ring" | "stop-ring" }
  /** Open the loop for a moment: answering machines and switchboards hang up by it. */
  | { readonly type: "disconnect" }
  | { readonly type: "polarity"; readonly reversed: boolean }
  /** Open a fresh audio port, or close the one there is. */
  | { readonly type: "audio"; readonly on: boolean }
  | { readonly type: "tone"; readonly tone: FxsTone | "none" }
  /** The phone calls this number. */
  | { readonly type: "offer"; readonly digits: string }
  | { readonly type: "alerting" | "answered" | "flashed" }
  | { readonly type: "digit"; readonly digit: string; readonly source: "dtmf" | "pulse" }
  /** The leg is over; cause by Q.850. Once for each offer or ring. */
  | { readonly type: "released"; readonly cause: number; readonly by: "local" | "remote" | "fault" }
  /** On hook again: the phone may be rung. */
  | { readonly type: "ready" };

type FxsStep = Step<FxsState, FxsEffect>;

export const fxsIdle: FxsState = { name: "idle" };

/** Normal call clearing. */
const normal = 16;
const userBusy = 17;

export function nextFxs(state: FxsState, input: FxsInput, options: FxsOptions): FxsStep {
  switch (state.name) {
    case "idle":
      return idle(state, input, options);
    case "ringing":
      return ringing(state, input);
    case "dial-tone":
    case "collecting":
      return dialling(state, input, options);
    case "calling":
    case "connected":
      return inCall(state, input, options);
    case "cleared":
      return afterCall(state, input, options);
  }
}

function idle(state: FxsState, input: FxsInput, options: FxsOptions): FxsStep {
  if (input.type === "off-hook") return dialTone(options, []);
  if (input.type !== "ring") return stay(state);
  return { state: { name: "ringing" }, effects: [{ type: "start-ring" }, { type: "alerting" }] };
}

function ringing(state: FxsState, input: FxsInput): FxsStep {
  const end = (cause: number, by: "local" | "fault"): FxsStep => ({
    state: fxsIdle,
    effects: [{ type: "stop-ring" }, { type: "released", cause, by }, { type: "ready" }],
  });
  switch (input.type) {
    case "off-hook":
      return {
        state: { name: "connected" },
        effects: [{ type: "stop-ring" }, { type: "audio", on: true }, { type: "answered" }],
      };
    case "release":
      return end(input.cause, "local");
    case "fault":
      return end(input.cause, "fault");
    default:
      return stay(state);
  }
}

function dialTone(options: FxsOptions, before: readonly FxsEffect[]): FxsStep {
  return {
    state: { name: "dial-tone" },
    effects: [
      ...before,
      { type: "audio", on: true },
      { type: "tone", tone: "dial" },
      start("digit", options.firstDigitMs),
    ],
  };
}

function dialling(
  state: FxsState & { name: "dial-tone" | "collecting" },
  input: FxsInput,
  options: FxsOptions,
): FxsStep {
  const digits = state.name === "collecting" ? state.digits : "";
  switch (input.type) {
    case "digit-begin":
      return state.name === "dial-tone"
        ? { state: { name: "collecting", digits: "" }, effects: [tone("none")] }
        : stay(state);
    case "digit":
      return collect(state, digits + input.digit, options);
    case "timer":
      if (input.timer !== "digit") return stay(state);
      return options.match(digits) === "ambiguous" ? offer(digits) : refuse(options);
    case "on-hook":
      return hungUp([stop("digit")]);
    case "fault":
      return refuse(options);
    default:
      return stay(state);
  }
}

function collect(
  state: FxsState & { name: "dial-tone" | "collecting" },
  digits: string,
  options: FxsOptions,
): FxsStep {
  const before = digits.slice(0, -1);
  const more = (ms: number): FxsStep => ({
    state: { name: "collecting", digits },
    effects: [...(state.name === "dial-tone" ? [tone("none")] : []), start("digit", ms)],
  });
  switch (options.match(digits)) {
    case "complete":
      return offer(digits);
    case "ambiguous":
      return more(options.ambiguousMs);
    case "incomplete":
      return more(options.interDigitMs);
    case "invalid":
      // `#` after a number that could go on: the caller does not want to wait.
      return digits.endsWith("#") && options.match(before) === "ambiguous" ? offer(before) : refuse(options);
  }
}

function offer(digits: string): FxsStep {
  return { state: { name: "calling" }, effects: [stop("digit"), tone("none"), { type: "offer", digits }] };
}

function refuse(options: FxsOptions): FxsStep {
  return {
    state: { name: "cleared", hears: "congestion" },
    // A switchboard on the other end, which seized the line in error, hangs up by the disconnect.
    effects: [
      stop("digit"),
      { type: "disconnect" },
      tone("congestion"),
      start("cleared", options.clearedToneMs),
    ],
  };
}

function inCall(
  state: FxsState & { name: "calling" | "connected" },
  input: FxsInput,
  options: FxsOptions,
): FxsStep {
  switch (input.type) {
    case "alert":
      if (state.name === "connected") return stay(state);
      return { state, effects: [tone(input.inband ? "none" : "ringback")] };
    case "answer":
      if (state.name === "connected") return stay(state);
      return {
        state: { name: "connected" },
        effects: [...polarity(true, options), tone("none"), { type: "answered" }],
      };
    case "digit":
      return { state, effects: [{ type: "digit", digit: input.digit, source: input.source }] };
    case "flash":
      return state.name === "connected" ? { state, effects: [{ type: "flashed" }] } : stay(state);
    case "on-hook":
      return hungUp([...polarity(false, options), { type: "released", cause: normal, by: "remote" }]);
    case "release":
      return clear(input.cause, "local", options);
    case "fault":
      return clear(input.cause, "fault", options);
    default:
      return stay(state);
  }
}

/** The leg ends while the phone is off hook: it hears why, on a port of its own. */
function clear(cause: number, by: "local" | "fault", options: FxsOptions): FxsStep {
  const hears = cause === normal || cause === userBusy ? "busy" : "congestion";
  return {
    state: { name: "cleared", hears },
    effects: [
      { type: "released", cause, by },
      ...polarity(false, options),
      { type: "audio", on: false },
      { type: "disconnect" },
      { type: "audio", on: true },
      tone(hears),
      start("cleared", options.clearedToneMs),
    ],
  };
}

function afterCall(state: FxsState & { name: "cleared" }, input: FxsInput, options: FxsOptions): FxsStep {
  switch (input.type) {
    case "timer":
      if (input.timer !== "cleared" || state.hears === "silence") return stay(state);
      if (state.hears === "howler")
        return { state: { name: "cleared", hears: "silence" }, effects: [tone("none")] };
      return {
        state: { name: "cleared", hears: "howler" },
        effects: [tone("howler"), start("cleared", options.howlerMs)],
      };
    case "flash":
      return dialTone(options, [stop("cleared")]);
    case "on-hook":
      return hungUp([stop("cleared")]);
    default:
      return stay(state);
  }
}

function hungUp(before: readonly FxsEffect[]): FxsStep {
  return { state: fxsIdle, effects: [...before, { type: "audio", on: false }, { type: "ready" }] };
}

function polarity(reversed: boolean, options: FxsOptions): readonly FxsEffect[] {
  return options.answerReversal ? [{ type: "polarity", reversed }] : [];
}

const stay = (state: FxsState): FxsStep => ({ state, effects: [] });
const tone = (name: FxsTone | "none"): FxsEffect => ({ type: "tone", tone: name });
const start = (timer: FxsTimer, ms: number): FxsEffect => ({ type: "start-timer", timer, ms });
const stop = (timer: FxsTimer): FxsEffect => ({ type: "stop-timer", timer });
