// One call rings four telephones of the real driver, two are lifted in the same moment: one has the call, the other is told.
// Then a caller who keeps the place in line, hangs up, and is called back.
import { proveNothingLeft } from "../support/box.ts";
import { talk } from "../support/bridged-call.ts";
import { isdnEnd, pickUp, sendDtmf, type End } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import type { Context, Scenario } from "../support/scenario.ts";

/** How often two telephones are lifted for one call; the soak asks for a thousand. */
const times = Number(process.env["CALLBOX_LAB_TIMES"] || "3");
const number = "5550188";

export const scenario: Scenario = {
  name: "acd-ring-all",
  description:
    "ring-all: two telephones lifted at once for one call, one wins; a callback that keeps the place",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs", "fxs", "fxs"] }],
  timeoutSeconds: 240 + 8 * times,
  async run(context: Context) {
    const { network, phones, appliance, before } = await isdnOffice(context, {
      more: {
        incoming: [{ called: number, to: { queue: "sales" } }],
        queues: [
          {
            id: "sales",
            name: "Sales",
            strategy: "ring-all",
            wrapUpSeconds: 0,
            announceEverySeconds: 0,
            callback: { key: "1", prefix: "9" },
          },
        ],
      },
    });
    const agents = async () => (await appliance.get("GET /agents")).agents;
    const command = (agent: number, body: object) =>
      appliance.send("POST", `/agents/${agent}/commands`, body);
    for (const [i] of phones.entries())
      await command(301 + i, { command: "log-in", extension: String(201 + i) });

    for (let turn = 0; turn < times; turn++) {
      const call = `r${turn}`;
      network.send("call", { id: call, called: number, calling: "13800001000" });
      await network.expect({ event: "answered", call });
      for (const phone of phones) await phone.peer.expect({ event: "ring-begin", name: phone.name }, 20_000);
      const [first, second] = pair(phones, turn);
      first.send("off-hook");
      second.send("off-hook");
      await context.until(
        "one agent has the call, and nobody is rung any more",
        async () => {
          const states = (await agents()).map(({ status }) => status);
          return states.filter((one) => one === "on-call").length === 1 && !states.includes("offered");
        },
        5000,
      );
      await context.sleep(300);
      const { calls } = await appliance.get("GET /calls");
      const connected = calls[0]?.legs.filter(({ state }) => state === "connected") ?? [];
      context.check(calls.length === 1 && connected.length === 2, `turn ${turn}: two legs talk, no third`);
      network.send("hangup", { call, cause: 16 });
      await network.expect({ event: "released", call });
      first.send("on-hook");
      second.send("on-hook");
      await context.until(
        "all agents are free again",
        async () => (await agents()).every(({ status }) => status === "idle"),
        20_000,
      );
    }
    const { queues } = await appliance.get("GET /queues");
    context.equal(
      [queues[0]?.totals.entered, queues[0]?.totals.connected, queues[0]?.totals.abandoned],
      [times, times, 0],
      "calls that came, that were answered, that were lost",
    );
    const { agents: figures } = await appliance.get("GET /figures/today");
    context.equal(
      figures.reduce((sum, { answered }) => sum + answered, 0),
      times,
      "answered calls of all agents together: each was counted once",
    );
    await callBack(context, { network, phones, appliance, command });
    await proveNothingLeft(context, appliance, before);
    const verified = await appliance.get("GET /journal/verification");
    context.check(verified.broken === undefined, `the journal holds: ${verified.events} events`);
    await appliance.stop();
  },
};

/** Two that differ, each pair in its turn. */
function pair(phones: readonly End[], turn: number): readonly [End, End] {
  const first = phones[turn % phones.length];
  const second = phones[(turn + 1 + (turn % (phones.length - 1))) % phones.length];
  if (first === undefined || second === undefined) throw new Error("four telephones");
  return [first, second];
}

async function callBack(
  context: Context,
  {
    network,
    phones,
    appliance,
    command,
  }: Pick<Awaited<ReturnType<typeof isdnOffice>>, "network" | "phones" | "appliance"> & {
    readonly command: (agent: number, body: object) => Promise<unknown>;
  },
): Promise<void> {
  for (const [i] of phones.entries()) await command(301 + i, { command: "pause", reason: "meeting" });
  network.send("call", { id: "c", called: number, calling: "13800001000" });
  await network.expect({ event: "answered", call: "c" });
  const waiting = isdnEnd(network, "c");
  await context.sleep(1500);
  await sendDtmf(waiting, "1");
  await context.sleep(1500);
  await sendDtmf(waiting, "1");
  await network.expect({ event: "released", call: "c" }, 30_000);
  const { queues } = await appliance.get("GET /queues");
  context.equal(queues[0]?.callers[0]?.callback, true, "the caller is gone and still in line");
  await command(301, { command: "ready" });
  const [agent] = phones;
  if (agent === undefined) throw new Error("a telephone");
  await pickUp(agent);
  const ring = await network.expect({ event: "ring", called: "13800001000" }, 30_000);
  const call = String(ring["call"]);
  network.send("proceeding", { call });
  network.send("alert", { call });
  await context.sleep(1000);
  network.send("answer", { call });
  await talk(context, agent, isdnEnd(network, call), "callback");
  network.send("hangup", { call, cause: 16 });
  await network.expect({ event: "released", call });
  agent.send("on-hook");
  await context.sleep(2000);
  context.equal((await appliance.get("GET /queues")).queues[0]?.waiting, 0, "and is in line no more");
}
