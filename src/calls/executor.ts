// One call: the executor of the call machine. Feeds it what legs and applications say, and does what it answers on legs
// and media ports.
import type { Destination } from "../config/settings.ts";
import type { Leg, Lines } from "../lines/leg.ts";
import type { Conference, MediaPort, Tone } from "../media/engine.ts";
import type { ChargeAdvice } from "../shared/charge-advice.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Emitter, Unsubscribe } from "../shared/events.ts";
import type { EndedBy, Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { whenAudio } from "./audio-wait.ts";
import type { Call, DialOptions, Handler, Saying } from "./call.ts";
import { mayGoOn, type KeptCall } from "./go-on.ts";
import { liveOf } from "./live-view.ts";
import type { LiveCallEvent } from "./live.ts";
import { next } from "./machine.ts";
import { factsOf, numberOf } from "./party.ts";
import type { Authority, DialPlan } from "./plan.ts";
import { seizeAgainMs, type Reached, type Reacher } from "./reach.ts";
import type { Prompts } from "./say.ts";
import { createSpeaker, type Speaker } from "./speaker.ts";
import {
  cause,
  type CallEffect,
  type CallInput,
  type InCallCodes,
  type LegFacts,
  type Step,
  type ToneName,
} from "./state.ts";
import { createSupervision } from "./supervision.ts";
import { hearWhoAnswered } from "./who-answered.ts";

/** More than are cleared within a clearing's timers, and of the calls that go on. */
const mostLegsKnown = 2000;

export interface CallsDeps {
  readonly lines: Lines;
  /** @throws ERR_MEDIA_CONFERENCES */
  readonly openConference: () => Conference;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly note: Note;
  readonly log: Logger;
  readonly prompts: Prompts;
  readonly plan: DialPlan;
  /** Call-progress tones of the country. */
  readonly tone: (name: ToneName) => Tone;
  /** Asked each time, for settings change. */
  readonly codes: () => InCallCodes;
  readonly language: () => string;
  /** Ends what holds a channel of a trunk group, and is no call, for an emergency call; false when there is none. */
  readonly makeRoom: (forCall: string, group: string) => boolean;
  /** What a later run goes on with, should this one die: at each change; nothing: the call is over, or cannot be gone on with. */
  readonly keep?: (call: string, kept: KeptCall | undefined) => void;
  /** A call that was transferred, or redirected, goes on to this destination. */
  readonly enter: (call: Call, to: Destination, authority: Authority) => void;
}

/** Moments of a call that other rooms attach themselves to. */
export type CallMoment =
  | { readonly type: "began" | "answered" | "joined" | "ended"; readonly call: Call }
  /** The served party has changed: what hangs on its port must move. */
  | { readonly type: "main-changed"; readonly call: Call }
  /** A phone in conversation has pressed the code for the recording. `by`: its extension. */
  | { readonly type: "record-key"; readonly call: Call; readonly by: string };

/** What the calls have in common. */
export interface Shared {
  readonly calls: Map<string, Call>;
  /** Of the last legs, those of ended calls among them, with the latest that was told of their cost. */
  readonly callOfLeg: Map<string, { readonly call: string; advice?: ChargeAdvice }>;
  readonly events: Emitter<LiveCallEvent>;
  readonly moments: Emitter<CallMoment>;
  readonly reacher: Reacher;
}

interface Held {
  readonly leg: Leg;
  readonly stop: Unsubscribe;
  readonly speaker: Speaker;
}

/** What a call is made of: as it begins, or goes on. */
export interface Made extends Pick<Call, "line" | "calling" | "priority" | "language" | "confidential"> {
  readonly first: Step;
  readonly legs: readonly Leg[];
  readonly moments: readonly ("began" | "joined")[];
}

export function createCall(
  made: Made,
  deps: CallsDeps,
  { calls, callOfLeg, events, moments, reacher }: Shared,
): Call {
  const { clock, note, log, plan, prompts } = deps;
  const { line, calling, priority, language, confidential } = made;
  let { state } = made.first;
  const { id } = state;
  const legs = new Map<string, Held>();
  const inputs: CallInput[] = [];
  let running = false;
  let handler: Handler | undefined;
  let timer: Cancel | undefined;
  /** The consulting party's call: trunk groups tried in vain, and the wait for a channel. */
  const consulting = { tried: [] as string[], wait: (() => undefined) as Cancel };
  /** What waits for audio that comes late. */
  const audio = { connecting: (() => undefined) as Cancel, answered: (() => undefined) as Cancel };

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
      forwarded: (extension, caller) => plan.forwarded(extension, caller),
      codes: deps.codes(),
    });
    state = result.state;
    runAll(result.effects);
    if (input.type === "leg" && input.event.type === "released") forget(input.leg);
    if (state === before || state.ended !== null) return;
    keep();
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
      case "disconnect": {
        audio.connecting();
        const port = legs.get(effect.leg)?.leg.media;
        return port === undefined ? undefined : supervision.part(port);
      }
      case "supervision":
        return supervision.refresh();
      case "tone":
        return legs.get(effect.leg)?.speaker.tone(deps.tone(effect.tone));
      case "music":
        return legs.get(effect.leg)?.speaker.music(prompts.music("default"));
      case "quiet":
        return legs.get(effect.leg)?.speaker.quiet();
      case "dial":
        if (effect.again !== true) consulting.tried = [];
        return consultDial(effect.to, effect.by);
      case "redirect":
        drop({ type: "redirected" });
        return deps.enter(call, effect.to, effect.authority);
      case "record-key":
        return moments.emit({ type: "record-key", call, by: state.legs[effect.leg]?.extension ?? "" });
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
        else supervision.talk(first, second);
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
    consulting.wait();
    reacher.forget(id);
    audio.answered();
    audio.connecting();
    moments.emit({ type: "ended", call });
    supervision.close();
    for (const leg of [...legs.keys()]) forget(leg);
    calls.delete(id);
    deps.keep?.(id, undefined);
    events.emit({ type: "call-ended", id, cause: why, by });
  };

  const keep = (): void => {
    if (deps.keep === undefined) return;
    const kept = [...legs.values()].flatMap(({ leg }) => leg.kept() ?? []);
    const { language, confidential } = call;
    const whole = { state, legs: kept, line, calling, priority, language, confidential };
    deps.keep(id, mayGoOn(state, new Set(kept.map((leg) => leg.id))) ? whole : undefined);
  };

  const hold = (leg: Leg): void => {
    const speaker = createSpeaker({ port: () => leg.media, clock, prompts, language: () => call.language });
    const stop = leg.events.on((event) => feed({ type: "leg", leg: leg.id, event }));
    legs.set(leg.id, { leg, stop, speaker });
    callOfLeg.set(leg.id, { call: id });
    const [oldest] = callOfLeg.keys();
    if (callOfLeg.size > mostLegsKnown && oldest !== undefined) callOfLeg.delete(oldest);
  };

  const forget = (leg: string): void => {
    const held = legs.get(leg);
    legs.delete(leg);
    held?.stop();
    held?.speaker.close();
  };

  const attach = (
    { leg, charge }: Extract<Reached, { readonly leg: Leg }>,
    facts: Pick<LegFacts, "role" | "purpose" | "agent" | "supervises">,
  ): void => {
    hold(leg);
    const charged = charge === undefined ? {} : { charge };
    feed({ type: "added", leg: { ...factsOf(leg, facts.role), ...facts, ...charged } });
  };

  const consultDial = (to: Destination, by: string): void => {
    consulting.wait();
    const phone = state.legs[by];
    const behalf = state.consult?.behalf ?? phone?.extension;
    const authority = behalf === undefined ? "box" : { extension: behalf };
    const { tried } = consulting;
    const made = reacher.reach({ call: id, to, authority, calling: numberOf(phone), tried });
    if ("leg" in made) {
      if (made.group !== undefined) tried.push(made.group);
      return attach(made, { role: "called", purpose: "consult" });
    }
    const again = (): void => {
      if (state.consult?.by === by && state.consult.stage === "ringing") consultDial(to, by);
    };
    if (made.wait === true) consulting.wait = clock.after(seizeAgainMs, again);
    else feed({ type: "not-added", cause: made.cause });
  };

  const supervision = createSupervision({
    openConference: deps.openConference,
    clock,
    state: () => state,
    feed,
    media: (leg) => mediaOf(leg)(),
    ring(extension, supervises) {
      const made = reacher.reach({ call: id, to: { extension }, authority: "box", calling, tried: [] });
      if ("cause" in made) return made;
      attach(made, { role: "supervisor", purpose: "supervise", supervises });
      return { leg: made.leg.id };
    },
  });
  const speaker = (): Speaker | undefined => legs.get(state.main)?.speaker;
  const call: Call = {
    id,
    get state() {
      return state;
    },
    ...{ line, calling, priority, language, confidential },
    live: () => liveOf(state),
    handle(taker) {
      if (handler !== taker) drop({ type: "redirected" });
      if (state.ended !== null) return taker.dropped({ type: "ended", ...state.ended });
      handler = taker;
      feed({ type: "phase", phase: taker.phase, where: taker.where });
    },
    goOn: (taker) => void (handler = taker),
    unhandle: (done) => {
      if (handler === done) handler = undefined;
    },
    answer: () => feed({ type: "answer" }),
    listen: () => feed({ type: "listen" }),
    alert: () => feed({ type: "alert" }),
    dial(to, purpose, { role = "called", agent, authority = "box", tried = [] }: DialOptions = {}) {
      if (state.ended !== null) return { cause: cause.normal };
      const made = reacher.reach({ call: id, to, authority, calling, tried });
      if ("cause" in made) return made;
      attach(made, { role, purpose, ...(agent === undefined ? {} : { agent }) });
      return { leg: made.leg.id, ...(made.group === undefined ? {} : { group: made.group }) };
    },
    join: (leg) => feed({ type: "join", leg }),
    drop: (leg, why) => feed({ type: "drop", leg, cause: why }),
    keep: (on) => feed({ type: "keep", on }),
    give: (to, authority, kind = "blind") => feed({ type: "give", to, authority, kind }),
    supervise: (asked) => supervision.ask(asked),
    end: (why, by = "box") => feed({ type: "end", cause: why, by }),
    say: (items, options = {}) => speaker()?.say(items, options) ?? nothingSaid,
    sayTo: (leg, items) => legs.get(leg)?.speaker.say(items, { language: deps.language() }) ?? nothingSaid,
    music: (name) => speaker()?.music(prompts.music(name)),
    tone: (name) => speaker()?.tone(deps.tone(name)),
    quiet: () => speaker()?.quiet(),
    port: () => legs.get(state.main)?.leg.media,
    ports: () => (state.talk ?? [state.main]).flatMap((leg) => legs.get(leg)?.leg.media ?? []),
    whoAnswered: (leg, told) =>
      hearWhoAnswered({ clock, answered: mediaOf(leg), talker: () => call.port() }, told),
    recording: (now, byHand) => feed({ type: "recording", now, byHand }),
  };

  made.legs.forEach(hold);
  calls.set(id, call);
  runAll(made.first.effects);
  if (state.ended !== null) return call;
  keep();
  for (const type of made.moments) moments.emit({ type, call });
  events.emit({ type: "call", call: call.live() });
  return call;
}

const nothingSaid: Saying = {
  finished: Promise.resolve("error"),
  steer: () => undefined,
  stop: () => undefined,
};
