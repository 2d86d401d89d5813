// Writes into the journal what goes wrong with lines and spans, when it is over, and from where spans have their clock.
import type { LineInfo, LineMaintenance, Lines, LineState } from "../lines/leg.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";

export function watchLines(lines: Pick<Lines, "events" | "spans" | "list">, note: Note): Unsubscribe {
  const alarms = new Map(lines.spans().map((span) => [span.number, span.alarms.join()]));
  const clocks = new Map(lines.spans().map((span) => [span.number, span.syncSource]));
  const faulty = new Map(lines.list().map((line) => [line.id, faultOf(line)]));
  const loud = new Map<string, number>();
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
      const { id, state, tooLoud } = event.line;
      if (tooLoud !== undefined && loud.get(id) !== tooLoud.at) {
        loud.set(id, tooLoud.at);
        note({ type: "line.too-loud", line: id, share: tooLoud.share });
      }
      const fault = faultOf(event.line);
      if (faulty.get(id) === fault) return;
      faulty.set(id, fault);
      note({ type: "line.state", line: id, state });
    }
  });
}

/** Of trunk groups: that no line can be had, and that one can again. @returns takes a line that has changed */
function watchGroups(lines: Pick<Lines, "list">, note: Note): (line: LineInfo) => void {
  const known = new Map(lines.list().map((line) => [line.id, line]));
  // A box begins with lines that are not up yet: what is so then is no news.
  let full = new Set(fullGroups([...known.values()]));
  return (line) => {
    known.set(line.id, line);
    const all = [...known.values()];
    const now = new Set(fullGroups(all));
    const tell = (type: "group.full" | "group.free", group: string): void =>
      note({ type, group, lines: all.filter((one) => one.group === group).length });
    for (const group of now) if (!full.has(group)) tell("group.full", group);
    for (const group of full) if (!now.has(group)) tell("group.free", group);
    full = now;
  };
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
