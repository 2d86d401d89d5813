// B-channels and CAS channels of the driver.
import type { AudioEndpoint, Law } from "../../shared/audio.ts";
import type { BearerEvent, LineAudio, OpenBearerChannel, OpenCasChannel, OpenOptions } from "../board.ts";
import type { DriverChannel } from "./driver-port.ts";
import { createSlot, type Holder, type LineEvent, type Site, type Slot } from "./holder.ts";
import { setLineAudio, type LineAudioSetter } from "./line-audio.ts";

/** What a card's profile sets where the caller leaves it open. */
export interface Defaults {
  readonly law: Law;
  readonly audio: LineAudio;
}

/** The three events that every kind of channel has. */
export function commonEvent(event: LineEvent): BearerEvent | undefined {
  switch (event.name) {
    case "ALARM":
      return { type: "alarm" };
    case "NOALARM":
      return { type: "alarm-clear" };
    case "REMOVED":
      return { type: "removed" };
    default:
      return undefined;
  }
}

interface OpenedAudio<E> {
  readonly holder: Holder<E>;
  readonly audio: AudioEndpoint;
}

/** A channel that carries audio. The media engine sets the buffers when it takes it over. */
export function openAudio<E>(
  site: Site,
  slot: Slot<E>,
  number: number,
  defaults: Defaults,
  { law = defaults.law, audio = () => ({}) }: OpenOptions,
  hear: (event: LineEvent, holder: Holder<E>) => void,
  prepare: (handle: DriverChannel, left: boolean) => void = () => undefined,
): OpenedAudio<E> {
  const line: { audio?: LineAudioSetter } = {};
  const holder = slot.open(
    (handle, left) => {
      prepare(handle, left);
      site.descriptors.keep(number, handle);
      line.audio = setLineAudio(site, handle, number, law, () => ({ ...defaults.audio, ...audio() }));
    },
    (event, own) => {
      line.audio?.heard(event);
      hear(event, own);
    },
  );
  return {
    holder,
    audio: { kind: "dahdi", channel: holder.handle, law, use: (use) => line.audio?.use(use) },
  };
}

export function createBearer(
  site: Site,
  number: number,
  defaults: Defaults,
): (options: OpenOptions) => OpenBearerChannel {
  const slot = createSlot<BearerEvent>(site, number);
  return (options) => {
    const { holder, audio } = openAudio(
      site,
      slot,
      number,
      defaults,
      options,
      (event, { emit }) => {
        const common = commonEvent(event);
        if (common !== undefined) emit(common);
      },
      (handle) => handle.setAudioMode(true),
    );
    return {
      audio,
      events: holder.events,
      close: () => holder.close(),
    };
  };
}

type CasEvent = BearerEvent | { readonly type: "bits"; readonly bits: number };

export function createCas(
  site: Site,
  number: number,
  defaults: Defaults,
): (options: OpenOptions) => OpenCasChannel {
  const slot = createSlot<CasEvent>(site, number);
  return (options) => {
    let bits = 0;
    const look = (holder: Holder<CasEvent>): number => {
      // The high nibble is a neighbour's (GETRXBITS).
      bits = (holder.call("received bits", (handle) => handle.rxBits(), "all") ?? bits) & 0xf;
      return bits;
    };
    const { holder, audio } = openAudio(site, slot, number, defaults, options, (event, own) => {
      const common = commonEvent(event);
      if (common !== undefined) own.emit(common);
      if (event.name !== "BITSCHANGED") return;
      const before = bits;
      if (look(own) !== before) own.emit({ type: "bits", bits });
    });
    look(holder);
    return {
      audio,
      events: holder.events,
      sendBits: (wanted) => holder.call("bits", (handle) => handle.setTxBits(wanted)),
      get receivedBits() {
        return look(holder);
      },
      close: () => holder.close(),
    };
  };
}
