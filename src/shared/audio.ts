// Where audio enters and leaves: plain data that boards give out and the media engine opens.

/** G.711 companding law of a channel. */
export type Law = "alaw" | "ulaw";

export type AudioEndpoint =
  /** An open channel of the driver; `channel` is node-dahdi's own handle, which only media/ looks into. */
  | { readonly kind: "dahdi"; readonly channel: object; readonly law: Law }
  /** One end of a cross-connected simulated pair: what is sent at one side is heard at the other. */
  | { readonly kind: "pair"; readonly pair: string; readonly side: "near" | "far"; readonly law: Law }
  /** A port whose far end is JavaScript: 16-bit linear samples at 8 kHz (a browser that listens or speaks). */
  | { readonly kind: "stream" };
