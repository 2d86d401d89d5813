// The public network as the box sees it: the other side of its E1, BRI and exchange lines.
import type { Board, Channel, Span } from "../boards/board.ts";
import type { Extension, SpanSettings } from "../config/settings.ts";
import { createLines } from "../lines/lines.ts";
import type { Leg, Lines, PartyNumber } from "../lines/leg.ts";
import type { LineTones, NumberMatch } from "../lines/options.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { CallerIdForm } from "../media/tones.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import type { TrunkKind } from "./station.ts";

export interface ExchangeOptions {
  readonly board: Board;
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly tones: LineTones;
  /** How it tells who calls on an analog line. */
  readonly callerId?: CallerIdForm | undefined;
  readonly log: Logger;
  readonly settings: () => RehearsalSettings;
  /** Numbers that somebody has. */
  readonly numbers: readonly string[];
  /** A call of the box to one of them. */
  readonly deliver: (number: string, leg: Leg) => void;
}

/** The box's own settings: the exchange is the other side of its spans. */
export interface RehearsalSettings {
  readonly spans: readonly SpanSettings[];
  readonly extensions: readonly Pick<Extension, "number" | "name" | "port">[];
}

export interface Exchange {
  /** Calls the box. @throws ERR_LINE_BUSY, ERR_LINE_DOWN, ERR_LINE_UNKNOWN */
  call(digits: string, calling: PartyNumber, trunk: TrunkKind): Leg;
  close(): Promise<void>;
}

/** Q.850: unallocated number. */
const unallocated = 1;

export function createExchange(options: ExchangeOptions): Exchange {
  const { board, numbers, settings } = options;
  const lines = createLines({
    boards: [exchangeSide(board)],
    media: options.media,
    clock: options.clock,
    tones: options.tones,
    callerId: options.callerId,
    log: options.log.child({ side: "rehearsal" }),
    settings: () => ({
      spans: settings().spans.map(otherSide),
      analog: [],
      trunkGroups: [],
      extensions: [],
    }),
    matchNumber: (digits) => matchSubscriber(numbers, digits),
    timing: { fxs: { answerReversal: true } },
  });
  lines.events.on((event) => {
    if (event.type !== "incoming") return;
    const { leg } = event;
    if (numbers.includes(leg.called.digits)) options.deliver(leg.called.digits, leg);
    else leg.release(unallocated);
  });
  return {
    call: (digits, calling, trunk) =>
      lines.dial({
        called: { digits, type: "unknown", presentation: "allowed" },
        calling,
        via: { line: freeLine(lines, trunk) },
      }),
    close: () => lines.close(),
  };
}

/** An exchange takes what is dialled until it knows the number, or until nothing more comes. */
export function matchSubscriber(numbers: readonly string[], digits: string): NumberMatch {
  if (numbers.includes(digits)) return "complete";
  return numbers.some((number) => number.startsWith(digits)) ? "incomplete" : "ambiguous";
}

/** A line of that kind towards the box, free if one is. @throws ERR_LINE_UNKNOWN */
function freeLine(lines: Lines, trunk: TrunkKind): string {
  const kinds = new Map(lines.spans().map(({ number, kind }) => [number, kind]));
  const wanted = { isdn: "E1", bri: "BRI", fxo: "analog" }[trunk];
  const members = lines.list().filter(({ span }) => kinds.get(span) === wanted);
  const best =
    members.find(({ state }) => state === "idle") ??
    members.find(({ state }) => state === "in-use") ??
    members[0];
  if (best === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: `no ${trunk} trunk` });
  return best.id;
}

function otherSide(span: SpanSettings): SpanSettings {
  return { ...span, side: span.side === "user" ? "network" : "user", overlap: false };
}

/** The board without the ports that telephones are plugged into. */
function exchangeSide(board: Board): Board {
  const spans = board.spans.map((span) => withChannels(span, (channel) => !isPhonePort(channel)));
  const { id, kind, events } = board;
  return { id, kind, spans, events, cards: () => board.cards(), close: () => Promise.resolve() };
}

export function isPhonePort(channel: Channel): boolean {
  return channel.kind === "analog" && channel.role === "fxo";
}

function withChannels(span: Span, keep: (channel: Channel) => boolean): Span {
  const { number, name, description, kind, firstChannel, events } = span;
  return {
    ...{ number, name, description, kind, firstChannel, events },
    channels: span.channels.filter(keep),
    uses: span.uses,
    usualUses: span.usualUses,
    status: () => span.status(),
    assign: (uses) => span.assign(uses),
    configure: (line, clockRank) => span.configure(line, clockRank),
  };
}
