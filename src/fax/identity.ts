// What a fax says of the box: the number that the far machine shows, and the line above each page.
import type { Settings } from "../config/settings.ts";
import { posixZone } from "../shared/local-time.ts";

/** The number that a trunk group shows outside. */
export function faxIdent({ trunkGroups, appliance }: Pick<Settings, "trunkGroups" | "appliance">): string {
  const number = trunkGroups.find((group) => group.callerNumber !== undefined)?.callerNumber;
  return (number ?? appliance.areaCode ?? "").replace(/[^0-9+ ]/gu, "").slice(0, 20);
}

/** Letters that every fax machine prints. `now`: of the time zone's offset. */
export function faxHeader(
  { name, timeZone }: Settings["appliance"],
  now: number,
): { readonly text: string; readonly zone: string } {
  return { text: /^[ -~]*$/u.test(name) ? name.slice(0, 50) : "", zone: posixZone(now, timeZone) };
}
