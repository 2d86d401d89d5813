// A probe on a port, to its end.
import type { MediaPort, Probed, ProbeOptions } from "../../../src/media/engine.ts";
import { periodMs } from "../../../src/media/line-measure.ts";
import type { Context } from "./scenario.ts";

export async function probed(
  context: Context,
  port: MediaPort,
  said: Int16Array,
  options: ProbeOptions,
): Promise<Probed> {
  const probe = port.probe(said, options);
  let found: Probed | undefined;
  await context.until(
    "the probe is through",
    () => (found = probe.read()) !== undefined,
    (options.settle + options.periods + 4) * periodMs,
  );
  probe.stop();
  if (found === undefined) throw new Error("no probe");
  return found;
}
