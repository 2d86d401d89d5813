// All calls, and the one executor of the call machine: feeds it what legs and applications say, and does
// what it answers on legs and media ports.
import type { Destination } from "../config/settings.ts";
import type { Leg, Lines, PartyNumber } from "../lines/leg.ts";
import type { MediaPort, Tone } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError, codeOf } from "../shared/errors.ts";
import { createEmitter, type Emitter, type Events, type Unsubscribe } from "../shared/events.ts";
import type { CallDirection, EndedBy, Note, Party } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { whenAudio } from "./audio-wait.ts";
import type { Call, DialOptions, Handler, Saying } from "./call.ts";
import { liveOf } from "./live-view.ts";
import type { LiveCallEvent, LiveCalls } from "./live.ts";
import { begin, next } from "./machine.ts";
import { nameOf, type Authority, type DialPlan } from "./plan.ts";
import type { Prompts } from "./say.ts";
import { createSpeaker, type Speaker } from "./speaker.ts";
import { cause } from "./state.ts";
import type { CallEffect, CallInput, CallState, LegFacts, Purpose, ToneName } from "./state.ts";

export interface CallsDeps {
  readonly lines: Lines;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly note: Note;
  readonly log: Logger;
  readonly prompts: Prompts;
  readonly plan: DialPlan;
  /** Call-progress tones of the country. */
  readonly tone: (name: ToneName) => Tone;
  /** Keys by which a phone begins a transfer (`#1`); asked each time, for settings change. */
  readonly transferCode: () => string;
  readonly language: () => string;
  /** A call that was transferred, or redirected, goes on to this destination. */
  readonly enter: (call: Call, to: Destination, authority: Authority) => void;
}

/** Moments of a call that other rooms attach themselves to. */
export type CallMoment =
  | { readonly type: "began" | "answered" | "joined" | "ended"; readonly call: Call }
  /** The served party has changed: what hangs on its port must move. */
  | { readonly type: "main-changed"; readonly call: Call };

export interface Calls extends LiveCalls {
  readonly moments: Events<CallMoment>;
  /** Takes an incoming leg into a new call. Nobody handles it yet. */
  begin(leg: Leg, direction: CallDirection): Call;
  find(id: string): Call | undefined;
  /** Ends all calls (cause 41 by fault). */
  close(): void;
}

export function createCalls(deps: CallsDeps): Calls {
  const calls = new Map<string, Call>();
  const events = createEmitter<LiveCallEvent>((error) =>
    deps.log.error({ err: error }, "live call listener"),
  );
  const moments = createEmitter<CallMoment>((error) => deps.log.error({ err: error }, "call listener"));
  const known = (id: string): Call => {
    const call = calls.get(id);
    if (call === undefined) throw new CallboxError("ERR_CALL_UNKNOWN", { detail: id });
    return call;
  };
  return {
    events,
    moments,
    list: () => [...calls.values()].map((call) => call.live()),
    find: (id) => calls.get(id),
    hangUp: (id) => known(id).end(cause.normal),
    transfer: (id, to) => known(id).give(to, "box"),
    begin: (leg, direction) => createCall(leg, direction, deps, { calls, events, moments }),
    close: () => {
      for (const call of [...calls.values()]) call.end(cause.temporaryFailure, "fault");
    },
  };
}

interface Shared {
  readonly calls: Map<string, Call>;
  readonly events: Emitter<LiveCallEvent>;
  readonly moments: Emitter<CallMoment>;
}

interface Held {
  readonly leg: Leg;
  readonly stop: Unsubscribe;
  readonly speaker: Speaker;
}

