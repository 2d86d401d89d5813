// Since when each agent is logged in and not paused.
import type { JournalEvent } from "../shared/journal.ts";

export const readyTypes = [
  "agent.logged-in",
  "agent.logged-out",
  "agent.paused",
  "agent.ready",
] as const satisfies readonly JournalEvent["type"][];

/** By agent. Plain JSON. */
export type Ready = Record<string, number>;

/** @param over is told before an agent is ready no more */
export function followReady(
  ready: Ready,
  event: JournalEvent,
  over: (agent: string, at: number) => void,
): void {
  switch (event.type) {
    case "agent.logged-in":
    case "agent.ready":
      ready[event.agent] ??= event.at;
      return;
    case "agent.logged-out":
    case "agent.paused":
      over(event.agent, event.at);
      Reflect.deleteProperty(ready, event.agent);
      return;
    default:
  }
}
