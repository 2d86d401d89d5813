// The journal itself: whether it is as it was written, and all of it to take away.
import { Type, type Static } from "typebox";
import { At } from "./common.ts";

export const JournalVerified = Type.Object({
  /** Looked at. */
  events: Type.Integer({ minimum: 0 }),
  /** The newest, and its link: 64 hexadecimal digits that stand for all events up to it. */
  last: Type.Integer({ minimum: 0 }),
  link: Type.String(),
  /** Of which numbers of persons were taken out by rule. */
  anonymised: Type.Integer({ minimum: 0 }),
  /** The event that has the link that was asked for. */
  known: Type.Optional(Type.Integer()),
  broken: Type.Optional(
    Type.Object({
      seq: Type.Integer(),
      why: Type.Union([
        Type.Literal("missing"),
        Type.Literal("changed"),
        Type.Literal("link"),
        Type.Literal("anonymised"),
      ]),
    }),
  ),
});

export const JournalQuery = Type.Object({
  /** `queue_log`: as Asterisk writes it, of queues and agents alone. */
  format: Type.Optional(Type.Union([Type.Literal("jsonl"), Type.Literal("queue_log")])),
  from: Type.Optional(At),
  to: Type.Optional(At),
});

export const journalRoutes = {
  "GET /journal/verification": {
    access: "admin",
    query: Type.Object({ link: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })) }),
    summary: "Looks whether the journal is as it was written: each event is chained to the one before",
    reply: JournalVerified,
  },
  "GET /journal": {
    access: "admin",
    summary: "All events, oldest first, as JSON Lines or as Asterisk's queue_log",
    query: JournalQuery,
    reply: Type.Unknown(),
    file: true,
  },
} as const;

export type JournalVerified = Static<typeof JournalVerified>;
