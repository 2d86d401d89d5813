// Opening rules of every simulated channel: one holder at a time, nothing works after close, closing twice is harmless.
import type { Clock } from "../../shared/clock.ts";
import { createEmitter, type Events } from "../../shared/events.ts";
import { CallboxError } from "../../shared/errors.ts";

/** One end of a channel; whoever has it open is told events on a later turn of the clock, as from a driver. */
export interface ChannelEnd<E> {
  /** @throws ERR_CHANNEL_BUSY, ERR_CLOSED once the board is closed */
  open(onClose: () => void): Handle<E>;
  /** Tells the holder, if there is one, not before the caller has returned. */
  tell(event: E): void;
  readonly isOpen: boolean;
  /** The board closes: the holder loses it, and nobody opens it again. */
  close(): void;
}

export interface Handle<E> {
  readonly events: Events<E>;
  /** @throws ERR_CLOSED */
  check(): void;
  close(): void;
}

export function createChannelEnd<E>(name: string, clock: Clock): ChannelEnd<E> {
  let current: { handle: Handle<E>; emit: (event: E) => void } | undefined;
  let retired = false;
  return {
    open(onClose) {
      if (retired) throw new CallboxError("ERR_CLOSED", { detail: name });
      if (current !== undefined) throw new CallboxError("ERR_CHANNEL_BUSY", { detail: name });
      const emitter = createEmitter<E>();
      let open = true;
      const handle: Handle<E> = {
        events: emitter,
        check() {
          if (!open) throw new CallboxError("ERR_CLOSED", { detail: name });
        },
        close() {
          if (!open) return;
          open = false;
          current = undefined;
          emitter.clear();
          onClose();
        },
      };
      current = { handle, emit: (event) => emitter.emit(event) };
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
    close() {
      retired = true;
      current?.handle.close();
    },
  };
}
