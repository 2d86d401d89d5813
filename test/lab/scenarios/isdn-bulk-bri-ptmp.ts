// Calls in bulk over BRI buses: two libpri terminals on our bus, and our terminal on libpri's.
import { bulkTimeout, callsEach, isdnBulk } from "../support/isdn-bulk.ts";
import type { Scenario } from "../support/scenario.ts";

const terminals = isdnBulk({
  peer: "user",
  most: 2,
  ours: { tei: "automatic", topology: "multipoint" },
  more: { type: "bri-ptmp", ends: 2, msn0: "46", msn1: "56" },
  broadcast: true,
  refusals: [17, 21],
  toAll: 4,
});

const exchange = isdnBulk({
  pair: 1,
  peer: "network",
  most: 2,
  ours: { tei: "automatic" },
  more: { type: "bri-ptmp" },
  broadcast: true,
  refusals: [17, 1],
});

export const scenario: Scenario = {
  name: "isdn-bulk-bri-ptmp",
  description: `${callsEach} calls each way between our BRI bus and two libpri terminals, and as many as a terminal on libpri's bus`,
  spans: [{ kind: "BRI" }, { kind: "BRI" }],
  timeoutSeconds: bulkTimeout,
  async run(context) {
    await Promise.all([terminals(context), exchange(context)]);
  },
};
