// Days at the appliance's place, wherever the browser is.
import { session } from "./session.svelte.ts";

const dayMs = 86_400_000;

/** `2026-11-22`, and how long that day has lasted by the clock on the wall, milliseconds. */
function wall(at: number): { readonly date: string; readonly sinceMidnight: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: session.me?.timeZone ?? "UTC",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? "0";
  const seconds = (Number(of("hour")) * 60 + Number(of("minute"))) * 60 + Number(of("second"));
  return { date: `${of("year")}-${of("month")}-${of("day")}`, sinceMidnight: seconds * 1000 + (at % 1000) };
}

export const dateOf = (at: number): string => wall(at).date;

/** When a day began: `2026-11-22`. @returns undefined for what is no day */
export function midnightOf(date: string): number | undefined {
  const noon = Date.parse(`${date}T12:00Z`);
  if (Number.isNaN(noon)) return undefined;
  // Zones are up to fourteen hours off; some hour of the day is among these.
  for (const hours of [0, -14, 12]) {
    const at = noon + hours * 3_600_000;
    const there = wall(at);
    if (there.date !== date) continue;
    const guess = at - there.sinceMidnight;
    const off = wall(guess);
    if (off.sinceMidnight === 0) return guess;
    // Clocks were changed since midnight.
    return off.date === date ? guess - off.sinceMidnight : guess + (dayMs - off.sinceMidnight);
  }
  return undefined;
}

/** The day so many days later. */
export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T12:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
