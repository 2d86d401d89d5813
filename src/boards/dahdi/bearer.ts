// B-channels and CAS channels of the driver.
import type { Law } from "../../shared/audio.ts";
import type { BearerEvent, OpenBearerChannel, OpenCasChannel, OpenOptions } from "../board.ts";
import type { DriverChannel } from "./driver-port.ts";
import { createSlot, type Holder, type LineEvent, type Site } from "./holder.ts";

/** What a card's profile sets where the caller leaves it open. */
export interface Defaults {
  readonly law: Law;
  /** Name of the driver's canceller; `undefined` for none. */
  readonly echoCanceller: string | undefined;
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

/** Law and echo canceller; the media engine sets the buffers when it takes the channel over. */
export function prepareAudio(
  site: Site,
  handle: DriverChannel,
  number: number,
  law: Law,
  { echoCanceller }: Defaults,
): void {
  handle.setLaw(law);
  if (echoCanceller !== undefined) site.cancelEcho(handle, number, echoCanceller);
}

export function createBearer(
  site: Site,
  number: number,
  defaults: Defaults,
): (options: OpenOptions) => OpenBearerChannel {
  const slot = createSlot<BearerEvent>(site, number);
  return ({ law = defaults.law }) => {
    const holder = slot.open(
      (handle) => {
        handle.setAudioMode(true);
        prepareAudio(site, handle, number, law, defaults);
      },
      (event, { emit }) => {
        const common = commonEvent(event);
        if (common !== undefined) emit(common);
      },
    );
    return {
      audio: { kind: "dahdi", channel: holder.handle, law },
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
  return ({ law = defaults.law }) => {
    let bits = 0;
    const look = (holder: Holder<CasEvent>): number => {
      // The high nibble is a neighbour's (GETRXBITS).
      bits = (holder.call("received bits", (handle) => handle.rxBits(), "all") ?? bits) & 0xf;
      return bits;
    };
    const holder = slot.open(
      (handle) => prepareAudio(site, handle, number, law, defaults),
      (event, own) => {
        const common = commonEvent(event);
        if (common !== undefined) own.emit(common);
        if (event.name !== "BITSCHANGED") return;
        const before = bits;
        if (look(own) !== before) own.emit({ type: "bits", bits });
      },
    );
    look(holder);
    return {
      audio: { kind: "dahdi", channel: holder.handle, law },
      events: holder.events,
      sendBits: (wanted) => holder.call("bits", (handle) => handle.setTxBits(wanted)),
      get receivedBits() {
        return look(holder);
      },
      close: () => holder.close(),
    };
  };
}
