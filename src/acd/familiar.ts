// Who spoke with whom last: a caller may be given to the agent who knows the matter.
import type { AcdEvent } from "./evolve.ts";

export interface Familiar {
  take(event: AcdEvent): void;
  /** Takes each event that passes. */
  watch(history: Iterable<AcdEvent>): Iterable<AcdEvent>;
  /** The agent whom this number spoke with last, if any. */
  agentOf(number: string): { readonly agent?: string };
}

/** Callers who are remembered: the latest. */
const most = 50_000;

export function createFamiliar(): Familiar {
  const last = new Map<string, string>();
  /** Callers in line, by call. */
  const callers = new Map<string, string>();

  const take = (event: AcdEvent): void => {
    if (event.type === "queue.entered" && event.caller.number !== "")
      callers.set(event.call, event.caller.number);
    else if (event.type === "queue.left") callers.delete(event.call);
    else if (event.type === "queue.connected") {
      const number = callers.get(event.call);
      if (number === undefined) return;
      // The newest is at the end.
      last.delete(number);
      last.set(number, event.agent);
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
    agentOf(number) {
      const agent = last.get(number);
      return agent === undefined ? {} : { agent };
    },
  };
}
