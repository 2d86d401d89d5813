// The call machine: legs and how they are joined. Pure: `next(state, input)` gives the new state and what is
// to be done. Consultation (hold, dial, back, transfer) is in consult.ts.
import type { LegEvent } from "../lines/leg.ts";
import {
  beginConsult,
  consultDigit,
  consultLegEvent,
  consultTimer,
  cancelConsult,
  flashBack,
} from "./consult.ts";
import { consultPartyLeft } from "./consult.ts";
import { beginConference, partyLeft, thirdOf } from "./three.ts";
import { superviseBy, supervisorDigit, takeOver } from "./supervise.ts";
import { add, endAll, joinLegs, removeLeg, stay, step, then, withLeg } from "./steps.ts";
import { nameOf } from "./plan.ts";
import { cause } from "./state.ts";
import type { CallContext, CallEffect, CallInput, CallState, LegFacts, Step } from "./state.ts";

export type Begin = Pick<CallState, "id" | "direction" | "caller" | "called" | "answering"> & {
  readonly leg: LegFacts;
};

/** A call begins with the leg that came in. */
export function begin({ leg, ...facts }: Begin, now: number): Step {
  const state: CallState = {
    ...facts,
    startedAt: now,
    answeredAt: null,
    early: false,
    first: leg.id,
    main: leg.id,
    legs: { [leg.id]: leg },
    talk: null,
    consult: null,
    keeps: false,
    phase: "arriving",
    phaseSince: now,
    where: null,
    recording: "off",
    recordedByHand: false,
    keys: null,
    ended: null,
  };
  const started = {
    type: "call.started",
    call: facts.id,
    direction: facts.direction,
    caller: facts.caller,
    called: facts.called,
    line: leg.line,
    ...(leg.group === undefined ? {} : { group: leg.group }),
    ...(leg.extension === undefined ? {} : { extension: leg.extension }),
    ...(leg.agent === undefined ? {} : { agent: leg.agent }),
  } as const;
  return step(state, { type: "note", entry: started }, ...add(state, leg));
}

export function next(state: CallState, input: CallInput, context: CallContext): Step {
  if (state.ended !== null) return lateInput(state, input);
  switch (input.type) {
    case "leg":
      return legEvent(state, input.leg, input.event, context);
    case "added":
      return added(state, input.leg);
    case "not-added":
      return consultLegEvent(state, { type: "failed", cause: input.cause });
    case "answer":
      return answer(state, context.now);
    case "listen":
      return listen(state, context.now);
    case "alert":
      return alert(state, false);
    case "join":
      return join(state, input.leg, context.now);
    case "supervise":
      return superviseBy(state, input.leg, input.mode, input.by);
    case "take-over":
      return takeOver(state, input.leg, context.now);
    case "drop":
      return drop(state, input.leg, input.cause);
    case "keep":
      return step({ ...state, keeps: input.on });
    case "give":
      return give(state, input, context.now);
    case "phase":
      return step({ ...state, phase: input.phase, where: input.where, phaseSince: context.now });
    case "recording":
      return step({ ...state, recording: input.now, recordedByHand: input.byHand });
    case "timer":
      return consultTimer(state, context);
    case "end":
      return endAll(state, input.cause, input.by);
  }
}

/** After the end only a leg that came too late matters: it must not ring on. */
function lateInput(state: CallState, input: CallInput): Step {
  if (input.type !== "added") return stay(state);
  return step(state, { type: "release", leg: input.leg.id, cause: cause.normal });
}

function added(state: CallState, leg: LegFacts): Step {
  const { consult } = state;
  const here = step({ ...state, legs: { ...state.legs, [leg.id]: leg } }, ...add(state, leg));
  if (leg.purpose !== "consult") return here;
  if (consult?.stage === "ringing" && consult.target === null)
    return then(here, (now) => step({ ...now, consult: { ...consult, target: leg.id } }));
  // Whoever wanted it has hung up or gone back meanwhile.
  return then(here, (now) => letGo(now, leg, cause.normal));
}

/** An application joins the main leg with one that it offered the call to. */
function join(state: CallState, id: string, now: number): Step {
  const leg = state.legs[id];
  const may = leg?.purpose === "offer" && leg.state === "connected";
  return may && state.talk === null && state.consult === null
    ? then(answer(state, now), (answered) => joinLegs(answered, [answered.main, id], now))
    : stay(state);
}

/**
 * Audio for the main leg. An ISDN caller can hear it before the answer, if the exchange is told so with ALERTING
 * (Q.931 §5.4.1); an analog line has no such thing, and a caller who was told to expect ringing hears nothing else.
 */
function listen(state: CallState, now: number): Step {
  const main = state.legs[state.main];
  if (main === undefined || state.early) return stay(state);
  const rung = main.state === "alerting" || main.direction === "out";
  if (state.answering === "at-once" || main.kind !== "isdn" || rung) return answer(state, now);
  return alert(state, true);
}

