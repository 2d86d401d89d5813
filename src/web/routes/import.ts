// Imports over the API: proposals only. Lines are changed by /lines/change, groups by /settings/trunkGroups.
import { pinned } from "../../provisioning/assigned-spans.ts";
import { importChanDahdi } from "../../provisioning/chan-dahdi-import.ts";
import { exportSystemConf, importSystemConf } from "../../provisioning/system-conf-spans.ts";
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
    "POST /import/system-conf": ({ body: { text } }) =>
      importSystemConf(text, lines.spans(), settings.current()),
    "POST /export/assigned-spans": ({ body: { text } }) => pinned(text, lines.cards()),
    "POST /export/system-conf": ({ body: { text } }) =>
      exportSystemConf(text, lines.spans(), settings.current()),
  };
}
