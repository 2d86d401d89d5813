// Least talk time: who has talked the least today, in all queues together.
import type { Strategy } from "./strategy.ts";

export const leastTalkTime: Strategy = {
  id: "least-talk-time",
  key: ({ tallies }) => Object.values(tallies).reduce((sum, { talkMs }) => sum + talkMs, 0),
};
