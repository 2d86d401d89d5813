// An exchange that says by its tones alone what becomes of a call: ringing and an answer, busy, and that the far end is gone.
import { analogOffice } from "../support/analog-office.ts";
import { outline, proveNothingLeft } from "../support/box.ts";
import { dialFrom, talk } from "../support/bridged-call.ts";
import type { Context, Scenario } from "../support/scenario.ts";

/** China's, GB 3378. */
const ringback = { tone: "450", ms: 1000, off: 4000, level: -15 };
const busy = { tone: "450", ms: 350, off: 350, level: -15 };

export const scenario: Scenario = {
  name: "fxo-tones",
  description:
    "an analog exchange without polarity or loop break: ringing tone, answer, busy, far end gone, by tones",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { peer, line, phone, appliance, before } = await analogOffice(context, { flow: "main" });
    const phases = async (): Promise<readonly string[]> =>
      (await appliance.get("GET /calls")).calls.map(({ phase }) => phase);
    const dial = async (): Promise<void> => {
      await dialFrom(context, phone, "862785000");
      await peer.expect({ event: "off-hook", name: line.name }, 20_000);
      for (const digit of "62785000") await peer.expect({ event: "digit", name: line.name, digit }, 20_000);
    };

    context.log("it rings for three times, longer than a silent exchange is waited for, and is answered");
    await dial();
    line.send("play", { ...ringback, times: 3 });
    await context.sleep(12_000);
    context.prove(!(await phases()).includes("talking"), "not answered while it rings");
    await context.sleep(2500);
    await talk(context, phone, line, "answered");
    await context.until("answered", async () => (await phases()).includes("talking"), 6000);
    context.log("the other hangs up: busy tone, and nothing else");
    line.send("play", { ...busy, times: 12 });
    await peer.expect({ event: "on-hook", name: line.name }, 6000);
    phone.send("on-hook");
    await context.sleep(4000);

    context.log("busy");
    await dial();
    line.send("play", { ...busy, times: 12 });
    await peer.expect({ event: "on-hook", name: line.name }, 6000);
    phone.send("on-hook");
    await context.sleep(4000);

    context.log("a caller who is gone while the menu plays");
    line.send("ring", { on: 1000, off: 2000 });
    await peer.expect({ event: "off-hook", name: line.name }, 20_000);
    await context.sleep(1000);
    line.send("play", { ...busy, times: 12 });
    await peer.expect({ event: "on-hook", name: line.name }, 6000);
    await proveNothingLeft(context, appliance, before);
    context.equal(
      outline(await appliance.records()),
      ["out answered 16", "out unanswered 17", "in self-service 16"],
      "call records",
    );
    await appliance.stop();
  },
};
