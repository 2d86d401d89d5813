// Calls from outside over BRI, with libpri as the exchange.
import { startAppliance } from "../support/appliance.ts";
import { baseline, mainFlow, outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { spoken, talk } from "../support/bridged-call.ts";
import { analogFar, isdnEnd, pickUp, sendDtmf } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

const inARow = 4;
const atOnce = 2;

export const scenario: Scenario = {
  name: "bri-in",
  description:
    "calls from a libpri exchange over point-to-point BRI into the menu, two at once, then one to a telephone",
  spans: [{ kind: "BRI" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const network = await isdnPeer(context, {
      span: pairOf(context.layout).far,
      role: "network",
      name: "exchange",
    });
    const { phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
    await network.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);

    const proofs: (() => void)[] = [];
    const ends = (index: number) => (index % 2 === 0 ? "box" : "caller");
    for (let index = 0; index < inARow; index++)
      proofs.push(
        await menuCall(context, network, {
          id: `row${index}`,
          called: "5550100",
          calling: `1380000${index + 1000}`,
          ends: ends(index),
        }),
      );
    const together = Array.from({ length: atOnce }, (_, index) =>
      menuCall(context, network, {
        id: `once${index}`,
        called: "5550100",
        calling: `1390000${index + 1000}`,
        ends: ends(index),
      }),
    );
    proofs.push(...(await Promise.all(together)));
    await proveNothingLeft(context, appliance, before);

    network.send("call", { id: "talk", called: "5550100", calling: "13700001000" });
    await network.expect({ event: "answered", call: "talk" });
    const caller = isdnEnd(network, "talk");
    await context.sleep(3000);
    await sendDtmf(caller, "2");
    await pickUp(phone);
    await talk(context, caller, phone, "talk");
    phone.send("on-hook");
    const { cause } = await network.expect({ event: "disconnect", call: "talk" });
    context.equal(cause, 16, "cause when the telephone hangs up");
    await network.expect({ event: "released", call: "talk" });
    await proveNothingLeft(context, appliance, before);

    network.send("counters");
    const counted = await network.expect({ event: "counters" });
    const calls = inARow + atOnce + 1;
    context.equal(
      [counted["placed"], counted["answered"], counted["released"], counted["open"]],
      [calls, calls, calls, 0],
      "the exchange's count: placed, answered, released, open",
    );
    const records = await appliance.records();
    context.equal(
      outline(records),
      [...Array<string>(inARow + atOnce).fill("in self-service 16"), "in answered 16"],
      "call records",
    );
    for (const prove of proofs) prove();
    const last = records.at(-1);
    if (last !== undefined)
      await proveRecording(context, appliance, last, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
