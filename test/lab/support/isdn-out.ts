// Calls from a telephone of the office to outside over one ISDN span, with libpri as the exchange.
import { outline, proveNothingLeft, proveRecording } from "./box.ts";
import { dialFrom, hears, spoken, talk } from "./bridged-call.ts";
import { isdnEnd } from "./ends.ts";
import { isdnOffice } from "./isdn-office.ts";
import type { Context } from "./scenario.ts";

/**
 * The run of a scenario whose spans are the ISDN one and one of a telephone.
 * @param prefix what the office dials for that kind of trunk
 */
export const isdnOut =
  (prefix: string) =>
  async (context: Context): Promise<void> => {
    const { network, phones, appliance, before } = await isdnOffice(context);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");

    for (const ends of ["called", "caller"] as const) {
      await dialFrom(context, phone, `${prefix}4711`);
      const ring = await network.expect({ event: "ring", called: "4711" });
      context.equal(ring["calling"], "5550100", "calling number shown outside");
      const call = String(ring["call"]);
      network.send("proceeding", { call });
      network.send("alert", { call });
      // The exchange gives no ringback of its own: the box must.
      await hears(phone, true);
      await context.sleep(1500);
      network.send("answer", { call });
      await talk(context, phone, isdnEnd(network, call), ends);
      network.send("charge", { call, units: 3 });
      await context.sleep(200);
      if (ends === "called") {
        network.send("charge", { call, units: 5, end: 1 });
        network.send("hangup", { call, cause: 16 });
        await network.expect({ event: "released", call });
        // Busy tone until the telephone is hung up.
        await context.sleep(1000);
        phone.send("on-hook");
      } else {
        phone.send("on-hook");
        context.equal(
          (await network.expect({ event: "disconnect", call }))["cause"],
          16,
          "cause from the box",
        );
        await network.expect({ event: "released", call });
      }
      await context.sleep(1500);
    }

    // Busy: the exchange was on its way already (DISCONNECT). Unknown: refused at once (RELEASE COMPLETE).
    for (const { cause, proceeding } of [
      { cause: 17, proceeding: true },
      { cause: 1, proceeding: false },
    ]) {
      await dialFrom(context, phone, `${prefix}4712`);
      const ring = await network.expect({ event: "ring", called: "4712" });
      const call = String(ring["call"]);
      if (proceeding) network.send("proceeding", { call });
      network.send("hangup", { call, cause });
      await network.expect({ event: "released", call });
      await context.until("the call is over", async () => {
        const { calls } = await appliance.get("GET /calls");
        return calls.length === 0;
      });
      phone.send("on-hook");
      await context.sleep(1500);
    }
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(
      outline(records),
      ["out answered 16", "out answered 16", "out unanswered 17", "out unanswered 1"],
      "call records",
    );
    context.equal(
      records.map(({ charges }) => charges ?? []),
      [[{ kind: "units", units: 5 }], [{ kind: "units", units: 3 }], [], []],
      "what the exchange charged: the last word of each call",
    );
    for (const record of records.slice(0, 2))
      await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  };
