// A span goes down under a call and comes back.
import { startAppliance } from "../support/appliance.ts";
import { baseline, mainFlow, proveNothingLeft } from "../support/box.ts";
import { removeSpan, restoreSpan } from "../support/driver.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "alarm",
  description:
    "a span goes down under a call: the call ends, the lines say so; it comes back: the next call is whole",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 200,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const exchange = (name: string) => isdnPeer(context, { span: far, role: "network", name });
    const network = await exchange("exchange");
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
    await network.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    const span = async () => {
      const { spans } = await appliance.get("GET /lines");
      return spans.find((one) => one.number === near.number);
    };

    network.send("call", { id: "cut", called: "5550100", calling: "13800001000" });
    await network.expect({ event: "answered", call: "cut" });
    await context.sleep(1000);
    context.equal((await appliance.get("GET /calls")).calls.length, 1, "live calls before the cut");
    // The exchange is gone, and its span with it.
    await network.quit();
    removeSpan(far);
    await context.until("the span shows its alarm", async () => ((await span())?.alarms.length ?? 0) > 0);
    await context.until(
      "the call has ended",
      async () => (await appliance.get("GET /calls")).calls.length === 0,
      30_000,
    );
    await context.until("no line of the span is idle", async () => {
      const { lines } = await appliance.get("GET /lines");
      return lines.filter((line) => line.span === near.number && line.state === "idle").length === 0;
    });

    restoreSpan(far);
    const again = await exchange("exchange-again");
    await context.until("the alarm is over", async () => (await span())?.alarms.length === 0, 30_000);
    await again.expect({ event: "up" }, 30_000);
    // The box puts the channel of the cut call in order by RESTART first.
    await context.until(
      "every line of the span is idle",
      async () => {
        const { lines } = await appliance.get("GET /lines");
        return lines.every((line) => line.span !== near.number || line.state === "idle");
      },
      60_000,
    );
    const prove = await menuCall(context, again, {
      id: "after",
      called: "5550100",
      calling: "13800001001",
      ends: "box",
    });
    await proveNothingLeft(context, appliance, before);
    prove();

    const records = await appliance.records();
    context.equal(records.length, 2, "call records");
    context.equal(records[0]?.endedBy, "fault", "who ended the call that was cut");
    context.equal(records[1]?.cause, 16, "cause of the call after");
    await appliance.stop();
  },
};
