// A supervisor on a third line of the real driver: who hears whom, by the frequency that each sends, before, in each
// mode, and after; and the caller's talk goes on without a gap while the supervisor comes and goes.
import { proveNothingLeft } from "../support/box.ts";
import { isdnEnd, listen, pickUp, play, proveTalk, sendDtmf } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import { provePrompt, prompt } from "../support/proofs.ts";
import type { Scenario } from "../support/scenario.ts";
import { whoHears } from "../support/who-hears.ts";

export const scenario: Scenario = {
  name: "supervision",
  description: "a supervisor listens, whispers, barges in and takes over: who hears whom on the real driver",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs"] }],
  timeoutSeconds: 240,
  async run(context) {
    const { network, phones, appliance, before } = await isdnOffice(context);
    const [agent, supervisor] = phones;
    if (agent === undefined || supervisor === undefined) throw new Error("two telephones");
    await appliance.send("POST", "/agents/301/commands", { command: "log-in", extension: "201" });
    network.send("call", { id: "a", called: "5550100", calling: "13800001000" });
    await network.expect({ event: "answered", call: "a" });
    const caller = isdnEnd(network, "a");
    await context.sleep(3000);
    await sendDtmf(caller, "3");
    await pickUp(agent);
    await context.sleep(1500);
    const people = { caller, agent, supervisor };
    const { calls } = await appliance.get("GET /calls");
    const call = calls[0]?.id ?? "";
    const ask = (mode: string) =>
      appliance.send("POST", `/calls/${call}/supervision`, { extension: "202", mode });

    // While the supervisor comes and goes, somebody speaks: every word arrives.
    const said = prompt("vm-options");
    const agentHears = listen(context, agent, "through.wav");
    const speaking = play(caller, { file: said }, 60_000);
    await ask("listen");
    await pickUp(supervisor);
    await speaking;
    await context.sleep(1200);
    provePrompt(context, await agentHears(), said, "what the agent hears while the supervisor comes");

    const modes = [
      ["listen", "caller: agent; agent: caller; supervisor: caller agent"],
      ["whisper", "caller: agent; agent: caller supervisor; supervisor: caller agent"],
      ["barge", "caller: agent supervisor; agent: caller supervisor; supervisor: caller agent"],
    ] as const;
    for (const [mode, expected] of modes) {
      await ask(mode);
      context.equal(await whoHears(context, people, mode), expected, mode);
    }
    await sendDtmf(supervisor, "4");
    await context.sleep(500);
    context.equal(await whoHears(context, people, "key"), modes[0][1], "by the phone's key 4");

    await ask("take-over");
    await context.sleep(1000);
    agent.send("on-hook");
    await proveTalk(context, { caller, called: supervisor }, "taken-over");
    supervisor.send("on-hook");
    await network.expect({ event: "released", call: "a" });
    await context.sleep(1500);
    await proveNothingLeft(context, appliance, before);
    const [record] = await appliance.records();
    context.equal(
      [record?.extension, record?.disposition],
      ["202", "answered"],
      "record: extension, disposition",
    );
    await appliance.stop();
  },
};
