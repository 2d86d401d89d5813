// Where a call that comes in on a line goes, and when enough of its number is known to say so.
import { nameOf, type Dialled } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { Destination, IncomingDestination, IncomingRoute, TrunkGroup } from "../config/settings.ts";
import type { LineInfo, PartyNumber } from "../lines/leg.ts";
import { callerRank, findCaller, isAnonymous } from "./callers.ts";
import { homeOf, say, type RoutingContext, type RoutingSettings, type Step } from "./context.ts";
import { matchDialled } from "./dial-plan.ts";
import { formsOf } from "./numbers.ts";
import { matchPattern, rewrite } from "./pattern.ts";
import { scheduleAt } from "./schedule.ts";

export interface IncomingAsk {
  readonly line: Pick<LineInfo, "group" | "extension">;
  readonly calling: PartyNumber;
  readonly called: PartyNumber;
}

/** Why a caller is turned away, for the journal and the words of an announcement. */
export type Rejection = "anonymous" | "blocked";

/** Cause by Q.850; `announce`: the caller hears why first. */
export interface TurnedAway {
  readonly refused: number;
  readonly rejected?: Rejection;
  readonly announce?: boolean;
}

type Outcome =
  | {
      readonly to: Dialled;
      readonly answer: TrunkGroup["answer"];
      /** In queues; 0 for most. */
      readonly priority: number;
    }
  | TurnedAway;

export type IncomingDecision = Outcome & {
  readonly steps: readonly Step[];
  /** As rewritten; the name has the caller's label before it. */
  readonly calling: PartyNumber;
  readonly called: PartyNumber;
};

/**
 * From a trunk: the incoming route of the called and calling number, else the trunk group's own destination. From a
 * phone: what it dialled.
 */
export function decideIncoming(context: RoutingContext, ask: IncomingAsk): IncomingDecision {
  return ask.line.extension === undefined ? fromTrunk(context, ask) : fromPhone(context.settings, ask);
}

function fromPhone(settings: RoutingSettings, { calling, called }: IncomingAsk): IncomingDecision {
  const match = matchDialled(settings, called.digits);
  const numbers = { calling, called };
  if (match.kind === "complete" || match.kind === "ambiguous") {
    const { to } = match;
    const step =
      "feature" in to ? say("feature", { feature: to.feature }) : say("goesTo", { to: nameOf(to) });
    return { ...numbers, steps: [step], to, answer: "at-once", priority: 0 };
  }
  if (match.kind === "incomplete")
    return {
      ...numbers,
      steps: [say("incomplete", { digits: called.digits })],
      refused: cause.invalidNumber,
    };
  return { ...numbers, steps: [say("unassigned", { digits: called.digits })], refused: match.cause };
}

function fromTrunk(context: RoutingContext, ask: IncomingAsk): IncomingDecision {
  const { settings } = context;
  const group = settings.trunkGroups.find(({ id }) => id === ask.line.group);
  const called = { ...ask.called, digits: rewrite(group?.calledIn ?? [], ask.called.digits).digits };
  const written = { ...ask.calling, digits: rewrite(group?.callingIn ?? [], ask.calling.digits).digits };
  const priority = findCaller(settings.priorityCallers, written, homeOf(settings));
  const calling = labelled(written, priority?.label);
  const steps: Step[] = [
    ...changed("calledRewritten", ask.called.digits, called.digits),
    ...changed("callingRewritten", ask.calling.digits, written.digits),
  ];
  const decide = (outcome: Outcome): IncomingDecision => ({ steps, calling, called, ...outcome });
  if (priority !== undefined)
    steps.push(say("priorityCaller", { number: priority.number, priority: String(priority.priority) }));

  const route = incomingRoute(settings, ask.line.group, called.digits, written);
  const turned = turnedAway(context, written, priority !== undefined, route?.anonymous ?? group?.anonymous);
  if (turned !== undefined) {
    steps.push(turned.step);
    return decide(turned.outcome);
  }
  const to = route?.to ?? group?.incoming;
  if (to === undefined) {
    steps.push(say("incomingNone", { called: called.digits }));
    return decide({ refused: cause.unallocated });
  }
  steps.push(
    route === undefined
      ? say("incomingGroup", { group: group?.name ?? "" })
      : say("incomingRoute", { called: route.called, calling: route.calling ?? "*" }),
  );
  const resolved = resolve(context, to, steps);
  if (resolved === undefined) return decide({ refused: cause.temporaryFailure });
  const answer = route?.answer ?? group?.answer ?? "at-once";
  steps.push(say("goesTo", { to: nameOf(resolved) }), say("answer", { answer }));
  return decide({ to: resolved, answer, priority: priority?.priority ?? 0 });
}

