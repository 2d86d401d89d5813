// Wall-clock time at the appliance's place, by the time zones that the runtime brings along.

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Hour of the day there, 0–23. */
export function localHour(at: number, timeZone: string): number {
  return parts(at, timeZone).hour;
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
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function parts(at: number, timeZone: string): Parts {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    const numeric = { day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
    formatter = new Intl.DateTimeFormat("en", { ...numeric, timeZone, hourCycle: "h23" });
    formatters.set(timeZone, formatter);
  }
  const found = formatter.formatToParts(at);
  const part = (type: string): number => Number(found.find((one) => one.type === type)?.value ?? 0);
  return { day: part("day"), hour: part("hour"), minute: part("minute"), second: part("second") };
}
