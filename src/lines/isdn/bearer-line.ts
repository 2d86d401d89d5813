// One B-channel as a line: who has it, what the D-channel says of it, and its audio.
import type { BearerChannel, OpenBearerChannel } from "../../boards/board.ts";
import type { SpanSettings } from "../../config/settings.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { CallId, ChannelState } from "../../signalling/isdn/types.ts";
import { createAudioHolder, type AudioHolder } from "../audio-holder.ts";
import { lineState, type Line, type LineContext } from "../context.ts";
import type { DialRequest, Leg } from "../leg.ts";

export interface BearerLine extends Line {
  /** The B-channel's number in signalling: the timeslot on E1, 1 or 2 on BRI. */
  readonly position: number;
  readonly audio: AudioHolder;
  /** The call that has it; from SETUP until both sides have released it. */
  occupant: CallId | undefined;
  channelState: ChannelState;
}

/** What a B-channel shares with the others of its span. */
export interface BearerSpan {
  readonly alarm: () => boolean;
  readonly linkUp: () => boolean;
  readonly dial: (line: BearerLine, request: DialRequest) => Leg;
}

export function createBearerLine(context: LineContext, channel: BearerChannel, span: BearerSpan): BearerLine {
  const id = `${channel.span.number}/${channel.position}`;
  let open: OpenBearerChannel | undefined;
  const line: BearerLine = {
    id,
    position: channel.position,
    audio: createAudioHolder(context.media, {
      acquire: () => (open = channel.open({ law: "alaw" })).audio,
      release: () => open?.close(),
    }),
    occupant: undefined,
    channelState: "idle",
    info() {
      const own = context.settings().spans.find(({ span }) => span === channel.span.number);
      const { occupant, channelState } = line;
      const group = groupAt(own, channel.position);
      return {
        id,
        kind: "isdn",
        span: channel.span.number,
        position: channel.position,
        channel: channel.number,
        name: `${own?.name ?? channel.span.name} ${channel.position}`,
        ...(group === undefined ? {} : { group }),
        state: lineState({
          alarm: span.alarm(),
          down: !span.linkUp(),
          blocked: channelState === "blocked" || channelState === "failed",
          inUse: occupant !== undefined || channelState !== "idle",
        }),
      };
    },
    dial(request) {
      if (line.occupant !== undefined) throw new CallboxError("ERR_LINE_BUSY", { detail: id });
      return span.dial(line, request);
    },
  };
  return line;
}

/** The trunk group of a timeslot: of the first range that has it, else the span's. */
function groupAt(span: SpanSettings | undefined, position: number): string | undefined {
  const range = span?.ranges?.find(({ from, to }) => from <= position && position <= to);
  return range?.group ?? span?.group;
}
