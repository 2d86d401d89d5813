// Consultation: a phone flashes, its party is held with music, a third one is dialled. Flash again: back.
// Hang up: the held party is given to the third, to the queue, flow or room dialled, or comes back to this phone.
import { causeSound } from "./cause-sounds.ts";
import type { Destination } from "../config/settings.ts";
import type { LegEvent } from "../lines/leg.ts";
import { isRung, nameOf, otherWayCauses, type Dialled } from "./plan.ts";
import { cause } from "./state.ts";
import type { CallContext, CallEffect, CallState, Consult, LegFacts, Step } from "./state.ts";
import { endAll, joinLegs, part, removeLeg, stay, step, then, withLeg } from "./steps.ts";

const firstDigitMs = 15_000;
const nextDigitMs = 5000;
const ambiguousMs = 3000;
const failedMs = 8000;

/** `by` holds the party it talks to and hears dial tone. */
export function beginConsult(state: CallState, by: string): Step {
  const held = state.talk?.find((leg) => leg !== by);
  if (held === undefined) return stay(state);
  const consult: Consult = { by, held, stage: "digits", digits: "", target: null, to: null };
  return step(
    { ...state, talk: null, consult },
    ...part(state),
    { type: "note", entry: { type: "call.held", call: state.id, leg: held } },
    { type: "music", leg: held },
    { type: "tone", leg: by, tone: "dial" },
    { type: "timer", ms: firstDigitMs },
  );
}

/** Back to the held party; whoever was consulted is let go. */
export function flashBack(state: CallState): Step {
  const { consult } = state;
  if (consult === null) return stay(state);
  return then(cancelConsult(state), (now) => joinLegs(now, [consult.by, consult.held], now.phaseSince));
}

/** Ends the consultation without joining anybody. */
export function cancelConsult(state: CallState): Step {
  const { consult } = state;
  if (consult === null) return stay(state);
  const target = consult.target === null ? undefined : state.legs[consult.target];
  const alone = step(
    { ...state, consult: null },
    { type: "no-timer" },
    { type: "quiet", leg: consult.by },
    { type: "quiet", leg: consult.held },
    { type: "note", entry: { type: "call.resumed", call: state.id, leg: consult.held } },
  );
  if (target === undefined) return alone;
  return then(
    then(alone, (now) =>
      step(
        now,
        { type: "disconnect", leg: consult.by },
        { type: "release", leg: target.id, cause: cause.normal },
      ),
    ),
    (now) => removeLeg(now, target, cause.normal, "local"),
  );
}

export function consultDigit(state: CallState, key: string, context: CallContext): Step {
  const { consult } = state;
  if (consult?.stage !== "digits") return stay(state);
  const digits = consult.digits + key;
  const silent: CallEffect[] = consult.digits === "" ? [{ type: "quiet", leg: consult.by }] : [];
  const dialled = step({ ...state, consult: { ...consult, digits } }, ...silent);
  const match = context.match(digits);
  switch (match.kind) {
    case "complete":
      return then(dialled, (now) => call(now, match.to, context));
    case "invalid":
      return then(dialled, (now) => fail(now, match.cause));
    case "incomplete":
      return then(dialled, (now) => step(now, { type: "timer", ms: nextDigitMs }));
    case "ambiguous":
      return then(dialled, (now) => step(now, { type: "timer", ms: ambiguousMs }));
  }
}

export function consultTimer(state: CallState, context: CallContext): Step {
  const { consult } = state;
  if (consult?.stage === "failed") return flashBack(state);
  if (consult?.stage !== "digits") return stay(state);
  const match = context.match(consult.digits);
  return match.kind === "ambiguous" ? call(state, match.to, context) : fail(state, cause.invalidNumber);
}

function call(before: CallState, dialled: Dialled, context: CallContext): Step {
  if (before.consult === null) return stay(before);
  if ("feature" in dialled) return fail(before, cause.invalidNumber);
  const caller = before.legs[before.consult.by]?.extension;
  const forwarded = "extension" in dialled ? context.forwarded(dialled.extension, caller) : undefined;
  const to = forwarded ?? dialled;
  const behalf = forwarded !== undefined && "extension" in dialled ? { behalf: dialled.extension } : {};
  const consult: Consult = { ...before.consult, ...behalf };
  const state = { ...before, consult };
  if (isRung(to))
    return step(
      { ...state, consult: { ...consult, stage: "ringing", to } },
      { type: "no-timer" },
      { type: "dial", to, by: consult.by },
    );
  return step(
    { ...state, consult: { ...consult, stage: "destination", to } },
    { type: "no-timer" },
    { type: "tone", leg: consult.by, tone: "ringback" },
  );
}

function fail(state: CallState, why: number): Step {
  const { consult } = state;
  if (consult === null) return stay(state);
  return step(
    { ...state, consult: { ...consult, stage: "failed", target: null } },
    { type: "tone", leg: consult.by, tone: causeSound(why).tone },
    { type: "timer", ms: failedMs },
  );
}

