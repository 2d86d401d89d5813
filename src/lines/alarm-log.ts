// How often each alarm of a span came and for how long: plain data and pure functions, time passed in.

const day = 86_400_000;
/** Begins kept for the count of a day: a span that flaps every few seconds needs no exact one. */
const mostBegins = 1000;

/** One kind of alarm since the box started. Moments by the clock, milliseconds. */
export interface AlarmRecord {
  /** By the driver's name: RED, YELLOW, … */
  readonly alarm: string;
  readonly active: boolean;
  readonly lastBegin: number;
  /** Absent while it has not ended once. */
  readonly lastEnd?: number;
  readonly count: number;
  /** Begun within the last 24 hours. */
  readonly lastDay: number;
}

interface Entry {
  readonly alarm: string;
  readonly active: boolean;
  readonly begins: readonly number[];
  readonly lastEnd?: number;
  readonly count: number;
}

export type AlarmLog = readonly Entry[];

export const emptyAlarmLog: AlarmLog = [];

/** The log after these alarms are the active ones. */
export function logAlarms(log: AlarmLog, active: readonly string[], now: number): AlarmLog {
  const known = log.map((entry) => {
    const on = active.includes(entry.alarm);
    if (on === entry.active) return entry;
    return on ? begun(entry, now) : { ...entry, active: false, lastEnd: now };
  });
  const fresh = [...new Set(active)]
    .filter((alarm) => !log.some((entry) => entry.alarm === alarm))
    .map((alarm) => begun({ alarm, active: false, begins: [], count: 0 }, now));
  return [...known, ...fresh];
}

export function alarmRecords(log: AlarmLog, now: number): readonly AlarmRecord[] {
  return log.map(({ alarm, active, begins, lastEnd, count }) => ({
    alarm,
    active,
    lastBegin: begins.at(-1) ?? now,
    ...(lastEnd === undefined ? {} : { lastEnd }),
    count,
    lastDay: begins.filter((at) => at > now - day).length,
  }));
}

function begun(entry: Entry, now: number): Entry {
  const recent = entry.begins.filter((at) => at > now - day).slice(1 - mostBegins);
  return { ...entry, active: true, begins: [...recent, now], count: entry.count + 1 };
}
