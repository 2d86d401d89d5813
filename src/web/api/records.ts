// Call records, read from the journal (shared/call-record.ts), and their recordings.
import { Type, type Static } from "typebox";
import type { JournalEvent } from "../../shared/journal.ts";
import { At, Digits, Id, Ms, Party } from "./common.ts";

export const Direction = Type.Union([Type.Literal("in"), Type.Literal("out"), Type.Literal("internal")]);

/** As in shared/call-record.ts; a call that still goes on (`active`) has no record here yet. */
export const Disposition = Type.Union([
  Type.Literal("answered"),
  Type.Literal("abandoned"),
  Type.Literal("self-service"),
  Type.Literal("unanswered"),
]);

export const RecordingView = Type.Object({
  /** For `/recordings/:id/audio`. */
  id: Type.String({ minLength: 1, maxLength: 200 }),
  /** Of the file: its days over, a recording is made small. */
  format: Type.Enum(["wav", "opus", "flac"]),
  /** Absent while it is being written. */
  durationMs: Type.Optional(Ms),
  bytes: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Of the finished file, as it was when the recording ended, or was made small; what is downloaded must have the same. */
  sha256: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
  /** Paused by somebody, from the file's beginning: silence. */
  pauses: Type.Optional(Type.Array(Type.Object({ fromMs: Ms, toMs: Type.Optional(Ms) }))),
});

/** Advice of charge (EN 300 182-1). */
export const ChargeView = Type.Union([
  Type.Object({ kind: Type.Literal("units"), units: Type.Integer({ minimum: 0 }) }),
  Type.Object({
    kind: Type.Literal("currency"),
    /** As the network writes it. */
    currency: Type.String(),
    thousandths: Type.Integer({ minimum: 0 }),
  }),
  Type.Object({ kind: Type.Literal("free") }),
]);

/** What the network said of a call beside its numbers. */
export const DetailsView = Type.Object({
  divertedFrom: Type.Optional(Type.String()),
  divertedBecause: Type.Optional(
    Type.Enum(["unknown", "busy", "no-reply", "unconditional", "deflection", "out-of-order", "other"]),
  ),
  connected: Type.Optional(Type.String({ description: "Who took the call." })),
  callingSubaddress: Type.Optional(Type.String()),
  calledSubaddress: Type.Optional(Type.String()),
  connectedSubaddress: Type.Optional(Type.String()),
  userToUser: Type.Optional(Type.String({ description: "Characters, else octets in hexadecimal." })),
});

export const RecordView = Type.Object({
  /** The call's id. */
  id: Id,
  direction: Direction,
  caller: Party,
  called: Digits,
  /** `span/position` of the line the call came in on. */
  line: Type.String(),
  extension: Type.Optional(Digits),
  startedAt: At,
  answeredAt: Type.Optional(At),
  /** When the caller and a person first heard each other. */
  connectedAt: Type.Optional(At),
  endedAt: At,
  disposition: Disposition,
  /** Q.850. */
  cause: Type.Optional(Type.Integer({ minimum: 0, maximum: 127 })),
  endedBy: Type.Optional(
    Type.Union([Type.Literal("caller"), Type.Literal("called"), Type.Literal("box"), Type.Literal("fault")]),
  ),
  flow: Type.Optional(Id),
  queue: Type.Optional(Id),
  agent: Type.Optional(Digits),
  /** What its agent says that it was about. */
  wrapUp: Type.Optional(Id),
  /** What the caller thinks of it. */
  rating: Type.Optional(
    Type.Object({ score: Type.Integer({ minimum: 1 }), highest: Type.Integer({ minimum: 1 }) }),
  ),
  /** What a supervisor thinks of how its agent handled it. */
  score: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  queueWaitMs: Ms,
  talkMs: Ms,
  holdMs: Ms,
  recordings: Type.Array(RecordingView),
  /** The fax that the caller sent, or that was sent there; its document at `/faxes/:id/document`, by the record's id, where `document`. */
  fax: Type.Optional(
    Type.Object({
      pages: Type.Integer({ minimum: 0 }),
      whole: Type.Boolean(),
      sent: Type.Boolean(),
      far: Type.Optional(Type.String()),
      document: Type.Boolean(),
    }),
  ),
  /** What the network said that it cost, where it did; one for each kind of sum. */
  charges: Type.Optional(Type.Array(ChargeView)),
  details: Type.Optional(DetailsView),
});

/** One line of a call's story: a journal event as it is kept. Digits of secrets are stars already. */
export const StoryEvent = Type.Unsafe<JournalEvent>(
  Type.Object({ v: Type.Literal(1), at: At, type: Type.String() }, { additionalProperties: true }),
);

export const RecordReply = Type.Object({ record: RecordView, story: Type.Array(StoryEvent) });

export const BlockCaller = Type.Object({ note: Type.Optional(Type.String({ maxLength: 200 })) });
/** How well an agent handled a call, 0 to 100. */
export const Score = Type.Object({
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  note: Type.Optional(Type.String({ maxLength: 500 })),
});
/** As it stands on the list: with country code where the number has one. */
export const BlockedNumber = Type.Object({ number: Type.String() });

/** Filters are joined by AND. Newest first. */
export const RecordsQuery = Type.Object({
  from: Type.Optional(At),
  to: Type.Optional(At),
  /** Part of the caller's or the called number. */
  number: Type.Optional(Digits),
  direction: Type.Optional(Direction),
  disposition: Type.Optional(Disposition),
  queue: Type.Optional(Id),
  agent: Type.Optional(Digits),
  /** `next` of the page before. */
  cursor: Type.Optional(Type.String({ maxLength: 128 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

export const RecordsReply = Type.Object({
  records: Type.Array(RecordView),
  /** Present when there are older ones: the cursor that gets them. */
  next: Type.Optional(Type.String({ maxLength: 128 })),
});

export type Direction = Static<typeof Direction>;
export type Disposition = Static<typeof Disposition>;
export type ChargeView = Static<typeof ChargeView>;
export type DetailsView = Static<typeof DetailsView>;
export type RecordView = Static<typeof RecordView>;
export type RecordingView = Static<typeof RecordingView>;
export type StoryEvent = Static<typeof StoryEvent>;
export type RecordReply = Static<typeof RecordReply>;
export type RecordsQuery = Static<typeof RecordsQuery>;
export type RecordsReply = Static<typeof RecordsReply>;
