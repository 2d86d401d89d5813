// play: says something and goes on. A key cuts it short where the flow allows.
import { Type } from "typebox";
import { defineNode, NodeName, nodeSchema, Say } from "../node.ts";

export const play = defineNode({
  type: "play",
  schema: nodeSchema("play", {
    say: Say,
    /** A key ends what is said. */
    bargeIn: Type.Optional(Type.Boolean()),
    next: NodeName,
  }),
  exits: (node) => [node.next],
  enter: (node) => ({ memory: {}, effects: [{ type: "say", items: node.say }] }),
  input(node, memory, input) {
    if (input.type === "said") return { go: node.next };
    if (input.type === "digit-begin" && node.bargeIn === true)
      return { go: node.next, effects: [{ type: "stop" }] };
    return { memory };
  },
});
