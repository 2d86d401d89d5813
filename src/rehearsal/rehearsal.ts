// The simulated outside world of a box without lines: an exchange with its subscribers, and telephones on the
// desks. It uses the far board as the box uses the near one. Entry point of the room: `createRehearsal`.
import type { Board, Channel } from "../boards/board.ts";
import type { LineTones } from "../lines/options.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { CallerIdForm } from "../media/tones.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter } from "../shared/events.ts";
import { silentLogger, type Logger } from "../shared/log.ts";
import { createExchange, isPhonePort, type Exchange, type RehearsalSettings } from "./exchange.ts";
import { createPhone } from "./phone.ts";
import type { Player } from "./player.ts";
import type { StationEvent, Stations } from "./station.ts";
import { createSubscriber } from "./subscriber.ts";

export type { RehearsalSettings } from "./exchange.ts";
export type * from "./station.ts";

export interface RehearsalOptions {
  /** The far board of a simulated pair. */
  readonly board: Board;
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly tones: LineTones;
  /** How the exchange tells who calls on an analog line. Default: it does not. */
  readonly callerId?: CallerIdForm | undefined;
  /** The box's settings. */
  readonly settings: () => RehearsalSettings;
  /** Who can be called outside. Default `subscribers`. */
  readonly outside?: readonly OutsideNumber[];
  readonly log?: Logger;
}

export interface OutsideNumber {
  readonly number: string;
  readonly name: string;
}

export interface Rehearsal extends Stations {
  /** Hangs everybody up, then closes lines and ports. The board stays its owner's to close. */
  close(): Promise<void>;
}

/** Subscribers of the public network, unless others are given. */
export const subscribers: readonly OutsideNumber[] = [
  { number: "13800138001", name: "Chen Jing" },
  { number: "13900139002", name: "Zhang Hao" },
  { number: "55501234", name: "Emma Novak" },
  { number: "55505678", name: "Lee Seoyeon" },
  { number: "01065550100", name: "Tom Baker" },
  { number: "0082255501", name: "Han Jisoo" },
];

export function createRehearsal(options: RehearsalOptions): Rehearsal {
  const { board, media, clock, tones, settings, outside = subscribers, log = silentLogger } = options;
  const onError = (error: unknown): void => log.error({ err: error }, "rehearsal");
  const events = createEmitter<StationEvent>(onError);
  const tell = (player: () => Player) => () => events.emit({ type: "station", station: player().station() });

  const people = outside.map(({ number, name }, index) => {
    const own: ReturnType<typeof createSubscriber> = createSubscriber({
      id: `outside-${index + 1}`,
      number,
      name,
      media,
      clock,
      tones,
      onError,
      call: (digits, trunk) =>
        exchange.call(digits, { digits: number, type: "unknown", presentation: "allowed", name }, trunk),
      changed: tell(() => own),
    });
    return own;
  });
  const exchange: Exchange = createExchange({
    board,
    media,
    clock,
    tones,
    callerId: options.callerId,
    log,
    settings,
    numbers: outside.map(({ number }) => number),
    deliver: (number, leg) => people.find((one) => one.station().number === number)?.called(leg),
  });
  const phones = board.spans
    .flatMap(({ channels }) => channels)
    .filter((channel): channel is Channel & { kind: "analog" } => isPhonePort(channel))
    .map((channel) => {
      const own: Player = createPhone({
        channel,
        media,
        clock,
        onError,
        owner: () => ownerOf(settings(), channel),
        changed: tell(() => own),
      });
      return own;
    });

  const players: readonly Player[] = [...people, ...phones];
  const player = (id: string): Player => {
    const found = players.find((one) => one.station().id === id);
    if (found === undefined) throw new CallboxError("ERR_STATION_UNKNOWN", { detail: id });
    return found;
  };
  return {
    events,
    stations: () => players.map((one) => one.station()),
    lift: (id) => player(id).lift(),
    hangUp: (id) => player(id).hangUp(),
    dial: (id, digits, { trunk = "isdn" } = {}) => player(id).dial(digits, trunk),
    press: (id, digit) => player(id).press(digit),
    flash: (id) => player(id).flash(),
    audio: (id) => player(id).audio(),
    async close() {
      await Promise.all(players.map((one) => one.close()));
      await exchange.close();
      events.clear();
    },
  };
}

function ownerOf(settings: RehearsalSettings, { span, position }: Channel): OutsideNumber {
  const extension = settings.extensions.find(
    ({ port }) => port?.span === span.number && port.position === position,
  );
  return { number: extension?.number ?? "", name: extension?.name ?? `Phone ${span.number}/${position}` };
}
