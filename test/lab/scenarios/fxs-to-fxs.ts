// Calls between telephones of the office.
import { startAppliance } from "../support/appliance.ts";
import { baseline, outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { segments } from "../support/audio.ts";
import { dialFrom, spoken, talk } from "../support/bridged-call.ts";
import { analogFar, listen, pickUp } from "../support/ends.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "fxs-to-fxs",
  description:
    "telephone to telephone: ring, answer, audio both ways, either side hangs up; busy for a third; no answer",
  spans: [{ kind: "analog", near: ["fxs", "fxs", "fxs"] }],
  timeoutSeconds: 200,
  async run(context: Context) {
    const { peer, phones } = await analogFar(context, pairOf(context.layout).far);
    const [first, second, third] = phones;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three telephones");
    const settings = await officeSettings(context.layout, { incoming: { extension: "201" } });
    const appliance = await startAppliance(context, { settings });
    const before = await baseline(context, appliance);

    for (const ends of ["caller", "called"] as const) {
      await dialFrom(context, first, "202");
      await pickUp(second);
      await talk(context, first, second, ends);
      if (ends === "caller") {
        // Somebody else calls a busy telephone.
        await dialFrom(context, third, "201");
        const heard = listen(context, third, "busy.wav");
        await context.sleep(3000);
        const bursts = segments(await heard(), -40, 100).map((found) => Math.round(found.length / 8));
        context.prove(
          bursts.filter((ms) => Math.abs(ms - 350) <= 60).length >= 3,
          `busy tone of 350 ms bursts: ${bursts.join(" ")} ms`,
        );
        third.send("on-hook");
      }
      const [one, other] = ends === "caller" ? [first, second] : [second, first];
      one.send("on-hook");
      await context.sleep(1500);
      other.send("on-hook");
      await context.sleep(1500);
    }

    // Nobody answers: the caller gives up, the ringing stops.
    await dialFrom(context, first, "203");
    await peer.expect({ event: "ring-begin", name: third.name }, 20_000);
    first.send("on-hook");
    await context.sleep(2500);
    const rings = peer.history.filter(
      (event) => event.event === "ring-begin" && event["name"] === third.name,
    );
    await context.sleep(5500);
    const later = peer.history.filter(
      (event) => event.event === "ring-begin" && event["name"] === third.name,
    );
    context.equal(later.length, rings.length, "rings after the caller gave up");
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(
      outline(records).map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["internal answered", "internal unanswered", "internal answered", "internal abandoned"],
      "call records",
    );
    for (const record of records.filter((one) => one.disposition === "answered"))
      await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
