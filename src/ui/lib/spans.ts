// What a span's alarms mean in words, and how its timeslots are laid out.
import type { LineView, SpanView } from "../../web/api/lines.ts";

/** Alarms that have words of their own in the catalogue (`alarm.RED`); others are shown by name. */
export const knownAlarms = [
  "RED",
  "YELLOW",
  "BLUE",
  "RECOVER",
  "LOOPBACK",
  "NOTOPEN",
  "LOS",
  "LFA",
  "LMFA",
] as const;
export type KnownAlarm = (typeof knownAlarms)[number];

export const isKnownAlarm = (name: string): name is KnownAlarm => knownAlarms.some((known) => known === name);

/** A span that needs somebody: an alarm, or an ISDN data link that is down. */
export const troubled = (span: SpanView): boolean =>
  span.alarms.length > 0 || (span.dataLink === false && !span.onDemand);

/** One place of a span: a line, or a timeslot that carries frame alignment or signalling. */
export type Slot =
  | { readonly kind: "line"; readonly position: number; readonly line: LineView }
  | { readonly kind: "sync" | "signalling" | "unused"; readonly position: number };

/** All places of a span in their order: E1 0–31, BRI B1 B2 D, analog its ports. */
export function slotsOf(span: SpanView, lines: Iterable<LineView>): readonly Slot[] {
  const own = [...lines].filter((line) => line.span === span.number).sort((a, b) => a.position - b.position);
  const byPosition = new Map(own.map((line) => [line.position, line]));
  const slot = (position: number): Slot => {
    const line = byPosition.get(position);
    if (line !== undefined) return { kind: "line", position, line };
    if (span.kind === "E1" && position === 0) return { kind: "sync", position };
    const signals = position === (span.dataPosition ?? (span.kind === "E1" ? 16 : 3));
    return { kind: signals ? "signalling" : "unused", position };
  };
  if (span.kind === "E1") return Array.from({ length: 32 }, (_, position) => slot(position));
  if (span.kind === "BRI") return [1, 2, 3].map(slot);
  return own.map((line) => ({ kind: "line", position: line.position, line }));
}
