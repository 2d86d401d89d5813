// The dial plan: what digits mean to whoever dials them, and how a destination is reached from here.
import type { DialPlan, Dialled, Match } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { OutgoingRoute, Settings } from "../config/settings.ts";
import type { PartyNumber } from "../lines/leg.ts";
import { matchPattern, type PatternMatch } from "./pattern.ts";

export type RoutingSettings = Pick<
  Settings,
  "extensions" | "queues" | "outgoing" | "incoming" | "trunkGroups" | "featureCodes"
>;

export interface DialPlanOptions {
  /** Asked each time, for settings change. */
  readonly settings: () => RoutingSettings;
  /** LineInfo.id of the phone with this extension; `undefined` when it has no port. */
  readonly lineOf: (extension: string) => string | undefined;
}

export function createDialPlan({ settings, lineOf }: DialPlanOptions): DialPlan {
  return {
    match: (digits) => matchDialled(settings(), digits),
    reach(to, authority, calling) {
      const now = settings();
      if ("extension" in to) {
        const extension = now.extensions.find((one) => one.number === to.extension);
        const line = lineOf(to.extension);
        if (extension === undefined) return { refused: cause.unallocated };
        if (line === undefined) return { refused: cause.outOfOrder };
        const called = { ...plainNumber(to.extension), name: extension.name };
        return { request: { called, calling, via: { line } } };
      }
      if (!("outside" in to)) return { refused: cause.unallocated };
      const route = routeFor(now, to.outside);
      if (route === undefined) return { refused: cause.unallocated };
      if (authority !== "box" && !mayDial(now, authority.extension, route))
        return { refused: cause.notAllowed };
      const number = route.prepend + to.outside.slice(route.strip);
      const request = { called: plainNumber(number), calling: shownOutside(now, route, calling) };
      return { request: { ...request, via: { group: route.group } } };
    },
  };
}

/** What a phone's digits mean so far. Feature codes, extensions and queues come before outside numbers. */
export function matchDialled(settings: RoutingSettings, digits: string): Match {
  let first: Dialled | undefined;
  let more = false;
  for (const { to, match, emergency } of candidates(settings, digits)) {
    // Nobody who calls for help waits for a timer.
    if (emergency && match === "exact") return { kind: "complete", to };
    if (match === "exact" || match === "open") first ??= to;
    if (match === "partial" || match === "open") more = true;
  }
  if (first !== undefined) return { kind: more ? "ambiguous" : "complete", to: first };
  return more ? { kind: "incomplete" } : { kind: "invalid", cause: cause.unallocated };
}

interface Candidate {
  readonly to: Dialled;
  readonly match: PatternMatch;
  readonly emergency: boolean;
}

function* candidates(settings: RoutingSettings, digits: string): Generator<Candidate> {
  const literal = (number: string, to: Dialled): Candidate => ({
    to,
    match: number === digits ? "exact" : number.startsWith(digits) ? "partial" : "no",
    emergency: false,
  });
  const { agentLogIn, agentLogOut, agentPause, agentReady } = settings.featureCodes;
  yield* outsideCandidates(settings, digits, true);
  yield literal(agentLogIn, { feature: "agentLogIn" });
  yield literal(agentLogOut, { feature: "agentLogOut" });
  yield literal(agentPause, { feature: "agentPause" });
  yield literal(agentReady, { feature: "agentReady" });
  for (const { number } of settings.extensions) yield literal(number, { extension: number });
  for (const { id, number } of settings.queues)
    if (number !== undefined) yield literal(number, { queue: id });
  yield* outsideCandidates(settings, digits, false);
}

function* outsideCandidates(
  settings: RoutingSettings,
  digits: string,
  emergency: boolean,
): Generator<Candidate> {
  for (const route of settings.outgoing) {
    if ((route.class === "emergency") === emergency)
      yield { to: { outside: digits }, match: matchPattern(route.pattern, digits), emergency };
  }
}

/** The first route that fits, emergency routes before all others. */
function routeFor(settings: RoutingSettings, digits: string): OutgoingRoute | undefined {
  const fits = (route: OutgoingRoute): boolean => {
    const match = matchPattern(route.pattern, digits);
    return match === "exact" || match === "open";
  };
  return (
    settings.outgoing.find((route) => route.class === "emergency" && fits(route)) ??
    settings.outgoing.find((route) => route.class !== "emergency" && fits(route))
  );
}

function mayDial(settings: RoutingSettings, extension: string, route: OutgoingRoute): boolean {
  if (route.class === "emergency") return true;
  const phone = settings.extensions.find((one) => one.number === extension);
  return phone?.classes.includes(route.class) === true;
}

/** An extension's number means nothing outside: the group's number is shown in its place. */
function shownOutside(settings: RoutingSettings, route: OutgoingRoute, calling: PartyNumber): PartyNumber {
  const internal = settings.extensions.some((one) => one.number === calling.digits);
  if (!internal && calling.digits !== "") return calling;
  const own = settings.trunkGroups.find((group) => group.id === route.group)?.callerNumber;
  return own === undefined ? { ...plainNumber(""), presentation: "unavailable" } : plainNumber(own);
}

export function plainNumber(digits: string): PartyNumber {
  return { digits, type: "unknown", presentation: "allowed" };
}
