// What the interface answers to a message for which it has no call (§5.8.3.2, §5.8.10, §5.8.11).
import { nextInterface } from "../../../../src/signalling/isdn/q931/interface-machine.ts";
import { createInterface } from "../../../../src/signalling/isdn/q931/interface.ts";
import {
  decodeMessage,
  encodeMessage,
  messageCodes,
  type Message,
} from "../../../../src/signalling/isdn/q931/message.ts";
import { defaults } from "./interface-rig.ts";
import { writeMessage } from "./notation.ts";

export function nullAnswers(side: "user" | "network", message: Message): readonly string[] {
  const all = { ...defaults, side };
  // Of an unknown type there is nothing but its octet.
  const octets =
    message.type === "unknown"
      ? [8, 2, 0, 5, message.code]
      : encodeMessage(message.reference, message.type, message.elements);
  if (message.type !== "unknown" && messageCodes[message.type] !== message.code)
    throw new Error("wrong code");
  const up = nextInterface(createInterface(all), { type: "link", ces: 0, up: true }, all);
  const step = nextInterface(up.state, { type: "octets", ces: 0, octets }, all);
  return step.effects.flatMap((effect) => {
    if (effect.type === "log") return [];
    if (effect.type !== "octets") return [effect.type];
    const answer = decodeMessage(effect.octets);
    return answer.type === "reject" || answer.type === "unknown"
      ? [answer.type]
      : [writeMessage(answer.type, answer.elements)];
  });
}
