// Supervision: a phone of the box hears a call that others hold, and may whisper, barge in, or take the call over. Its leg
// is in the call but no party of it: the call neither waits for it nor ends with it.
import type { SuperviseMode } from "../shared/journal.ts";
import { joinLegs, removeLeg, stay, step, then, withLeg } from "./steps.ts";
import { cause, type CallState, type LegFacts, type Step } from "./state.ts";

/** Keys by which a supervisor's phone changes how it is heard, as at Asterisk's ChanSpy. */
const modeKeys: Readonly<Record<string, SuperviseMode>> = { 4: "listen", 5: "whisper", 6: "barge" };

/** Supervisors' legs that have answered. */
export const supervisorsOf = (state: CallState): readonly LegFacts[] =>
  Object.values(state.legs).filter((leg) => leg.supervises !== undefined && leg.state === "connected");

/**
 * The party of ours, whom a supervisor speaks to and takes over from: the agent, else the phone that was called, else
 * the one that calls out; while one of them consults, that one. `undefined` where two outside numbers talk.
 */
export function servingOf(state: CallState): LegFacts | undefined {
  if (state.consult !== null) return state.legs[state.consult.by];
  const talking = (state.talk ?? []).flatMap((id) => state.legs[id] ?? []);
  const ours = talking.filter((leg) => leg.extension !== undefined);
  return ours.find((leg) => leg.role === "agent") ?? ours.find((leg) => leg.id !== state.main) ?? ours.at(0);
}

export function superviseBy(state: CallState, id: string, mode: SuperviseMode, by?: string): Step {
  const leg = state.legs[id];
  if (leg?.supervises === undefined) return stay(state);
  const who = by === undefined ? {} : { by };
  return step(
    withLeg(state, id, { supervises: mode }),
    { type: "note", entry: { type: "call.supervised", call: state.id, leg: id, mode, ...who } },
    { type: "supervision" },
  );
}

export function supervisorDigit(state: CallState, leg: LegFacts, key: string): Step {
  const mode = modeKeys[key];
  return mode === undefined || mode === leg.supervises ? stay(state) : superviseBy(state, leg.id, mode);
}

/** The supervisor is joined in the place of the party of ours, who is released. */
export function takeOver(state: CallState, id: string, now: number): Step {
  const leg = state.legs[id];
  const from = servingOf(state);
  const other = state.talk?.find((party) => party !== from?.id);
  const may = leg?.supervises !== undefined && leg.state === "connected";
  if (!may || from === undefined || other === undefined || state.consult !== null) return stay(state);
  const { supervises: _done, purpose: _over, ...party } = leg;
  const main = state.main === from.id ? other : state.main;
  return then(
    then(
      step(
        { ...state, main, legs: { ...state.legs, [id]: party } },
        {
          type: "note",
          entry: {
            type: "transfer",
            call: state.id,
            kind: "taken-over",
            by: from.id,
            to: leg.extension ?? leg.number,
          },
        },
        { type: "release", leg: from.id, cause: cause.normal },
      ),
      (here) => removeLeg(here, from, cause.normal, "local"),
    ),
    (here) =>
      then(
        step(here, {
          type: "tell",
          event: { type: "leg-left", leg: from.id, how: "transferred-consulted" },
        }),
        (told) => joinLegs(told, [other, id], now),
      ),
  );
}
