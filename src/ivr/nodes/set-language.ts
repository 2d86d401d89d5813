// set-language: all that is said from here on is said in this language.
import { Type } from "typebox";
import { defineNode, NodeName, nodeSchema } from "../node.ts";

export const setLanguage = defineNode({
  type: "set-language",
  schema: nodeSchema("set-language", { language: Type.Enum(["en", "zh", "ko"]), next: NodeName }),
  exits: (node) => [node.next],
  enter: (node) => ({ go: node.next, effects: [{ type: "language", language: node.language }] }),
  input: (_node, memory) => ({ memory }),
});
