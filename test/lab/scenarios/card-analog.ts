// Analog lines of a card, whose exchange tells answer and clearing by polarity, or by its tones alone.
import { analogOffice, type AnalogOffice } from "../support/analog-office.ts";
import { outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { dialFrom, spoken, talk } from "../support/bridged-call.ts";
import type { Context, Scenario } from "../support/scenario.ts";

/** China's, GB 3378. */
const ringback = { tone: "450", ms: 1000, off: 4000, level: -15 };
const busy = { tone: "450", ms: 350, off: 350, level: -15 };

export const scenario: Scenario = {
  name: "card-analog",
  description: "a card's line whose exchange tells answer, busy and clearing by polarity, or by tones alone",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 300,
  async run(context: Context) {
    const office = await analogOffice(context, { flow: "main" });
    await byPolarity(context, office);
    await byTones(context, office);
    const { appliance, before } = office;
    await proveNothingLeft(context, appliance, before);
    const records = await appliance.records();
    context.equal(
      outline(records),
      ["out answered 16", "out answered 16", "out unanswered 17", "in self-service 16"],
      "call records",
    );
    const [reversal] = records;
    if (reversal !== undefined)
      await proveRecording(context, appliance, reversal, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};

async function dial(context: Context, { peer, line, phone }: AnalogOffice): Promise<void> {
  await dialFrom(context, phone, "862785000");
  await peer.expect({ event: "off-hook", name: line.name }, 20_000);
  for (const digit of "62785000") await peer.expect({ event: "digit", name: line.name, digit }, 20_000);
}

const isTalking = async ({ appliance }: AnalogOffice): Promise<boolean> =>
  (await appliance.get("GET /calls")).calls.some(({ phase }) => phase === "talking");

async function byPolarity(context: Context, office: AnalogOffice): Promise<void> {
  const { peer, line, phone } = office;
  await dial(context, office);
  await context.sleep(1000);
  context.equal(await isTalking(office), false, "talking, before the exchange says so");
  line.send("reverse", { on: 1 });
  await context.until("answered by the reversal, before the 4 s without one", () => isTalking(office), 1500);
  await talk(context, phone, line, "reversal");
  line.send("reverse", { on: 0 });
  await peer.expect({ event: "on-hook", name: line.name });
  await context.sleep(1000);
  phone.send("on-hook");
  await context.sleep(3000);
}

async function byTones(context: Context, office: AnalogOffice): Promise<void> {
  const { peer, line, phone } = office;
  const clearedByBusy = async (): Promise<void> => {
    line.send("play", { ...busy, times: 12 });
    await peer.expect({ event: "on-hook", name: line.name }, 6000);
  };
  context.log("it rings for three times, longer than a silent exchange is waited for, and is answered");
  await dial(context, office);
  line.send("play", { ...ringback, times: 3 });
  await context.sleep(12_000);
  context.equal(await isTalking(office), false, "talking, while it rings");
  await context.sleep(2500);
  await talk(context, phone, line, "answered");
  await context.until("answered", () => isTalking(office), 6000);
  context.log("the other hangs up: busy tone, and nothing else");
  await clearedByBusy();
  phone.send("on-hook");
  await context.sleep(4000);

  context.log("busy");
  await dial(context, office);
  await clearedByBusy();
  phone.send("on-hook");
  await context.sleep(4000);

  context.log("a caller who is gone while the menu plays");
  line.send("ring", { on: 1000, off: 2000 });
  await peer.expect({ event: "off-hook", name: line.name }, 20_000);
  await context.sleep(1000);
  await clearedByBusy();
}
