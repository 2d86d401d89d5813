// Flows as texts that a person edits.
import { CallboxError } from "../../shared/errors.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type Named =
  "GET /flows" | "GET /flows/:id" | "PUT /flows/:id" | "DELETE /flows/:id" | "POST /flows/:id/check";

export function flowRoutes({
  flows,
  settings,
  log,
}: Pick<WebDeps, "flows" | "settings" | "log">): Pick<Handlers, Named> {
  return {
    "GET /flows": async () => ({ flows: await flows.list() }),
    "GET /flows/:id": async ({ params }) => {
      const found = await flows.read(name(params.id));
      if (found === undefined) throw new CallboxError("ERR_FLOW_UNKNOWN", { detail: params.id });
      return found;
    },
    "PUT /flows/:id": async ({ params, body, user }) => {
      const written = await flows.write(name(params.id), body.source);
      log.info({ flow: params.id, by: user.name }, "flow written");
      return written;
    },
    "DELETE /flows/:id": async ({ params, user }) => {
      const places = usesOf(name(params.id), settings.current());
      if (places.length > 0) throw new CallboxError("ERR_FLOW_IN_USE", { detail: places.join(", ") });
      await flows.remove(params.id);
      log.info({ flow: params.id, by: user.name }, "flow removed");
      return null;
    },
    "POST /flows/:id/check": async ({ params, body }) => ({
      issues: await flows.check(name(params.id), body.source),
    }),
  };
}

/** Flows are files: what is no plain name is no flow. */
function name(id: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) throw new CallboxError("ERR_FLOW_UNKNOWN", { detail: id });
  return id;
}

/** Where the settings send calls to a flow, as JSON pointers. */
function usesOf(flow: string, value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("flow" in value && value.flow === flow) return [path];
  return Object.entries(value).flatMap(([key, part]) => usesOf(flow, part, `${path}/${key}`));
}
