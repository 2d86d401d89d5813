// What a waiting call needs of an agent, and how that becomes less while it waits.
import type { Needs } from "../shared/journal.ts";
import type { AgentState, QueueRules, QueueState } from "./state.ts";

/** Every level, nothing special, anybody. */
export const anyLevel = 1_000_000;
export const noNeeds: Needs = { level: anyLevel, skills: {}, agent: null };
const plain = "any";

export const isNone = ({ level, skills, agent }: Needs): boolean =>
  level === anyLevel && agent === null && Object.keys(skills).length === 0;

/** What all calls with the same needs share. */
export function lineOf(needs: Needs): string {
  if (needs === noNeeds) return plain;
  const { level, skills, agent } = needs;
  if (agent !== null) return `@${agent}`;
  const wanted = Object.entries(skills);
  const upTo = level === anyLevel ? plain : `to ${level}`;
  if (wanted.length === 0) return upTo;
  return `${upTo} ${wanted
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([skill, least]) => `${skill}:${least}`)
    .join(" ")}`;
}

/** The queue's own demands with those of the call: the higher one of each skill. @param agent whom the caller knows */
export function askedOf(
  rules: QueueRules,
  own: Readonly<Record<string, number>> = {},
  agent: string | null = null,
): Needs {
  const skills: Record<string, number> = { ...rules.skills };
  for (const [skill, least] of Object.entries(own)) skills[skill] = Math.max(least, skills[skill] ?? 0);
  const kept = rules.stickyMs > 0 ? agent : null;
  return kept === null && Object.keys(skills).length === 0
    ? noNeeds
    : { level: anyLevel, skills, agent: kept };
}

/** What is still needed after so long a wait. */
export function needsAfter(rules: QueueRules, asked: Needs, waitedMs: number): Needs {
  if (asked === noNeeds && rules.tierMs === 0) return noNeeds;
  const lowerBy = rules.relax.reduce(
    (most, step) => (step.afterMs <= waitedMs ? Math.max(most, step.lowerBy) : most),
    0,
  );
  const skills =
    lowerBy === 0
      ? asked.skills
      : Object.fromEntries(
          Object.entries(asked.skills).flatMap(([skill, least]) =>
            least > lowerBy ? [[skill, least - lowerBy] as const] : [],
          ),
        );
  return {
    level: rules.tierMs > 0 ? 1 + Math.floor(waitedMs / rules.tierMs) : anyLevel,
    skills,
    agent: waitedMs < rules.stickyMs ? asked.agent : null,
  };
}

/** After how long a wait less is needed than after `waitedMs`; `undefined` when no more is given up. */
export function nextWidening(
  rules: QueueRules,
  asked: Needs,
  waitedMs: number,
  highest: number,
): number | undefined {
  if (asked === noNeeds && rules.tierMs === 0) return undefined;
  const moments: number[] = [];
  if (Object.keys(asked.skills).length > 0) moments.push(...rules.relax.map(({ afterMs }) => afterMs));
  if (asked.agent !== null) moments.push(rules.stickyMs);
  if (rules.tierMs > 0) {
    const next = Math.floor(waitedMs / rules.tierMs) + 1;
    if (next < highest) moments.push(next * rules.tierMs);
  }
  const later = moments.filter((moment) => moment > waitedMs);
  return later.length === 0 ? undefined : Math.min(...later);
}

/**
 * May this agent, a member of the queue at this level, have a call with these needs? A level opens early where nobody of a
 * lower one is logged in.
 */
export function suits(queue: QueueState, needs: Needs, agent: AgentState, level: number): boolean {
  if (needs.agent !== null) return needs.agent === agent.number;
  if (level > needs.level && level > lowestStaffed(queue)) return false;
  for (const skill in needs.skills) if ((agent.skills[skill] ?? 0) < (needs.skills[skill] ?? 0)) return false;
  return true;
}

function lowestStaffed({ staff }: QueueState): number {
  let lowest = anyLevel;
  for (const level in staff) if ((staff[level] ?? 0) > 0) lowest = Math.min(lowest, Number(level));
  return lowest;
}
