// menu: says the choice and goes where the key says. Wrong keys and silence have their own words, a number of
// attempts, and a way on when those are used up.
import { Type, type Static } from "typebox";
import { defineNode, NodeName, nodeSchema, Say, type Turn } from "../node.ts";

const schema = nodeSchema("menu", {
  say: Say,
  /** Key to node. */
  keys: Type.Record(Type.String({ pattern: "^[0-9*#]$" }), NodeName, {
    additionalProperties: false,
    minProperties: 1,
  }),
  /** Silence after the prompt counts as an attempt; seconds. */
  timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** How often the choice is said before `otherwise`. */
  attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  invalid: Type.Optional(Say),
  timeout: Type.Optional(Say),
  otherwise: NodeName,
});

interface Memory {
  readonly [name: string]: unknown;
  readonly attempt: number;
}

export const menu = defineNode({
  type: "menu",
  schema,
  exits: (node) => [...Object.values(node.keys), node.otherwise],
  enter: (node): Turn<Memory> => ({
    memory: { attempt: 1 },
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
      case "digit": {
        const took = { type: "took", digit: input.digit } as const;
        const next = node.keys[input.digit];
        if (next !== undefined) return { go: next, effects: [{ type: "stop" }, { type: "no-timer" }, took] };
        return again(node, memory, node.invalid ?? [{ prompt: "pm-invalid-option" }], [took]);
      }
      case "said":
        return { memory, effects: [{ type: "timer", ms: (node.timeoutSeconds ?? 5) * 1000 }] };
      case "timer":
        return again(node, memory, node.timeout ?? []);
    }
  },
});

function again(
  node: Static<typeof schema>,
  { attempt }: Memory,
  words: Static<typeof Say>,
  effects: NonNullable<Turn<Memory>["effects"]> = [],
): Turn<Memory> {
  if (attempt >= (node.attempts ?? 3))
    return { go: node.otherwise, effects: [...effects, { type: "no-timer" }] };
  return {
    memory: { attempt: attempt + 1 },
    effects: [...effects, { type: "no-timer" }, { type: "say", items: [...words, ...node.say] }],
  };
}
