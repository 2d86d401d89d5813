// Calls from a telephone of the office to outside over BRI, with libpri as the exchange.
import { isdnOut } from "../support/isdn-out.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "bri-out",
  description:
    "a telephone calls out over BRI: alerting, answer, audio both ways, hang-up by either side, busy, nobody there",
  spans: [{ kind: "BRI" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  run: isdnOut("7"),
};
