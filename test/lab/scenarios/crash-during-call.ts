// kill -9 with calls up and nobody to hold the lines: a telephone's call is over and the exchange gets its channel back; who
// was in a menu is led through it anew by the next run, for the exchange has kept the call. The records have it all.
import { readFileSync } from "node:fs";
import { startAppliance } from "../support/appliance.ts";
import { baseline, patientFlow, proveNothingLeft } from "../support/box.ts";
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
    "kill -9 while nobody holds the lines: the telephone's call ends, menus begin anew, recordings open, the next start works at once",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const network = await isdnPeer(context, { span: far, role: "network", name: "exchange" });
    // As a network has it (Q.931 table 9-1); libpri's own 6 s may be over before the emulated machine has started anew.
    network.send("timer", { name: "T309", value: 90_000 });
    const { peer, phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const flows = { main: patientFlow };
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

    // What they hear from now on comes of the next run.
    for (const id of ids) while (network.taken({ event: "sound", name: id }) !== undefined);
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
    // By the box's RESTART: it has nobody to go on with.
    await network.expect({ event: "released", call: "up0" }, 60_000);
    for (const id of ids.slice(1)) {
      await network.expect({ event: "sound", name: id, on: true }, 20_000);
      network.send("hangup", { call: id, cause: 16 });
      await network.expect({ event: "released", call: id });
    }
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
      ids.map((id) => (id === "up0" ? "fault" : "caller")),
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
