// One media port at a time on one channel: a new one opens only when the media thread has let go of the last,
// and the channel is closed only then too.
import type { Closing } from "../boards/board.ts";
import type { MediaEngine, MediaPort } from "../media/engine.ts";
import type { AudioEndpoint } from "../shared/audio.ts";

export interface AudioHolder {
  readonly port: MediaPort | undefined;
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
}

export function createAudioHolder(media: MediaEngine, { acquire, release }: AudioSource): AudioHolder {
  let port: MediaPort | undefined;
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
