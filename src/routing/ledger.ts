// Keeps the day's use, and ends calls whose minutes are used up while they are talked.
import type { Settings } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { Used, UsageScope } from "./context.ts";
import { freshUsage, scopeName, takeUsage, usedBy, type UsageState } from "./usage.ts";

export interface LedgerDeps {
  readonly clock: Clock;
  readonly settings: () => Pick<Settings, "appliance" | "limits" | "extensions" | "trunkGroups">;
  /** The minutes of this scope are used up: the call must end. */
  readonly end: (call: string, scope: string) => void;
  /** The journal of today, oldest first. */
  readonly history?: Iterable<JournalEvent>;
}

export interface Ledger {
  take(event: JournalEvent): void;
  used(scope: UsageScope): Used;
  close(): void;
}

/** Not more often than this is looked whether minutes are used up, ms. */
const leastWait = 1000;

export function createLedger({ clock, settings, end, history = [] }: LedgerDeps): Ledger {
  const timeZone = (): string => settings().appliance.timeZone;
  let state: UsageState = freshUsage;
  for (const event of history) state = takeUsage(state, event, timeZone());
  let timer: Cancel = () => undefined;

  const watch = (): void => {
    timer();
    const next = dueIn(state, settings(), clock.now());
    if (next !== undefined) timer = clock.after(Math.max(leastWait, next), look);
  };
  const look = (): void => {
    const now = clock.now();
    for (const { call, scopes } of Object.values(state.open)) {
      const over = scopes.find((scope) => (leftOf(state, settings(), scope, now) ?? 1) <= 0);
      if (over !== undefined) end(call, over);
    }
    watch();
  };

  return {
    take(event) {
      const next = takeUsage(state, event, timeZone());
      if (next === state) return;
      state = next;
      watch();
    },
    used: (scope) => usedBy(state, scopeName(scope), clock.now(), timeZone()),
    close: () => timer(),
  };
}

type Limiting = ReturnType<LedgerDeps["settings"]>;

/** Minutes per day of a scope, by its name. */
function minutesOf({ limits, extensions, trunkGroups }: Limiting, scope: string): number | undefined {
  if (scope === "box" || scope === "costly") return limits[scope].minutesPerDay;
  const name = scope.slice(scope.indexOf(":") + 1);
  if (scope.startsWith("group:")) return trunkGroups.find(({ id }) => id === name)?.limits.minutesPerDay;
  return (extensions.find(({ number }) => number === name)?.limits ?? limits.extension).minutesPerDay;
}

/** Conversation that is left today, ms; `undefined` without a limit. */
function leftOf(state: UsageState, settings: Limiting, scope: string, now: number): number | undefined {
  const minutes = minutesOf(settings, scope);
  if (minutes === undefined) return undefined;
  return minutes * 60_000 - usedBy(state, scope, now, settings.appliance.timeZone).ms;
}

/** When the first scope may be used up: several calls use one scope up together. */
function dueIn(state: UsageState, settings: Limiting, now: number): number | undefined {
  const talking = Object.values(state.open).filter(({ since }) => since !== undefined);
  const scopes = new Set(talking.flatMap((call) => call.scopes));
  const waits = [...scopes].flatMap((scope) => {
    const left = leftOf(state, settings, scope, now);
    const sharers = talking.filter((call) => call.scopes.includes(scope)).length;
    return left === undefined ? [] : [left / sharers];
  });
  return waits.length === 0 ? undefined : Math.min(...waits);
}
