import t from "tap";
import { createClosing } from "../../src/compose/closing.ts";
import { silentLogger } from "../../src/shared/log.ts";

t.test("what was opened last is closed first, once, whatever fails", async (t) => {
  const order: string[] = [];
  const closing = createClosing(silentLogger);
  closing.opened("a", () => void order.push("a"));
  closing.opened("b", () => {
    order.push("b");
    throw new Error("b");
  });
  closing.opened("c", async () => {
    await Promise.resolve();
    order.push("c");
  });
  await Promise.all([closing.close(), closing.close()]);
  t.same(order, ["c", "b", "a"]);
});
