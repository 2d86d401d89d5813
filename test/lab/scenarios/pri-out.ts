// Calls from a telephone of the office to outside over E1, with libpri as the exchange.
import { isdnOut } from "../support/isdn-out.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "pri-out",
  description:
    "a telephone calls out over E1: alerting, answer, audio both ways, hang-up by either side, busy, nobody there",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  run: isdnOut("9"),
};
