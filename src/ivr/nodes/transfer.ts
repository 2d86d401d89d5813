// transfer: sends the caller to an extension, an outside number, a queue or another flow.
import { defineNode, nodeSchema, To } from "../node.ts";

export const transfer = defineNode({
  type: "transfer",
  schema: nodeSchema("transfer", { to: To }),
  exits: () => [],
  enter: (node) => ({ leave: { type: "enter", to: node.to } }),
  input: (_node, memory) => ({ memory }),
});
