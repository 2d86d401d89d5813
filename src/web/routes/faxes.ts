// Faxes to be sent, and the documents of those that came or went.
import { removeFax } from "../../fax/retention.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { faxRoutes as table } from "../api/faxes.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import { maySee } from "../views.ts";
import type { SignedIn } from "../users.ts";
import { within } from "./records.ts";

type Named = keyof typeof table;
type FaxDeps = Pick<WebDeps, "outbox" | "storage" | "faxesDir" | "note" | "log">;

export function faxRoutes({ outbox, storage, faxesDir, note, log }: FaxDeps): Pick<Handlers, Named> {
  /** The TIFF's path within the folder. @throws ERR_FAX_UNKNOWN */
  const fileOf = async (id: string, user: SignedIn): Promise<string> => {
    const record = await storage.record(id);
    const named = record?.fax?.file;
    const file = named === undefined ? undefined : within(faxesDir, named);
    if (record === undefined || file === undefined || !maySee(user, record))
      throw new CallboxError("ERR_FAX_UNKNOWN", { detail: id });
    return file;
  };
  return {
    "GET /faxes/outbox": () => ({ jobs: [...outbox.list()] }),
    "POST /faxes/outbox": async ({ body, user }) => {
      const job = await outbox.send(body.to, Buffer.from(body.document, "base64"), user.name);
      log.info({ fax: job.id, to: job.to, pages: job.pages, by: user.name }, "fax to be sent");
      return job;
    },
    "DELETE /faxes/outbox/:id": async ({ params, user }) => {
      await outbox.remove(params.id);
      log.info({ fax: params.id, by: user.name }, "fax taken back");
      return null;
    },
    "GET /faxes/:id/document": async ({ params, user, reply }) => {
      const file = await fileOf(params.id, user);
      log.info({ fax: params.id, by: user.name }, "fax read");
      return reply.type("application/pdf").sendFile(file.replace(/\.tif$/u, ".pdf"), faxesDir, {
        dotfiles: "deny",
        immutable: false,
        maxAge: 0,
      });
    },
    "DELETE /faxes/:id/document": async ({ params, user }) => {
      const file = await fileOf(params.id, user);
      await removeFax(faxesDir, file);
      note({ type: "fax.removed", file, call: params.id, by: user.name });
      log.info({ fax: params.id, by: user.name }, "fax deleted");
      return null;
    },
  };
}
