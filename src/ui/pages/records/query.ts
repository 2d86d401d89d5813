// The filters of the records page, as they stand in the address, and as the server takes them.
import { dayAfter, midnightOf } from "../../lib/days.ts";
import type { Direction, Disposition, RecordsQuery } from "../../../web/api/records.ts";

export const directions: readonly Direction[] = ["in", "out", "internal"];
export const dispositions: readonly Disposition[] = ["answered", "abandoned", "self-service", "unanswered"];

/** `from` and `to` are days where the box is, `2026-11-22`. */
export function queryOf(filters: Readonly<Record<string, string>>, cursor: string | undefined): RecordsQuery {
  const { from, to, number, direction, disposition, queue, agent } = filters;
  const day = (text: string | undefined): number | undefined =>
    text === undefined || text === "" ? undefined : midnightOf(text);
  const next = to === undefined || to === "" ? undefined : midnightOf(dayAfter(to));
  const all = {
    from: day(from),
    to: next === undefined ? undefined : next - 1,
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
