// voicemail: takes a message into a mailbox, then the call is over.
import { Type } from "typebox";
import { defineNode, nodeSchema, Say } from "../node.ts";

export const voicemail = defineNode({
  type: "voicemail",
  schema: nodeSchema("voicemail", {
    mailbox: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" }),
    greeting: Type.Optional(Say),
  }),
  exits: () => [],
  enter: (node) => ({
    leave: {
      type: "voicemail",
      mailbox: node.mailbox,
      greeting: node.greeting ?? [{ prompt: "vm-intro" }],
    },
  }),
  input: (_node, memory) => ({ memory }),
});
