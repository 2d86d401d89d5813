// Best skilled: who has most of the skills that the call asks for, summed up; among equals the longest idle.
import type { Strategy } from "./strategy.ts";

export const bestSkilled: Strategy = {
  id: "best-skilled",
  key: (agent) => agent.freeOrder,
  fit: ({ skills }, { skills: wanted }) =>
    Object.keys(wanted).reduce((sum, skill) => sum + (skills[skill] ?? 0), 0),
};
