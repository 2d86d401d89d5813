// The one implementation of Leg: state, events and media in step; what a command does is the line's business.
import type { MediaPort } from "../media/engine.ts";
import { createEmitter } from "../shared/events.ts";
import type { KeptLeg, KeptLine, Leg, LegEvent, LegState, LineInfo, PartyNumber } from "./leg.ts";

export interface LegActions {
  proceed(): void;
  alert(inband: boolean): void;
  answer(): void;
  release(cause: number): void;
}

export interface LegPlan {
  readonly id: string;
  readonly direction: "in" | "out";
  readonly calling: PartyNumber;
  readonly called: PartyNumber;
  readonly line: () => LineInfo;
  /** Default `offered`. `connected`: it goes on from an earlier run of the program. */
  readonly state?: "connected";
  /** What of the line is kept while the leg is connected; default nothing. */
  readonly keep?: () => KeptLine | undefined;
  readonly actions: LegActions;
  readonly onListenerError: (error: unknown) => void;
}

/** Of a leg that goes on from an earlier run. */
export const goingOn = ({ id, direction, calling, called }: KeptLeg) =>
  ({ id, direction, calling, called, state: "connected" }) as const;

/** The line's hand on a leg. Nothing is told after `end`. */
export interface LegCore {
  readonly leg: Leg;
  /** Tells the event, after putting the leg into the state that it means. */
  tell(event: Exclude<LegEvent, { type: "released" }>): void;
  /** Gives the leg its audio; digits are detected while it is connected. */
  attach(port: MediaPort): void;
  end(cause: number, by: "local" | "remote" | "fault"): void;
}

const order: Readonly<Record<LegState, number>> = {
  offered: 0,
  proceeding: 1,
  alerting: 2,
  connected: 3,
  released: 4,
};

const stateOf: Partial<Record<LegEvent["type"], LegState>> = {
  proceeding: "proceeding",
  alerting: "alerting",
  answered: "connected",
};

export function createLegCore(plan: LegPlan): LegCore {
  const events = createEmitter<LegEvent>(plan.onListenerError);
  let state: LegState = plan.state ?? "offered";
  let media: MediaPort | undefined;

  const reached = (wanted: LegState): boolean => order[state] >= order[wanted];
  /** Moves forward only: an ALERTING that comes after the answer changes nothing. */
  const advance = (wanted: LegState): boolean => {
    if (reached(wanted)) return false;
    state = wanted;
    if (wanted === "connected") media?.detectDigits(true);
    return true;
  };
  const command = (wanted: LegState, act: () => void): void => {
    if (plan.direction === "in" && advance(wanted)) act();
  };
  const { actions, id, direction, calling, called } = plan;
  const leg: Leg = {
    id,
    direction,
    calling,
    called,
    events,
    get line() {
      return plan.line();
    },
    get state() {
      return state;
    },
    get media() {
      return media;
    },
    proceed: () => command("proceeding", () => actions.proceed()),
    alert: ({ inband = false } = {}) => command("alerting", () => actions.alert(inband)),
    answer: () => command("connected", () => actions.answer()),
    release(cause = 16) {
      if (state !== "released") actions.release(cause);
    },
    sendDigits(digits) {
      if (state === "connected") media?.sendDigits(digits);
    },
    kept() {
      const own = state === "connected" ? plan.keep?.() : undefined;
      return own && { id, line: plan.line().id, direction, calling, called, own };
    },
  };
  return {
    leg,
    tell(event) {
      if (state === "released") return;
      const wanted = stateOf[event.type];
      if (wanted === undefined || advance(wanted)) events.emit(event);
    },
    attach(port) {
      if (state === "released" || media === port) return;
      media = port;
      if (state === "connected") port.detectDigits(true);
    },
    end(cause, by) {
      if (state === "released") return;
      state = "released";
      events.emit({ type: "released", cause, by });
      events.clear();
      media = undefined;
    },
  };
}

/** Passes on the DTMF that a port detects, until the port closes or the leg ends. */
export function relayDigits(port: MediaPort, core: LegCore): void {
  port.events.on((event) => {
    if (event.type === "digit-begin") core.tell({ type: "digit-begin", digit: event.digit });
    if (event.type === "digit") core.tell({ type: "digit", digit: event.digit, source: "dtmf" });
  });
}
