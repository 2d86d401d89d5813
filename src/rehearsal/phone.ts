// A telephone on the desk: an FXO port at the far end of one of the box's FXS ports, and a person's hand on it.
import type { AnalogPort } from "../boards/board.ts";
import { createAudioHolder } from "../lines/audio-holder.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { createHandset } from "./handset.ts";
import type { Player } from "./player.ts";
import type { Station, StationState } from "./station.ts";

/** No ring for so long means that the caller gave up, ms. */
const ringGoneMs = 6000;
/** A person lifts, hears dial tone, then dials, ms. */
const beforeDigitsMs = 600;

export interface PhoneOptions {
  readonly channel: AnalogPort;
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly owner: () => { readonly number: string; readonly name: string };
  readonly changed: () => void;
  readonly onError: (error: unknown) => void;
}

/** @throws ERR_CHANNEL_BUSY */
export function createPhone({ channel, media, clock, owner, changed, onError }: PhoneOptions): Player {
  const id = `${channel.span.number}/${channel.position}`;
  const port = channel.open({});
  const wire = createAudioHolder({ media, clock }, { acquire: () => port.audio, release: () => undefined });
  const handset = createHandset(media, onError);
  let state: StationState = "idle";
  let ringGone: Cancel | undefined;
  let digitsDue: Cancel | undefined;

  const become = (next: StationState): void => {
    if (state === next) return;
    state = next;
    changed();
  };
  const ringing = (): void => {
    if (state !== "idle" && state !== "ringing") return;
    ringGone?.();
    ringGone = clock.after(ringGoneMs, () => become("idle"));
    become("ringing");
  };
  port.events.on((event) => {
    if (event.type === "ring-begin" || event.type === "ring") ringing();
    if (event.type === "polarity" && state === "dialling") become("connected");
    // The box opens the loop for a moment when a call is over; busy tone follows.
    if (event.type === "on-hook" && state !== "idle") become("busy");
  });

  const lift = (): void => {
    if (state !== "idle" && state !== "ringing") return;
    ringGone?.();
    const answers = state === "ringing";
    port.offHook();
    handset.lift();
    const join = (): void => handset.join(wire.port);
    const pending = wire.open();
    if (pending === undefined) join();
    else void pending.then(join, onError);
    become(answers ? "connected" : "dialling");
  };
  const hangUp = (): void => {
    if (state === "idle" || state === "ringing") return;
    digitsDue?.();
    port.onHook();
    handset.hangUp();
    void wire.close().catch(onError);
    become("idle");
  };
  const press = (digits: string): void => {
    if (wire.port !== undefined) handset.press(digits, wire.port);
  };

  return {
    station: (): Station => ({
      id: `phone-${id}`,
      kind: "phone",
      ...owner(),
      line: id,
      state,
      with: undefined,
      cause: undefined,
    }),
    lift,
    hangUp,
    dial(digits) {
      if (state !== "idle") return press(digits);
      lift();
      digitsDue = clock.after(beforeDigitsMs, () => press(digits));
    },
    press,
    flash() {
      if (state !== "idle" && state !== "ringing") port.flash();
    },
    audio: () => handset.port,
    async close() {
      ringGone?.();
      hangUp();
      await wire.close();
      void port.close();
    },
  };
}
