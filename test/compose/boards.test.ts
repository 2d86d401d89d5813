// What the environment says of the hardware, and what it must not say.
import t from "tap";
import { parseCardQueue, parseSpans } from "../../src/compose/boards.ts";

t.test("spans", (t) => {
  t.equal(parseSpans(undefined), undefined);
  t.equal(parseSpans(""), undefined);
  t.same(parseSpans("1"), [1]);
  t.same(parseSpans("3,1,12"), [3, 1, 12]);
  for (const text of ["1,", "a", "1 2", "-1", "1.5", "1234"])
    t.throws(() => parseSpans(text), { code: "ERR_ARGUMENTS" }, text);
  t.end();
});

t.test("audio queued towards cards", (t) => {
  t.equal(parseCardQueue(undefined), undefined);
  t.equal(parseCardQueue(""), undefined);
  t.equal(parseCardQueue("16"), 16);
  t.equal(parseCardQueue("144"), 144);
  for (const text of ["15", "145", "0", "-16", "16ms", "1e2", "9999"])
    t.throws(() => parseCardQueue(text), { code: "ERR_ARGUMENTS" }, text);
  t.end();
});
