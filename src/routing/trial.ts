// Routing tried without a call: where would this one go, over what, and why? The same decisions as for real calls.
import { nameOf, type Authority } from "../calls/plan.ts";
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
  if ("extension" in to) return toExtension(context, steps, to.extension, extras);
  if (!("outside" in to)) return { steps, verdict: "connected", to: nameOf(to), attempts: [], ...extras };
  const authority: Authority = "extension" in from ? from : "box";
  const withhold = "withhold" in to;
  const out = decideOutgoing(context, { digits: to.outside, authority, calling: decided.calling, withhold });
  const all = [...steps, ...(withhold ? [say("withheld")] : []), ...out.steps];
  const goal = { steps: all, to: `outside:${to.outside}`, ...extras };
  return "refused" in out
    ? { ...goal, verdict: "refused", cause: out.refused, attempts: [] }
    : { ...goal, verdict: "connected", attempts: out.attempts };
}

function toExtension(
  { settings }: RoutingContext,
  steps: readonly Step[],
  number: string,
  extras: Pick<Trial, "answer" | "priority">,
): Trial {
  const phone = settings.extensions.find((one) => one.number === number);
  const trial = { to: number, attempts: [], ...extras };
  if (phone?.port !== undefined) return { ...trial, steps, verdict: "connected" };
  const cause = phone === undefined ? 1 : 27;
  return { ...trial, steps: [...steps, say("noPort", { extension: number })], verdict: "refused", cause };
}

function callerOf(digits: string): PartyNumber {
  return digits === "" ? { ...plainNumber(""), presentation: "restricted" } : plainNumber(digits);
}
