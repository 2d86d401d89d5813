// What calls on an analog line begin with: an exchange and a telephone of ours, and the appliance between them, at rest.
import { startAppliance, type Appliance } from "./appliance.ts";
import { baseline, mainFlow, type Baseline } from "./box.ts";
import { analogFar, type End } from "./ends.ts";
import { officeSettings, type OfficeOptions } from "./office.ts";
import type { Peer } from "./peer.ts";
import type { Context } from "./scenario.ts";
import { pairOf } from "./spans.ts";

export interface AnalogOffice {
  readonly peer: Peer;
  /** The exchange's end of the line. */
  readonly line: End;
  readonly phone: End;
  readonly appliance: Appliance;
  readonly before: Baseline;
}

/** The layout's first span has the line and the telephone. */
export async function analogOffice(
  context: Context,
  incoming: OfficeOptions["incoming"],
): Promise<AnalogOffice> {
  const { peer, phones, exchange } = await analogFar(context, pairOf(context.layout).far);
  const [line, phone] = [exchange[0], phones[0]];
  if (line === undefined || phone === undefined) throw new Error("no line or no telephone");
  const settings = await officeSettings(context.layout, { incoming });
  const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
  return { peer, line, phone, appliance, before: await baseline(context, appliance) };
}
