// What is measured on a line that is out of service: bit errors, echo and levels.
import type { BitErrors, LineProbe } from "../media/engine.ts";
import {
  echoOf,
  levelOf,
  noisePeriod,
  periodMs,
  tonePeriod,
  type LevelMeasured,
} from "../media/line-measure.ts";
import { CallboxError } from "../shared/errors.ts";
import type { EchoTest } from "./line-test.ts";
import type { LineOnTest, Measure } from "./measuring.ts";

/** dBm0: a loud voice. */
const probeLevel = -13;
/** So long a canceller may learn. */
const learning = 6;
const counted = 6;

/** Far end: a loop, or the same test. */
export const measureBits =
  (ms: number): Measure<BitErrors> =>
  async ({ port, wait }) => {
    const test = port.testBits();
    await wait(ms);
    test.stop();
    return test.read();
  };

/** @throws ERR_LINE_IN_SERVICE when it is put back meanwhile, ERR_LINE_NO_AUDIO */
export const measureEcho: Measure<EchoTest> = async (line) => {
  const said = noisePeriod(probeLevel);
  const plain = await probed(line, 1, (settle) =>
    line.port.probe(said, { settle, periods: counted, use: "modem" }),
  );
  const cancelled = await probed(line, learning, (settle) =>
    line.port.probe(said, { settle, periods: counted, use: "voice" }),
  );
  const { returnLossDb, spreadMs, noiseDbm0 } = echoOf(said, plain);
  return { returnLossDb, spreadMs, noiseDbm0, cancelledLossDb: echoOf(said, cancelled).returnLossDb };
};

/** @param sendDbm0 of 1000 Hz; `undefined`: only listens. @throws as `measureEcho` */
export const measureLevel =
  (sendDbm0: number | undefined): Measure<LevelMeasured> =>
  async (line) => {
    const said = tonePeriod(sendDbm0 ?? -Infinity);
    return levelOf(
      await probed(line, 1, (settle) => line.port.probe(said, { settle, periods: 4, use: "modem" })),
    );
  };

async function probed({ wait }: LineOnTest, settle: number, begin: (settle: number) => LineProbe) {
  const probe = begin(settle);
  try {
    // Twice the time that it takes, and the line gives nothing.
    for (let left = 2 * (settle + counted); left > 0; left--) {
      if (!(await wait(periodMs))) throw new CallboxError("ERR_LINE_IN_SERVICE");
      const found = probe.read();
      if (found !== undefined) return found;
    }
    throw new CallboxError("ERR_LINE_NO_AUDIO");
  } finally {
    probe.stop();
  }
}
