// boards/dahdi on cards: lines that are driven as they are told, a D-channel that the card frames.
import { boardContract, contractSpans } from "../support/board-contract.ts";
import type { Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "card-contract",
  description: "the same contract on the test card: line settings read back, D-channel framed by the card",
  spans: contractSpans,
  hardware: "card",
  timeoutSeconds: 420,
  run: boardContract,
};
