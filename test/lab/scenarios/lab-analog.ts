// The lab itself: an exchange and a telephone of our own face each other over analog ports, and everything that a line
// can say passes between them.
import { proveDigits, provePrompt, prompt, samplesOf } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "lab-analog",
  description:
    "exchange and telephone over analog ports: ring, answer, audio, DTMF, pulses, flash, hang-up both ways",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  timeoutSeconds: 120,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const ends = await context.peer({ program: "analog-far", name: "ends" });
    const open = async (name: string, channel: number, role: string): Promise<void> => {
      ends.send("open", { channel, name, law: "alaw" });
      await ends.expect({ event: "open", name, role });
    };
    await open("telephone", channelAt(near, 1), "telephone");
    await open("exchange", channelAt(far, 1), "exchange");
    const exchange = { name: "exchange" };
    const telephone = { name: "telephone" };

    // The exchange calls.
    ends.send("ring", { ...exchange, on: 1000, off: 1000 });
    await ends.expect({ event: "ring-begin", ...telephone });
    await ends.expect({ event: "ring", ...telephone });
    ends.send("off-hook", telephone);
    await ends.expect({ event: "off-hook", ...exchange });
    await context.sleep(300);
    ends.send("record", { ...telephone, file: context.file("telephone.wav") });
    ends.send("record", { ...exchange, file: context.file("exchange.wav") });
    await context.sleep(100);
    ends.send("play", { ...exchange, file: prompt("hello-world") });
    ends.send("play", { ...telephone, dtmf: "0123456789*#", level: -9 });
    await ends.expect({ event: "play-end", ...exchange });
    await ends.expect({ event: "play-end", ...telephone });
    await context.sleep(300);
    for (const end of [exchange, telephone]) {
      ends.send("stop-record", end);
      await ends.expect({ event: "recorded", ...end });
    }
    provePrompt(
      context,
      samplesOf(context.file("telephone.wav")),
      prompt("hello-world"),
      "what the telephone heard",
    );
    proveDigits(context, samplesOf(context.file("exchange.wav")), "0123456789*#", "the exchange's recording");

    ends.send("flash", telephone);
    await ends.expect({ event: "flash", ...exchange });

    // The exchange ends it by opening the loop.
    ends.send("drop", exchange);
    await ends.expect({ event: "on-hook", ...telephone });
    ends.send("on-hook", telephone);
    await ends.expect({ event: "on-hook", ...exchange });
    await context.sleep(1000);

    // The telephone calls, dials by pulses, and hangs up itself.
    ends.send("off-hook", telephone);
    await ends.expect({ event: "off-hook", ...exchange });
    // The driver takes no pulses for 600 ms after the line was lifted (its debounce time).
    await context.sleep(1000);
    ends.send("pulse", { ...telephone, digits: "170" });
    for (const digit of ["1", "7", "0"]) await ends.expect({ event: "pulse-digit", ...exchange, digit });
    await ends.expect({ event: "pulses-sent", ...telephone });
    ends.send("on-hook", telephone);
    await ends.expect({ event: "on-hook", ...exchange });
  },
};
