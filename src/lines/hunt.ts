// Which free line of a trunk group is taken: an exchange's hunting orders, and what they need to remember.
import type { TrunkGroup } from "../config/settings.ts";
import type { LineInfo } from "./leg.ts";

/** Plain JSON; lines that are not named have not been used yet. */
export interface HuntMemory {
  /** The line that each group took last. */
  readonly last: Readonly<Record<string, string>>;
  /** How often each line was in use since the start, for calls of either direction. */
  readonly uses: Readonly<Record<string, number>>;
  /** When each line was free again, ms of the clock. */
  readonly freedAt: Readonly<Record<string, number>>;
}

export const freshHunt: HuntMemory = { last: {}, uses: {}, freedAt: {} };

export interface HuntAsk {
  readonly group: string;
  readonly order: TrunkGroup["hunt"];
  /** So many idle lines are left alone. */
  readonly reserve: number;
}

/**
 * The line to seize, or `undefined` when none may be had.
 * @param lines those of the group.
 */
export function hunt(
  lines: readonly LineInfo[],
  { group, order, reserve }: HuntAsk,
  memory: HuntMemory,
): LineInfo | undefined {
  const sorted = lines.toSorted(byPlace);
  const idle = sorted.filter(({ state }) => state === "idle");
  if (idle.length <= reserve) return undefined;
  const uses = ({ id }: LineInfo): number => memory.uses[id] ?? 0;
  const freedAt = ({ id }: LineInfo): number => memory.freedAt[id] ?? 0;
  switch (order) {
    case "first":
      return idle[0];
    case "last":
      return idle.at(-1);
    case "round-robin":
    case "round-robin-down": {
      const turned = order === "round-robin" ? sorted : sorted.toReversed();
      const from = turned.findIndex(({ id }) => id === memory.last[group]) + 1;
      return [...turned.slice(from), ...turned.slice(0, from)].find(({ state }) => state === "idle");
    }
    case "least-used":
      return idle.toSorted((a, b) => uses(a) - uses(b))[0];
    case "most-idle":
      return idle.toSorted((a, b) => freedAt(a) - freedAt(b))[0];
  }
}

/** The group took this line. */
export function taken(memory: HuntMemory, group: string, line: string): HuntMemory {
  return { ...memory, last: { ...memory.last, [group]: line } };
}

/** A line's state has changed. */
export function remember(
  memory: HuntMemory,
  line: Pick<LineInfo, "id" | "state">,
  before: LineInfo["state"] | undefined,
  now: number,
): HuntMemory {
  const { id, state } = line;
  if (state === before) return memory;
  if (state === "in-use") return { ...memory, uses: { ...memory.uses, [id]: (memory.uses[id] ?? 0) + 1 } };
  return before === "in-use" ? { ...memory, freedAt: { ...memory.freedAt, [id]: now } } : memory;
}

function byPlace(a: LineInfo, b: LineInfo): number {
  return a.span - b.span || a.position - b.position;
}