/** Another trunk group may know a way; when there is none, `not-added` follows, with no target any more. */
function failedOrAgain(state: CallState, consult: Consult, why: number): Step {
  const { target, to, by } = consult;
  if (target === null || to === null || !otherWayCauses.has(why)) return fail(state, why);
  return step({ ...state, consult: { ...consult, target: null } }, { type: "dial", to, by, again: true });
}

/** What happens to the leg that is rung for the consulting party. */
export function consultLegEvent(
  state: CallState,
  event:
    | { readonly type: "ringing"; readonly inband: boolean }
    | { readonly type: "answered" }
    | { readonly type: "failed"; readonly cause: number },
): Step {
  const { consult } = state;
  if (consult?.stage !== "ringing") return stay(state);
  if (event.type === "failed") return failedOrAgain(state, consult, event.cause);
  const { by, target } = consult;
  if (target === null) return stay(state);
  const connect: CallEffect[] = [
    { type: "quiet", leg: by },
    { type: "connect", legs: [by, target] },
  ];
  if (event.type === "answered")
    return step({ ...state, consult: { ...consult, stage: "talking" } }, ...connect);
  return event.inband ? step(state, ...connect) : step(state, { type: "tone", leg: by, tone: "ringback" });
}

/** One of the three has hung up; its leg is out of the call already. */
export function consultPartyLeft(state: CallState, leg: LegFacts, end: LegEnd, context: CallContext): Step {
  const { consult } = state;
  if (consult === null) return stay(state);
  if (leg.id === consult.target)
    return consult.stage === "talking"
      ? flashBack({ ...state, consult: { ...consult, target: null } })
      : failedOrAgain(state, consult, end.cause);
  return leg.id === consult.held
    ? heldLeft(state, consult, end, context)
    : byLeft(state, consult, leg, context);
}

/** How a leg ended. */
type LegEnd = Extract<LegEvent, { readonly type: "released" }>;

/** The held party gave up. Two that already talk go on; otherwise there is nobody left to talk to. */
function heldLeft(state: CallState, consult: Consult, end: LegEnd, context: CallContext): Step {
  if (consult.stage !== "talking" || consult.target === null) {
    const by = end.by === "fault" ? "fault" : consult.held === state.first ? "caller" : "called";
    return endAll(state, end.cause, by);
  }
  const { by, held, target } = consult;
  const main = state.main === held ? by : state.main;
  return then(
    step(
      { ...state, main, consult: null },
      { type: "no-timer" },
      { type: "note", entry: { type: "call.resumed", call: state.id, leg: held } },
      { type: "tell", event: { type: "leg-left", leg: held, how: "hung-up" } },
    ),
    (now) => joinLegs(now, [by, target], context.now),
  );
}

/** The consulting party hung up: that is the transfer. */
function byLeft(before: CallState, consult: Consult, by: LegFacts, context: CallContext): Step {
  const { held, target, stage, to } = consult;
  const main = before.main === by.id ? held : before.main;
  const state: CallState = { ...before, main, consult: null };
  const resumed: CallEffect[] = [
    { type: "no-timer" },
    { type: "note", entry: { type: "call.resumed", call: state.id, leg: held } },
  ];
  const given = (kind: "blind" | "consulted"): CallEffect[] => [
    ...resumed,
    {
      type: "note",
      entry: { type: "transfer", call: state.id, kind, by: by.id, to: to === null ? "" : nameOf(to) },
    },
    { type: "tell", event: { type: "leg-left", leg: by.id, how: `transferred-${kind}` } },
  ];
  if (stage === "talking" && target !== null)
    return then(step(state, ...given("consulted")), (now) => joinLegs(now, [held, target], context.now));
  if (stage === "ringing" && target !== null) {
    const alerting = state.legs[target]?.state === "alerting";
    return step(
      withLeg({ ...state, phase: "ringing", phaseSince: context.now }, target, { purpose: "ring" }),
      ...given("consulted"),
      { type: "disconnect", leg: target },
      ...(alerting ? [{ type: "tone", leg: held, tone: "ringback" } as const] : []),
    );
  }
  const authority = by.extension === undefined ? "box" : { extension: by.extension };
  if (stage === "destination" && to !== null)
    return step(state, ...given("blind"), { type: "quiet", leg: held }, { type: "redirect", to, authority });
  if (by.extension === undefined) return endAll(state, cause.normal, "called");
  // Nobody was reached: the held party comes back to this phone, which rings.
  const back: Destination = { extension: by.extension };
  return step(
    state,
    ...resumed,
    { type: "tell", event: { type: "leg-left", leg: by.id, how: "transferred-blind" } },
    { type: "redirect", to: back, authority },
  );
}
