// play: says something and goes on. A key cuts it short, or keys steer it, where the flow allows.
import { Type } from "typebox";
import type { Steer } from "../../calls/call.ts";
import { defineNode, NodeName, nodeSchema, Say } from "../node.ts";

const stepMs = 10_000;
const speedStep = 1.25;

/** As on an answering machine; `#` goes on with the flow. */
const steering: Readonly<Record<string, Steer>> = {
  4: { speed: 1 / speedStep },
  6: { speed: speedStep },
  7: { ms: -stepMs },
  8: { pause: "toggle" },
  9: { ms: stepMs },
};

export const play = defineNode({
  type: "play",
  schema: nodeSchema("play", {
    say: Say,
    /** A key ends what is said. */
    bargeIn: Type.Optional(Type.Boolean()),
    /** Keys steer it: 4 slower, 6 faster, 7 back and 9 forward by 10 s, 8 pauses and goes on, # ends it. */
    control: Type.Optional(Type.Boolean()),
    next: NodeName,
  }),
  exits: (node) => [node.next],
  enter: (node) => ({
    memory: {},
    effects: [
      ...(node.control === true ? [{ type: "answer" } as const] : []),
      { type: "say", items: node.say },
    ],
  }),
  input(node, memory, input) {
    if (input.type === "said") return { go: node.next };
    if (input.type === "digit" && node.control === true) {
      if (input.digit === "#") return { go: node.next, effects: [{ type: "stop" }] };
      const how = steering[input.digit];
      return how === undefined ? { memory } : { memory, effects: [{ type: "steer", how }] };
    }
    if (input.type === "digit-begin" && node.bargeIn === true && node.control !== true)
      return { go: node.next, effects: [{ type: "stop" }] };
    return { memory };
  },
});
