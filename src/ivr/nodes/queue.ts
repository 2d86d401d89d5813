// queue: puts the caller in line.
import { Type } from "typebox";
import { defineNode, nodeSchema } from "../node.ts";

export const queue = defineNode({
  type: "queue",
  schema: nodeSchema("queue", { queue: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" }) }),
  exits: () => [],
  enter: (node) => ({ leave: { type: "enter", to: { queue: node.queue } } }),
  input: (_node, memory) => ({ memory }),
});
