// collect: takes a number by keys. Complete at the longest length, at `#`, or after a pause; then the call
// goes to the extension dialled, or to the node that `numbers` names for it.
import { Type, type Static } from "typebox";
import { defineNode, NodeName, nodeSchema, Say, type NodeEffect, type Turn } from "../node.ts";

const schema = nodeSchema("collect", {
  say: Say,
  minimum: Type.Optional(Type.Integer({ minimum: 1, maximum: 32 })),
  maximum: Type.Integer({ minimum: 1, maximum: 32 }),
  /** Before the first key, seconds. */
  timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** Between keys, seconds. */
  pauseSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  /** The journal keeps a `*` for each key. */
  secret: Type.Optional(Type.Boolean()),
  /** `extension`: dials what was collected. Otherwise number to node. */
  to: Type.Union([
    Type.Literal("extension"),
    Type.Record(Type.String({ pattern: "^[0-9*]{1,32}$" }), NodeName, { additionalProperties: false }),
  ]),
  /** For numbers that `to` does not name; another attempt when left out. */
  anyOther: Type.Optional(NodeName),
  invalid: Type.Optional(Say),
  otherwise: NodeName,
});

interface Memory {
  readonly [name: string]: unknown;
  readonly attempt: number;
  readonly digits: string;
}

type Settings = Static<typeof schema>;

export const collect = defineNode({
  type: "collect",
  schema,
  exits: (node) => [
    ...(node.to === "extension" ? [] : Object.values(node.to)),
    ...(node.anyOther === undefined ? [] : [node.anyOther]),
    node.otherwise,
  ],
  enter: (node): Turn<Memory> => ({
    memory: { attempt: 1, digits: "" },
    effects: [{ type: "answer" }, { type: "say", items: node.say }],
  }),
  input(node, memory: Memory, input): Turn<Memory> {
    switch (input.type) {
      case "digit-begin":
        // Not without a timer: a key that is never let go must not keep the caller here for ever.
        return {
          memory,
          effects: [{ type: "stop" }, { type: "timer", ms: (node.timeoutSeconds ?? 5) * 1000 }],
        };
      case "digit":
        return digit(node, memory, input.digit);
      case "said":
        return { memory, effects: [{ type: "timer", ms: (node.timeoutSeconds ?? 5) * 1000 }] };
      case "timer":
        return complete(node, memory, []);
    }
  },
});

function digit(node: Settings, memory: Memory, key: string): Turn<Memory> {
  const took: NodeEffect = { type: "took", digit: node.secret === true ? "*" : key };
  if (key === "#") return complete(node, memory, [took]);
  const now = { ...memory, digits: memory.digits + key };
  if (now.digits.length >= node.maximum) return complete(node, now, [took]);
  return {
    memory: now,
    effects: [took, { type: "stop" }, { type: "timer", ms: (node.pauseSeconds ?? 3) * 1000 }],
  };
}

function complete(node: Settings, { attempt, digits }: Memory, took: readonly NodeEffect[]): Turn<Memory> {
  const effects: readonly NodeEffect[] = [...took, { type: "stop" }, { type: "no-timer" }];
  if (digits.length >= (node.minimum ?? 1)) {
    if (node.to === "extension") return { leave: { type: "enter", to: { extension: digits } }, effects };
    const next = node.to[digits] ?? node.anyOther;
    if (next !== undefined) return { go: next, effects };
  }
  if (attempt >= (node.attempts ?? 3)) return { go: node.otherwise, effects };
  const words = digits === "" ? [] : (node.invalid ?? [{ prompt: "pm-invalid-option" }]);
  return {
    memory: { attempt: attempt + 1, digits: "" },
    effects: [...effects, { type: "say", items: [...words, ...node.say] }],
  };
}
