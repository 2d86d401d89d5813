// What calls over an ISDN span begin with: libpri as the exchange, the office's telephones where the layout has any, and the
// appliance between them, ready and at rest.
import type { Settings } from "../../../src/config/settings.ts";
import { startAppliance, type Appliance } from "./appliance.ts";
import { baseline, mainFlow, type Baseline } from "./box.ts";
import { analogFar, type End } from "./ends.ts";
import { isdnPeer } from "./isdn.ts";
import { officeSettings, type OfficeOptions } from "./office.ts";
import type { Peer } from "./peer.ts";
import type { Context } from "./scenario.ts";
import { pairOf } from "./spans.ts";

export interface IsdnOffice {
  readonly network: Peer;
  readonly phones: readonly End[];
  readonly settings: Settings;
  readonly appliance: Appliance;
  readonly before: Baseline;
}

/** The layout's first span is the ISDN one. */
export async function isdnOffice(
  context: Context,
  options: Pick<OfficeOptions, "more"> = {},
): Promise<IsdnOffice> {
  const network = await isdnPeer(context, {
    span: pairOf(context.layout).far,
    role: "network",
    name: "exchange",
  });
  const telephones = context.layout.far.find(({ plan }) => plan.kind === "analog");
  const phones = telephones === undefined ? [] : (await analogFar(context, telephones)).phones;
  const settings = await officeSettings(context.layout, { incoming: { flow: "main" }, ...options });
  const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
  await network.expect({ event: "up" }, 30_000);
  return { network, phones, settings, appliance, before: await baseline(context, appliance) };
}
