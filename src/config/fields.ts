// What the parts of the settings are made of: names, numbers, places.
import { Type, type Static, type TProperties } from "typebox";

/** An object that has no other properties than these: a mistyped name is an error, not silence. */
export const Exact = <P extends TProperties>(properties: P, options: { readonly default?: object } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const Id = Type.String({
  pattern: "^[a-z0-9][a-z0-9-]{0,31}$",
  description: "Stable name: a–z, 0–9, hyphen.",
});
export const Digits = Type.String({ pattern: "^[0-9*#+]{1,32}$" });
export const Name = Type.String({ minLength: 1, maxLength: 64 });
export const Note = Type.String({ maxLength: 200 });
export const Seconds = (initial: number, maximum = 3600) =>
  Type.Integer({ minimum: 0, maximum, default: initial, description: "Seconds." });

/** Of the prompts' library. */
export const PromptName = Type.String({ pattern: "^[a-zA-Z0-9][a-zA-Z0-9_/-]{0,63}$" });

/** Kinds of numbers that may be dialled. */
export const DialClass = Type.Enum([
  "emergency",
  "internal",
  "local",
  "national",
  "mobile",
  "international",
  "premium",
]);

/** Of a trunk group's, or a seat's, calls. `share`: some of them. `on-demand`: when a person asks for it. */
export const RecordingRule = Type.Enum(["always", "share", "on-demand", "never"]);

/**
 * Where a call goes: a flow, a queue, an agent wherever that is logged in, a conference room, a mailbox that takes a message,
 * an extension or an outside number by the outgoing routes.
 */
export const Destination = Type.Union([
  Exact({ flow: Id }),
  Exact({ queue: Id }),
  Exact({ agent: Digits }),
  Exact({ room: Id }),
  Exact({ mailbox: Id }),
  Exact({ extension: Digits }),
  Exact({ outside: Digits }),
]);

export type RecordingRule = Static<typeof RecordingRule>;
export type DialClass = Static<typeof DialClass>;
export type Destination = Static<typeof Destination>;
