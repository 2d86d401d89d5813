// Wall-clock time at the appliance's place, by the time zones that the runtime brings along.

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Hour of the day there, 0–23. */
export function localHour(at: number, timeZone: string): number {
  return parts(at, timeZone).hour;
}

export interface LocalTime {
  /** `2027-02-06`. */
  readonly date: string;
  /** 0 for Sunday. */
  readonly weekday: number;
  /** `08:30`. */
  readonly time: string;
}

/** What a calendar and a clock on the wall there say. */
export function localTime(at: number, timeZone: string): LocalTime {
  const { year, month, day, hour, minute } = parts(at, timeZone);
  const two = (n: number): string => String(n).padStart(2, "0");
  return {
    date: `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    time: `${two(hour)}:${two(minute)}`,
  };
}

/** The zone of a moment there as POSIX has it, by its distance from UTC alone: `LT-8:00` east of it. */
export function posixZone(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /^GMT([+-])(\d+):(\d+)$/u.exec(offset) ?? [];
  if (hours === undefined) return "LT0";
  return `LT${sign === "+" ? "-" : ""}${Number(hours)}:${minutes ?? "00"}`;
}

/** The moment when the present day began there, also on days when the clocks are changed. */
export function localMidnight(now: number, timeZone: string): number {
  const today = parts(now, timeZone);
  const guess = now - sinceMidnight(now, timeZone);
  // When the clocks went forward or back since, the guess is off by that much, into this day or the one before.
  const there = parts(guess, timeZone);
  const off = sinceMidnight(guess, timeZone);
  if (off === 0 && there.day === today.day) return guess;
  return there.day === today.day ? guess - off : guess + (86_400_000 - off);
}

function sinceMidnight(at: number, timeZone: string): number {
  const { hour, minute, second } = parts(at, timeZone);
  return ((hour * 60 + minute) * 60 + second) * 1000 + (at % 1000);
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function parts(at: number, timeZone: string): Parts {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    const numeric = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    formatter = new Intl.DateTimeFormat("en", {
      ...numeric,
      timeZone,
      hourCycle: "h23",
      calendar: "gregory",
    });
    formatters.set(timeZone, formatter);
  }
  const found = formatter.formatToParts(at);
  const part = (type: string): number => Number(found.find((one) => one.type === type)?.value ?? 0);
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}
