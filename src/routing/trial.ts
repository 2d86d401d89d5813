// Routing tried without a call: where would this one go, over what, and why? The same decisions as for real calls.
import { alwaysTo, nameOf, type Authority, type Dialled } from "../calls/plan.ts";
import type { Destination } from "../config/settings.ts";
import type { PartyNumber } from "../lines/leg.ts";
import { plainNumber } from "./caller-number.ts";
import { say, type RoutingContext, type Step } from "./context.ts";
import { decideIncoming } from "./incoming.ts";
import { decideOutgoing, type Attempt } from "./outgoing.ts";

export interface TrialAsk {
  readonly from: { readonly extension: string } | { readonly group: string };
  /** The caller's number; empty is withheld. Of an extension: its own. */
  readonly calling: string;
  readonly called: string;
}

export interface Trial {
  readonly steps: readonly Step[];
  readonly verdict: "connected" | "refused" | "feature";
  /** `flow:main`, `queue:sales`, `201`, `outside:5551000`. */
  readonly to?: string;
  /** Q.850, when refused. */
  readonly cause?: number;
  readonly answer?: "at-once" | "when-agent";
  readonly priority?: number;
  /** Outside calls: the groups in turn, and what is sent to each. */
  readonly attempts: readonly Attempt[];
}

export function tryRouting(context: RoutingContext, { from, calling, called }: TrialAsk): Trial {
  const caller = "extension" in from ? plainNumber(from.extension) : callerOf(calling);
  const decided = decideIncoming(context, { line: from, calling: caller, called: plainNumber(called) });
  const { steps } = decided;
  if ("refused" in decided) return { steps, verdict: "refused", cause: decided.refused, attempts: [] };
  const { to, answer, priority } = decided;
  if ("feature" in to) return { steps, verdict: "feature", to: to.feature, attempts: [] };
  const extras = "extension" in from ? {} : { answer, priority };
  const authority: Authority = "extension" in from ? from : "box";
  return {
    ...extras,
    ...follow(context, to, { steps, authority, calling: decided.calling, from, passed: [] }),
  };
}

interface Way extends Pick<Trial, "steps">, Pick<TrialAsk, "from"> {
  readonly authority: Authority;
  readonly calling: PartyNumber;
  /** Extensions that have sent the call on. */
  readonly passed: readonly string[];
}

function follow(context: RoutingContext, to: Exclude<Dialled, { feature: unknown }>, way: Way): Trial {
  const { steps, authority, calling } = way;
  if ("extension" in to) return toExtension(context, to.extension, way);
  if (!("outside" in to)) return { steps, verdict: "connected", to: nameOf(to), attempts: [] };
  const withhold = "withhold" in to;
  const out = decideOutgoing(context, { digits: to.outside, authority, calling, withhold });
  const all = [...steps, ...(withhold ? [say("withheld")] : []), ...out.steps];
  const goal = { steps: all, to: `outside:${to.outside}` };
  return "refused" in out
    ? { ...goal, verdict: "refused", cause: out.refused, attempts: [] }
    : { ...goal, verdict: "connected", attempts: out.attempts };
}

function toExtension(context: RoutingContext, number: string, way: Way): Trial {
  const { steps, from, passed } = way;
  const phone = context.settings.extensions.find((one) => one.number === number);
  const trial = { to: number, attempts: [] };
  const sentOn = (to: Destination, before: readonly Step[]): Trial =>
    follow(context, to, {
      ...way,
      steps: [...before, say("forwarded", { extension: number, to: nameOf(to) })],
      authority: { extension: number },
      passed: [...passed, number],
    });
  const known = passed.includes(number);
  const always =
    phone && !known ? alwaysTo(phone.forward, "extension" in from ? from.extension : undefined) : undefined;
  if (always !== undefined) return sentOn(always, steps);
  if (phone?.doNotDisturb === true) {
    const quiet = [...steps, say("undisturbed", { extension: number })];
    const busy = known ? undefined : phone.forward.busy;
    return busy === undefined
      ? { ...trial, steps: quiet, verdict: "refused", cause: 17 }
      : sentOn(busy, quiet);
  }
  if (phone?.port !== undefined) return { ...trial, steps, verdict: "connected" };
  const cause = phone === undefined ? 1 : 27;
  return { ...trial, steps: [...steps, say("noPort", { extension: number })], verdict: "refused", cause };
}

function callerOf(digits: string): PartyNumber {
  return digits === "" ? { ...plainNumber(""), presentation: "restricted" } : plainNumber(digits);
}
