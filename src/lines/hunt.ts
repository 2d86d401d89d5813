// Which free line of a trunk group is taken: an exchange's hunting orders.
import type { TrunkGroup } from "../config/settings.ts";
import type { LineInfo } from "./leg.ts";

/**
 * The line to seize, or `undefined` when none is idle.
 * @param lines those of the group.
 * @param last the line taken last, for round-robin.
 */
export function hunt(
  lines: readonly LineInfo[],
  order: TrunkGroup["hunt"],
  last: string | undefined,
): LineInfo | undefined {
  const sorted = lines.toSorted(byPlace);
  const idle = (line: LineInfo): boolean => line.state === "idle";
  switch (order) {
    case "first":
      return sorted.find(idle);
    case "last":
      return sorted.findLast(idle);
    case "round-robin": {
      const from = sorted.findIndex(({ id }) => id === last) + 1;
      return [...sorted.slice(from), ...sorted.slice(0, from)].find(idle);
    }
  }
}

function byPlace(a: LineInfo, b: LineInfo): number {
  return a.span - b.span || a.position - b.position;
}
