// The filters of the records page, as they stand in the address, and as the server takes them.
import type { Direction, Disposition, RecordsQuery } from "../../../web/api/records.ts";

export const directions: readonly Direction[] = ["in", "out", "internal"];
export const dispositions: readonly Disposition[] = ["answered", "abandoned", "self-service", "unanswered"];

const dayMs = 86_400_000;

/** `from` and `to` are local days, `2026-11-22`. */
export function queryOf(filters: Readonly<Record<string, string>>, cursor: string | undefined): RecordsQuery {
  const { from, to, number, direction, disposition, queue, agent } = filters;
  const day = (text: string | undefined): number | undefined => {
    const at = text === undefined || text === "" ? NaN : new Date(`${text}T00:00`).getTime();
    return Number.isNaN(at) ? undefined : at;
  };
  const last = day(to);
  const all = {
    from: day(from),
    to: last === undefined ? undefined : last + dayMs - 1,
    number: number?.replaceAll(/[^0-9*#+]/g, ""),
    direction: directions.find((one) => one === direction),
    disposition: dispositions.find((one) => one === disposition),
    queue,
    agent,
    cursor,
    limit: 50,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== ""),
  ) as RecordsQuery;
}
