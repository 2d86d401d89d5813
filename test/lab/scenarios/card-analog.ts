// An analog line of a card whose exchange tells answer and clearing by polarity, as virtual spans cannot.
import { analogOffice } from "../support/analog-office.ts";
import { outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { dialFrom, spoken, talk } from "../support/bridged-call.ts";
import type { Context, Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "card-analog",
  description:
    "a telephone calls out on a card's line: answered and cleared by polarity; then rung from outside",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 200,
  async run(context: Context) {
    const { peer, line, phone, appliance, before } = await analogOffice(context, { extension: "201" });
    const talking = async (): Promise<boolean> =>
      (await appliance.get("GET /calls")).calls.some((call) => call.phase === "talking");

    await dialFrom(context, phone, "862785000");
    await peer.expect({ event: "off-hook", name: line.name }, 20_000);
    line.send("play", { tone: "450", ms: 800, level: -12 });
    for (const digit of "62785000") await peer.expect({ event: "digit", name: line.name, digit }, 20_000);
    await context.sleep(1000);
    context.equal(await talking(), false, "talking, before the exchange says so");
    line.send("reverse", { on: 1 });
    await context.until("answered by the reversal, before the 4 s without one", talking, 1500);
    await talk(context, phone, line, "reversal");
    line.send("reverse", { on: 0 });
    await peer.expect({ event: "on-hook", name: line.name });
    await context.sleep(1000);
    phone.send("on-hook");
    await context.sleep(3000);

    line.send("ring", { on: 1000, off: 2000 });
    await peer.expect({ event: "ring", name: phone.name }, 20_000);
    phone.send("off-hook");
    await peer.expect({ event: "off-hook", name: line.name }, 20_000);
    await talk(context, line, phone, "in");
    phone.send("on-hook");
    await peer.expect({ event: "on-hook", name: line.name });
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(outline(records), ["out answered 16", "in answered 16"], "call records");
    for (const record of records)
      await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