/** Answers the main leg, once. */
function answer(state: CallState, now: number): Step {
  const main = state.legs[state.main];
  // The box itself has rung the main leg: the call counts as answered when the far end does.
  if (main?.direction === "out" && state.answeredAt === null)
    return step(
      { ...state, answeredAt: now },
      { type: "note", entry: { type: "call.answered", call: state.id } },
    );
  if (main === undefined || main.direction === "out" || main.state === "connected") return stay(state);
  const answered = withLeg({ ...state, answeredAt: state.answeredAt ?? now }, main.id, {
    state: "connected",
  });
  return step(
    answered,
    { type: "answer", leg: main.id },
    { type: "note", entry: { type: "leg.state", call: state.id, leg: main.id, state: "connected" } },
    { type: "note", entry: { type: "call.answered", call: state.id } },
  );
}

/** The main leg is told that somebody is rung: by its exchange where that gives ringback, else by our tone. */
function alert(state: CallState, inband: boolean): Step {
  const main = state.legs[state.main];
  if (main === undefined) return stay(state);
  const effects: CallEffect[] = [];
  const offered = main.state === "offered" || main.state === "proceeding";
  if (offered && main.direction === "in") effects.push({ type: "alert", leg: main.id, inband });
  const needsTone = main.state === "connected" || main.kind === "fxs" || state.early;
  if (needsTone && !inband) effects.push({ type: "tone", leg: main.id, tone: "ringback" });
  if (!offered) return step(state, ...effects);
  return step({ ...withLeg(state, main.id, { state: "alerting" }), early: inband }, ...effects);
}

function legEvent(state: CallState, id: string, event: LegEvent, context: CallContext): Step {
  const leg = state.legs[id];
  if (leg === undefined) return stay(state);
  switch (event.type) {
    case "proceeding":
    case "alerting":
    case "progress":
      return ringing(state, leg, event);
    case "answered":
      return answered(state, leg, context);
    case "digit-begin":
      return id === state.main && state.talk === null && state.consult === null
        ? step(state, { type: "tell", event: { type: "digit-begin", digit: event.digit } })
        : stay(state);
    case "digit":
      return digit(state, leg, event.digit, context);
    case "flash":
      return flash(state, leg);
    case "released":
      return released(state, leg, event, context);
  }
}

function ringing(
  before: CallState,
  leg: LegFacts,
  event: Extract<LegEvent, { type: "proceeding" | "alerting" | "progress" }>,
): Step {
  if (leg.direction === "in" || leg.state === "connected") return stay(before);
  const inband = event.type !== "proceeding" && event.inband;
  const noted: CallEffect[] =
    event.type === "progress"
      ? []
      : [{ type: "note", entry: { type: "leg.state", call: before.id, leg: leg.id, state: event.type } }];
  const state = event.type === "progress" ? before : withLeg(before, leg.id, { state: event.type });
  const here = step(state, ...noted);
  if (event.type === "proceeding") return here;
  if (leg.purpose === "consult")
    return then(here, (now) => consultLegEvent(now, { type: "ringing", inband }));
  if (leg.purpose === "offer")
    return event.type === "alerting"
      ? step(state, ...noted, { type: "tell", event: { type: "leg-alerting", leg: leg.id } })
      : here;
  if (leg.purpose !== "ring") return here;
  if (!inband) return event.type === "alerting" ? then(here, (now) => alert(now, false)) : here;
  // Early media: the caller hears the far network's own ringback or announcement.
  return then(
    then(here, (now) => alert(withLeg(now, leg.id, { heard: true }), true)),
    (now) => step(now, { type: "quiet", leg: now.main }, { type: "connect", legs: [now.main, leg.id] }),
  );
}

function answered(before: CallState, leg: LegFacts, context: CallContext): Step {
  const state = withLeg(before, leg.id, { state: "connected" });
  const here = step(state, {
    type: "note",
    entry: { type: "leg.state", call: state.id, leg: leg.id, state: "connected" },
  });
  if (leg.purpose === "supervise") return then(here, (now) => step(now, { type: "supervision" }));
  if (leg.purpose === "consult") return then(here, (now) => consultLegEvent(now, { type: "answered" }));
  if (leg.purpose === "ring" && (state.talk !== null || state.consult !== null))
    return then(here, (now) => letGo(now, leg, cause.normal));
  if (leg.purpose === "ring")
    return then(
      then(
        then(here, (now) => answer(now, context.now)),
        (now) => joinLegs(now, [now.main, leg.id], context.now),
      ),
      (now) => step(now, { type: "tell", event: { type: "leg-answered", leg: leg.id } }),
    );
  return then(here, (now) => step(now, { type: "tell", event: { type: "leg-answered", leg: leg.id } }));
}

