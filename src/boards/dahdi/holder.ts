// Opening rules of every channel of the driver: one holder at a time, nothing works after close, closing twice is
// harmless, and a card that was pulled out throws nothing: its event `removed` tells.
import { driver as nodeDahdi } from "node-dahdi";
import type { Clock } from "../../shared/clock.ts";
import { CallboxError } from "../../shared/errors.ts";
import { createEmitter, type Events } from "../../shared/events.ts";
import type { Logger } from "../../shared/log.ts";
import type { Closing, Span } from "../board.ts";
import type { Descriptors } from "./descriptors.ts";
import { callboxError, isDriverError, type DriverChannel, type DriverFace } from "./driver-port.ts";

/** What all channels of one board share. */
export interface Site {
  readonly driver: DriverFace;
  readonly descriptors: Descriptors;
  readonly clock: Clock;
  readonly holders: Set<{ readonly number: number; close(): void }>;
  readonly isClosed: () => boolean;
  /** The channels of a span have other uses now. */
  readonly assigned: (span: Span) => void;
  /** A channel told of an alarm: its span is worth a look. */
  readonly alarmed: () => void;
  /** Names the canceller that a channel uses when it asks for one. @throws ERR_DRIVER */
  readonly attachCanceller: (channel: number, canceller: string) => void;
  /** As they were set last, by channel. */
  readonly hardwareGains: Map<number, HardwareGains>;
  readonly log: Logger;
  /** Loads a tone zone, without which the driver neither rings nor dials. @returns its number. */
  readonly loadTones: () => number;
}

export type HardwareGains = {
  readonly [Gain in "hardwareReceiveGainDb" | "hardwareSendGainDb"]: number | undefined;
};

export type LineEvent = NonNullable<ReturnType<typeof nodeDahdi.decodeEvent>>;

export interface Holder<E> {
  /** Of the channel. */
  readonly number: number;
  readonly handle: DriverChannel;
  readonly events: Events<E>;
  /**
   * Asks the driver something. `undefined` once the card is gone.
   * @param ignore errno values that mean "nothing to do"; `all` where nobody is there to be told.
   * @throws ERR_CLOSED, ERR_DRIVER, and ERR_UNSUPPORTED where the card's driver has no such call.
   */
  call<T>(what: string, ask: (handle: DriverChannel) => T, ignore?: readonly string[] | "all"): T | undefined;
  readonly emit: (event: E) => void;
  /** Tells it when the caller has returned, as the driver does. */
  emitLater(event: E): void;
  onClose(work: () => void): void;
  /** @throws ERR_CLOSED */
  check(): void;
  close(): Closing;
}

export interface Slot<E> {
  /**
   * @param prepare is told whether an earlier run of the program has left the channel open, and as it is
   * @throws ERR_CLOSED, ERR_CHANNEL_BUSY, ERR_CHANNEL_MISSING, ERR_DRIVER, what `prepare` throws
   */
  open(
    prepare: (handle: DriverChannel, left: boolean) => void,
    onEvent: (event: LineEvent, holder: Holder<E>) => void,
  ): Holder<E>;
}

const unsupported: readonly string[] = ["ENOTTY", "ENOSYS", "EOPNOTSUPP"];

export function createSlot<E>(site: Site, number: number): Slot<E> {
  const name = `channel ${number}`;
  let current: Holder<E> | undefined;
  return {
    open(prepare, onEvent) {
      if (site.isClosed()) throw new CallboxError("ERR_CLOSED", { detail: name });
      if (current !== undefined) throw new CallboxError("ERR_CHANNEL_BUSY", { detail: name });
      const left = site.descriptors.take(number);
      const handle = left ?? openHandle(site, number, name);
      try {
        prepare(handle, left !== undefined);
      } catch (error) {
        handle.close();
        void site.descriptors.forget(number);
        throw callboxError(error, name);
      }
      const holder: Holder<E> = createHolder<E>(site, handle, number, () => (current = undefined));
      current = holder;
      handle.onEvent((code) => {
        const event = nodeDahdi.decodeEvent(code);
        if (event === undefined) return;
        onEvent(event, holder);
        if (event.name === "ALARM" || event.name === "NOALARM") site.alarmed();
      });
      return holder;
    },
  };
}

function openHandle(site: Site, number: number, name: string): DriverChannel {
  try {
    return site.driver.openChannel(number);
  } catch (error) {
    if (isDriverError(error, "EBUSY"))
      throw new CallboxError("ERR_CHANNEL_BUSY", { detail: `${name}, by another program`, cause: error });
    if (isDriverError(error, "ENXIO") || isDriverError(error, "EINVAL") || isDriverError(error, "ENOENT"))
      throw new CallboxError("ERR_CHANNEL_MISSING", { detail: name, cause: error });
    throw callboxError(error, name);
  }
}

function createHolder<E>(site: Site, handle: DriverChannel, number: number, released: () => void): Holder<E> {
  const name = `channel ${number}`;
  const emitter = createEmitter<E>();
  const closers: (() => void)[] = [];
  let open = true;
  const holder: Holder<E> = {
    number,
    handle,
    events: emitter,
    call(what, ask, ignore = []) {
      holder.check();
      try {
        return ask(handle);
      } catch (error) {
        if (!isDriverError(error)) throw error;
        if (error.errno === "ENODEV" || ignore === "all" || ignore.includes(error.errno)) return undefined;
        if (unsupported.includes(error.errno))
          throw new CallboxError("ERR_UNSUPPORTED", { detail: `${name}: ${what}`, cause: error });
        throw callboxError(error, `${name}, ${what}`);
      }
    },
    emit: (event) => emitter.emit(event),
    emitLater(event) {
      site.clock.after(0, () => {
        if (open) emitter.emit(event);
      });
    },
    onClose: (work) => void closers.push(work),
    check() {
      if (!open) throw new CallboxError("ERR_CLOSED", { detail: name });
    },
    close() {
      if (!open) return undefined;
      for (const work of closers) work();
      open = false;
      site.holders.delete(holder);
      emitter.clear();
      handle.close();
      released();
      return site.descriptors.forget(number);
    },
  };
  site.holders.add(holder);
  return holder;
}
