// Calls in bulk over point-to-point BRI with libpri as the terminal.
import { bulkTimeout, callsEach, isdnBulk } from "../support/isdn-bulk.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "isdn-bulk-bri-te",
  description: `${callsEach} calls each way over point-to-point BRI with libpri as the terminal, up to 2 at once`,
  spans: [{ kind: "BRI" }],
  timeoutSeconds: bulkTimeout,
  run: isdnBulk({ peer: "user", most: 2, ours: {}, refusals: [17, 1, 21, 34] }),
};
