// What a person holds to the ear: a stream port towards a browser, open while the station is off hook.
import type { MediaEngine, MediaPort, StreamPort, Tone } from "../media/engine.ts";

export interface Handset {
  readonly port: StreamPort | undefined;
  lift(): void;
  hangUp(): void;
  /** A tone from the exchange; `undefined` stops it. */
  hear(tone: Tone | undefined): void;
  /** Speaks with the other side of this port. */
  join(other: MediaPort | undefined): void;
  /** Keys, one after another however fast they are pressed, as DTMF from a port of the line. */
  press(digits: string, line: MediaPort): void;
}

export function createHandset(media: MediaEngine, onError: (error: unknown) => void): Handset {
  let port: StreamPort | undefined;
  let joined: MediaPort | undefined;
  let keys = "";
  let sending = false;

  const sendKeys = async (line: MediaPort): Promise<void> => {
    sending = true;
    while (keys !== "" && port !== undefined) {
      const digits = keys;
      keys = "";
      await line.sendDigits(digits).finished;
    }
    sending = false;
  };
  return {
    get port() {
      return port;
    },
    lift() {
      port ??= media.openStream();
    },
    hangUp() {
      void port?.close().catch(onError);
      port = joined = undefined;
      keys = "";
    },
    hear(tone) {
      if (tone === undefined) port?.stopPlaying();
      else port?.playTone(tone);
    },
    join(other) {
      if (port === undefined || other === undefined || other === joined) return;
      joined = other;
      port.stopPlaying();
      port.connect(other);
    },
    press(digits, line) {
      keys += digits;
      if (!sending) void sendKeys(line).catch(onError);
    },
  };
}
