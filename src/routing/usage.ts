// What has been dialled outside today, by whom and over which trunk group: a fold over the journal, so that a restart
// forgets nothing. A day begins at local midnight.
import type { DialClass } from "../config/settings.ts";
import type { JournalEvent } from "../shared/journal.ts";
import { localMidnight, localTime } from "../shared/local-time.ts";
import { costly, nothingUsed, type Used, type UsageScope } from "./context.ts";

/** Plain JSON. Scopes by name: `box`, `costly`, `extension:201`, `group:city`. */
export interface UsageState {
  /** `2027-02-06` */
  readonly day: string;
  /** Calls that were begun, and conversations that are over. */
  readonly done: Readonly<Record<string, Omit<Used, "concurrent">>>;
  /** By leg. */
  readonly open: Readonly<Record<string, OpenCall>>;
}

export interface OpenCall {
  readonly call: string;
  readonly scopes: readonly string[];
  /** Since when it is talked, or since midnight. */
  readonly since?: number;
}

export const freshUsage: UsageState = { day: "", done: {}, open: {} };

/** The journal's events that count. */
export const usageEventTypes = ["leg.added", "leg.state", "leg.ended", "call.ended"] as const;

export const scopeName = (scope: UsageScope): string =>
  "name" in scope ? `${scope.scope}:${scope.name}` : scope.scope;

export function takeUsage(state: UsageState, event: JournalEvent, timeZone: string): UsageState {
  switch (event.type) {
    case "leg.added": {
      const { class: dialClass, group, payer, call, leg } = event;
      if (dialClass === undefined || dialClass === "emergency" || group === undefined) return state;
      const scopes = [
        "box",
        ...(costly(dialClass as DialClass) ? ["costly"] : []),
        `group:${group}`,
        ...(payer === undefined ? [] : [`extension:${payer}`]),
      ];
      const today = onDay(state, event.at, timeZone);
      const begun = { ...today, open: { ...today.open, [leg]: { call, scopes } } };
      return scopes.reduce((sum, scope) => plus(sum, scope, { calls: 1, ms: 0 }), begun);
    }
    case "leg.state": {
      const open = state.open[event.leg];
      if (open === undefined || event.state !== "connected" || open.since !== undefined) return state;
      const today = onDay(state, event.at, timeZone);
      return { ...today, open: { ...today.open, [event.leg]: { ...open, since: event.at } } };
    }
    case "leg.ended":
      return close(state, event.leg, event.at, timeZone);
    case "call.ended":
      // A call that a restart cut off: its legs ended untold.
      return Object.entries(state.open)
        .filter(([, { call }]) => call === event.call)
        .reduce((sum, [leg]) => close(sum, leg, event.at, timeZone), state);
    default:
      return state;
  }
}

export function usedBy(state: UsageState, scope: string, now: number, timeZone: string): Used {
  const today = onDay(state, now, timeZone);
  const open = Object.values(today.open).filter(({ scopes }) => scopes.includes(scope));
  const { calls, ms } = today.done[scope] ?? nothingUsed;
  const running = open.reduce((sum, { since }) => sum + (since === undefined ? 0 : elapsed(since, now)), 0);
  return { concurrent: open.length, calls, ms: ms + running };
}

/** On a new day the counts begin again; what is still talked counts from midnight on. */
function onDay(state: UsageState, at: number, timeZone: string): UsageState {
  const { date } = localTime(at, timeZone);
  if (state.day === date) return state;
  const midnight = localMidnight(at, timeZone);
  const open = Object.entries(state.open).map(([leg, call]) => [
    leg,
    call.since === undefined ? call : { ...call, since: Math.max(call.since, midnight) },
  ]);
  return { day: date, done: {}, open: Object.fromEntries(open) as UsageState["open"] };
}

function close(before: UsageState, leg: string, at: number, timeZone: string): UsageState {
  if (before.open[leg] === undefined) return before;
  const state = onDay(before, at, timeZone);
  const { [leg]: ended, ...open } = state.open;
  if (ended?.since === undefined) return { ...state, open };
  const ms = elapsed(ended.since, at);
  return ended.scopes.reduce<UsageState>((sum, scope) => plus(sum, scope, { calls: 0, ms }), {
    ...state,
    open,
  });
}

function plus(state: UsageState, scope: string, more: Omit<Used, "concurrent">): UsageState {
  const { calls, ms } = state.done[scope] ?? nothingUsed;
  return { ...state, done: { ...state.done, [scope]: { calls: calls + more.calls, ms: ms + more.ms } } };
}

// The wall clock may jump back.
const elapsed = (from: number, to: number): number => Math.max(0, to - from);
