// Calls in bulk over E1 with libpri as the user.
import { bulkTimeout, callsEach, isdnBulk } from "../support/isdn-bulk.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "isdn-bulk-pri-user",
  description: `${callsEach} calls each way over E1 with libpri as the user, up to 30 at once`,
  spans: [{ kind: "E1" }],
  timeoutSeconds: bulkTimeout,
  run: isdnBulk({ peer: "user", most: 30, ours: {}, refusals: [17, 1, 21, 34], glare: true }),
};
