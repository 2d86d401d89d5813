// What a change of the settings of lines comes to: the spans whose lines must be built anew, and what differs.
import { differingPaths } from "../config/difference.ts";
import type { AnalogSettings, Settings, SpanSettings } from "../config/settings.ts";

/** The sections that say what lines are. */
export type LineSettings = Pick<Settings, "spans" | "analog">;

export interface Difference {
  /** JSON pointer into the settings: `/spans/0/side`. */
  readonly path: string;
  /** As JSON; absent where there was, or is, nothing. */
  readonly before?: string;
  readonly after?: string;
}

/** Read by lines each time they need them: a change of these touches no call. */
const live: ReadonlySet<string> = new Set(["name", "group", "ranges", "audio"]);

/** Numbers of the spans whose lines have to be built anew, in order. */
export function affectedSpans(before: LineSettings, after: LineSettings): readonly number[] {
  const spans = changed(before.spans, after.spans, ({ span }: SpanSettings) => String(span)).map(Number);
  const ports = changed(
    before.analog,
    after.analog,
    ({ port }: AnalogSettings) => `${port.span}/${port.position}`,
  );
  const numbers = [...spans, ...ports.map((port) => Number(port.split("/")[0]))];
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function changed<T extends object>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (each: T) => string,
): readonly string[] {
  const names = [...new Set([...before, ...after].map(nameOf))];
  const text = (list: readonly T[], name: string): string => {
    const found = list.find((each) => nameOf(each) === name) ?? {};
    return JSON.stringify(
      Object.entries(found)
        .filter(([key]) => !live.has(key))
        .sort(),
    );
  };
  return names.filter((name) => text(before, name) !== text(after, name));
}

export function differences(before: LineSettings, after: LineSettings): readonly Difference[] {
  const [from, to] = [linesOf(before), linesOf(after)];
  return differingPaths(from, to).map((path) => {
    const [was, is] = [valueAt(from, path), valueAt(to, path)];
    return {
      path,
      ...(was === undefined ? {} : { before: JSON.stringify(was) }),
      ...(is === undefined ? {} : { after: JSON.stringify(is) }),
    };
  });
}

export function linesOf({ spans, analog }: LineSettings): LineSettings {
  return { spans, analog };
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const part of path.split("/").slice(1)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at;
}
