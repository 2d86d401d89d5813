// node-dahdi: the typed faces of the addon. `driver`: DAHDI's own calls, one handle a device.
// `engine`: the media thread that moves audio.
import { driver as nativeDriver, engine as nativeEngine } from "./load.ts";

export const driver: unknown = nativeDriver;
export const engine: unknown = nativeEngine;
