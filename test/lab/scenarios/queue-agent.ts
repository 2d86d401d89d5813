// The call centre's main job: a caller waits in the queue with music and position, an agent's telephone rings and is
// answered, they talk, the call is given to somebody else.
import { level } from "../support/audio.ts";
import { proveNothingLeft, proveRecording } from "../support/box.ts";
import { dialFrom, spoken, talk } from "../support/bridged-call.ts";
import { isdnEnd, listen, pickUp, sendDtmf } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import { provePrompt, prompt } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";

export const scenario: Scenario = {
  name: "queue-agent",
  description:
    "menu to queue: music, position, agent logged in, ring, answer, audio, transfer, wrap-up, next caller",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const { network, phones, settings, appliance, before } = await isdnOffice(context);
    const [agent, colleague] = phones;
    if (agent === undefined || colleague === undefined) throw new Error("two telephones");
    const agentStatus = async () => {
      const { agents } = await appliance.get("GET /agents");
      return agents.find((one) => one.number === "301")?.status;
    };

    network.send("call", { id: "a", called: "5550100", calling: "13800001000" });
    await network.expect({ event: "answered", call: "a" });
    const caller = isdnEnd(network, "a");
    await context.sleep(3000);
    // The agent is busy writing: logged in, then paused, so that the caller waits.
    await appliance.send("POST", "/agents/301/commands", { command: "log-in", extension: "201" });
    await appliance.send("POST", "/agents/301/commands", { command: "pause", reason: "writing" });
    await sendDtmf(caller, "3");
    const waiting = listen(context, caller, "waiting.wav");
    await context.sleep(12_000);
    const { queues } = await appliance.get("GET /queues");
    context.equal(
      queues[0]?.callers.map((one) => one.position),
      [1],
      "positions in the queue",
    );
    const heard = await waiting();
    provePrompt(context, heard, prompt("queue-youarenext"), "the position while waiting");
    context.prove(level(heard.subarray(0, 16_000)) > -45, "music before the position is said");

    await appliance.send("POST", "/agents/301/commands", { command: "ready" });
    await pickUp(agent);
    await talk(context, caller, agent, "agent");
    context.equal(await agentStatus(), "on-call", "the agent's state while talking");

    // The agent gives the caller to the colleague: flash, dial, hang up when answered.
    agent.send("flash");
    await agent.peer.expect({ event: "sound", name: agent.name, on: true });
    await context.sleep(500);
    await sendDtmf(agent, "202");
    await pickUp(colleague);
    await context.sleep(1000);
    agent.send("on-hook");
    await context.sleep(1000);
    await talk(context, caller, colleague, "colleague");
    network.send("hangup", { call: "a", cause: 16 });
    await network.expect({ event: "released", call: "a" });
    await context.sleep(1500);
    colleague.send("on-hook");
    await context.until("wrap-up is over", async () => (await agentStatus()) === "idle", 20_000);

    // The next caller is offered at once.
    network.send("call", { id: "b", called: "5550100", calling: "13800001001" });
    await network.expect({ event: "answered", call: "b" });
    await context.sleep(3000);
    await sendDtmf(isdnEnd(network, "b"), "3");
    await pickUp(agent);
    await context.sleep(1500);
    agent.send("on-hook");
    context.equal(
      (await network.expect({ event: "disconnect", call: "b" }))["cause"],
      16,
      "cause from the box",
    );
    await network.expect({ event: "released", call: "b" });
    await context.sleep(4000);

    // An agent logs out on the telephone, by its code.
    await dialFrom(context, agent, settings.featureCodes.agentLogOut);
    await context.until("logged out by telephone", async () => (await agentStatus()) === "logged-out");
    agent.send("on-hook");
    await context.sleep(1000);
    await proveNothingLeft(context, appliance, before);

    const records = (await appliance.records()).filter((record) => record.direction === "in");
    context.equal(
      records.map((record) => [record.queue, record.agent, record.disposition]),
      [
        ["sales", "301", "answered"],
        ["sales", "301", "answered"],
      ],
      "records: queue, agent, disposition",
    );
    const [talked] = records;
    if (talked !== undefined)
      await proveRecording(context, appliance, talked, { left: spoken.caller, right: spoken.called });
    await appliance.stop();
  },
};
