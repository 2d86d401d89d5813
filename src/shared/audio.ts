// Where audio enters and leaves: plain data that boards give out and the media engine opens.

/** G.711 companding law of a channel. */
export type Law = "alaw" | "ulaw";

/**
 * What a channel carries. `voice`: with the line's gains and its echo canceller, which begins to learn the line anew.
 * `modem`: with gains alone (T.30 wants no canceller). `bits`: every octet as it is. `idle`: nothing.
 */
export type LineUse = "voice" | "modem" | "bits" | "idle";

export type AudioEndpoint =
  /** An open channel of the driver; `channel` is node-dahdi's own handle, which only media/ looks into. */
  | {
      readonly kind: "dahdi";
      readonly channel: object;
      readonly law: Law;
      /** The media engine tells what it does with the channel; the board sets the line for it. Never throws. */
      readonly use?: (use: LineUse) => void;
    }
  /** One end of a cross-connected simulated pair: what is sent at one side is heard at the other. */
  | { readonly kind: "pair"; readonly pair: string; readonly side: "near" | "far"; readonly law: Law }
  /** A port whose far end is JavaScript: 16-bit linear samples at 8 kHz (a browser that listens or speaks). */
  | { readonly kind: "stream" };
