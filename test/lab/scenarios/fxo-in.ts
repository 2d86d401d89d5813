// Calls from outside on an analog line; the exchange is ours (test/lab/peer/analog-far.c).
import { analogOffice } from "../support/analog-office.ts";
import { outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { spoken, talk } from "../support/bridged-call.ts";
import { listen, pickUp, sendDtmf } from "../support/ends.ts";
import { provePrompt, prompt } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "fxo-in",
  description:
    "an exchange rings an analog line: menu, DTMF, a telephone, hang-up by the exchange and by the box, given-up ringing",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { peer, line, phone, appliance, before } = await analogOffice(context, { flow: "main" });

    /** Rings until the box answers; what it says first is heard from there. */
    const call = async (label: string): Promise<() => Promise<Float64Array>> => {
      const heard = listen(context, line, `${label}-line.wav`);
      line.send("ring", { on: 1000, off: 2000 });
      await peer.expect({ event: "off-hook", name: line.name }, 20_000);
      await context.sleep(3500);
      return heard;
    };

    // The exchange ends it: it opens the loop.
    const first = await call("first");
    const said = await first();
    provePrompt(context, said, prompt("hello-world"), "welcome");
    provePrompt(context, said, prompt("vm-goodbye"), "menu");
    await sendDtmf(line, "2");
    await pickUp(phone);
    await talk(context, line, phone, "talk");
    line.send("drop");
    await peer.expect({ event: "on-hook", name: line.name });
    await context.sleep(1500);
    phone.send("on-hook");
    await context.sleep(2500);

    // The box ends it.
    const second = await call("second");
    await sendDtmf(line, "1");
    await peer.expect({ event: "on-hook", name: line.name });
    provePrompt(context, await second(), prompt("goodbye"), "good-bye");
    await context.sleep(2500);

    // The telephone ends it.
    const third = await call("third");
    await third();
    await sendDtmf(line, "2");
    await pickUp(phone);
    await context.sleep(1500);
    phone.send("on-hook");
    await peer.expect({ event: "on-hook", name: line.name });
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(
      outline(records),
      ["in answered 16", "in self-service 16", "in answered 16"],
      "call records",
    );
    const [talked] = records;
    if (talked !== undefined)
      await proveRecording(context, appliance, talked, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
