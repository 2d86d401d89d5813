// The contract of `Board`: what every implementation must do, told by both ends of its lines. The same cases run on the
// simulated board (with a test's clock) and on boards/dahdi in the lab (in real time).
import { analogCases } from "./board-analog.ts";
import { digitalCases } from "./board-digital.ts";
import { closingCases, openingCases } from "./board-opening.ts";
import type { BoardCase } from "./board-rig.ts";

export type { BoardCase, BoardRig } from "./board-rig.ts";

/** Each wants a rig on which no channel is open, and leaves it so. The last of them close the board. */
export const boardCases: readonly BoardCase[] = [
  ...openingCases,
  ...digitalCases,
  ...analogCases,
  ...closingCases,
];
