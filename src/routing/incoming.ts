// Where a call that comes in on a line goes, and when enough of its number is known to say so.
import type { Dialled } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { Destination, IncomingRoute } from "../config/settings.ts";
import type { LineInfo } from "../lines/leg.ts";
import { matchDialled, type RoutingSettings } from "./dial-plan.ts";

export type Routed = { readonly to: Dialled } | { readonly refused: number };

/**
 * From a trunk: the incoming route of the called number, else the trunk group's own destination. From a
 * phone: what it dialled. `refused` is a cause by Q.850.
 */
export function routeIncoming(
  settings: RoutingSettings,
  line: Pick<LineInfo, "group" | "extension">,
  called: string,
): Routed {
  if (line.extension !== undefined) {
    const match = matchDialled(settings, called);
    if (match.kind === "complete" || match.kind === "ambiguous") return { to: match.to };
    return { refused: match.kind === "invalid" ? match.cause : cause.invalidNumber };
  }
  const to = incomingRoute(settings, line.group, called)?.to ?? groupDestination(settings, line.group);
  return to === undefined ? { refused: cause.unallocated } : { to };
}

/** For lines that collect digits one by one: is this a number yet? */
export function matchNumber(
  settings: RoutingSettings,
  digits: string,
  line: Pick<LineInfo, "group" | "extension">,
): "incomplete" | "complete" | "ambiguous" | "invalid" {
  if (line.extension !== undefined) return matchDialled(settings, digits).kind;
  const routes = settings.incoming.filter((route) => route.group === undefined || route.group === line.group);
  const longer = routes.some((route) => {
    const fixed = prefixOf(route) ?? route.called;
    return fixed.length > digits.length && fixed.startsWith(digits);
  });
  const fits = incomingRoute(settings, line.group, digits) !== undefined;
  if (fits) return longer ? "ambiguous" : "complete";
  if (longer) return "incomplete";
  return groupDestination(settings, line.group) === undefined ? "invalid" : "complete";
}

/** An exact number before a prefix, a longer prefix before a shorter, a group's own route before a general one. */
function incomingRoute(
  settings: RoutingSettings,
  group: string | undefined,
  called: string,
): IncomingRoute | undefined {
  let best: IncomingRoute | undefined;
  let bestRank = -1;
  for (const route of settings.incoming) {
    if (route.group !== undefined && route.group !== group) continue;
    const prefix = prefixOf(route);
    if (prefix === undefined ? route.called !== called : !called.startsWith(prefix)) continue;
    const rank = (prefix === undefined ? 1000 : prefix.length * 2) + (route.group === undefined ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [route, rank];
  }
  return best;
}

function prefixOf(route: IncomingRoute): string | undefined {
  return route.called.endsWith("*") ? route.called.slice(0, -1) : undefined;
}

function groupDestination(settings: RoutingSettings, group: string | undefined): Destination | undefined {
  return settings.trunkGroups.find((one) => one.id === group)?.incoming;
}
