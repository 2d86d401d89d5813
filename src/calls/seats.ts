// Telephones that stay lifted between calls (nailed-up seats): whoever is put through is heard after a beep, without a ring.
// A seat's leg is held by a call of its own; each conversation sees it as a leg that answers by itself.
import { createLegCore, goingOn, type LegCore, type LegPlan } from "../lines/leg-core.ts";
import type { DialRequest, KeptLeg, Leg, Lines } from "../lines/leg.ts";
import type { Tone } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { Logger } from "../shared/log.ts";
import { whenAudio } from "./audio-wait.ts";
import type { Call, Handler } from "./call.ts";
import { cause } from "./state.ts";

export interface SeatsDeps {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
}

export type SeatState = "free" | "busy";

export interface Seats {
  /** The telephone stays lifted from now on, until it is hung up. */
  hold(call: Call, leg: Leg): void;
  /** A conversation of an earlier run on a seat that is held again; `undefined`: there is no such seat, or it is taken. */
  goOn(kept: KeptLeg): Leg | undefined;
  /** `undefined`: not a seat that is held. */
  stateOf(extension: string): SeatState | undefined;
  /** Lines on which a seat is not rung, but put through at once. */
  over(lines: Lines): Lines;
  /** A seat is taken, is free again, or was hung up (`undefined`). */
  readonly events: Events<{ readonly extension: string; readonly state: SeatState | undefined }>;
}

interface Seat {
  readonly call: Call;
  readonly leg: Leg;
  readonly extension: string;
  core: LegCore | undefined;
}

/** Two keys, one after the other, end a conversation on a telephone that is not hung up. */
const endKeys = "**";
const beepMs = 250;
const beep: Tone = { parts: [{ frequencies: [1400], levelDbm0: -16, ms: beepMs }], repeat: false };

export function createSeats({ clock, newId, log }: SeatsDeps): Seats {
  const seats = new Map<string, Seat>();
  const events = createEmitter<{ extension: string; state: SeatState | undefined }>((error) =>
    log.error({ err: error }, "a listener of seats failed"),
  );
  const stateOf = (extension: string): SeatState | undefined => {
    const seat = seats.get(extension);
    return seat && (seat.core === undefined ? "free" : "busy");
  };
  const tell = (extension: string): void => events.emit({ extension, state: stateOf(extension) });

  const over = (seat: Seat, why: number, by: "local" | "remote"): void => {
    const { core } = seat;
    seat.core = undefined;
    core?.end(why, by);
    tell(seat.extension);
  };

  const take = (
    seat: Seat,
    leg: Pick<LegPlan, "id" | "direction" | "calling" | "called" | "state">,
  ): LegCore => {
    const core = createLegCore({
      ...leg,
      line: () => seat.leg.line,
      keep: () => ({ kind: "seat" }),
      actions: {
        proceed: () => undefined,
        alert: () => undefined,
        answer: () => undefined,
        release: (why) => over(seat, why, "local"),
      },
      onListenerError: (error) => log.error({ err: error }, "a seat's listener failed"),
    });
    seat.core = core;
    tell(seat.extension);
    return core;
  };

  const putThrough = (seat: Seat, { calling, called }: DialRequest): Leg => {
    const { media } = seat.leg;
    if (seat.core !== undefined) throw new CallboxError("ERR_LINE_BUSY", { detail: seat.extension });
    if (media === undefined) throw new CallboxError("ERR_LINE_DOWN", { detail: seat.extension });
    const core = take(seat, { id: newId(), direction: "out", calling, called });
    core.attach(media);
    media.playTone(beep);
    // Whoever dials must have the leg before it answers.
    clock.after(0, () => core.tell({ type: "alerting", inband: false }));
    clock.after(beepMs, () => core.tell({ type: "answered" }));
    return core.leg;
  };

  return {
    events,
    stateOf,
    hold(call, leg) {
      const { extension } = leg.line;
      if (extension === undefined) return call.end(cause.notAllowed);
      const seat: Seat = { call, leg, extension, core: undefined };
      let pressed = "";
      const stop = leg.events.on((event) => {
        if (event.type === "released" || event.type === "answered") return;
        if (event.type === "digit") {
          pressed = (pressed + event.digit).slice(-endKeys.length);
          if (pressed === endKeys && seat.core !== undefined) return over(seat, cause.normal, "remote");
        }
        seat.core?.tell(event);
      });
      const handler: Handler = {
        phase: "seat",
        where: extension,
        event: () => undefined,
        dropped() {
          stop();
          seats.delete(extension);
          over(seat, cause.normal, "remote");
        },
      };
      call.handle(handler);
      if (call.state.ended !== null) return;
      seats.set(extension, seat);
      call.quiet();
      leg.media?.detectDigits(true);
      tell(extension);
    },
    goOn(kept) {
      const seat = [...seats.values()].find(({ leg }) => leg.line.id === kept.line);
      if (seat === undefined || seat.core !== undefined) return undefined;
      const core = take(seat, goingOn(kept));
      whenAudio(
        () => seat.leg.media,
        clock,
        (port) => port && core.attach(port),
      );
      return core.leg;
    },
    over: (lines) => ({
      ...lines,
      dial(request) {
        const { via } = request;
        const seat =
          "line" in via ? [...seats.values()].find(({ leg }) => leg.line.id === via.line) : undefined;
        return seat === undefined ? lines.dial(request) : putThrough(seat, request);
      },
    }),
  };
}
