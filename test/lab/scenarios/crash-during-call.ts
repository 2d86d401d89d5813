// kill -9 with calls up: the exchange gets its channels back, and the next start works at once and has the records.
import { readFileSync } from "node:fs";
import { startAppliance } from "../support/appliance.ts";
import { baseline, mainFlow, proveNothingLeft } from "../support/box.ts";
import { talk } from "../support/bridged-call.ts";
import { channelsInUse } from "../support/driver.ts";
import { analogFar, isdnEnd, pickUp, sendDtmf, spoken } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import { provePrompt, prompt, samplesOf } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";

const callsUp = 4;

export const scenario: Scenario = {
  name: "crash-during-call",
  description:
    "kill -9 with calls up: the exchange's channels are released, recordings open, the next start works at once",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const network = await isdnPeer(context, { span: far, role: "network", name: "exchange" });
    const { peer, phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const flows = { main: mainFlow };
    const doomed = await startAppliance(context, { settings, flows });
    await network.expect({ event: "up" }, 30_000);
    await baseline(context, doomed);

    const ids = Array.from({ length: callsUp }, (_, index) => `up${index}`);
    for (const id of ids) network.send("call", { id, called: "5550100", calling: "13800001000" });
    for (const id of ids) await network.expect({ event: "answered", call: id }, 30_000);
    await context.sleep(3500);
    const talking = isdnEnd(network, "up0");
    await sendDtmf(talking, "2");
    await pickUp(phone);
    await talk(context, talking, phone, "talk");
    await context.sleep(1500);

    await doomed.kill();
    const own = (channel: number): boolean =>
      channel >= channelAt(near, 1) && channel <= channelAt(near, near.channels);
    context.equal(channelsInUse().filter(own), [], "the driver's channels after the crash");
    // A telephone is cut off by the driver when the process dies.
    await peer.expect({ event: "on-hook", name: phone.name }, 10_000);
    phone.send("on-hook");

    const started = performance.now();
    const appliance = await startAppliance(context, { settings, flows, keepHome: true });
    context.log(`second start: ${Math.round(performance.now() - started)} ms`);
    // T309 at the exchange, or the box's RESTART, whichever is first.
    for (const id of ids) await network.expect({ event: "released", call: id }, 60_000);
    const before = await baseline(context, appliance);
    const prove = await menuCall(context, network, {
      id: "after",
      called: "5550100",
      calling: "13800001001",
      ends: "box",
    });
    await proveNothingLeft(context, appliance, before);
    prove();
    network.send("counters");
    context.equal((await network.expect({ event: "counters" }))["open"], 0, "calls open at the exchange");

    const records = await appliance.records();
    context.equal(records.length, callsUp + 1, "call records, those of the crash among them");
    context.equal(
      records.slice(0, callsUp).map((record) => record.endedBy),
      ids.map(() => "fault"),
      "who ended the calls of the crash",
    );
    const talked = records.find((record) => record.disposition === "answered");
    const recording = talked?.recordings[0];
    context.check(recording !== undefined, "the talk has its recording");
    const path = await appliance.fetchRecording(recording.id, "recording.wav");
    context.log(`recording: ${readFileSync(path).length} bytes`);
    provePrompt(context, samplesOf(path, 0), prompt(spoken.caller), "the recording of the crash, left");
    provePrompt(context, samplesOf(path, 1), prompt(spoken.called), "the recording of the crash, right");
    await appliance.stop();
  },
};
