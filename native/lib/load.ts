// Loads the compiled addon.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

interface Addon {
  readonly driver: unknown;
  readonly engine: unknown;
}

const require = createRequire(import.meta.url);
const load = require("node-gyp-build") as (folder: string) => Addon;

/** What the addon exports, untyped: lib/driver and lib/engine give it types. */
export const { driver, engine }: Addon = load(fileURLToPath(new URL("..", import.meta.url)));
