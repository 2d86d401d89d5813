// Who may dial what, and how much of it: classes and limits. Emergency calls are never asked.
import type { Authority } from "../calls/plan.ts";
import type { DialClass, OutgoingLimit } from "../config/settings.ts";
import { costly, say, type RoutingContext, type Step, type Used, type UsageScope } from "./context.ts";

/** The first of the classes that is not allowed; `undefined` when all are. Nobody unknown may anything. */
export function deniedClass(
  { settings }: RoutingContext,
  authority: Authority,
  classes: readonly DialClass[],
): DialClass | undefined {
  const allowed =
    authority === "box"
      ? settings.limits.boxClasses
      : (settings.extensions.find(({ number }) => number === authority.extension)?.classes ?? []);
  return classes.find((one) => !allowed.includes(one));
}

export interface Limited {
  readonly scope: UsageScope;
  readonly limit: OutgoingLimit;
}

/** The limits that a call of this kind counts towards, without those of trunk groups. */
export function limitsOf(
  { settings }: RoutingContext,
  authority: Authority,
  classes: readonly DialClass[],
): readonly Limited[] {
  const { box, costly: dear, extension } = settings.limits;
  const name = authority === "box" ? undefined : authority.extension;
  const own = settings.extensions.find(({ number }) => number === name)?.limits ?? extension;
  return [
    { scope: { scope: "box" }, limit: box },
    ...(classes.some(costly) ? [{ scope: { scope: "costly" }, limit: dear } as const] : []),
    ...(name === undefined ? [] : [{ scope: { scope: "extension", name }, limit: own } as const]),
  ];
}

export function groupLimit({ settings }: RoutingContext, name: string): Limited {
  const limit = settings.trunkGroups.find(({ id }) => id === name)?.limits ?? {};
  return { scope: { scope: "group", name }, limit };
}

/** Says which limit one more call would break; `undefined` when none. */
export function limitReached(context: RoutingContext, limits: readonly Limited[]): Step | undefined {
  for (const { scope, limit } of limits) {
    const kind = brokenBy(limit, context.used(scope));
    if (kind === undefined) continue;
    const name = "name" in scope ? scope.name : "";
    return say("limit", { scope: scope.scope, name, kind, most: String(limit[kind] ?? 0) });
  }
  return undefined;
}

function brokenBy(limit: OutgoingLimit, used: Used): keyof OutgoingLimit | undefined {
  const { concurrent, callsPerDay, minutesPerDay } = limit;
  if (concurrent !== undefined && used.concurrent >= concurrent) return "concurrent";
  if (callsPerDay !== undefined && used.calls >= callsPerDay) return "callsPerDay";
  if (minutesPerDay !== undefined && used.ms >= minutesPerDay * 60_000) return "minutesPerDay";
  return undefined;
}
