// Faxes: those to be sent, and the documents of those that came or went.
import { Type, type Static } from "typebox";
import { At, Id, Nothing } from "./common.ts";

export const FaxJobView = Type.Object({
  id: Id,
  to: Type.String(),
  by: Type.String(),
  pages: Type.Integer({ minimum: 1 }),
  createdAt: At,
  state: Type.Enum(["waiting", "dialling", "sending", "sent", "failed"]),
  tries: Type.Integer({ minimum: 0 }),
  /** Of the present call, confirmed by the far end. */
  pagesSent: Type.Integer({ minimum: 0 }),
  /** When it is tried again. */
  nextAt: Type.Optional(At),
  /** Why the last call did not do: T.30's word, `no-answer`, `no-line`, `refused`. */
  status: Type.Optional(Type.String()),
  /** The last call's record. */
  call: Type.Optional(Type.String()),
});
export const OutboxReply = Type.Object({ jobs: Type.Array(FaxJobView) });

const ById = Type.Object({ id: Id });
/** Some hundred scanned pages. */
const mostBytes = 15_000_000;

export const faxRoutes = {
  "GET /faxes/outbox": { access: "supervisor", summary: "Faxes to be sent, and sent", reply: OutboxReply },
  "POST /faxes/outbox": {
    access: "supervisor",
    summary: "Send a fax, by the routes for outside numbers, as far as the box itself may dial",
    body: Type.Object({
      to: Type.String({
        minLength: 1,
        maxLength: 40,
        description: "As dialled, with the digit that gets a line.",
      }),
      document: Type.String({
        maxLength: Math.ceil(mostBytes / 3) * 4,
        pattern: "^[A-Za-z0-9+/]+={0,2}$",
        description: "PDF, or TIFF as faxes have it, base64.",
      }),
    }),
    bodyLimit: 21_000_000,
    reply: FaxJobView,
  },
  "DELETE /faxes/outbox/:id": {
    access: "supervisor",
    summary: "Take a fax back, or clear one that was sent or failed",
    params: ById,
    reply: Nothing,
  },
  "GET /faxes/:id/document": {
    access: "any",
    summary: "The fax of a call, as PDF; agents only of their own calls",
    params: ById,
    reply: Type.Unknown(),
    file: true,
  },
  "DELETE /faxes/:id/document": {
    access: "supervisor",
    summary: "Delete the document of a call's fax",
    params: ById,
    reply: Nothing,
  },
} as const;

export type FaxJobView = Static<typeof FaxJobView>;
