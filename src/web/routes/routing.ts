// The dry run of routing, and callers put on the block list from their record.
import type { Settings } from "../../config/settings.ts";
import { homeOf } from "../../routing/context.ts";
import { readNumber } from "../../routing/numbers.ts";
import type { TrialAsk } from "../../routing/trial.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { RoutingTestQuery } from "../api/routing.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type Named = "GET /routing/test" | "POST /records/:id/block";

type RoutingDeps = Pick<WebDeps, "settings" | "storage" | "tryRouting">;

export function routingRoutes({ settings, storage, tryRouting }: RoutingDeps): Pick<Handlers, Named> {
  return {
    "GET /routing/test": ({ query }) => tryRouting(askOf(query, settings.current()), query.at),
    "POST /records/:id/block": async ({ params, body, user }) => {
      const record = await storage.record(params.id);
      if (record === undefined) throw new CallboxError("ERR_RECORD_UNKNOWN", { detail: params.id });
      if (record.direction !== "in" || record.caller.number === "")
        throw new CallboxError("ERR_CALLER_WITHHELD", { detail: params.id });
      const { number: digits } = record.caller;
      const number = readNumber({ digits }, homeOf(settings.current())).e164 ?? digits;
      const { note } = body;
      await settings.update(
        (draft) => {
          if (!draft.blockList.some((one) => one.number === number))
            draft.blockList.push({ number, action: "reject", ...(note === undefined ? {} : { note }) });
        },
        { by: user.name },
      );
      return { number };
    },
  };
}

/** @throws ERR_EXTENSION_UNKNOWN, ERR_LINE_UNKNOWN, ERR_REQUEST_INVALID */
function askOf(query: RoutingTestQuery, { extensions, trunkGroups }: Settings): TrialAsk {
  const { extension, group, calling = "", called } = query;
  if (extension !== undefined && group === undefined) {
    if (!extensions.some(({ number }) => number === extension))
      throw new CallboxError("ERR_EXTENSION_UNKNOWN", { detail: extension });
    return { from: { extension }, calling, called };
  }
  if (group === undefined || extension !== undefined)
    throw new CallboxError("ERR_REQUEST_INVALID", { detail: "give either extension or group" });
  if (!trunkGroups.some(({ id }) => id === group))
    throw new CallboxError("ERR_LINE_UNKNOWN", { detail: group });
  return { from: { group }, calling, called };
}
