// Calls in bulk over point-to-point BRI with libpri as the exchange.
import { bulkTimeout, callsEach, isdnBulk } from "../support/isdn-bulk.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "isdn-bulk-bri-nt",
  description: `${callsEach} calls each way over point-to-point BRI with libpri as the exchange, up to 2 at once`,
  spans: [{ kind: "BRI" }],
  timeoutSeconds: bulkTimeout,
  run: isdnBulk({ peer: "network", most: 2, ours: {}, refusals: [17, 1, 21, 34] }),
};
