// Calls from outside over E1, with libpri as the exchange.
import { isdnIn } from "../support/isdn-in.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "pri-in",
  description:
    "20 calls in a row and 8 at once from a libpri exchange into the menu, then one to a telephone, all audio proved",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 400,
  run: isdnIn({ inARow: 20, atOnce: 8 }),
};
