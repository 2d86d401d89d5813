// A conference of three: who was consulted hears, and is heard by, the two that talk. The third has no part in how the call is
// held together, as a supervisor who has barged in has none; whoever leaves first leaves two others talking.
import { joinLegs, step, then } from "./steps.ts";
import type { CallEffect, CallState, LegFacts, Step } from "./state.ts";

export const thirdOf = ({ legs }: CallState): LegFacts | undefined =>
  Object.values(legs).find(({ third }) => third === true);

/** Out of a consultation in which the two talk. */
export function beginConference(state: CallState, now: number): Step {
  const { consult } = state;
  const target = consult?.target == null ? undefined : state.legs[consult.target];
  if (consult?.stage !== "talking" || target === undefined) return step(state);
  const { by, held } = consult;
  const { purpose: _over, ...leg } = target;
  const legs: CallState["legs"] = {
    ...state.legs,
    [leg.id]: { ...leg, supervises: "barge", third: true },
  };
  return then(
    step(
      { ...state, legs, consult: null },
      { type: "no-timer" },
      { type: "note", entry: { type: "call.resumed", call: state.id, leg: held } },
      { type: "note", entry: { type: "call.conference", call: state.id, leg: leg.id } },
    ),
    (rest) => joinLegs(rest, [by, held], now),
  );
}

/** One of the two that held the call together has hung up, and is out of it: the third takes the place. */
export function partyLeft(
  before: CallState,
  state: CallState,
  gone: LegFacts,
  third: LegFacts,
  now: number,
): Step {
  const other = before.talk?.find((id) => id !== gone.id) ?? state.main;
  const { supervises: _one, third: _more, purpose: _over, ...party } = third;
  const given = gone.extension !== undefined && gone.id !== state.first;
  const effects: CallEffect[] = [
    ...(given
      ? [
          {
            type: "note",
            entry: {
              type: "transfer",
              call: state.id,
              kind: "consulted",
              by: gone.id,
              to: third.extension ?? third.number,
            },
          } as const,
        ]
      : []),
    {
      type: "tell",
      event: { type: "leg-left", leg: gone.id, how: given ? "transferred-consulted" : "hung-up" },
    },
  ];
  const main = state.main === gone.id ? other : state.main;
  return then(step({ ...state, main, legs: { ...state.legs, [third.id]: party } }, ...effects), (rest) =>
    joinLegs(rest, [other, third.id], now),
  );
}
