// What the two analog machines have in common: verdicts on dialled digits, caller identity, the shape of a step.

/**
 * What a dial plan says of the digits so far. `complete`: call at once; `ambiguous`: a number, which more
 * digits could change; `incomplete`: not a number yet; `invalid`: no number begins so.
 */
export type NumberMatch = "incomplete" | "complete" | "ambiguous" | "invalid";

/** Caller identity as an exchange sends it between rings (FSK or DTMF). */
export interface CallerIdentity {
  /** Empty when withheld or not available. */
  readonly number: string;
  readonly name: string;
  readonly presentation: "allowed" | "restricted" | "unavailable";
}

export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export type TimerEffect<Timer extends string> =
  | { readonly type: "start-timer"; readonly timer: Timer; readonly ms: number }
  /** Harmless when it is not running. */
  | { readonly type: "stop-timer"; readonly timer: Timer };
