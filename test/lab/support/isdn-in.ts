// Calls from outside over one ISDN span, with libpri as the exchange: the menu in a row and at once, then a telephone.
import { outline, proveNothingLeft, proveRecording } from "./box.ts";
import { spoken, talk } from "./bridged-call.ts";
import { isdnEnd, pickUp, sendDtmf } from "./ends.ts";
import { isdnOffice } from "./isdn-office.ts";
import { menuCall } from "./menu-call.ts";
import type { Context } from "./scenario.ts";

/** The run of a scenario whose spans are the ISDN one and one of a telephone. */
export const isdnIn =
  ({ inARow, atOnce }: { readonly inARow: number; readonly atOnce: number }) =>
  async (context: Context): Promise<void> => {
    const { network, phones, appliance, before } = await isdnOffice(context);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");

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

    network.send("call", {
      ...{ id: "talk", called: "5550100", calling: "13700001000" },
      ...{ diverted: "5550199", subaddress: "desk4" },
    });
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
    context.equal(
      last?.details,
      { divertedFrom: "5550199", divertedBecause: "busy", callingSubaddress: "desk4" },
      "what else the exchange said of the last call",
    );
    if (last !== undefined)
      await proveRecording(context, appliance, last, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  };
