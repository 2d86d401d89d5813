// Every message and every element there and back through the codec.
import fc from "fast-check";
import t from "tap";
import {
  decodeMessage,
  encodeMessage,
  messageCodes,
  type MessageType,
} from "../../../../src/signalling/isdn/q931/message.ts";
import { elements } from "./values.ts";

t.test("every message there and back", (t) => {
  const references = fc.oneof(
    fc.record({
      value: fc.integer({ min: 0, max: 127 }),
      octets: fc.constant(1 as const),
      fromOriginator: fc.boolean(),
    }),
    fc.record({
      value: fc.integer({ min: 0, max: 32767 }),
      octets: fc.constant(2 as const),
      fromOriginator: fc.boolean(),
    }),
  );
  const types = fc.constantFrom(
    ...(Object.keys(messageCodes) as MessageType[]).filter((type) => type !== "SEGMENT"),
  );
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(references, types, elements, (reference, type, element) => {
        const message = decodeMessage(encodeMessage(reference, type, [element]));
        return (
          message.type === type &&
          canonical(message.elements) === canonical([element]) &&
          canonical(message.reference) === canonical(reference)
        );
      }),
      { numRuns: 4000 },
    ),
  );
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.array(elements, { maxLength: 8 }), (many) => {
        const reference = { value: 1, octets: 2, fromOriginator: true } as const;
        const once = encodeMessage(reference, "SETUP", many);
        const message = decodeMessage(once);
        if (message.type === "reject" || message.elements.length !== many.length) return false;
        return canonical(encodeMessage(reference, "SETUP", message.elements)) === canonical(once);
      }),
      { numRuns: 2000 },
    ),
  );
  t.end();
});

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
