// What agents do beside answering, on the real driver: a telephone that stays lifted, a rating by key, a call passed on to the
// experts, a conference of three by who hears whom.
import { proveNothingLeft } from "../support/box.ts";
import { dialFrom, talk } from "../support/bridged-call.ts";
import { isdnEnd, pickUp, sendDtmf, type End } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import type { Scenario } from "../support/scenario.ts";
import { whoHears } from "../support/who-hears.ts";

const number = "5550188";

export const scenario: Scenario = {
  name: "agent-work",
  description:
    "a lifted seat with beep, both told about each other, rating by key, experts, conference of three, all by sound",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs", "fxs"] }],
  timeoutSeconds: 300,
  async run(context) {
    const { network, phones, appliance, before } = await isdnOffice(context, {
      more: {
        incoming: [{ called: number, to: { queue: "sales" } }],
        queues: [
          {
            id: "sales",
            name: "Sales",
            wrapUpSeconds: 0,
            announceEverySeconds: 0,
            announceAgent: true,
            agentHears: ["wait"],
            rating: { highest: 5 },
            experts: "support",
          },
          { id: "support", name: "Support", wrapUpSeconds: 0, announceEverySeconds: 0 },
        ],
        agents: [
          { number: "301", name: "Anna", queues: ["sales"], offHook: true },
          { number: "303", name: "Chen", queues: ["support"] },
        ],
        recording: { calls: "none" },
      },
    });
    const [seat, colleague, expert] = phones;
    if (seat === undefined || colleague === undefined || expert === undefined)
      throw new Error("three telephones");
    const status = async (agent: string) =>
      (await appliance.get("GET /agents")).agents.find((one) => one.number === agent)?.status;
    const calls = async (id: string): Promise<End> => {
      network.send("call", { id, called: number, calling: `1380000100${id.length}` });
      await network.expect({ event: "answered", call: id });
      await context.until("the agent has the call", async () => (await status("301")) === "on-call", 10_000);
      // Each is told about the other first.
      await context.until(
        "they are joined",
        async () => (await appliance.get("GET /calls")).calls.some(({ talking }) => talking !== undefined),
        20_000,
      );
      return isdnEnd(network, id);
    };

    await dialFrom(context, seat, "*22");
    await context.sleep(2500);
    await sendDtmf(seat, "301#");
    await context.until("logged in at the telephone", async () => (await status("301")) === "idle", 20_000);
    await context.sleep(4000);
    context.equal(
      (await appliance.get("GET /calls")).calls.map(({ phase }) => phase),
      ["seat"],
      "the telephone stays lifted",
    );

    const first = await calls("a");
    await talk(context, first, seat, "seat");
    await sendDtmf(seat, "**");
    await context.until("the agent is free", async () => (await status("301")) === "idle", 10_000);
    await context.sleep(1500);
    await sendDtmf(first, "4");
    await network.expect({ event: "released", call: "a" }, 20_000);

    const second = await calls("bb");
    await appliance.send("POST", "/agents/303/commands", { command: "log-in", extension: "203" });
    await sendDtmf(seat, "#2");
    await pickUp(expert);
    await talk(context, second, expert, "expert");
    expert.send("on-hook");
    await network.expect({ event: "released", call: "bb" }, 20_000);

    const third = await calls("ccc");
    seat.send("flash");
    await context.sleep(1500);
    await sendDtmf(seat, "202");
    await pickUp(colleague);
    await context.sleep(1500);
    await sendDtmf(seat, "#3");
    await context.sleep(1000);
    context.equal(
      await whoHears(context, { caller: third, agent: seat, third: colleague }, "three"),
      "caller: agent third; agent: caller third; third: caller agent",
      "all three hear each other, and nobody himself",
    );
    colleague.send("on-hook");
    await context.sleep(1500);
    context.equal(
      await whoHears(context, { caller: third, agent: seat }, "two"),
      "caller: agent; agent: caller",
      "the third has gone: two are left",
    );
    network.send("hangup", { call: "ccc", cause: 16 });
    await network.expect({ event: "released", call: "ccc" });
    await context.until("the agent is free", async () => (await status("301")) === "idle", 10_000);
    seat.send("on-hook");
    await context.until(
      "whoever hangs up goes home",
      async () => (await status("301")) === "logged-out",
      10_000,
    );
    await proveNothingLeft(context, appliance, before);

    const records = (await appliance.records()).filter(({ direction }) => direction === "in");
    context.equal(
      records.map(({ queue, agent, rating }) => [queue, agent, rating?.score ?? null]),
      [
        ["sales", "301", 4],
        ["support", "303", null],
        ["sales", "301", null],
      ],
      "records: queue, agent, rating",
    );
    await appliance.stop();
  },
};
