// An outside number to trunk groups: the route, the number as each group's exchange wants it, whether the caller
// may, and what number is shown. Pure; the steps say why.
import type { Authority } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { DialClass, OutgoingRoute, TrunkGroup } from "../config/settings.ts";
import type { PartyNumber } from "../lines/leg.ts";
import { shownOutside } from "./caller-number.ts";
import { costly, homeOf, say, type RoutingContext, type RoutingSettings, type Step } from "./context.ts";
import { countryNumbers } from "./countries.ts";
import { formatFor, readNumber, type Signalled } from "./numbers.ts";
import { isWhole, rewrite } from "./pattern.ts";
import { deniedClass, groupLimit, limitReached, limitsOf } from "./permissions.ts";

export interface OutgoingAsk {
  /** As dialled, with the digit that gets a line. */
  readonly digits: string;
  readonly authority: Authority;
  readonly calling: PartyNumber;
  readonly withhold?: boolean;
}

/** A trunk group, and what is sent to its exchange. */
export interface Attempt {
  readonly group: string;
  readonly called: PartyNumber;
  readonly calling: PartyNumber;
}

export type OutgoingDecision = { readonly steps: readonly Step[] } & (
  | {
      /** In turn; at least one. */
      readonly attempts: readonly Attempt[];
      readonly class: DialClass;
      readonly emergency: boolean;
    }
  | { readonly refused: number }
);

/** Cause by Q.850: 1 no route, 57 class not allowed or limit reached (bearer capability not authorized), 27 no group. */
export function decideOutgoing(context: RoutingContext, ask: OutgoingAsk): OutgoingDecision {
  const { settings } = context;
  const way = wayOf(settings, ask.digits);
  if (way === undefined)
    return { steps: [say("outgoingNone", { digits: ask.digits })], refused: cause.unallocated };
  const steps: Step[] = [...way.steps];
  const found = way.groups.flatMap((id) => settings.trunkGroups.find((group) => group.id === id) ?? []);
  const numbers = found.map((group) => sentTo(settings, group, way.number));
  const needed = classesNeeded(settings, way, numbers);
  const emergency = needed.includes("emergency");
  steps.push(say("class", { class: needed.join(", ") }));
  if (emergency) steps.push(say("emergency"));
  else {
    const refused = refusal(context, ask.authority, needed);
    steps.push(refused ?? say("allowed", { who: whoOf(ask.authority) }));
    if (refused !== undefined) return { steps, refused: cause.notAllowed };
  }
  const attempts = found.flatMap((group, i): readonly Attempt[] => {
    const full = emergency ? undefined : limitReached(context, [groupLimit(context, group.id)]);
    if (full !== undefined) steps.push(full);
    const called = numbers[i];
    if (full !== undefined || called === undefined) return [];
    const shown = shownOutside(context, group, { ...ask, withhold: ask.withhold === true, emergency });
    steps.push(attemptStep(group, called, shown));
    return [{ group: group.id, called: { ...called, presentation: "allowed" }, calling: shown }];
  });
  if (attempts.length > 0) return { steps, attempts, class: gravest(needed), emergency };
  if (found.length === 0) steps.push(say("groupUnknown", { group: way.groups.join(", ") }));
  return { steps, refused: found.length === 0 ? cause.outOfOrder : cause.notAllowed };
}

interface Way {
  readonly route?: OutgoingRoute;
  readonly groups: readonly string[];
  /** After the route's own changes. */
  readonly number: string;
  readonly steps: readonly Step[];
}

/** The first route that fits, emergency routes before all others. Help is to be had over any group. */
function wayOf(settings: RoutingSettings, digits: string): Way | undefined {
  const all = settings.trunkGroups.map(({ id }) => id);
  const route = routeFor(settings, digits);
  const groupsOf = (one: OutgoingRoute | undefined): readonly string[] =>
    one === undefined ? [] : [one.group, ...one.overflow];
  const isEmergency = (number: string): boolean =>
    countryNumbers(settings.appliance.country).emergency.includes(number);
  if (isEmergency(digits) && route?.class !== "emergency") {
    if (all.length === 0) return undefined;
    return { groups: [...new Set([...groupsOf(route), ...all])], number: digits, steps: [] };
  }
  if (route === undefined) return undefined;
  const { pattern, strip, prepend, rules } = route;
  const cut = prepend + digits.slice(strip);
  const number = rewrite(rules, cut).digits;
  const steps = [
    say("outgoingRoute", { pattern, class: route.class, groups: groupsOf(route).join(", ") }),
    ...(number === digits ? [] : [say("rewritten", { from: digits, to: number })]),
  ];
  const any = route.class === "emergency" || isEmergency(number) ? all : [];
  return { route, groups: [...new Set([...groupsOf(route), ...any])], number, steps };
}

export function routeFor(settings: RoutingSettings, digits: string): OutgoingRoute | undefined {
  const fits = (route: OutgoingRoute): boolean => isWhole(route.pattern, digits);
  return (
    settings.outgoing.find((route) => route.class === "emergency" && fits(route)) ??
    settings.outgoing.find((route) => route.class !== "emergency" && fits(route))
  );
}

function sentTo(settings: RoutingSettings, group: TrunkGroup, number: string): Required<Signalled> {
  const formatted = formatFor({ digits: number }, group.numberFormat, homeOf(settings));
  const { digits, rule } = rewrite(group.calledOut, formatted.digits);
  return rule < 0 ? formatted : { digits, type: formatted.type };
}

/**
 * What the route says, and what any group's exchange would take the number for: a route that is called local opens
 * no other country.
 */
function classesNeeded(
  settings: RoutingSettings,
  { route, number }: Way,
  sent: readonly Signalled[],
): readonly DialClass[] {
  const home = homeOf(settings);
  const own = readNumber({ digits: number }, home);
  const dear = [own, ...sent.map((one) => readNumber(one, home))].flatMap(({ classes }) =>
    classes.filter(costly),
  );
  if (dear.length === 0 && (own.kind === "emergency" || route?.class === "emergency")) return ["emergency"];
  const said: readonly DialClass[] =
    route === undefined || route.class === "by-number" || route.class === "emergency"
      ? own.classes.filter((one) => one !== "emergency")
      : [route.class];
  return [...new Set([...said, ...dear])];
}

function refusal(
  context: RoutingContext,
  authority: Authority,
  needed: readonly DialClass[],
): Step | undefined {
  const denied = deniedClass(context, authority, needed);
  return denied === undefined
    ? limitReached(context, limitsOf(context, authority, needed))
    : say("denied", { who: whoOf(authority), class: denied });
}

const whoOf = (authority: Authority): string => (authority === "box" ? "box" : authority.extension);

function attemptStep(group: TrunkGroup, called: Required<Signalled>, shown: PartyNumber): Step {
  const { digits, presentation } = shown;
  const calling = presentation === "allowed" ? digits : `(${digits})`;
  return say("attempt", { group: group.name, called: called.digits, type: called.type, calling });
}

const gravity: readonly DialClass[] = [
  "emergency",
  "premium",
  "international",
  "mobile",
  "national",
  "local",
  "internal",
];
const gravest = (classes: readonly DialClass[]): DialClass =>
  gravity.find((one) => classes.includes(one)) ?? "local";
