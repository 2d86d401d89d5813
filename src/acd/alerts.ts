// Watches over queues, agents and trunk groups by the rules of the settings, and tells people when something is not as it should be.
import type { Alert } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { LiveAgent, LiveQueue } from "./live.ts";

/** What a rule finds now, and since when. Plain JSON. */
export interface RaisedAlert {
  /** Of the rule. */
  readonly id: string;
  readonly name: string;
  readonly what: Alert["what"];
  /** Queue, trunk group or agent. */
  readonly about: string;
  /** Percent, seconds, callers or agents, when it was raised. */
  readonly value: number;
  readonly since: number;
}

export interface AlertsDeps {
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  readonly rules: () => readonly Alert[];
  readonly queues: () => readonly LiveQueue[];
  readonly agents: () => readonly LiveAgent[];
  /** Trunk groups of which no line can be had. */
  readonly fullGroups: () => readonly string[];
}

export interface Alerts {
  list(): readonly RaisedAlert[];
  /** The settings have other rules now. */
  rulesChanged(): void;
  /** The list has changed. */
  readonly events: Events<undefined>;
  close(): void;
}

const lookMs = 1000;
/** Of fewer calls a share says nothing. */
const fewest = 5;

interface Finding {
  readonly about: string;
  readonly value: number;
}

export function createAlerts(deps: AlertsDeps): Alerts {
  const { clock, note, log, rules } = deps;
  const events = createEmitter<undefined>((error) => log.error({ err: error }, "a listener of alerts"));
  /** Since when each finding holds, those that were told among them. */
  const held = new Map<string, { readonly since: number; readonly alert?: RaisedAlert }>();
  /** Only where there are rules, or something to take back. */
  let cancel: Cancel | undefined;

  const look = (): void => {
    const now = clock.now();
    const seen = new Set<string>();
    let news = false;
    for (const rule of rules()) {
      for (const { about, value } of find(rule, deps, now)) {
        const key = `${rule.id} ${about}`;
        seen.add(key);
        const { since, alert } = held.get(key) ?? { since: now };
        if (alert !== undefined) continue;
        if (now - since < rule.forSeconds * 1000) {
          held.set(key, { since });
          continue;
        }
        const { id, name, what } = rule;
        const raised = { id, name, what, about, value, since: now };
        held.set(key, { since, alert: raised });
        note({ type: "alert.raised", rule: id, name, what, about, value });
        news = true;
      }
    }
    for (const [key, { alert }] of [...held]) {
      if (seen.has(key)) continue;
      held.delete(key);
      if (alert === undefined) continue;
      const { id, name, what, about } = alert;
      note({ type: "alert.cleared", rule: id, name, what, about });
      news = true;
    }
    if (news) events.emit(undefined);
    cancel = undefined;
    begin();
  };
  const begin = (): void => {
    if (rules().length > 0 || held.size > 0) cancel ??= clock.after(lookMs, look);
  };
  begin();

  return {
    events,
    rulesChanged: begin,
    list: () => [...held.values()].flatMap(({ alert }) => alert ?? []),
    close() {
      cancel?.();
      events.clear();
    },
  };
}

/** What a rule finds now, in each queue, group or agent. */
function find(rule: Alert, deps: AlertsDeps, now: number): readonly Finding[] {
  const { what, limit, queue: only, group } = rule;
  switch (what) {
    case "trunks-busy":
      return deps
        .fullGroups()
        .filter((one) => group === undefined || one === group)
        .map((about) => ({ about, value: 0 }));
    case "pause-too-long":
      return deps
        .agents()
        .filter((agent) => agent.limit === true && (only === undefined || agent.queues.includes(only)))
        .map(({ number, since }) => ({ about: number, value: Math.round((now - since) / 1000) }));
    default:
      return deps
        .queues()
        .filter(({ id }) => only === undefined || id === only)
        .flatMap((queue) => {
          const value = valueOf(what, queue, now);
          const bad =
            value !== undefined &&
            (what === "wait-above" || what === "waiting-above"
              ? value >= Math.max(1, limit)
              : what === "available-below"
                ? value <= limit
                : value < limit);
          return bad ? [{ about: queue.id, value }] : [];
        });
  }
}

/** Percent, seconds, callers or agents; `undefined`: there is nothing to say. */
function valueOf(what: Alert["what"], queue: LiveQueue, now: number): number | undefined {
  const { totals, longestSince, waiting, agents, available } = queue;
  switch (what) {
    case "service-level-below": {
      const counted = totals.connected + totals.abandoned;
      return counted < fewest ? undefined : Math.round((totals.inTime / counted) * 100);
    }
    case "wait-above":
      return longestSince === undefined ? undefined : Math.floor((now - longestSince) / 1000);
    case "waiting-above":
      return waiting;
    case "available-below":
      // At night nobody is missed.
      return agents === 0 && waiting === 0 ? undefined : available;
    default:
      return undefined;
  }
}
