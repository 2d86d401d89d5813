// Imports over the API: proposals only. Lines are changed by /lines/change, groups by /settings/trunkGroups.
import { importChanDahdi } from "../../provisioning/chan-dahdi-import.ts";
import type { importRoutes as table } from "../api/import.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type Named = keyof typeof table;

export function importRoutes({
  settings,
  lines,
}: Pick<WebDeps, "settings" | "lines">): Pick<Handlers, Named> {
  return {
    "POST /import/chan-dahdi": ({ body: { text } }) =>
      importChanDahdi(text, lines.list(), settings.current()),
  };
}
