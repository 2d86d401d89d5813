// What a telephone of the office hears and does on its way out: dial tone, digits by keys and by pulses, the tones of
// what cannot be reached.
import { toneLevel, segments } from "../support/audio.ts";
import { startAppliance } from "../support/appliance.ts";
import { baseline, outline, proveNothingLeft, proveRecording } from "../support/box.ts";
import { spoken, talk } from "../support/bridged-call.ts";
import { analogFar, isdnEnd, listen, sendDtmf } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "fxs-out",
  description:
    "a telephone: dial tone that stops at the first digit, dialling by pulses, ringback, busy and number-unknown tones",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 200,
  async run(context: Context) {
    const network = await isdnPeer(context, {
      span: pairOf(context.layout).far,
      role: "network",
      name: "exchange",
    });
    const { peer, phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const settings = await officeSettings(context.layout, { incoming: { extension: "201" } });
    const appliance = await startAppliance(context, { settings });
    await network.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    const tonesOf = (heard: Float64Array): readonly number[] =>
      segments(heard, -40, 100).map((found) => Math.round(found.length / 8 / 50) * 50);

    // Dial tone (450 Hz, steady) that stops with the first digit; nothing begins with 5.
    const first = listen(context, phone, "dial-tone.wav");
    phone.send("off-hook");
    await context.sleep(2500);
    await sendDtmf(phone, "5");
    const dialTone = await first();
    const [steady] = segments(dialTone, -40, 100);
    context.check(steady !== undefined && steady.length > 8 * 1500, "dial tone sounds without a break");
    const middle = toneLevel(dialTone.subarray(steady.at + 1600, steady.at + 9600), 450);
    context.prove(middle > -20, `dial tone of 450 Hz: ${middle.toFixed(1)} dBm0`);
    const second = listen(context, phone, "unknown-number.wav");
    await context.sleep(5000);
    const unknown = tonesOf(await second());
    context.prove(unknown.length >= 3, `a tone in bursts after an unknown number: ${unknown.join(" ")} ms`);
    phone.send("on-hook");
    await context.sleep(1500);

    // By pulses, to outside; ringback of the box; answered.
    phone.send("off-hook");
    await context.sleep(1500);
    phone.send("pulse", { digits: "9120" });
    await peer.expect({ event: "pulses-sent", name: phone.name }, 30_000);
    const ring = await network.expect({ event: "ring", called: "120" }, 20_000);
    const call = String(ring["call"]);
    network.send("proceeding", { call });
    network.send("alert", { call });
    const ringing = listen(context, phone, "ringback.wav");
    await context.sleep(6500);
    const bursts = tonesOf(await ringing());
    context.prove(
      bursts.some((ms) => Math.abs(ms - 1000) <= 100),
      `ringback of 1 s bursts: ${bursts.join(" ")} ms`,
    );
    network.send("answer", { call });
    await talk(context, phone, isdnEnd(network, call), "talk");
    network.send("hangup", { call, cause: 16 });
    await network.expect({ event: "released", call });
    const third = listen(context, phone, "busy.wav");
    await context.sleep(3500);
    const busy = tonesOf(await third());
    context.prove(
      busy.filter((ms) => Math.abs(ms - 350) <= 50).length >= 3,
      `busy tone of 350 ms bursts after the other side hung up: ${busy.join(" ")} ms`,
    );
    phone.send("on-hook");
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    const answered = records.filter((record) => record.disposition === "answered");
    context.equal(outline(answered), ["out answered 16"], "call records");
    for (const record of answered)
      await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