function turnedAway(
  { settings }: RoutingContext,
  calling: PartyNumber,
  priority: boolean,
  anonymous: TrunkGroup["anonymous"] = "accept",
): { readonly step: Step; readonly outcome: TurnedAway } | undefined {
  const blocked = priority ? undefined : findCaller(settings.blockList, calling, homeOf(settings));
  if (blocked !== undefined) {
    const { number, action, note = "" } = blocked;
    const refused = action === "busy" ? cause.busy : cause.rejected;
    return {
      step: say("blocked", { number, action, note }),
      outcome: { refused, rejected: "blocked", announce: action === "announce" },
    };
  }
  if (anonymous === "accept" || !isAnonymous(calling)) return undefined;
  return {
    step: say("anonymous", { action: anonymous }),
    outcome: { refused: cause.rejected, rejected: "anonymous", announce: anonymous === "announce" },
  };
}

function labelled(calling: PartyNumber, label: string | undefined): PartyNumber {
  if (label === undefined || label === "") return calling;
  return { ...calling, name: calling.name === undefined ? label : `${label} ${calling.name}` };
}

const changed = (code: "calledRewritten" | "callingRewritten", from: string, to: string): readonly Step[] =>
  from === to ? [] : [say(code, { from, to })];

/** A schedule's destination as it is now. */
function resolve(
  { settings, now }: RoutingContext,
  to: IncomingDestination,
  steps: Step[],
): Destination | undefined {
  if (!("schedule" in to)) return to;
  const { timeZone } = settings.appliance;
  const verdict = scheduleAt({ ...settings, timeZone }, to.schedule, now);
  if (verdict === undefined) {
    steps.push(say("scheduleUnknown", { schedule: to.schedule }));
    return undefined;
  }
  const { state, by, name = "" } = verdict;
  steps.push(say("schedule", { schedule: to.schedule, state, by, name }));
  if (state === "open") return to.open;
  return state === "holiday" ? (to.holiday ?? to.closed) : to.closed;
}

/** For lines that collect digits one by one: is this a number yet? */
export function matchNumber(
  settings: RoutingSettings,
  digits: string,
  line: Pick<LineInfo, "group" | "extension">,
): "incomplete" | "complete" | "ambiguous" | "invalid" {
  if (line.extension !== undefined) return matchDialled(settings, digits).kind;
  const group = settings.trunkGroups.find(({ id }) => id === line.group);
  const rules = group?.calledIn ?? [];
  const number = rewrite(rules, digits).digits;
  const routes = settings.incoming.filter((route) => route.group === undefined || route.group === line.group);
  const longer =
    rules.some(({ match }) => matchPattern(match, digits) === "partial") ||
    routes.some((route) => {
      const fixed = prefixOf(route) ?? route.called;
      return fixed.length > number.length && fixed.startsWith(number);
    });
  const fits = routes.some((route) => calledRank(route, number) >= 0);
  if (fits) return longer ? "ambiguous" : "complete";
  if (longer) return "incomplete";
  return group === undefined ? "invalid" : "complete";
}

/**
 * The most specific route: one that names its caller before one for all, an exact caller before a prefix; then an
 * exact called number before a prefix, a longer prefix before a shorter; then a group's own before a general one.
 */
function incomingRoute(
  settings: RoutingSettings,
  group: string | undefined,
  called: string,
  calling: PartyNumber,
): IncomingRoute | undefined {
  const forms = isAnonymous(calling) ? [] : formsOf(calling, homeOf(settings));
  let best: IncomingRoute | undefined;
  let bestRank: readonly number[] = [];
  for (const route of settings.incoming) {
    if (route.group !== undefined && route.group !== group) continue;
    const byCaller = callingRank(route, forms);
    const byCalled = calledRank(route, called);
    if (byCaller < 0 || byCalled < 0) continue;
    const rank = [byCaller, byCalled, route.group === undefined ? 0 : 1];
    if (best === undefined || higher(rank, bestRank)) [best, bestRank] = [route, rank];
  }
  return best;
}

function higher(rank: readonly number[], than: readonly number[]): boolean {
  const at = rank.findIndex((one, i) => one !== than[i]);
  return at >= 0 && (rank[at] ?? 0) > (than[at] ?? 0);
}

function callingRank({ calling }: IncomingRoute, forms: readonly string[]): number {
  if (calling === undefined) return 0;
  if (calling === "anonymous") return forms.length === 0 ? 1000 : -1;
  const rank = callerRank(calling, forms);
  return rank < 0 ? -1 : rank + 1;
}

function calledRank(route: IncomingRoute, called: string): number {
  const prefix = prefixOf(route);
  if (prefix === undefined) return route.called === called ? 1000 : -1;
  return called.startsWith(prefix) ? prefix.length : -1;
}

function prefixOf({ called }: IncomingRoute): string | undefined {
  return called.endsWith("*") ? called.slice(0, -1) : undefined;
}
