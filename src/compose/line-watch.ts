// Writes into the journal what goes wrong with lines and spans, when it is over, and from where spans have their clock.
import type { LineInfo, LineMaintenance, Lines, LineState } from "../lines/leg.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";

export function watchLines(lines: Pick<Lines, "events" | "spans" | "list">, note: Note): Unsubscribe {
  const alarms = new Map(lines.spans().map((span) => [span.number, span.alarms.join()]));
  const clocks = new Map(lines.spans().map((span) => [span.number, span.syncSource]));
  const faulty = new Map(lines.list().map((line) => [line.id, faultOf(line)]));
  const groups = watchGroups(lines, note);
  return lines.events.on((event) => {
    if (event.type === "line") groups(event.line);
    if (event.type === "span") {
      const { number, name, alarms: now, syncSource } = event.span;
      const clock = clocks.get(number);
      clocks.set(number, syncSource);
      if (clock !== undefined && clock !== syncSource)
        note({ type: "clock.moved", span: number, name, from: clock, to: syncSource });
      if (alarms.get(number) === now.join()) return;
      alarms.set(number, now.join());
      if (now.length > 0) note({ type: "alarm.raised", span: number, name, alarms: now });
      else note({ type: "alarm.cleared", span: number, name });
    } else if (event.type === "line") {
      const { id, state } = event.line;
      const fault = faultOf(event.line);
      if (faulty.get(id) === fault) return;
      faulty.set(id, fault);
      note({ type: "line.state", line: id, state });
    }
  });
}

/** Of trunk groups: that no line can be had, and that one can again. @returns takes a line that has changed */
function watchGroups(lines: Pick<Lines, "list">, note: Note): (line: LineInfo) => void {
  const known = new Map<string, { readonly group: string; readonly idle: boolean }>();
  const groups = new Map<string, { lines: number; idle: number; full: boolean }>();
  let news = false;
  const count = (line: string, by: 1 | -1): void => {
    const { group = "", idle = false } = known.get(line) ?? {};
    const sums = groups.get(group);
    if (sums === undefined) return;
    sums.lines += by;
    sums.idle += idle ? by : 0;
  };
  const take = ({ id, group, state }: LineInfo): void => {
    const before = known.get(id)?.group;
    count(id, -1);
    known.delete(id);
    if (group !== undefined) {
      if (!groups.has(group)) groups.set(group, { lines: 0, idle: 0, full: false });
      known.set(id, { group, idle: state === "idle" });
      count(id, 1);
    }
    for (const name of new Set([before, group])) tell(name);
  };
  const tell = (group: string | undefined): void => {
    const sums = group === undefined ? undefined : groups.get(group);
    if (group === undefined || sums === undefined) return;
    const full = sums.lines > 0 && sums.idle === 0;
    if (sums.full === full) return;
    sums.full = full;
    if (news) note({ type: full ? "group.full" : "group.free", group, lines: sums.lines });
  };
  // A box begins with lines that are not up yet: what is so then is no news.
  for (const line of lines.list()) take(line);
  news = true;
  return take;
}

/** Trunk groups of which no line can be had. */
export function fullGroups(lines: readonly LineInfo[]): readonly string[] {
  const idle = new Map<string, boolean>();
  for (const { group, state } of lines)
    if (group !== undefined) idle.set(group, idle.get(group) === true || state === "idle");
  return [...idle].flatMap(([group, some]) => (some ? [] : [group]));
}

const countersMs = 10_000;

/** Reads the spans' counters every now and then, until the result is called. */
export function readCounters(lines: Pick<LineMaintenance, "readCounters">, clock: Clock): Cancel {
  let cancel: Cancel = () => undefined;
  const read = (): void => {
    lines.readCounters();
    cancel = clock.after(countersMs, read);
  };
  cancel = clock.after(countersMs, read);
  return () => cancel();
}

/** Calls are told of by the calls themselves: only what keeps a line from carrying one is of interest here. */
function faultOf(line: LineInfo): LineState | undefined {
  return line.state === "idle" || line.state === "in-use" ? undefined : line.state;
}
