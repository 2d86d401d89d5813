// Blocking, clearing and testing of lines, spans and trunk groups.
import { CallboxError } from "../shared/errors.ts";
import type { Line } from "./context.ts";
import type { FrameRing } from "./isdn/frame-ring.ts";
import type { LineMaintenance } from "./leg.ts";
import { testOf } from "./line-test.ts";
import { measureBits, measureEcho, measureLevel } from "./measurements.ts";
import { covers, type LineTarget } from "./service.ts";
import type { WatchedSpan } from "./watched-span.ts";

/** Q.850: temporary failure. */
const temporaryFailure = 41;

export function createMaintenance(own: {
  readonly lines: () => readonly Line[];
  readonly spans: () => readonly WatchedSpan[];
  /** `undefined` for a span without a D-channel. */
  readonly trace: (span: number) => FrameRing | undefined;
  readonly changed: (line: Line) => void;
  readonly closed: () => boolean;
  readonly tap: LineMaintenance["tap"];
}): LineMaintenance {
  /** Those that are named; a span may be there without a line. */
  const named = (target: LineTarget): readonly Line[] => {
    if (own.closed()) throw new CallboxError("ERR_CLOSED", { detail: "lines" });
    const lines = own.lines().filter((line) => covers(target, line.info()));
    if ("span" in target && !own.spans().some(({ number }) => number === target.span))
      throw new CallboxError("ERR_SPAN_UNKNOWN", { detail: String(target.span) });
    if (lines.length === 0 && !("span" in target))
      throw new CallboxError("ERR_LINE_UNKNOWN", { detail: "line" in target ? target.line : target.group });
    return lines;
  };
  const one = (id: string): Line => {
    const [line] = named({ line: id });
    if (line === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: id });
    return line;
  };
  return {
    settingsChanged() {
      for (const line of own.lines()) {
        line.serviceChanged();
        own.changed(line);
      }
    },
    readCounters() {
      for (const span of own.spans()) span.count();
    },
    trace(span, after = 0) {
      if (!own.spans().some(({ number }) => number === span))
        throw new CallboxError("ERR_SPAN_UNKNOWN", { detail: String(span) });
      const ring = own.trace(span);
      if (ring === undefined) throw new CallboxError("ERR_SPAN_NO_DCHANNEL", { detail: String(span) });
      return ring.after(after);
    },
    clear: (target, cause = temporaryFailure) => named(target).filter((line) => line.clear(cause)).length,
    async bitErrors(id, ms) {
      const line = one(id);
      if (line.info().kind !== "isdn") throw new CallboxError("ERR_LINE_NO_BITS", { detail: id });
      return line.measure(measureBits(ms), "");
    },
    tap: own.tap,
    echo: async (id, dial = "") => one(id).measure(measureEcho, dial),
    level: async (id, { sendDbm0, dial = "" } = {}) => one(id).measure(measureLevel(sendDbm0), dial),
    async test(target) {
      const lines = named(target);
      if ("line" in target)
        return testOf(
          await Promise.all(lines.map(async (line) => ({ line: line.id, checks: await line.test() }))),
        );
      const numbers = new Set("span" in target ? [target.span] : lines.map((line) => line.info().span));
      return testOf(
        own
          .spans()
          .filter(({ number }) => numbers.has(number))
          .map((span) => ({ span: span.number, checks: span.test() })),
      );
    },
  };
}
