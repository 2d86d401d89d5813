// A change of lines as a value: on trial until somebody confirms it, else taken back. Time is passed in.

/** A change that is in force on trial. Times are wall clock, milliseconds since 1970 UTC. */
export interface Trial {
  readonly id: string;
  readonly by: string;
  readonly at: number;
  /** Spans whose lines were built anew. */
  readonly spans: readonly number[];
  /** Of them, those that were in order before, their D-channel up: they must be again by `linksBy`. */
  readonly links: readonly number[];
  /** Before it no span counts as in order: a card takes its time to find an alarm. */
  readonly settledBy: number;
  readonly linksBy: number;
  readonly confirmBy: number;
}

/** Why a change was taken back: a person, nobody's word in time, a span whose D-channel did not return or that is in alarm, a restart. */
export type UndoReason = "undone" | "unconfirmed" | "data-link" | "restart";

export interface ChangeResult {
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly spans: readonly number[];
  readonly outcome: "confirmed" | "taken-back";
  readonly reason?: UndoReason;
  /** Spans that did not come back in order. */
  readonly lost?: readonly number[];
  readonly endedAt: number;
  /** Who confirmed or undid it; `box` by itself. */
  readonly endedBy: string;
}

export type ChangeState =
  | { readonly phase: "none"; readonly last: ChangeResult | null }
  | { readonly phase: "trial"; readonly trial: Trial }
  /** Being taken back. */
  | { readonly phase: "undoing"; readonly trial: Trial; readonly result: ChangeResult };

export type ChangeInput =
  | { readonly type: "applied"; readonly trial: Trial }
  /** Time has passed or a span has changed. `down`: spans whose D-channel is down, or that are in alarm. */
  | { readonly type: "look"; readonly now: number; readonly down: readonly number[] }
  | { readonly type: "confirm" | "undo"; readonly now: number; readonly by: string }
  /** The change found in force at start was never confirmed. */
  | { readonly type: "restarted"; readonly trial: Trial; readonly now: number }
  /** What was before is in force again. */
  | { readonly type: "undone"; readonly now: number };

export type ChangeEffect =
  /** Look again at this time. */
  | { readonly type: "wait"; readonly until: number }
  | { readonly type: "keep"; readonly result: ChangeResult }
  | { readonly type: "take-back"; readonly trial: Trial; readonly result: ChangeResult }
  | { readonly type: "ended"; readonly result: ChangeResult };

export interface ChangeStep {
  readonly state: ChangeState;
  readonly effects: readonly ChangeEffect[];
}

export const noChange: ChangeState = { phase: "none", last: null };

/** Inputs that have no meaning in a state change nothing. */
export function nextChange(state: ChangeState, input: ChangeInput): ChangeStep {
  switch (input.type) {
    case "applied":
      return state.phase === "none" ? wait(input.trial, input.trial.at) : same(state);
    case "restarted":
      return state.phase === "none" ? takeBack(input.trial, "restart", input.now, "box") : same(state);
    case "look":
      return state.phase === "trial" ? look(state.trial, input.now, input.down) : same(state);
    case "confirm":
      return state.phase === "trial" ? confirm(state.trial, input.now, input.by) : same(state);
    case "undo":
      return state.phase === "trial" ? takeBack(state.trial, "undone", input.now, input.by) : same(state);
    case "undone": {
      if (state.phase !== "undoing") return same(state);
      const result = { ...state.result, endedAt: input.now };
      return { state: { phase: "none", last: result }, effects: [{ type: "ended", result }] };
    }
  }
}

function same(state: ChangeState): ChangeStep {
  return { state, effects: [] };
}

function wait(trial: Trial, now: number): ChangeStep {
  const linksBy = now < trial.settledBy ? trial.settledBy : trial.linksBy;
  const until = trial.links.length > 0 ? Math.min(linksBy, trial.confirmBy) : trial.confirmBy;
  return { state: { phase: "trial", trial }, effects: [{ type: "wait", until }] };
}

/** A span that came back in order is watched no longer: whether it stays so is for a person to judge. */
function look(trial: Trial, now: number, down: readonly number[]): ChangeStep {
  const links = trial.links.filter((span) => now < trial.settledBy || down.includes(span));
  if (links.length > 0 && now >= trial.linksBy) return takeBack(trial, "data-link", now, "box", links);
  if (now >= trial.confirmBy) return takeBack(trial, "unconfirmed", now, "box");
  return wait({ ...trial, links }, now);
}

function confirm(trial: Trial, now: number, by: string): ChangeStep {
  const result: ChangeResult = { ...about(trial), outcome: "confirmed", endedAt: now, endedBy: by };
  return {
    state: { phase: "none", last: result },
    effects: [
      { type: "keep", result },
      { type: "ended", result },
    ],
  };
}

function takeBack(
  trial: Trial,
  reason: UndoReason,
  now: number,
  by: string,
  lost?: readonly number[],
): ChangeStep {
  const result: ChangeResult = {
    ...about(trial),
    outcome: "taken-back",
    reason,
    ...(lost === undefined ? {} : { lost }),
    endedAt: now,
    endedBy: by,
  };
  return {
    state: { phase: "undoing", trial, result },
    effects: [{ type: "take-back", trial, result }],
  };
}

function about({ id, by, at, spans }: Trial): Pick<ChangeResult, "id" | "by" | "at" | "spans"> {
  return { id, by, at, spans };
}
