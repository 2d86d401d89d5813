// All calls: what begins them, finds them and tells of them.
import { isDeepStrictEqual } from "node:util";
import type { Leg, PartyNumber } from "../lines/leg.ts";
import type { CallDetails } from "../shared/call-details.ts";
import type { ChargeAdvice } from "../shared/charge-advice.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { CallDirection } from "../shared/journal.ts";
import type { Call } from "./call.ts";
import { createCall, type CallMoment, type CallsDeps, type Shared } from "./executor.ts";
import { goOn, type KeptCall } from "./go-on.ts";
import type { LiveCallEvent, LiveCalls } from "./live.ts";
import { begin } from "./machine.ts";
import { factsOf, partyOf } from "./party.ts";
import { createReacher } from "./reach.ts";
import { cause, type Answering } from "./state.ts";

export type { CallMoment, CallsDeps };

/** What routing has found out about a call that comes in. */
export interface Arrival {
  readonly direction: CallDirection;
  /** Default `at-once`. */
  readonly answering?: Answering;
  /** As routing rewrote them; default the leg's own. */
  readonly calling?: PartyNumber;
  readonly called?: PartyNumber;
  /** In queues; default 0. */
  readonly priority?: number;
  /** The agent whose telephone the box has rung to begin the call. */
  readonly agent?: string;
}

export interface Calls extends LiveCalls {
  readonly moments: Events<CallMoment>;
  /** Takes an incoming leg, or one that the box has rung and that is connected, into a new call. Nobody handles it yet. */
  begin(leg: Leg, arrival: Arrival): Call;
  /**
   * A call of an earlier run, with those of its legs that are there again. Nobody handles it yet; it may be over already.
   */
  goOn(kept: KeptCall, legs: ReadonlyMap<string, Leg>): Call;
  find(id: string): Call | undefined;
  /** The network says what a leg costs, perhaps when its call is over already. */
  charged(leg: string, advice: ChargeAdvice): void;
  /** What else the network says of a leg's call. */
  detailed(leg: string, details: CallDetails): void;
  /** Ends all calls (cause 41 by fault). */
  close(): void;
}

export function createCalls(deps: CallsDeps): Calls {
  const calls = new Map<string, Call>();
  const callOfLeg: Shared["callOfLeg"] = new Map();
  const events = createEmitter<LiveCallEvent>((error) =>
    deps.log.error({ err: error }, "live call listener"),
  );
  const moments = createEmitter<CallMoment>((error) => deps.log.error({ err: error }, "call listener"));
  const known = (id: string): Call => {
    const call = calls.get(id);
    if (call === undefined) throw new CallboxError("ERR_CALL_UNKNOWN", { detail: id });
    return call;
  };
  const reacher = createReacher({
    lines: deps.lines,
    plan: deps.plan,
    log: deps.log,
    states: () => [...calls.values()].map(({ state }) => state),
    makeRoom: deps.makeRoom,
    preempt(victim, forCall, group) {
      deps.note({ type: "call.preempted", call: victim, for: forCall, group });
      calls.get(victim)?.end(cause.preempted);
    },
  });
  const shared: Shared = { calls, callOfLeg, events, moments, reacher };
  return {
    events,
    moments,
    list: () => [...calls.values()].map((call) => call.live()),
    find: (id) => calls.get(id),
    charged(leg, advice) {
      const known = callOfLeg.get(leg);
      if (known === undefined || isDeepStrictEqual(known.advice, advice)) return;
      known.advice = advice;
      deps.note({ type: "call.charged", call: known.call, leg, advice });
    },
    detailed(leg, details) {
      const call = callOfLeg.get(leg)?.call;
      if (call !== undefined) deps.note({ type: "call.detailed", call, leg, details });
    },
    hangUp: (id) => known(id).end(cause.normal),
    transfer: (id, to) => known(id).give(to, "box"),
    supervise: (id, asked) => known(id).supervise(asked),
    begin(leg, arrival) {
      const id = deps.newId();
      const { direction, answering = "at-once", calling = leg.calling, called = leg.called, agent } = arrival;
      if (leg.direction === "in") leg.proceed();
      const facts = factsOf(leg, "caller", calling);
      const first = begin(
        {
          id,
          direction,
          answering,
          caller: partyOf(calling),
          called: called.digits,
          leg: agent === undefined ? facts : { ...facts, agent },
        },
        deps.clock.now(),
      );
      const { line } = leg;
      const { language } = deps;
      const made = {
        line,
        calling,
        priority: arrival.priority ?? 0,
        language: language(),
        confidential: false,
      };
      return createCall({ ...made, first, legs: [leg], moments: ["began"] }, deps, shared);
    },
    goOn({ state, line, calling, priority, language, confidential }, legs) {
      const there = Object.keys(state.legs).flatMap((leg) => legs.get(leg) ?? []);
      const first = goOn(state, new Set(there.map(({ id }) => id)), deps.clock.now());
      return createCall(
        {
          ...{ line, calling, priority, language, confidential },
          first,
          legs: there,
          moments: ["began", ...(first.state.talk === null ? [] : (["joined"] as const))],
        },
        deps,
        shared,
      );
    },
    close: () => {
      for (const call of [...calls.values()]) call.end(cause.temporaryFailure, "fault");
    },
  };
}
