// node-dahdi: the typed faces of the addon. `driver`: DAHDI's own calls, one handle a device node.
// `engine`: the media thread that moves audio.
export * as driver from "./driver/index.ts";
export * as engine from "./engine/engine.ts";
