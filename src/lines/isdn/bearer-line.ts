// One B-channel as a line: who has it, what the D-channel says of it, and its audio.
import type { BearerChannel, OpenBearerChannel } from "../../boards/board.ts";
import type { SpanSettings } from "../../config/settings.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { CallId, ChannelState } from "../../signalling/isdn/types.ts";
import { createAudioHolder, type AudioHolder } from "../audio-holder.ts";
import { lineState, type Line, type LineContext } from "../context.ts";
import type { DialRequest, Leg } from "../leg.ts";
import type { Check } from "../line-test.ts";
import { createMeasuring } from "../measuring.ts";
import { outOfServiceBy } from "../service.ts";

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
  readonly clear: (call: CallId, cause: number) => void;
  /** Takes the B-channel out of service for new calls, or back. */
  readonly block: (channel: number, blocked: boolean) => void;
  readonly test: (line: BearerLine) => Promise<readonly Check[]>;
}

export function createBearerLine(context: LineContext, channel: BearerChannel, span: BearerSpan): BearerLine {
  const id = `${channel.span.number}/${channel.position}`;
  let open: OpenBearerChannel | undefined;
  let blocked = false;
  const ownSettings = () => context.settings().spans.find(({ span }) => span === channel.span.number);
  const audio = createAudioHolder(context, {
    acquire: () =>
      (open = channel.open({
        law: ownSettings()?.law ?? "alaw",
        audio: () => ownSettings()?.audio ?? {},
      })).audio,
    release: () => open?.close(),
    loudness: { inCall: () => line.occupant !== undefined, changed: () => context.changed(line) },
  });
  const line: BearerLine = {
    id,
    position: channel.position,
    audio,
    occupant: undefined,
    channelState: "idle",
    info() {
      const own = ownSettings();
      const { channelState } = line;
      const group = groupAt(own, channel.position);
      const place = {
        id,
        span: channel.span.number,
        ...(group === undefined ? {} : { group }),
      };
      const outOfService = outOfServiceBy(context.settings().outOfService ?? [], place);
      return {
        ...place,
        kind: "isdn",
        position: channel.position,
        channel: channel.number,
        name: `${own?.name ?? channel.span.name} ${channel.position}`,
        state: lineState({
          alarm: span.alarm(),
          down: !span.linkUp(),
          blocked: outOfService !== undefined || channelState === "blocked" || channelState === "failed",
          inUse: inUse() || measuring.active,
        }),
        ...(outOfService === undefined ? {} : { outOfService }),
        ...(audio.tooLoud === undefined ? {} : { tooLoud: audio.tooLoud }),
      };
    },
    dial(request) {
      if (line.occupant !== undefined) throw new CallboxError("ERR_LINE_BUSY", { detail: id });
      return span.dial(line, request);
    },
    clear(cause) {
      if (line.occupant === undefined) return false;
      span.clear(line.occupant, cause);
      return true;
    },
    serviceChanged() {
      const wanted = line.info().outOfService !== undefined;
      if (wanted === blocked) return;
      blocked = wanted;
      if (!wanted) measuring.end();
      span.block(line.position, wanted);
    },
    test: () => span.test(line),
    measure: (measure) => measuring.run(measure),
  };
  const inUse = (): boolean =>
    line.occupant !== undefined || line.channelState === "in-use" || line.channelState === "restarting";
  const measuring = createMeasuring(context.clock, audio, () => line.info(), inUse);
  return line;
}

/** The trunk group of a timeslot: of the first range that has it, else the span's. */
function groupAt(span: SpanSettings | undefined, position: number): string | undefined {
  const range = span?.ranges?.find(({ from, to }) => from <= position && position <= to);
  return range?.group ?? span?.group;
}
