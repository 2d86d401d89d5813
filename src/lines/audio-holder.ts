// One media port at a time on one channel: a new one opens only when the media thread has let go of the last,
// and the channel is closed only then too.
import type { MediaEngine, MediaPort } from "../media/engine.ts";
import type { AudioEndpoint } from "../shared/audio.ts";

export interface AudioHolder {
  readonly port: MediaPort | undefined;
  /**
   * Opens a port; gives a promise when the last one is still closing. Harmless when one is open.
   * @throws what the channel or the media engine throws.
   */
  open(): undefined | Promise<void>;
  /** Resolves when the channel is free. Harmless when nothing is open. */
  close(): Promise<void>;
}

export interface AudioSource {
  /** Opens the channel, or tells the endpoint of one that stays open. */
  readonly acquire: () => AudioEndpoint;
  readonly release: () => void;
}

export function createAudioHolder(media: MediaEngine, { acquire, release }: AudioSource): AudioHolder {
  let port: MediaPort | undefined;
  let closing: Promise<void> | undefined;

  const openNow = (): undefined => {
    const endpoint = acquire();
    try {
      port = media.open(endpoint);
    } catch (error) {
      release();
      throw error;
    }
  };
  const closeNow = async (last: MediaPort): Promise<void> => {
    try {
      await last.close();
    } finally {
      closing = undefined;
      release();
    }
  };
  return {
    get port() {
      return port;
    },
    open() {
      if (port !== undefined) return undefined;
      return closing === undefined ? openNow() : closing.then(openNow);
    },
    close() {
      if (port !== undefined) {
        closing = closeNow(port);
        port = undefined;
      }
      return closing ?? Promise.resolve();
    },
  };
}
