// Whether an office is open at a moment. Wall-clock times are compared as such, so a day on which the clocks are
// changed needs no care: what the clock on the wall says counts.
import type { HolidayList, Schedule } from "../config/settings.ts";
import { weekdays } from "../config/settings.ts";
import { localTime, type LocalTime } from "../shared/local-time.ts";

export interface ScheduleVerdict {
  readonly state: "open" | "closed" | "holiday";
  /** What decided: by hand, a single date, a holiday (named in `name`), or the hours of the week. */
  readonly by: "override" | "date" | "holiday" | "week";
  readonly name?: string;
}

export interface Calendar {
  readonly schedules: readonly Schedule[];
  readonly holidays: readonly HolidayList[];
  readonly timeZone: string;
}

/**
 * By hand before single dates, those before holidays, those before the week. `undefined`: no such schedule.
 * @param at wall clock, milliseconds since 1970 UTC
 */
export function scheduleAt(calendar: Calendar, id: string, at: number): ScheduleVerdict | undefined {
  const schedule = calendar.schedules.find((one) => one.id === id);
  if (schedule === undefined) return undefined;
  if (schedule.override !== "none") return { state: schedule.override, by: "override" };
  const now = localTime(at, calendar.timeZone);
  const date = schedule.dates.find((one) => isOn(one, now.date));
  if (date !== undefined)
    return { state: date.open.some((hours) => within(hours, now.time)) ? "open" : "closed", by: "date" };
  for (const list of calendar.holidays.filter(({ id }) => schedule.holidays.includes(id))) {
    const day = list.days.find((one) => isOn(one, now.date));
    if (day !== undefined) return { state: "holiday", by: "holiday", name: day.name ?? list.name };
  }
  return { state: openByWeek(schedule, now) ? "open" : "closed", by: "week" };
}

interface Hours {
  readonly from: string;
  readonly to: string;
}

function isOn({ date, until }: { readonly date: string; readonly until?: string }, today: string): boolean {
  const day = date.length === 5 ? today.slice(5) : today;
  if (until === undefined) return day === date;
  // Every year from 12-24 to 01-02: over the turn of the year.
  return date <= until ? date <= day && day <= until : day >= date || day <= until;
}

function within({ from, to }: Hours, time: string): boolean {
  return from < to ? from <= time && time < to : time >= from;
}

function openByWeek({ week }: Schedule, { weekday, time }: LocalTime): boolean {
  const today = weekdays[weekday];
  const yesterday = weekdays[(weekday + 6) % 7];
  return week.some(
    (hours) =>
      (hours.days.some((day) => day === today) && within(hours, time)) ||
      (hours.from >= hours.to && hours.days.some((day) => day === yesterday) && time < hours.to),
  );
}
