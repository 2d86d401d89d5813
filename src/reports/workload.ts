// What a time asked of a call centre, read from its journal: who came when, how long they waited before they gave up, how long each
// conversation and wrap-up took, and when agents were there.
import type { AgentOptions, JournalEvent, QueueOptions } from "../shared/journal.ts";

/** One caller's coming to one queue. */
export interface Visit {
  readonly call: string;
  readonly queue: string;
  readonly caller: string;
  readonly at: number;
  readonly priority: number;
  readonly skills: Readonly<Record<string, number>>;
  /** When the caller left by choice; `null`: the caller did not, up to `waitedMs`. */
  gaveUpMs: number | null;
  waitedMs: number;
  /** Of those answered. */
  ringMs: number | null;
  talkMs: number | null;
  wrapUpMs: number | null;
}

export interface Settings {
  readonly at: number;
  readonly queues: readonly QueueOptions[];
  readonly agents: readonly AgentOptions[];
}

export interface Presence {
  readonly at: number;
  readonly agent: string;
  readonly what: "log-in" | "log-out" | "pause" | "ready";
}

export interface Workload {
  readonly visits: readonly Visit[];
  /** The first holds from the beginning. */
  readonly settings: readonly Settings[];
  readonly presence: readonly Presence[];
}

export const workloadTypes = [
  "acd.configured",
  "queue.entered",
  "queue.connected",
  "queue.left",
  "agent.wrap-up",
  "agent.idle",
  "agent.logged-in",
  "agent.logged-out",
  "agent.paused",
  "agent.ready",
] as const satisfies readonly JournalEvent["type"][];

export function readWorkload(events: Iterable<JournalEvent>, from: number, to: number): Workload {
  const visits: Visit[] = [];
  const settings: Settings[] = [];
  const presence: Presence[] = [];
  const open = new Map<string, Visit>();
  /** The last conversation of each agent, and since when it is wrapped up. */
  const last = new Map<string, Visit>();
  const wrapping = new Map<string, number>();
  const seats = new Map<string, { paused: boolean }>();
  const be = (at: number, agent: string, what: Presence["what"]): void => {
    if (at >= from && at < to) presence.push({ at, agent, what });
  };
  const wrapUpOver = (agent: string, at: number): void => {
    const since = wrapping.get(agent);
    const visit = last.get(agent);
    wrapping.delete(agent);
    if (since !== undefined && visit !== undefined) visit.wrapUpMs = Math.max(0, at - since);
  };
  const began = { yet: false };
  /** As it was when the time began. */
  const begin = (): void => {
    if (began.yet) return;
    began.yet = true;
    for (const [agent, { paused }] of seats) {
      presence.push({ at: from, agent, what: "log-in" });
      if (paused) presence.push({ at: from, agent, what: "pause" });
    }
  };
  for (const event of events) {
    if (event.at >= from) begin();
    switch (event.type) {
      case "acd.configured": {
        const { at, queues, agents } = event;
        if (at < from) settings.length = 0;
        if (at < to) settings.push({ at: Math.max(at, from), queues, agents });
        break;
      }
      case "queue.entered": {
        if (event.at < from || event.at >= to) break;
        const visit: Visit = {
          call: event.call,
          queue: event.queue,
          caller: event.caller.number,
          at: event.at,
          priority: event.priority,
          skills: event.asked?.skills ?? {},
          gaveUpMs: null,
          waitedMs: 0,
          ringMs: null,
          talkMs: null,
          wrapUpMs: null,
        };
        visits.push(visit);
        open.set(`${event.call} ${event.queue}`, visit);
        break;
      }
      case "queue.connected": {
        const visit = open.get(`${event.call} ${event.queue}`);
        if (visit === undefined) break;
        visit.waitedMs = event.waitedMs;
        visit.ringMs = event.ringMs;
        last.set(event.agent, visit);
        break;
      }
      case "queue.left": {
        const key = `${event.call} ${event.queue}`;
        const visit = open.get(key);
        open.delete(key);
        if (visit === undefined) break;
        visit.waitedMs = event.waitedMs;
        if (visit.ringMs !== null) visit.talkMs = event.talkedMs;
        else if (chosen.has(event.reason)) visit.gaveUpMs = event.waitedMs;
        break;
      }
      case "agent.wrap-up":
        wrapping.set(event.agent, event.at);
        break;
      case "agent.idle":
        wrapUpOver(event.agent, event.at);
        break;
      case "agent.logged-in":
        seats.set(event.agent, { paused: false });
        be(event.at, event.agent, "log-in");
        break;
      case "agent.logged-out":
        wrapUpOver(event.agent, event.at);
        seats.delete(event.agent);
        be(event.at, event.agent, "log-out");
        break;
      case "agent.paused": {
        const seat = seats.get(event.agent);
        if (seat?.paused === false) be(event.at, event.agent, "pause");
        if (seat !== undefined) seat.paused = true;
        break;
      }
      case "agent.ready": {
        wrapUpOver(event.agent, event.at);
        const seat = seats.get(event.agent);
        if (seat?.paused === true) be(event.at, event.agent, "ready");
        if (seat !== undefined) seat.paused = false;
        break;
      }
      default:
    }
  }
  begin();
  return { visits, settings, presence };
}

/** Ways out of a line that the caller chose. */
const chosen: ReadonlySet<string> = new Set(["abandoned", "key", "callback"]);
