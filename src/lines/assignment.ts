// Which timeslots of an E1 carry calls, and which its D-channel: what the settings say, told to the card, and taken back
// when they no longer do.
import type { ChannelUse, Span } from "../boards/board.ts";
import type { SpanSettings } from "../config/settings.ts";
import { channelList } from "../shared/channel-list.ts";
import type { Logger } from "../shared/log.ts";

/** By position; `undefined` where the settings leave it to the driver. */
export function wantedUses(
  { timeslots, dataTimeslot = 16 }: Pick<SpanSettings, "timeslots" | "dataTimeslot">,
  { kind, usualUses }: Pick<Span, "kind" | "usualUses">,
): readonly ChannelUse[] | undefined {
  if (kind !== "E1" || (timeslots === undefined && dataTimeslot === 16)) return undefined;
  const bearers = timeslots === undefined ? undefined : channelList(timeslots);
  return usualUses.map((_, index) => {
    if (index + 1 === dataTimeslot) return "data";
    return (bearers?.includes(index + 1) ?? true) ? "bearer" : "unused";
  });
}

export interface Assigner {
  /**
   * To be called before a span's lines are opened.
   * @returns whether its board has put another span in its place
   */
  assign(span: Span): boolean;
}

export function createAssigner(
  settingsOf: (span: number) => SpanSettings | undefined,
  log: Logger,
): Assigner {
  /** Numbers of the spans whose channels are as the settings say, which are to be as usual once these say nothing. */
  const told = new Set<number>();
  const assigning = new Set<number>();
  return {
    assign(span) {
      const { number } = span;
      const own = settingsOf(number);
      const said = own && wantedUses(own, span);
      const wanted = said ?? (told.has(number) ? span.usualUses : undefined);
      if (wanted === undefined) return false;
      if (said === undefined) told.delete(number);
      else told.add(number);
      if (assigning.has(number) || wanted.join() === span.uses.join()) return false;
      assigning.add(number);
      try {
        span.assign(wanted);
        return true;
      } catch (error) {
        log.warn({ err: error, span: number }, "the card refuses these timeslots");
        return false;
      } finally {
        assigning.delete(number);
      }
    },
  };
}
