// Segmented messages of each link, with T314 (Annex H.3).
import type { Ces } from "../q921/layer2.ts";
import type { Octets } from "../octets.ts";
import { log } from "./interface-actions.ts";
import type { InterfaceTurn } from "./interface.ts";
import type { Message } from "./message.ts";
import { joinSegment } from "./segments.ts";

/** Takes a SEGMENT; the whole message when it was the last one. */
export function receiveSegment(turn: InterfaceTurn, message: Message, octets: Octets): Octets | undefined {
  const { ces } = turn;
  const joined = joinSegment(turn.state.segments[ces] ?? null, message, octets);
  if (joined.type === "more") {
    turn.state.segments = { ...turn.state.segments, [ces]: joined.reassembly };
    turn.effects.push({ type: "start", timer: { call: String(ces), name: "T314" } });
    return undefined;
  }
  forgetSegments(turn, ces);
  if (joined.type === "whole") return joined.octets;
  log(turn, "info", `SEGMENT discarded: ${joined.reason}`, "Q.931 Annex H.3");
  return undefined;
}

/** What has come so far is nothing any more: whole, out of order, late, or its link is gone. */
export function forgetSegments(turn: InterfaceTurn, ces: Ces): void {
  const { [ces]: begun, ...others } = turn.state.segments;
  if (begun === undefined) return;
  turn.state.segments = others;
  turn.effects.push({ type: "stop", timer: { call: String(ces), name: "T314" } });
}
