// What a waiting caller is told about the place in line, and what both are told of each other before they speak.
import type { SayItem } from "../calls/say.ts";
import type { Queue } from "../config/settings.ts";

/** Less is not worth a sentence. */
const leastWaitMs = 60_000;

/** @param position 1 for the first in line; anything less says nothing. @param waitMs from now on, where it is to be said */
export function positionItems(position: number, waitMs = 0): readonly SayItem[] {
  if (position < 1) return [];
  const wait: readonly SayItem[] =
    waitMs < leastWaitMs
      ? []
      : [{ prompt: "queue-holdtime" }, { number: Math.round(waitMs / 60_000) }, { prompt: "queue-minutes" }];
  if (position === 1) return [{ prompt: "queue-youarenext" }, ...wait, { prompt: "queue-thankyou" }];
  return [
    { prompt: "queue-thereare" },
    { place: position },
    { prompt: "queue-callswaiting" },
    ...wait,
    { prompt: "queue-thankyou" },
  ];
}

/** To the caller: who is about to speak. */
export const servingItems = (agent: string): readonly SayItem[] => [
  { prompt: "agent-number" },
  { digits: agent },
  { prompt: "agent-serves" },
];

/** To the agent: of which queue the caller is, and how long the wait was. */
export function heldItems({ agentHears, name }: Queue, waitedMs: number): readonly SayItem[] {
  const seconds = Math.round(waitedMs / 1000);
  const minutes = Math.round(waitedMs / 60_000);
  const wait: readonly SayItem[] =
    seconds < 60
      ? [{ prompt: "queue-reporthold" }, { number: seconds }, { prompt: "queue-seconds" }]
      : [{ prompt: "queue-reporthold" }, { number: minutes }, { prompt: "queue-minutes" }];
  return [
    ...(agentHears.includes("queue") ? [{ text: name }] : []),
    ...(agentHears.includes("wait") ? wait : []),
  ];
}
