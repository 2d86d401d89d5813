// Small parts that the call machine's steps are made of.
import type { EndedBy, FaultReason } from "../shared/journal.ts";
import type { CallEffect, CallState, LegFacts, Step } from "./state.ts";

export function step(state: CallState, ...effects: CallEffect[]): Step {
  return { state, effects };
}

export const stay = (state: CallState): Step => ({ state, effects: [] });

/** Does one more step from where the first one ended. */
export function then(first: Step, more: (state: CallState) => Step): Step {
  const second = more(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

export function withLeg(state: CallState, id: string, change: Partial<LegFacts>): CallState {
  const leg = state.legs[id];
  return leg === undefined ? state : { ...state, legs: { ...state.legs, [id]: { ...leg, ...change } } };
}

/** What is said of a leg that joins the call. */
export function add(state: CallState, leg: LegFacts): CallEffect[] {
  const { id, role, direction, line, number, group, extension, agent, charge } = leg;
  return [
    {
      type: "note",
      entry: {
        type: "leg.added",
        call: state.id,
        leg: id,
        role,
        direction,
        line,
        number,
        ...(group === undefined ? {} : { group }),
        ...(extension === undefined ? {} : { extension }),
        ...(agent === undefined ? {} : { agent }),
        ...charge,
      },
    },
  ];
}

/** Takes a leg out that is gone already, or that a `release` effect ends. */
export function removeLeg(
  state: CallState,
  leg: LegFacts,
  cause: number,
  by: "local" | "remote" | "fault",
  reason?: FaultReason,
): Step {
  const { [leg.id]: _gone, ...legs } = state.legs;
  const parted = state.talk?.includes(leg.id) === true;
  return step(
    { ...state, legs, talk: parted ? null : state.talk },
    ...(parted ? part(state) : []),
    {
      type: "note",
      entry: { type: "leg.ended", call: state.id, leg: leg.id, cause, by, ...because(reason) },
    },
    ...(leg.supervises === undefined ? [] : [{ type: "supervision" } as const]),
  );
}

/** Two legs hear each other from now on. */
export function joinLegs(state: CallState, legs: readonly [string, string], now: number): Step {
  const [a, b] = legs;
  const both = [a, b].reduce((sum, id) => {
    const known = sum.legs[id];
    if (known === undefined) return sum;
    const { purpose: _done, ...leg } = known;
    return { ...sum, legs: { ...sum.legs, [id]: leg } };
  }, state);
  return step(
    { ...both, talk: legs, keys: null, phase: "talking", phaseSince: now },
    { type: "quiet", leg: a },
    { type: "quiet", leg: b },
    { type: "connect", legs },
    { type: "note", entry: { type: "call.joined", call: state.id, legs } },
  );
}

/** What is to be done when the two that talk part. */
export function part(state: CallState): CallEffect[] {
  return state.talk === null
    ? []
    : [
        ...state.talk.map((leg) => ({ type: "disconnect", leg }) as const),
        { type: "note", entry: { type: "call.parted", call: state.id } },
      ];
}

const because = (reason: FaultReason | undefined) => (reason === undefined ? {} : { reason });

/** The end of the call: all legs go. */
export function endAll(state: CallState, cause: number, by: EndedBy, reason?: FaultReason): Step {
  const legs = Object.values(state.legs);
  return step(
    { ...state, legs: {}, talk: null, consult: null, keys: null, ended: { cause, by } },
    { type: "no-timer" },
    ...part(state),
    ...legs.flatMap((leg): CallEffect[] => [
      { type: "quiet", leg: leg.id },
      { type: "release", leg: leg.id, cause },
      { type: "note", entry: { type: "leg.ended", call: state.id, leg: leg.id, cause, by: "local" } },
    ]),
    { type: "ended", cause, by },
    { type: "note", entry: { type: "call.ended", call: state.id, cause, by, ...because(reason) } },
  );
}
