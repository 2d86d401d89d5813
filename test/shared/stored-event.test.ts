// Events of older programs are brought up to this one's, version by version.
import t from "tap";
import { journalVersion } from "../../src/shared/journal.ts";
import { readEvent, type Upcasts } from "../../src/shared/stored-event.ts";

const steps: Upcasts = {
  1: ({ number, ...event }) => ({ ...event, caller: { number } }),
  3: (event) => (event.type === "gone" ? { ...event, type: "left" } : event),
};
const read = (event: object): unknown => readEvent(JSON.stringify(event), steps, 4);

t.test("each step once, from the version that it was written in", (t) => {
  t.same(read({ v: 1, type: "gone", number: "5551000" }), {
    v: 4,
    type: "left",
    caller: { number: "5551000" },
  });
  t.same(read({ v: 2, type: "gone", number: "5551000" }), { v: 4, type: "left", number: "5551000" });
  t.same(read({ v: 4, type: "gone" }), { v: 4, type: "gone" });
  t.end();
});

t.test("what a newer program wrote is left as it is", (t) => {
  t.same(read({ v: 5, type: "gone", more: 1 }), { v: 5, type: "gone", more: 1 });
  t.end();
});

t.test("this program's own are left alone", (t) => {
  const event = { v: journalVersion, type: "call.parted", call: "a", at: 1 };
  t.same(readEvent(JSON.stringify(event)), event);
  t.throws(() => readEvent("{"), SyntaxError);
  t.end();
});
