// Who spoke with whom last: a caller may be given to the agent who knows the matter, and an agent says what the last call was
// about.
import type { AcdEvent } from "./evolve.ts";

/** Plain JSON: it can be kept, and gone on with. */
export interface KeptFamiliar {
  /** Number, agent, and when they spoke, oldest first. */
  readonly last: readonly (readonly [string, string, number])[];
  readonly conversations: readonly (readonly [string, Conversation])[];
  /** Callers in a queue: call, and number. */
  readonly callers: readonly (readonly [string, string])[];
}

export interface Familiar {
  /** Those who spoke at or after a moment. */
  kept(since: number): KeptFamiliar;
  take(event: AcdEvent): void;
  /** Takes each event that passes. */
  watch(history: Iterable<AcdEvent>): Iterable<AcdEvent>;
  /** The agent whom this number spoke with last, if any. */
  agentOf(number: string): { readonly agent?: string };
  /** The agent's present call, or the last one. */
  callOf(agent: string): Conversation | undefined;
  /** An agent speaks in a call that is no caller's of a queue: a callback. */
  speaks(agent: string, conversation: Conversation): void;
}

export interface Conversation {
  readonly call: string;
  readonly queue: string;
}

/** Callers who are remembered: the latest. */
const most = 50_000;

export function createFamiliar(kept: KeptFamiliar = { last: [], conversations: [], callers: [] }): Familiar {
  const last = new Map(kept.last.map(([number, agent, at]) => [number, { agent, at }]));
  /** Callers in line, by call. */
  const callers = new Map(kept.callers);
  const conversations = new Map(kept.conversations);

  const take = (event: AcdEvent): void => {
    if (event.type === "queue.entered") callers.set(event.call, event.caller.number);
    else if (event.type === "queue.left") callers.delete(event.call);
    else if (event.type === "queue.connected") {
      const number = callers.get(event.call);
      if (number === undefined) return;
      conversations.set(event.agent, { call: event.call, queue: event.queue });
      if (number === "") return;
      // The newest is at the end.
      last.delete(number);
      last.set(number, { agent: event.agent, at: event.at });
      const [oldest] = last.keys();
      if (last.size > most && oldest !== undefined) last.delete(oldest);
    }
  };
  return {
    take,
    *watch(history) {
      for (const event of history) {
        take(event);
        yield event;
      }
    },
    kept: (since) => ({
      last: [...last].flatMap(([number, { agent, at }]) =>
        at < since ? [] : [[number, agent, at] as const],
      ),
      conversations: [...conversations],
      callers: [...callers],
    }),
    callOf: (agent) => conversations.get(agent),
    speaks: (agent, conversation) => void conversations.set(agent, conversation),
    agentOf(number) {
      const spoken = last.get(number);
      return spoken === undefined ? {} : { agent: spoken.agent };
    },
  };
}
