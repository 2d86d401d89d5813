// What a node of a flow is: a schema and two pure functions. One kind of node, one file in nodes/.
import { Type, type Static, type TProperties, type TSchema } from "typebox";
import type { Steer } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { PromptName } from "../config/fields.ts";
import type { Destination } from "../config/settings.ts";

/** Where a call goes when a flow is through with it. */
export type Outcome =
  | { readonly type: "enter"; readonly to: Destination }
  | { readonly type: "voicemail"; readonly mailbox: string; readonly greeting: readonly SayItem[] }
  | { readonly type: "fax"; readonly mailbox: string }
  | { readonly type: "hang-up"; readonly cause: number };

export type NodeInput =
  /** What was said has been heard to its end (or could not be said). */
  | { readonly type: "said" }
  /** A key goes down: what is said may stop. */
  | { readonly type: "digit-begin" }
  | { readonly type: "digit"; readonly digit: string }
  | { readonly type: "timer" };

/** The flow itself takes a fax machine's tone; no node is asked. */
export type FlowInput = NodeInput | { readonly type: "fax" };

export type NodeEffect =
  /** In place of what is said now; `said` follows at the end. */
  | { readonly type: "say"; readonly items: readonly SayItem[]; readonly language?: string }
  | { readonly type: "stop" }
  | { readonly type: "steer"; readonly how: Steer }
  /** The caller's keys are needed: no exchange passes them on before the answer. */
  | { readonly type: "answer" }
  /** In place of the timer that runs. */
  | { readonly type: "timer"; readonly ms: number }
  | { readonly type: "no-timer" }
  | { readonly type: "language"; readonly language: string }
  /** For the journal: a key that the node took. */
  | { readonly type: "took"; readonly digit: string };

/** What a node does next: stay with this memory, go on to a node, or leave the flow. */
export type Turn<M> = { readonly effects?: readonly NodeEffect[] } & (
  { readonly memory: M } | { readonly go: string } | { readonly leave: Outcome }
);

/** What a node may ask of the world. */
export interface NodeContext {
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly now: number;
  /** IANA name of the appliance's time zone. */
  readonly timeZone: string;
  /** A schedule of the settings, now; `undefined` when there is none of the name. */
  readonly schedule: (id: string) => ScheduleState | undefined;
}

export type ScheduleState = "open" | "closed" | "holiday";

export interface NodeDefinition<S extends TSchema, M> {
  readonly type: string;
  readonly schema: S;
  /** Every node this one may lead to: checked when the flow is loaded. */
  exits(node: Static<S>): readonly string[];
  enter(node: Static<S>, context: NodeContext): Turn<M>;
  input(node: Static<S>, memory: M, input: NodeInput): Turn<M>;
}

/** A node's settings and memory as the machine holds them: plain JSON that only the node's own kind reads. */
export type NodeSettings = { readonly type: string };
export type NodeMemory = { readonly [name: string]: unknown };

export interface NodeKind {
  readonly type: string;
  readonly schema: TSchema;
  exits(node: NodeSettings): readonly string[];
  enter(node: NodeSettings, context: NodeContext): Turn<NodeMemory>;
  input(node: NodeSettings, memory: NodeMemory, input: NodeInput): Turn<NodeMemory>;
}

/** The one place where the types of a kind are put aside: the loader has checked settings by the kind's schema. */
export function defineNode<S extends TSchema, M extends NodeMemory>(kind: NodeDefinition<S, M>): NodeKind {
  return kind;
}

/** An object with no other properties than these, and its kind's name. */
export function nodeSchema<const T extends string, const P extends TProperties>(type: T, properties: P) {
  return Type.Object({ type: Type.Literal(type), ...properties }, { additionalProperties: false });
}

/** The name of another node of the flow. */
export const NodeName = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" });

const exact = { additionalProperties: false };

export const Say = Type.Array(
  Type.Union([
    Type.Object({ prompt: PromptName }, exact),
    Type.Object({ number: Type.Number({ minimum: -999_999_999_999, maximum: 999_999_999_999 }) }, exact),
    Type.Object({ ordinal: Type.Integer({ minimum: 1, maximum: 999_999_999 }) }, exact),
    Type.Object({ date: Type.String({ pattern: "^[12]\\d{3}-\\d{2}-\\d{2}$|^today$" }) }, exact),
    Type.Object({ time: Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$|^now$" }) }, exact),
    Type.Object(
      {
        amount: Type.String({ pattern: "^-?\\d{1,12}(\\.\\d{1,2})?$" }),
        currency: Type.String({ pattern: "^[a-z]{3}$" }),
      },
      exact,
    ),
    Type.Object({ digits: Type.String({ pattern: "^[0-9*#]{1,32}$" }) }, exact),
    Type.Object({ text: Type.String({ minLength: 1, maxLength: 1000 }) }, exact),
  ]),
  {
    maxItems: 32,
    description:
      "What is said, one after another: recorded prompts, numbers, dates, times, amounts, digits, text.",
  },
);

export const To = Type.Union([
  Type.Object({ flow: Type.String() }, exact),
  Type.Object({ queue: Type.String() }, exact),
  Type.Object({ extension: Type.String() }, exact),
  Type.Object({ outside: Type.String() }, exact),
]);