function createCall(
  first: Leg,
  direction: CallDirection,
  deps: CallsDeps,
  { calls, events, moments }: Shared,
): Call {
  const { clock, note, log, plan, prompts } = deps;
  const id = deps.newId();
  const legs = new Map<string, Held>();
  const inputs: CallInput[] = [];
  let running = false;
  let handler: Handler | undefined;
  let timer: Cancel | undefined;
  /** What waits for audio that comes late. */
  const audio = { connecting: (() => undefined) as Cancel, answered: (() => undefined) as Cancel };

  first.proceed();
  const initial = begin(
    {
      id,
      direction,
      caller: partyOf(first.calling),
      called: first.called.digits,
      leg: factsOf(first, "caller"),
    },
    clock.now(),
  );
  let state: CallState = initial.state;

  const feed = (input: CallInput): void => {
    inputs.push(input);
    if (running) return;
    running = true;
    try {
      for (let one = inputs.shift(); one !== undefined; one = inputs.shift()) attempt(one);
    } finally {
      running = false;
    }
  };

  /** A line or port that fails in the middle ends this call, and no other. */
  const attempt = (input: CallInput): void => {
    try {
      advance(input);
    } catch (error) {
      log.error({ err: error, call: id, input: input.type }, "a call failed and is ended");
      if (input.type !== "end") inputs.push({ type: "end", cause: cause.temporaryFailure, by: "fault" });
    }
  };

  const advance = (input: CallInput): void => {
    const before = state;
    const result = next(state, input, {
      now: clock.now(),
      match: (digits) => plan.match(digits),
      transferCode: deps.transferCode(),
    });
    state = result.state;
    runAll(result.effects);
    if (input.type === "leg" && input.event.type === "released") forget(input.leg);
    if (state === before || state.ended !== null) return;
    if (state.main !== before.main) moments.emit({ type: "main-changed", call });
    if (state.answeredAt !== before.answeredAt)
      audio.answered = whenAudio(mediaOf(state.main), clock, () => moments.emit({ type: "answered", call }));
    if (state.talk !== null && state.talk !== before.talk) moments.emit({ type: "joined", call });
    events.emit({ type: "call", call: call.live() });
  };

  /** Every effect is tried: a port that fails must not keep another leg from being released. */
  const runAll = (effects: readonly CallEffect[]): void => {
    const failures: unknown[] = [];
    for (const effect of effects) {
      try {
        run(effect);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "effects of a call failed");
  };

  const run = (effect: CallEffect): void => {
    switch (effect.type) {
      case "answer":
        return legs.get(effect.leg)?.leg.answer();
      case "alert":
        return legs.get(effect.leg)?.leg.alert({ inband: effect.inband });
      case "release": {
        const held = legs.get(effect.leg);
        forget(effect.leg);
        return held?.leg.release(effect.cause);
      }
      case "connect":
        return connect(effect.legs);
      case "disconnect":
        audio.connecting();
        return legs.get(effect.leg)?.leg.media?.disconnect();
      case "tone":
        return legs.get(effect.leg)?.speaker.tone(deps.tone(effect.tone));
      case "music":
        return legs.get(effect.leg)?.speaker.music(prompts.music("default"));
      case "quiet":
        return legs.get(effect.leg)?.speaker.quiet();
      case "dial":
        return consultDial(effect.to, effect.by);
      case "redirect":
        drop({ type: "redirected" });
        return deps.enter(call, effect.to, effect.authority);
      case "timer":
        timer?.();
        timer = clock.after(effect.ms, () => feed({ type: "timer" }));
        return;
      case "no-timer":
        return timer?.();
      case "note":
        return note(effect.entry);
      case "tell":
        return tell(effect.event);
      case "ended":
        return ended(effect.cause, effect.by);
    }
  };

  const connect = ([a, b]: readonly [string, string]): void => {
    audio.connecting();
    audio.connecting = whenAudio(mediaOf(a), clock, (first) => {
      audio.connecting = whenAudio(mediaOf(b), clock, (second) => {
        if (first === undefined || second === undefined) log.error({ call: id }, "a leg has no audio");
        else first.connect(second);
      });
    });
  };

  const mediaOf = (leg: string) => (): MediaPort | undefined => legs.get(leg)?.leg.media;

  const tell = (event: Parameters<Handler["event"]>[0]): void => {
    if (handler === undefined) {
      // Nobody waits for this leg's answer any more: a transfer to a phone that did not answer.
      if (event.type === "leg-failed" && state.talk === null)
        feed({ type: "end", cause: event.cause, by: "box" });
      return;
    }
    try {
      handler.event(event);
    } catch (error) {
      log.error({ err: error, call: id }, "a call's handler failed: the call is ended");
      feed({ type: "end", cause: cause.temporaryFailure, by: "fault" });
    }
  };

  const drop = (reason: Parameters<Handler["dropped"]>[0]): void => {
    const old = handler;
    handler = undefined;
    try {
      old?.dropped(reason);
    } catch (error) {
      log.error({ err: error, call: id }, "a call's handler failed while being dropped");
    }
  };

  const ended = (why: number, by: EndedBy): void => {
    drop({ type: "ended", cause: why, by });
    timer?.();
    audio.answered();
    audio.connecting();
    moments.emit({ type: "ended", call });
    for (const leg of [...legs.keys()]) forget(leg);
    calls.delete(id);
    events.emit({ type: "call-ended", id, cause: why, by });
  };

  const hold = (leg: Leg, language: () => string): void => {
    const speaker = createSpeaker({ port: () => leg.media, clock, prompts, language });
    const stop = leg.events.on((event) => feed({ type: "leg", leg: leg.id, event }));
    legs.set(leg.id, { leg, stop, speaker });
  };

  const forget = (leg: string): void => {
    const held = legs.get(leg);
    legs.delete(leg);
    held?.stop();
    held?.speaker.close();
  };

  /** Makes an outgoing leg, or says by Q.850 why not. */
  const reach = (to: Destination, authority: Authority, calling: PartyNumber): Leg | number => {
    const reached = plan.reach(to, authority, calling);
    if ("refused" in reached) return reached.refused;
    try {
      return deps.lines.dial(reached.request);
    } catch (error) {
      const known = causeOfError(error, "line" in reached.request.via);
      if (known === undefined) log.error({ err: error, call: id, to: nameOf(to) }, "dialling failed");
      return known ?? cause.temporaryFailure;
    }
  };

  const attach = (leg: Leg, role: LegFacts["role"], purpose: Purpose, agent?: string): void => {
    hold(leg, () => call.language);
    const facts = { ...factsOf(leg, role), purpose };
    feed({ type: "added", leg: agent === undefined ? facts : { ...facts, agent } });
  };

  const consultDial = (to: Destination, by: string): void => {
    const phone = state.legs[by];
    const authority = phone?.extension === undefined ? "box" : { extension: phone.extension };
    const made = reach(to, authority, numberOf(phone));
    if (typeof made === "number") feed({ type: "not-added", cause: made });
    else attach(made, "called", "consult");
  };

  const speaker = (): Speaker | undefined => legs.get(state.main)?.speaker;
  const call: Call = {
    id,
    get state() {
      return state;
    },
    line: first.line,
    calling: first.calling,
    language: deps.language(),
    confidential: false,
    live: () => liveOf(state),
    handle(taker) {
      if (handler !== taker) drop({ type: "redirected" });
      if (state.ended !== null) return taker.dropped({ type: "ended", ...state.ended });
      handler = taker;
      feed({ type: "phase", phase: taker.phase, where: taker.where });
    },
    unhandle: (done) => {
      if (handler === done) handler = undefined;
    },
    answer: () => feed({ type: "answer" }),
    alert: () => feed({ type: "alert" }),
    dial(to, purpose, { role = "called", agent, authority = "box" }: DialOptions = {}) {
      if (state.ended !== null) return { cause: cause.normal };
      const made = reach(to, authority, first.calling);
      if (typeof made === "number") return { cause: made };
      attach(made, role, purpose, agent);
      return { leg: made.id };
    },
    join: (leg) => feed({ type: "join", leg }),
    drop: (leg, why) => feed({ type: "drop", leg, cause: why }),
    give: (to, authority) => feed({ type: "give", to, authority }),
    end: (why, by = "box") => feed({ type: "end", cause: why, by }),
    say: (items, options = {}) => speaker()?.say(items, options) ?? nothingSaid,
    music: (name) => speaker()?.music(prompts.music(name)),
    tone: (name) => speaker()?.tone(deps.tone(name)),
    quiet: () => speaker()?.quiet(),
    port: () => legs.get(state.main)?.leg.media,
    recording: (on) => feed({ type: "recording", on }),
  };

  hold(first, () => call.language);
  calls.set(id, call);
  runAll(initial.effects);
  moments.emit({ type: "began", call });
  events.emit({ type: "call", call: call.live() });
  return call;
}

const nothingSaid: Saying = { finished: Promise.resolve("error"), stop: () => undefined };

function partyOf(number: PartyNumber): Party {
  const digits = number.presentation === "allowed" ? number.digits : "";
  return number.name === undefined ? { number: digits } : { number: digits, name: number.name };
}

/** An incoming leg is named by who calls, an outgoing one by who is called. */
function factsOf(leg: Leg, role: LegFacts["role"]): LegFacts {
  const party = partyOf(leg.direction === "in" ? leg.calling : leg.called);
  const { line } = leg;
  return {
    id: leg.id,
    role,
    direction: leg.direction,
    line: line.id,
    kind: line.kind,
    number: party.number,
    ...(party.name === undefined ? {} : { name: party.name }),
    ...(line.group === undefined ? {} : { group: line.group }),
    ...(line.extension === undefined ? {} : { extension: line.extension }),
    state: leg.direction === "in" ? "proceeding" : leg.state,
  };
}

function numberOf(phone: LegFacts | undefined): PartyNumber {
  const digits = phone?.extension ?? phone?.number ?? "";
  return { digits, type: "unknown", presentation: digits === "" ? "unavailable" : "allowed" };
}

function causeOfError(error: unknown, phone: boolean): number | undefined {
  switch (codeOf(error)) {
    case "ERR_LINE_BUSY":
      return phone ? cause.busy : cause.noCircuit;
    case "ERR_LINE_DOWN":
      return cause.outOfOrder;
    case "ERR_LINE_UNKNOWN":
      return cause.unallocated;
    default:
      return undefined;
  }
}
