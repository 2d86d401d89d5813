// Chooses the hardware: the cards of the driver when it is loaded, else a simulated office with its far end.
import { existsSync } from "node:fs";
import type { Board, BoardEvent } from "../boards/board.ts";
import { openDahdiBoard } from "../boards/dahdi/board.ts";
import { createDescriptors } from "../boards/dahdi/descriptors.ts";
import type { BoardProfile } from "../boards/profiles.ts";
import { createSimulatedPair, demoOffice } from "../boards/simulated/board.ts";
import { cardQueue } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter } from "../shared/events.ts";
import type { Logger } from "../shared/log.ts";

export interface Hardware {
  readonly kind: "dahdi" | "simulated";
  readonly board: Board;
  /** The simulated board's other end. */
  readonly far: Board | undefined;
  /** Lines that an earlier run of the program left open, and that nobody has taken, are let go. */
  letGo(): void;
}

export interface HardwareOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly profiles: readonly BoardProfile[];
  readonly simulated: boolean;
  /** Only these spans of the driver, when given: the others belong to somebody else. */
  readonly spans?: readonly number[];
}

export const driverControl = "/dev/dahdi/ctl";

export function openHardware({ clock, log, profiles, simulated, spans }: HardwareOptions): Hardware {
  if (simulated || !existsSync(driverControl)) {
    const { near, far } = createSimulatedPair(demoOffice, { clock, name: "SIM" });
    return { kind: "simulated", board: near, far, letGo: () => undefined };
  }
  const descriptors = createDescriptors(log);
  const mine = (span: number): boolean => spans?.includes(span) ?? true;
  const board = openDahdiBoard({ clock, profiles, log, mine, descriptors });
  return {
    kind: "dahdi",
    board: spans === undefined ? board : onlySpans(board, spans),
    far: undefined,
    letGo: () => descriptors.letGo(),
  };
}

/**
 * Span numbers, `1,3,4`.
 * @throws ERR_ARGUMENTS for anything else
 */
export function parseSpans(text: string | undefined): readonly number[] | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,3}(,\d{1,3})*$/u.test(text)) {
    throw new CallboxError("ERR_ARGUMENTS", {
      detail: `CALLBOX_SPANS is "${text}", not numbers with commas`,
    });
  }
  return text.split(",").map(Number);
}

/**
 * Audio queued towards cards, ms, within `cardQueue`.
 * @throws ERR_ARGUMENTS for anything else
 */
export function parseCardQueue(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const ms = /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  const { leastMs, mostMs } = cardQueue;
  if (ms < leastMs || ms > mostMs)
    throw new CallboxError("ERR_ARGUMENTS", {
      detail: `CALLBOX_CARD_QUEUE_MS is "${text}", not ${leastMs} to ${mostMs}`,
    });
  return ms;
}

function onlySpans(board: Board, numbers: readonly number[]): Board {
  const events = createEmitter<BoardEvent>();
  board.events.on((event) => {
    if (numbers.includes(event.span.number)) events.emit(event);
  });
  return {
    id: board.id,
    kind: board.kind,
    get spans() {
      return board.spans.filter(({ number }) => numbers.includes(number));
    },
    // A span without a number is nobody's yet.
    cards: () =>
      board
        .cards()
        .map((card) => ({
          ...card,
          spans: card.spans.filter(({ number }) => number === undefined || numbers.includes(number)),
        }))
        .filter(({ spans }) => spans.length > 0),
    ...(board.tap === undefined ? {} : { tap: board.tap }),
    events,
    close: () => board.close(),
  };
}
