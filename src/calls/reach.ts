// Makes outgoing legs: one trunk group after another, and for an emergency call a channel is cleared where all
// are taken.
import type { Destination } from "../config/settings.ts";
import type { DialRequest, Leg, Lines, PartyNumber } from "../lines/leg.ts";
import { codeOf } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import { nameOf, type Authority, type Charge, type DialPlan } from "./plan.ts";
import { cause, type CallState } from "./state.ts";

export interface ReachAsk {
  readonly call: string;
  readonly to: Destination;
  readonly authority: Authority;
  readonly calling: PartyNumber;
  /** Trunk groups that are not tried again. */
  readonly tried: readonly string[];
}

export type Reached =
  | { readonly leg: Leg; readonly group?: string; readonly charge?: Charge }
  | { readonly cause: number; readonly wait?: true };

/** A channel that is made free for an emergency call (`wait`) is so after an exchange of messages: then it is asked again, ms. */
export const seizeAgainMs = 100;

export interface ReachDeps {
  readonly lines: Pick<Lines, "dial">;
  readonly plan: DialPlan;
  readonly log: Logger;
  /** All calls that are up. */
  readonly states: () => readonly CallState[];
  /** Ends what holds a channel of a trunk group and is no call that somebody hears; false when there is none. */
  readonly makeRoom: (forCall: string, group: string) => boolean;
  /** Ends a call in favour of another, on a trunk group. */
  readonly preempt: (victim: string, forCall: string, group: string) => void;
}

export interface Reacher {
  reach(ask: ReachAsk): Reached;
  /** The call needs no channel any more. */
  forget(call: string): void;
}

export function createReacher({ lines, plan, log, states, makeRoom, preempt }: ReachDeps): Reacher {
  /** Emergency calls for which a channel is being cleared, with its group: nobody else may have it. */
  const waiting = new Map<string, string>();

  const heldBack = (call: string, { via, emergency }: DialRequest): boolean =>
    emergency !== true &&
    "group" in via &&
    [...waiting].some(([other, group]) => other !== call && group === via.group);

  const clear = (call: string, requests: readonly DialRequest[]): Reached => {
    if (waiting.has(call)) return { cause: cause.noCircuit, wait: true };
    for (const { via } of requests) {
      if ("group" in via && makeRoom(call, via.group)) {
        waiting.set(call, via.group);
        return { cause: cause.noCircuit, wait: true };
      }
      const victim = "group" in via ? newestOf(states(), via.group, call) : undefined;
      if (victim === undefined || !("group" in via)) continue;
      waiting.set(call, via.group);
      log.warn({ call, victim, group: via.group }, "a call is ended for an emergency call");
      preempt(victim, call, via.group);
      return { cause: cause.noCircuit, wait: true };
    }
    return { cause: cause.noCircuit };
  };

  return {
    reach({ call, to, authority, calling, tried }) {
      const reached = plan.reach(to, authority, calling);
      if ("refused" in reached) return { cause: reached.refused };
      const { charge } = reached;
      const left = reached.requests.filter(({ via }) => !("group" in via && tried.includes(via.group)));
      let why: number = cause.noCircuit;
      for (const request of left) {
        if (heldBack(call, request)) continue;
        try {
          const leg = lines.dial(request);
          waiting.delete(call);
          const { via } = request;
          return {
            leg,
            ...("group" in via ? { group: via.group } : {}),
            ...(charge === undefined ? {} : { charge }),
          };
        } catch (error) {
          const known = causeOfError(error, "line" in request.via);
          if (known === undefined) log.error({ err: error, call, to: nameOf(to) }, "dialling failed");
          why = known ?? cause.temporaryFailure;
        }
      }
      const emergency = left.filter((request) => request.emergency === true);
      return emergency.length > 0 ? clear(call, emergency) : { cause: why };
    },
    forget: (call) => void waiting.delete(call),
  };
}

/** The newest call that has an outgoing leg on the group and is no emergency call itself. */
function newestOf(states: readonly CallState[], group: string, not: string): string | undefined {
  const may = states.filter(
    ({ id, legs }) =>
      id !== not &&
      Object.values(legs).some((leg) => leg.direction === "out" && leg.group === group) &&
      !Object.values(legs).some(({ charge }) => charge?.class === "emergency"),
  );
  return may.toSorted((a, b) => b.startedAt - a.startedAt)[0]?.id;
}

/** By Q.850, of what dialling throws. @param phone one telephone was dialled, not a group of lines */
export function causeOfError(error: unknown, phone: boolean): number | undefined {
  switch (codeOf(error)) {
    case "ERR_LINE_BUSY":
      return phone ? cause.busy : cause.noCircuit;
    case "ERR_LINE_DOWN":
      return phone ? cause.outOfOrder : cause.networkOutOfOrder;
    case "ERR_LINE_UNKNOWN":
      return cause.unallocated;
    default:
      return undefined;
  }
}
