// Calls from outside over BRI, with libpri as the exchange.
import { isdnIn } from "../support/isdn-in.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "bri-in",
  description:
    "calls from a libpri exchange over point-to-point BRI into the menu, two at once, then one to a telephone",
  spans: [{ kind: "BRI" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  run: isdnIn({ inARow: 4, atOnce: 2 }),
};
