// boards/dahdi on virtual spans.
import { boardContract, contractSpans } from "../support/board-contract.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "board-contract",
  description:
    "boards/dahdi keeps the contract of boards: opening, frames, alarms, hook, ring, flash, pulses",
  spans: contractSpans,
  timeoutSeconds: 420,
  run: boardContract,
};
