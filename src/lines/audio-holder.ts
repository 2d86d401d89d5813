// One media port at a time on one channel: a new one opens only when the media thread has let go of the last,
// and the channel is closed only then too.
import type { Closing } from "../boards/board.ts";
import type { MediaEngine, MediaPort } from "../media/engine.ts";
import type { AudioEndpoint } from "../shared/audio.ts";
import type { Clock } from "../shared/clock.ts";

/** A call was so loud that its peaks were cut off: gains are wrong somewhere, here or at the far end. */
export interface TooLoud {
  /** Wall clock, ms since 1970 UTC. */
  readonly at: number;
  /** Of the samples of the first second in which it was so, 0–1. */
  readonly share: number;
}

export interface AudioHolder {
  readonly port: MediaPort | undefined;
  /** The last call that was so since the box started. */
  readonly tooLoud: TooLoud | undefined;
  /**
   * Opens a port; gives a promise when the last one is still closing. Harmless when one is open.
   * @throws what the channel or the media engine throws.
   */
  open(): undefined | Promise<void>;
  /** Pending while the last port is still closing. */
  readonly closing: Promise<void> | undefined;
  /** Resolves when the channel is free. Harmless when nothing is open. */
  close(): Promise<void>;
}

export interface AudioSource {
  /** Opens the channel, or tells the endpoint of one that stays open. */
  readonly acquire: () => AudioEndpoint;
  /** Pending while the channel cannot be opened again. */
  readonly release: () => Closing;
  /** Whose calls are not to be too loud; absent: nobody asks. */
  readonly loudness?: {
    /** A call is on it, not a test. */
    readonly inCall: () => boolean;
    /** `tooLoud` is another now. */
    readonly changed: () => void;
  };
}

export function createAudioHolder(
  { media, clock }: { readonly media: MediaEngine; readonly clock: Pick<Clock, "now"> },
  { acquire, release, loudness }: AudioSource,
): AudioHolder {
  let port: MediaPort | undefined;
  let tooLoud: TooLoud | undefined;
  let closing: Promise<void> | undefined;
  /** Who waits for the last port to close; a close in between takes the wish back. */
  let wish: object | undefined;

  const openNow = (): undefined => {
    const endpoint = acquire();
    try {
      port = media.open(endpoint);
    } catch (error) {
      void release();
      throw error;
    }
    listen(port);
  };
  /** Once a call is enough. */
  const listen = (opened: MediaPort): void => {
    if (loudness === undefined) return;
    opened.events.on((event) => {
      if (event.type !== "clipping" || !event.clipping || !loudness.inCall()) return;
      opened.detectClipping(false);
      tooLoud = { at: clock.now(), share: event.share };
      loudness.changed();
    });
    opened.detectClipping(true);
  };
  const closeNow = async (last: MediaPort): Promise<void> => {
    try {
      await last.close();
    } finally {
      await release();
      closing = undefined;
    }
  };
  return {
    get port() {
      return port;
    },
    get tooLoud() {
      return tooLoud;
    },
    get closing() {
      return closing;
    },
    open() {
      if (port !== undefined) return undefined;
      if (closing === undefined) return openNow();
      const own = (wish = {});
      return closing.then(() => (wish === own ? openNow() : undefined));
    },
    close() {
      wish = undefined;
      if (port !== undefined) {
        closing = closeNow(port);
        port = undefined;
      }
      return closing ?? Promise.resolve();
    },
  };
}
