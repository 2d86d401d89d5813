// A BRI bus on a card, which frames the D-channel itself; its layer 1 rests between calls, and no alarm is made of it.
import { startAppliance } from "../support/appliance.ts";
import { mainFlow, measure, outline, proveNothingLeft } from "../support/box.ts";
import { callsOut } from "../support/bridged-call.ts";
import { card, cardPort } from "../support/driver.ts";
import { analogFar } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import type { Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "card-bri",
  description:
    "BRI on a card: the card frames the D-channel, the idle bus rests without an alarm, calls wake it",
  spans: [{ kind: "BRI" }, { kind: "analog", near: ["fxs"] }],
  hardware: "card",
  timeoutSeconds: 300,
  async run(context) {
    const { near, far } = pairOf(context.layout);
    const network = await isdnPeer(context, {
      ...{ span: far, role: "network", name: "exchange" },
      more: { type: "bri-ptmp", keep: 0 },
    });
    const { phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const base = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const spans = base.spans.map((span) => ({
      ...span,
      ...{ topology: "multipoint", tei: "automatic", dataLink: "on-demand", timers: { "T-idle": 1000 } },
      lineConfig: { termination: true },
    })) as typeof base.spans;
    const appliance = await startAppliance(context, {
      settings: { ...base, spans },
      flows: { main: mainFlow },
    });
    context.equal(cardPort(near)["lineconfig"], "0x1140", "what the card was told: CCS, AMI, terminated");
    const span = async () =>
      (await appliance.get("GET /lines")).spans.find(({ number }) => number === near.number);
    const rests = async (): Promise<void> => {
      await context.until(
        "the data link is released",
        async () => (await span())?.dataLink === false,
        30_000,
      );
      card(`rest ${near.address}`);
      await context.until("the driver has RED", () => cardPort(near)["alarms"] === "0x8");
      // Longer than an alarm must last before lines go out of order.
      await context.sleep(12_000);
      const now = await span();
      context.equal(
        [cardPort(near)["alarms"], now?.alarms],
        ["0x8", []],
        "the driver's alarm, the console's",
      );
      const { lines } = await appliance.get("GET /lines");
      context.equal(
        lines.filter((line) => line.span === near.number).map(({ state }) => state),
        ["idle", "idle"],
        "lines of the resting bus",
      );
    };

    await rests();
    const before = await measure(context, appliance);
    const proofs = [
      await menuCall(context, network, {
        ...{ id: "first", called: "5550100", calling: "13800001000", ends: "box" },
      }),
    ];
    await rests();
    proofs.push(
      await menuCall(context, network, {
        ...{ id: "second", called: "5550100", calling: "13800001001", ends: "caller" },
      }),
    );
    await rests();
    await callsOut(context, { network, phone, dial: "74711" });
    await rests();
    await proveNothingLeft(context, appliance, before);
    const records = await appliance.records();
    context.equal(
      outline(records),
      ["in self-service 16", "in self-service 16", "out answered 16"],
      "call records",
    );
    for (const prove of proofs) prove();
    await appliance.stop();
  },
};
