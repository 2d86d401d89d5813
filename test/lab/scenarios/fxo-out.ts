// Calls from a telephone to outside on an analog line; the exchange is ours (test/lab/peer/analog-far.c).
import { analogOffice } from "../support/analog-office.ts";
import { outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { dialFrom, spoken, talk } from "../support/bridged-call.ts";
import type { Context, Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "fxo-out",
  description:
    "a telephone calls out on an analog line: seizure, DTMF to the exchange, audio both ways, either side hangs up",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  timeoutSeconds: 200,
  async run(context: Context) {
    const { peer, line, phone, appliance, before } = await analogOffice(context, { extension: "201" });

    for (const ends of ["exchange", "telephone"] as const) {
      await dialFrom(context, phone, "862785000");
      await peer.expect({ event: "off-hook", name: line.name }, 20_000);
      // Dial tone of the exchange until the first digit.
      line.send("play", { tone: "450", ms: 800, level: -12 });
      for (const digit of "62785000") await peer.expect({ event: "digit", name: line.name, digit }, 20_000);
      // Without polarity reversal the box takes the call as answered 4 s after the last digit.
      await context.until("the call counts as answered", async () =>
        (await appliance.get("GET /calls")).calls.some((call) => call.phase === "talking"),
      );
      await talk(context, phone, line, ends);
      if (ends === "exchange") {
        line.send("drop");
        await peer.expect({ event: "on-hook", name: line.name });
        await context.sleep(1500);
        phone.send("on-hook");
      } else {
        phone.send("on-hook");
        await peer.expect({ event: "on-hook", name: line.name });
      }
      await context.sleep(3000);
    }
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(outline(records), ["out answered 16", "out answered 16"], "call records");
    for (const record of records)
      await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
