// Recordings as people steer them, on the real driver: keys that nobody hears, a pause by the agent's phone, a beep that
// both hear, a call recorded on demand, and the digest of what is downloaded.
import { level, toneLevel } from "../support/audio.ts";
import { proveNothingLeft, proveRecording } from "../support/box.ts";
import { isdnEnd, listen, pickUp, proveTalk, sendDtmf, spoken, type End } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import { proveAbsent, proveDigits, prompt, samplesOf } from "../support/proofs.ts";
import type { Scenario } from "../support/scenario.ts";

/** What is said while nothing is recorded; other words than those that `proveTalk` says by itself. */
const secret = { callerSays: "privacy-incorrect", calledSays: "vm-nobodyavail" } as const;

export const scenario: Scenario = {
  name: "recording-control",
  description: "masked keys, pause, beep, on demand and the digest, measured on the real driver",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  async run(context) {
    const { network, phones, appliance, before } = await isdnOffice(context, {
      more: {
        recording: { calls: "all", keepDays: 7, maskKeys: true },
        featureCodes: { record: "*1" },
      },
    });
    const [agent] = phones;
    if (agent === undefined) throw new Error("a telephone");
    await appliance.send("POST", "/agents/301/commands", { command: "log-in", extension: "201" });
    const call = async (id: string): Promise<End> => {
      network.send("call", { id, called: "5550100", calling: "13800001000" });
      await network.expect({ event: "answered", call: id });
      const caller = isdnEnd(network, id);
      await context.sleep(3000);
      await sendDtmf(caller, "3");
      await pickUp(agent);
      await context.sleep(1500);
      return caller;
    };
    const over = async (id: string): Promise<void> => {
      agent.send("on-hook");
      await network.expect({ event: "released", call: id });
      await context.sleep(1500);
      await proveNothingLeft(context, appliance, before);
    };
    const state = async () => (await appliance.get("GET /calls")).calls[0]?.recording;

    // The menu took the key; the agent hears none of those that follow, nor does the recording.
    const caller = await call("a");
    const ear = listen(context, agent, "card-number.wav");
    await sendDtmf(caller, "4012888");
    await context.sleep(600);
    const quiet = level(await ear());
    context.prove(quiet < -60, `what the agent hears of a card number: ${quiet.toFixed(1)} dBm0`);
    await proveTalk(context, { caller, called: agent }, "recorded");
    await sendDtmf(agent, "*1");
    await context.sleep(500);
    context.equal(await state(), "paused", "by the phone's key");
    await proveTalk(context, { caller, called: agent, ...secret }, "paused");
    await sendDtmf(agent, "*1");
    await context.sleep(500);
    context.equal(await state(), "on", "by the phone's key again");
    await over("a");
    const [record] = await appliance.records();
    if (record === undefined) throw new Error("a record");
    await proveRecording(context, appliance, record, { left: spoken.caller, right: spoken.called });
    const [recording] = record.recordings;
    const path = await appliance.fetchRecording(recording?.id ?? "", "steered.wav");
    const [left, right] = [samplesOf(path, 0), samplesOf(path, 1)];
    proveAbsent(context, left, prompt(secret.callerSays), "the recording, left, of the pause");
    proveAbsent(context, right, prompt(secret.calledSays), "the recording, right, of the pause");
    const { fromMs = 0, toMs = 0 } = recording?.pauses?.[0] ?? {};
    // A tenth of a second for orders on their way, and the prompt's queue.
    for (const [side, samples] of [left, right].entries()) {
      const silent = samples.subarray((fromMs + 100) * 8, (toMs - 100) * 8);
      context.prove(
        silent.length > 8000 && silent.every((sample) => Math.abs(sample) <= 8),
        `side ${side}: ${(silent.length / 8000).toFixed(1)} s of silence while paused`,
      );
    }
    proveDigits(context, left, "", "the caller's side of the recording");

    // A call that is recorded when the agent wants it, with a beep for both.
    const { settings, revision } = await appliance.get("GET /settings");
    await appliance.send("PUT", "/settings/recording", {
      revision,
      value: { ...settings.recording, calls: "on-demand", beepSeconds: 2 },
    });
    const second = await call("b");
    context.equal(await state(), "off", "on demand");
    const id = (await appliance.get("GET /calls")).calls[0]?.id ?? "";
    await appliance.send("POST", `/calls/${id}/recording`, { command: "start" });
    const ears = [second, agent].map((end, i) => listen(context, end, `beeps-${i}.wav`));
    await context.sleep(6000);
    await appliance.send("POST", `/calls/${id}/recording`, { command: "stop" });
    await context.sleep(500);
    for (const [index, take] of ears.entries()) {
      const heard = await take();
      const beeps: number[] = [];
      for (let at = 0; at + 400 <= heard.length; at += 80) {
        const loud = toneLevel(heard.subarray(at, at + 400), 1400) > -23;
        if (loud && at / 8 - (beeps.at(-1) ?? -Infinity) > 500) beeps.push(at / 8);
      }
      context.prove(
        beeps.length >= 3,
        `${index === 0 ? "caller" : "agent"}: beeps at ${beeps.join(", ")} ms`,
      );
      for (const [i, at] of beeps.slice(1).entries())
        context.near(at - (beeps[i] ?? 0), 2000, 40, "between two beeps, ms");
    }
    await over("b");
    const last = (await appliance.records()).at(-1);
    context.equal(last?.recordings.length, 1, "recordings of the second call");
    context.near(last?.recordings[0]?.durationMs ?? 0, 6000, 500, "its length, ms");
    await appliance.stop();
  },
};
