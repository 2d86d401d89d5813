// A call's state as the console sees it.
import type { LiveCall, LiveLeg } from "./live.ts";
import type { CallState, LegFacts } from "./state.ts";

export function liveOf(state: CallState): LiveCall {
  const agent = Object.values(state.legs).find((leg) => leg.role === "agent" && state.talk?.includes(leg.id));
  return {
    id: state.id,
    direction: state.direction,
    caller: state.caller,
    called: state.called,
    startedAt: state.startedAt,
    ...(state.answeredAt === null ? {} : { answeredAt: state.answeredAt }),
    phase: state.consult === null ? state.phase : "held",
    phaseSince: state.phaseSince,
    ...(state.where === null ? {} : { where: state.where }),
    ...(agent?.agent === undefined ? {} : { agent: agent.agent }),
    recording: state.recording,
    recordedByHand: state.recordedByHand,
    legs: Object.values(state.legs).map((leg) => liveLeg(state, leg)),
    ...(state.talk === null ? {} : { talking: state.talk }),
  };
}

function liveLeg(state: CallState, leg: LegFacts): LiveLeg {
  const {
    id,
    role,
    direction,
    line,
    kind,
    number,
    name,
    extension,
    supervises,
    third,
    state: legState,
  } = leg;
  return {
    id,
    role,
    direction,
    line,
    kind,
    number,
    ...(name === undefined ? {} : { name }),
    ...(extension === undefined ? {} : { extension }),
    state: legState,
    held: state.consult?.held === leg.id,
    ...(supervises === undefined || third === true ? {} : { supervises }),
  };
}
