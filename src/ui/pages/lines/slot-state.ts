// How a place of a span looks: one name per look, made from the line's state, what is on it and the span's.
import type { SpanView } from "../../../web/api/lines.ts";
import type { OnLine } from "../../lib/places.ts";
import type { Slot } from "../../lib/spans.ts";

export const looks = [
  "idle",
  "in",
  "out",
  "ringing",
  "blocked",
  "alarm",
  "down",
  "sync",
  "d-up",
  "d-down",
  "unused",
] as const;
export type Look = (typeof looks)[number];

export function lookOf(slot: Slot, span: SpanView, on: OnLine | undefined): Look {
  if (slot.kind !== "line") return lookOfFixed(slot.kind, span);
  const { state } = slot.line;
  if (state !== "in-use") return state;
  if (on === undefined) return "out";
  return on.leg.state === "connected" ? on.leg.direction : "ringing";
}

function lookOfFixed(kind: "sync" | "signalling" | "unused", span: SpanView): Look {
  if (kind === "unused") return "unused";
  if (kind === "signalling") return span.dataLink === true || span.onDemand ? "d-up" : "d-down";
  return span.alarms.length > 0 ? "alarm" : "sync";
}
