// The simulated board keeps the contract of boards, on a test's clock.
import t from "tap";
import type { Channel } from "../../src/boards/board.ts";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import { createTestClock } from "../support/test-clock.ts";
import { boardCases, type BoardRig } from "./board.ts";

function createRig(): BoardRig {
  const clock = createTestClock();
  const pair = createSimulatedPair(
    { spans: [{ kind: "E1" }, { kind: "BRI" }, { kind: "analog", ports: ["fxo", "fxs"] }] },
    { clock },
  );
  return {
    board: pair.near,
    linesAreDriven: true,
    far({ span, position }): Channel {
      const channel = pair.far.spans[span.number - 1]?.channels[position - 1];
      if (channel === undefined) throw new Error(`no far end of ${span.number}/${position}`);
      return channel;
    },
    pass: (ms) => clock.advance(ms),
    cut: (span) => Promise.resolve(pair.cable(span.number).pull()),
    mend: (span) => Promise.resolve(pair.cable(span.number).plug()),
    async close() {
      await Promise.all([pair.near.close(), pair.far.close()]);
    },
  };
}

for (const boardCase of boardCases) {
  t.test(boardCase.name, async (t) => {
    const rig = createRig();
    await t.resolves(boardCase.run(rig));
    await rig.close();
  });
}
