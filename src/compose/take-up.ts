// Calls of an earlier run whose lines were held, made anew.
import type { Call } from "../calls/call.ts";
import type { Calls } from "../calls/calls.ts";
import type { KeptCall } from "../calls/go-on.ts";
import type { Seats } from "../calls/seats.ts";
import type { Leg } from "../lines/leg.ts";

export interface TakenUp {
  /** Nobody handles them yet, but who holds a telephone that stays lifted. */
  readonly calls: readonly Call[];
  /** Legs that are in no call. */
  readonly unused: readonly Leg[];
}

/** @param held what `Lines.goingOn` gives */
export function takeUp(
  kept: readonly KeptCall[],
  held: readonly Leg[],
  { calls, seats }: { readonly calls: Pick<Calls, "goOn">; readonly seats: Pick<Seats, "goOn" | "hold"> },
): TakenUp {
  const legs = new Map(held.map((leg) => [leg.id, leg]));
  const one = (call: KeptCall): readonly Call[] => {
    for (const leg of call.legs) {
      const seat = leg.own.kind === "seat" ? seats.goOn(leg) : undefined;
      if (seat !== undefined) legs.set(seat.id, seat);
    }
    const made = calls.goOn(call, legs);
    const main = legs.get(call.state.main);
    if (made.state.ended !== null) return [];
    for (const leg of Object.keys(made.state.legs)) legs.delete(leg);
    if (isSeat(call) && main !== undefined) seats.hold(made, main);
    return [made];
  };
  // The telephones that stay lifted first, for others talk on them.
  const taken = [...kept.filter(isSeat), ...kept.filter((call) => !isSeat(call))].flatMap(one);
  return { calls: taken, unused: [...legs.values()] };
}

const isSeat = ({ state }: KeptCall): boolean => state.phase === "seat";
