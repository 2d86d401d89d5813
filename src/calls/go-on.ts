// A call of an earlier run of the program, whose lines are as they were: what of it goes on. Pure.
import type { KeptLeg, LineInfo, PartyNumber } from "../lines/leg.ts";
import { cancelConsult } from "./consult.ts";
import { cause, type CallState, type LegFacts, type Step } from "./state.ts";
import { endAll, joinLegs, removeLeg, step, then } from "./steps.ts";

/** A call as plain JSON, to be gone on with by a later run. */
export interface KeptCall {
  readonly state: CallState;
  /** Those of its legs that can be made anew. */
  readonly legs: readonly KeptLeg[];
  readonly line: LineInfo;
  readonly calling: PartyNumber;
  readonly priority: number;
  readonly language: string;
  readonly confidential: boolean;
}

/** Whether those are there who hold the call together: the two who talk, or are in a consultation, and the served party. */
export function mayGoOn({ main, talk, consult }: CallState, there: ReadonlySet<string>): boolean {
  const needed = [main, ...(talk ?? []), ...(consult === null ? [] : [consult.by, consult.held])];
  return needed.every((leg) => there.has(leg));
}

/**
 * Legs that are gone leave the call: their lines were dropped, or they were being rung. Two who talked hear each other again,
 * whoever was held is held; a consultation that had not come to a conversation is given up, and its two are joined.
 * @param there legs that are there again
 */
export function goOn(before: CallState, there: ReadonlySet<string>, now: number): Step {
  const gone = Object.values(before.legs).filter(({ id }) => !there.has(id));
  const kept: CallState = { ...before, recording: "off", recordedByHand: false, keys: null };
  return then(dropAll(kept, gone), (state) => {
    if (!mayGoOn(before, there)) return endAll(state, cause.temporaryFailure, "fault", "line-dropped");
    const { talk, consult } = state;
    if (talk !== null) return step(state, { type: "connect", legs: talk });
    if (consult === null) return step(state);
    const { by, held, target, stage } = consult;
    if (stage === "talking" && target !== null && there.has(target))
      return step(state, { type: "music", leg: held }, { type: "connect", legs: [by, target] });
    return then(cancelConsult(state), (alone) => joinLegs(alone, [by, held], now));
  });
}

/** Who was being rung had no line yet that could be dropped. */
function dropAll(state: CallState, legs: readonly LegFacts[]): Step {
  return legs.reduce<Step>(
    (sum, leg) =>
      then(sum, (now) => {
        const reason = leg.state === "connected" ? "line-dropped" : "restarted";
        return removeLeg(now, leg, cause.temporaryFailure, "fault", reason);
      }),
    step(state),
  );
}
