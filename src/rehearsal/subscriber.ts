// A subscriber of the public network: calls the box over its trunks and is called by it, and hears what an
// exchange gives its subscribers.
import type { Leg, LegEvent } from "../lines/leg.ts";
import type { LineTones } from "../lines/options.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { codeOf } from "../shared/errors.ts";
import { createHandset } from "./handset.ts";
import type { Player } from "./player.ts";
import type { Station, StationState, TrunkKind } from "./station.ts";

/** An exchange gives up ringing after this, ms. */
const noAnswerMs = 60_000;

/** Q.850. */
const cause = { normal: 16, busy: 17, noAnswer: 19, rejected: 21, outOfOrder: 27, noCircuit: 34 } as const;

export interface SubscriberOptions {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly tones: LineTones;
  /** Seizes a trunk towards the box. @throws ERR_LINE_BUSY, ERR_LINE_DOWN, ERR_LINE_UNKNOWN */
  readonly call: (digits: string, trunk: TrunkKind) => Leg;
  readonly changed: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Subscriber extends Player {
  /** The box calls this number. */
  called(leg: Leg): void;
}

export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { media, clock, tones, changed } = options;
  const handset = createHandset(media, options.onError);
  let leg: Leg | undefined;
  let state: StationState = "idle";
  let other: string | undefined;
  let lastCause: number | undefined;
  let noAnswer: Cancel | undefined;

  const become = (next: StationState): void => {
    state = next;
    changed();
  };
  /** Whichever side ended it; a handset that is still lifted hears why. */
  const over = (ended: number): void => {
    noAnswer?.();
    leg = undefined;
    lastCause = ended;
    if (handset.port === undefined) {
      other = undefined;
      return become("idle");
    }
    handset.hear(ended === cause.normal || ended === cause.busy ? tones.busy : tones.congestion);
    become("busy");
  };
  const heard = (event: LegEvent): void => {
    switch (event.type) {
      case "alerting":
        if (event.inband) handset.join(leg?.media);
        else handset.hear(tones.ringback);
        return become("ringback");
      case "progress":
        return event.inband ? handset.join(leg?.media) : undefined;
      case "answered":
        handset.join(leg?.media);
        return become("connected");
      case "released":
        return over(event.cause);
      default:
        return undefined;
    }
  };
  const use = (made: Leg): void => {
    leg = made;
    made.events.on((event) => {
      if (leg === made) heard(event);
    });
  };
  const place = (digits: string, trunk: TrunkKind): void => {
    handset.lift();
    handset.hear(undefined);
    other = digits;
    lastCause = undefined;
    try {
      use(options.call(digits, trunk));
      become("dialling");
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      over(codeOf(error) === "ERR_LINE_BUSY" ? cause.noCircuit : cause.outOfOrder);
    }
  };
  const answer = (): void => {
    noAnswer?.();
    leg?.answer();
    // The ringback that the exchange gave the caller.
    leg?.media?.stopPlaying();
    handset.lift();
    handset.join(leg?.media);
    become("connected");
  };
  const hangUp = (): void => {
    const ended = leg;
    leg = undefined;
    noAnswer?.();
    handset.hangUp();
    other = undefined;
    ended?.release(state === "ringing" ? cause.rejected : cause.normal);
    if (state !== "idle") become("idle");
  };
  const press = (digits: string): void => {
    if (state === "connected" && leg?.media !== undefined) handset.press(digits, leg.media);
  };

  return {
    station: (): Station => ({
      id: options.id,
      kind: "outside",
      number: options.number,
      name: options.name,
      line: leg?.line.id,
      state,
      with: other,
      cause: lastCause,
    }),
    called(made) {
      if (state !== "idle") return made.release(cause.busy);
      use(made);
      other = made.calling.digits === "" ? undefined : made.calling.digits;
      lastCause = undefined;
      made.proceed();
      // On an analog line the line itself plays ringback; on ISDN the exchange plays it into the B-channel.
      const inband = made.line.kind === "isdn";
      made.alert({ inband });
      if (inband) made.media?.playTone(tones.ringback);
      noAnswer = clock.after(noAnswerMs, () => {
        made.release(cause.noAnswer);
      });
      become("ringing");
    },
    lift() {
      if (state === "ringing") return answer();
      if (state !== "idle") return;
      handset.lift();
      handset.hear(tones.dial);
      become("dialling");
    },
    hangUp,
    dial(digits, trunk) {
      if (leg === undefined && state !== "busy") place(digits, trunk);
      else press(digits);
    },
    press,
    flash: () => undefined,
    audio: () => handset.port,
    close() {
      hangUp();
      return Promise.resolve();
    },
  };
}