function digit(state: CallState, leg: LegFacts, key: string, context: CallContext): Step {
  if (leg.third === true) return stay(state);
  if (leg.supervises !== undefined) return supervisorDigit(state, leg, key);
  const consulting = state.consult?.by === leg.id;
  if (consulting && state.consult.stage !== "talking") return consultDigit(state, key, context);
  if (state.talk === null && !consulting) {
    if (leg.purpose === "offer" && leg.state === "connected")
      return step(state, { type: "tell", event: { type: "leg-digit", leg: leg.id, digit: key } });
    return leg.id === state.main && state.consult === null
      ? step(state, { type: "tell", event: { type: "digit", digit: key } })
      : stay(state);
  }
  // Only a phone of ours has codes: a caller from outside must not.
  if (leg.extension === undefined || !(consulting || state.talk?.includes(leg.id) === true))
    return stay(state);
  const pressed = (state.keys?.leg === leg.id ? state.keys.digits : "") + key;
  const known = { ...state, keys: null };
  const { transfer, record, conference, escalate } = context.codes;
  const codes: readonly (readonly [string, () => Step])[] = consulting
    ? [[conference, () => beginConference(known, context.now)]]
    : [
        [transfer, () => beginConsult(known, leg.id)],
        [record, () => step(known, { type: "record-key", leg: leg.id })],
        [escalate, () => step(known, { type: "tell", event: { type: "escalate", leg: leg.id } })],
      ];
  const done = codes.find(([code]) => code !== "" && pressed.endsWith(code));
  if (done !== undefined) return done[1]();
  const longest = Math.max(...codes.map(([code]) => code.length));
  if (longest === 0) return stay(state);
  return step({ ...state, keys: { leg: leg.id, digits: pressed.slice(-(longest - 1) || pressed.length) } });
}

function flash(state: CallState, leg: LegFacts): Step {
  if (leg.supervises !== undefined) return stay(state);
  const third = thirdOf(state);
  // As at every exchange: a flash lets go of the one who came last.
  if (third !== undefined && state.talk?.includes(leg.id) === true && leg.kind === "fxs")
    return letGo(state, third, cause.normal);
  if (state.consult !== null) return state.consult.by === leg.id ? flashBack(state) : stay(state);
  return state.talk?.includes(leg.id) === true && leg.kind === "fxs"
    ? beginConsult(state, leg.id)
    : stay(state);
}

function released(
  before: CallState,
  leg: LegFacts,
  event: Extract<LegEvent, { type: "released" }>,
  context: CallContext,
): Step {
  const gone = removeLeg(before, leg, event.cause, event.by);
  // A supervisor is no party: nobody waits for it.
  if (leg.supervises !== undefined) return gone;
  return then(gone, (state) => {
    const { consult } = state;
    if (consult !== null && [consult.by, consult.held, consult.target].includes(leg.id))
      return consultPartyLeft(state, leg, event, context);
    if (before.talk?.includes(leg.id) === true) {
      const third = thirdOf(state);
      if (third !== undefined) return partyLeft(before, state, leg, third, context.now);
      if (state.keeps && leg.id !== state.main && event.by !== "fault")
        return step(state, { type: "tell", event: { type: "leg-left", leg: leg.id, how: "alone" } });
    }
    if (leg.id === state.main || before.talk?.includes(leg.id) === true) {
      const by = event.by === "fault" ? "fault" : leg.id === state.first ? "caller" : "called";
      return endAll(state, event.cause, by);
    }
    return step(state, {
      type: "tell",
      event: {
        type: "leg-failed",
        leg: leg.id,
        cause: event.cause,
        ...(leg.heard === undefined ? {} : { heard: leg.heard }),
      },
    });
  });
}

/** An application lets a leg go: a phone that rang in vain, an agent, or who talks to one who is to stay (`keep`). */
function drop(state: CallState, id: string, why: number): Step {
  const leg = state.legs[id];
  if (leg === undefined || leg.purpose === "consult") return stay(state);
  const talk = state.keeps ? [] : (state.talk ?? []);
  const needed = [state.main, ...talk, state.consult?.by, state.consult?.held];
  return needed.includes(id) ? endAll(state, why, "box") : letGo(state, leg, why);
}

function letGo(state: CallState, leg: LegFacts, why: number): Step {
  return then(step(state, { type: "release", leg: leg.id, cause: why }), (now) =>
    removeLeg(now, leg, why, "local"),
  );
}

/** Blind transfer: everybody but the main leg goes, the main leg goes on. */
function give(
  before: CallState,
  { to, authority, kind = "blind" }: Extract<CallInput, { type: "give" }>,
  now: number,
): Step {
  const cleared = before.consult === null ? step(before) : cancelConsult(before);
  const partner = before.talk?.find((leg) => leg !== before.main) ?? before.consult?.by;
  const others = (state: CallState): Step =>
    Object.values(state.legs)
      .filter((leg) => leg.id !== state.main && (leg.supervises === undefined || leg.third === true))
      .reduce((sum, leg) => then(sum, (rest) => letGo(rest, leg, cause.normal)), step(state));
  return then(then(cleared, others), (state) => {
    const left: CallEffect[] =
      partner === undefined || partner === state.main
        ? []
        : [
            {
              type: "note",
              entry: { type: "transfer", call: state.id, kind, by: partner, to: nameOf(to) },
            },
            { type: "tell", event: { type: "leg-left", leg: partner, how: "transferred-blind" } },
          ];
    return step(
      { ...state, talk: null, phase: "arriving", where: nameOf(to), phaseSince: now },
      ...left,
      { type: "quiet", leg: state.main },
      { type: "redirect", to, authority },
    );
  });
}
