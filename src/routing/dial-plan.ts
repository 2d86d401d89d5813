// The dial plan: what digits mean to whoever dials them, and how a destination is reached from here.
import { alwaysTo, type DialPlan, type Dialled, type Match, type Reach } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { Destination } from "../config/settings.ts";
import { plainNumber } from "./caller-number.ts";
import type { RoutingContext, RoutingSettings } from "./context.ts";
import { countryNumbers } from "./countries.ts";
import { forwardFeatures, type ForwardFeature } from "./forward-features.ts";
import { decideOutgoing } from "./outgoing.ts";
import { matchPattern, type PatternMatch } from "./pattern.ts";

export interface DialPlanOptions {
  /** Asked each time, for settings, use and time change. */
  readonly context: () => RoutingContext;
  /** LineInfo.id of the phone with this extension; `undefined` when it has no port. */
  readonly lineOf: (extension: string) => string | undefined;
}

export function createDialPlan({ context, lineOf }: DialPlanOptions): DialPlan {
  return {
    match: (digits) => matchDialled(context().settings, digits),
    forwarded(number, caller) {
      const own = context().settings.extensions.find((one) => one.number === number);
      return own && alwaysTo(own.forward, caller);
    },
    reach(to, authority, calling) {
      const now = context();
      const phone = (number: string): Reach => {
        const extension = now.settings.extensions.find((one) => one.number === number);
        const line = lineOf(number);
        if (extension === undefined) return { refused: cause.unallocated };
        if (line === undefined) return { refused: cause.outOfOrder };
        if (extension.doNotDisturb) return { refused: cause.busy };
        const called = { ...plainNumber(number), name: extension.name };
        return { requests: [{ called, calling, via: { line } }] };
      };
      if ("extension" in to) return phone(to.extension);
      if ("agent" in to) {
        if (!now.settings.agents.some(({ number }) => number === to.agent))
          return { refused: cause.unallocated };
        const seat = now.settings.extensions.find(({ number }) => now.agentAt(number) === to.agent);
        return seat === undefined ? { refused: cause.absent } : phone(seat.number);
      }
      if (!("outside" in to)) return { refused: cause.unallocated };
      const withhold = "withhold" in to && to.withhold === true;
      const decided = decideOutgoing(now, { digits: to.outside, authority, calling, withhold });
      if ("refused" in decided) return { refused: decided.refused };
      return {
        requests: decided.attempts.map(({ group, ...numbers }) => ({
          ...numbers,
          via: { group },
          ...(decided.emergency ? { emergency: true } : {}),
        })),
        charge: { class: decided.class, ...(authority === "box" ? {} : { payer: authority.extension }) },
      };
    },
  };
}

/** What a phone's digits mean so far. Feature codes, extensions, queues and rooms come before outside numbers. */
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

interface Candidate<To extends Dialled = Dialled> {
  readonly to: To;
  readonly match: PatternMatch;
  /** By a route that says so: complete with its last digit. */
  readonly emergency: boolean;
}

function* candidates(settings: RoutingSettings, digits: string): Generator<Candidate> {
  yield* outsideCandidates(settings, digits, true);
  // Without a route of its own an emergency number is still one, once it is clear that no longer one is meant.
  for (const number of countryNumbers(settings.appliance.country).emergency)
    if (settings.trunkGroups.length > 0) yield literal(digits, number, { outside: number });
  yield* featureCandidates(settings, digits);
  yield* destinationCandidates(settings, digits);
}

const literal = <To extends Dialled>(digits: string, number: string, to: To): Candidate<To> => ({
  to,
  match: number === digits ? "exact" : number.startsWith(digits) ? "partial" : "no",
  emergency: false,
});

function* destinationCandidates(
  settings: RoutingSettings,
  digits: string,
): Generator<Candidate<Destination>> {
  for (const { number } of settings.extensions) yield literal(digits, number, { extension: number });
  for (const { number } of settings.agents) yield literal(digits, number, { agent: number });
  for (const { id, number } of settings.queues)
    if (number !== undefined) yield literal(digits, number, { queue: id });
  for (const { id, number } of settings.rooms)
    if (number !== undefined) yield literal(digits, number, { room: id });
  yield* outsideCandidates(settings, digits, false);
}

function* featureCandidates(settings: RoutingSettings, digits: string): Generator<Candidate> {
  const { withhold } = settings.featureCodes;
  for (const feature of ["messages", "doNotDisturb"] as const) {
    const code = settings.featureCodes[feature];
    if (code !== undefined) yield literal(digits, code, { feature });
  }
  for (const feature of ["agentLogIn", "agentLogOut", "agentPause", "agentReady"] as const)
    yield literal(digits, settings.featureCodes[feature], { feature });
  const { agentPause, agentCode } = settings.featureCodes;
  for (const { id, key } of settings.pauseReasons)
    if (key !== undefined) yield literal(digits, agentPause + key, { feature: "agentPause", about: id });
  for (const { id, key } of settings.wrapUpCodes)
    if (agentCode !== undefined && key !== undefined)
      yield literal(digits, agentCode + key, { feature: "agentCode", about: id });
  for (const feature of ["scheduleOpen", "scheduleClosed", "scheduleByHours"] as const) {
    const code = settings.featureCodes[feature];
    for (const { id, code: own } of settings.schedules)
      if (code !== undefined && own !== undefined) yield literal(digits, code + own, { feature, about: id });
  }
  for (const feature of forwardFeatures) yield* forwardCandidates(settings, digits, feature);
  if (withhold === undefined) return;
  const rest = digits.slice(withhold.length);
  if (!digits.startsWith(withhold) || rest === "") {
    const match = withhold.startsWith(digits) ? "partial" : "no";
    yield { to: { feature: "withhold" }, match, emergency: false };
    return;
  }
  for (const emergency of [true, false])
    for (const candidate of outsideCandidates(settings, rest, emergency))
      yield { ...candidate, to: { outside: rest, withhold: true } };
}

/** The code by itself ends forwarding; with a number after it, it begins. */
function* forwardCandidates(
  settings: RoutingSettings,
  digits: string,
  feature: ForwardFeature,
): Generator<Candidate> {
  const code = settings.featureCodes[feature];
  if (code === undefined) return;
  yield literal(digits, code, { feature });
  if (!digits.startsWith(code)) return;
  const rest = digits.slice(code.length);
  if (rest === "") yield { to: { feature }, match: "partial", emergency: false };
  else
    for (const candidate of destinationCandidates(settings, rest))
      yield { ...candidate, to: { feature, to: candidate.to } };
}

function* outsideCandidates(
  settings: RoutingSettings,
  digits: string,
  emergency: boolean,
): Generator<Candidate<{ readonly outside: string }>> {
  for (const route of settings.outgoing) {
    if ((route.class === "emergency") === emergency)
      yield { to: { outside: digits }, match: matchPattern(route.pattern, digits), emergency };
  }
}
