// Routing tried without a call: what a technician asks, and what the box would do.
import { Type, type Static } from "typebox";
import { stepCodes } from "../../routing/context.ts";
import { At, Digits } from "./common.ts";

/** Either `extension` or `group`. */
export const RoutingTestQuery = Type.Object({
  extension: Type.Optional(Digits),
  /** A trunk group's id. */
  group: Type.Optional(Type.String({ maxLength: 32 })),
  /** Who calls in; left out or empty: withheld. Of an extension it is its own number. */
  calling: Type.Optional(Digits),
  called: Type.String({ minLength: 1, maxLength: 32 }),
  /** Default now. What was used of limits is always today's. */
  at: Type.Optional(At),
});

const PartyNumber = Type.Object({
  digits: Type.String(),
  /** As Q.931 §4.5.10 has it. */
  type: Type.String(),
  presentation: Type.Union([
    Type.Literal("allowed"),
    Type.Literal("restricted"),
    Type.Literal("unavailable"),
  ]),
});

/** `code` and its values: the console says it in its language. */
export const RoutingStep = Type.Object({
  code: Type.Enum([...stepCodes]),
  values: Type.Record(Type.String(), Type.String()),
});

export const RoutingTestReply = Type.Object({
  verdict: Type.Union([Type.Literal("connected"), Type.Literal("refused"), Type.Literal("feature")]),
  /** `flow:main`, `queue:sales`, `201`, `outside:5551000`, or a feature's name. */
  to: Type.Optional(Type.String()),
  /** Q.850, when refused. */
  cause: Type.Optional(Type.Integer({ minimum: 1, maximum: 127 })),
  answer: Type.Optional(Type.Union([Type.Literal("at-once"), Type.Literal("when-agent")])),
  /** In queues. */
  priority: Type.Optional(Type.Integer()),
  /** Outside calls: trunk groups in turn, and what is sent to each. */
  attempts: Type.Array(Type.Object({ group: Type.String(), called: PartyNumber, calling: PartyNumber })),
  /** Why, from first to last. */
  steps: Type.Array(RoutingStep),
});

export type RoutingTestQuery = Static<typeof RoutingTestQuery>;
export type RoutingTestReply = Static<typeof RoutingTestReply>;
