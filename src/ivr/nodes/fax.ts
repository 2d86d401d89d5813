// fax: takes a fax into a mailbox, then the call is over.
import { Type } from "typebox";
import { defineNode, nodeSchema } from "../node.ts";

export const fax = defineNode({
  type: "fax",
  schema: nodeSchema("fax", {
    mailbox: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" }),
  }),
  exits: () => [],
  enter: (node) => ({ leave: { type: "fax", mailbox: node.mailbox } }),
  input: (_node, memory) => ({ memory }),
});
