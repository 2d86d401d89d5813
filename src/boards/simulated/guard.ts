// Opening rules of every simulated channel: one holder at a time, nothing works after close, closing twice is harmless.
import type { Clock } from "../../shared/clock.ts";
import { createEmitter, type Events } from "../../shared/events.ts";
import { CallboxError } from "../../shared/errors.ts";

/** One end of a channel; whoever has it open is told events on a later turn of the clock, as from a driver. */
export interface ChannelEnd<E> {
  /**
   * @param goOn as a holder that is gone left it
   * @throws ERR_CHANNEL_BUSY, ERR_CLOSED once the board is closed, ERR_LINE_DROPPED when nobody left it
   */
  open(onClose: () => void, goOn?: boolean): Handle<E>;
  /** Tells the holder, if there is one, not before the caller has returned. */
  tell(event: E): void;
  readonly isOpen: boolean;
  /** The holder has died without closing it: nothing is told to it any more, and the line stays as it is. */
  orphan(): void;
  /** The board closes: the holder loses it, and nobody opens it again. */
  close(): void;
}

export interface Handle<E> {
  readonly events: Events<E>;
  /** @throws ERR_CLOSED */
  check(): void;
  close(): undefined;
}

export function createChannelEnd<E>(name: string, clock: Clock): ChannelEnd<E> {
  let current: { handle: Handle<E>; emit: (event: E) => void; orphan: () => void } | undefined;
  let retired = false;
  /** What closing it does, of a holder that has died. */
  let left: (() => void) | undefined;
  return {
    open(onClose, goOn = false) {
      if (retired) throw new CallboxError("ERR_CLOSED", { detail: name });
      if (current !== undefined) throw new CallboxError("ERR_CHANNEL_BUSY", { detail: name });
      if (goOn && left === undefined) throw new CallboxError("ERR_LINE_DROPPED", { detail: name });
      if (!goOn) left?.();
      left = undefined;
      const emitter = createEmitter<E>();
      let open = true;
      const handle: Handle<E> = {
        events: emitter,
        check() {
          if (!open) throw new CallboxError("ERR_CLOSED", { detail: name });
        },
        close() {
          if (!open) return undefined;
          open = false;
          current = undefined;
          emitter.clear();
          onClose();
          return undefined;
        },
      };
      current = {
        handle,
        emit: (event) => emitter.emit(event),
        orphan() {
          open = false;
          emitter.clear();
          left = onClose;
        },
      };
      return handle;
    },
    tell(event) {
      const holder = current;
      if (holder === undefined) return;
      clock.after(0, () => {
        if (current === holder) holder.emit(event);
      });
    },
    get isOpen() {
      return current !== undefined;
    },
    orphan() {
      current?.orphan();
      current = undefined;
    },
    close() {
      retired = true;
      current?.handle.close();
    },
  };
}
