// What all resources of the API share: times, numbers of parties, the shape of a refusal.
import { Type, type Static } from "typebox";

/** Milliseconds since 1970-01-01 UTC. */
export const At = Type.Integer({ minimum: 0, description: "Milliseconds since 1970-01-01 UTC." });
/** A length of time. */
export const Ms = Type.Integer({ minimum: 0, description: "Milliseconds." });
/** A call, record, leg or recording (a ULID). */
export const Id = Type.String({ minLength: 1, maxLength: 64 });
/** A dialled or shown number; empty when withheld or not given. */
export const Digits = Type.String({ maxLength: 32 });

/** A party as the outside knows it. */
export const Party = Type.Object({ number: Digits, name: Type.Optional(Type.String()) });

/** One thing wrong in what was sent, at its place. */
export const Issue = Type.Object({
  /** JSON pointer into the body (`/2/port/span`); empty for the whole. */
  path: Type.String(),
  message: Type.String(),
  /** Of a text (a flow's source), 1 and up. */
  line: Type.Optional(Type.Integer({ minimum: 1 })),
  column: Type.Optional(Type.Integer({ minimum: 1 })),
});

/** Reply to everything that fails, with a 4xx or 5xx status. */
export const Refusal = Type.Object({
  /** From the table of error codes. */
  code: Type.String(),
  message: Type.String(),
  remedy: Type.String(),
  /** What exactly, where the message alone does not say it; part of the message too. */
  detail: Type.Optional(Type.String()),
  /** Status 422: what is wrong, each at its place. */
  issues: Type.Optional(Type.Array(Issue)),
});

export type { ErrorCode } from "../../shared/errors.ts";
export const Nothing = Type.Null({ description: "Status 204, no body." });

export type Party = Static<typeof Party>;
export type Issue = Static<typeof Issue>;
export type Refusal = Static<typeof Refusal>;
