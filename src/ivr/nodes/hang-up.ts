// hang-up: says good-bye, if there is something to say, and ends the call.
import { Type } from "typebox";
import { defineNode, nodeSchema, Say } from "../node.ts";

const bye = (cause: number | undefined) => ({ leave: { type: "hang-up", cause: cause ?? 16 } }) as const;

export const hangUp = defineNode({
  type: "hang-up",
  schema: nodeSchema("hang-up", {
    say: Type.Optional(Say),
    /** Q.850. */
    cause: Type.Optional(Type.Integer({ minimum: 1, maximum: 127 })),
  }),
  exits: () => [],
  enter: (node) =>
    node.say === undefined ? bye(node.cause) : { memory: {}, effects: [{ type: "say", items: node.say }] },
  input: (node, memory, input) => (input.type === "said" ? bye(node.cause) : { memory }),
});
