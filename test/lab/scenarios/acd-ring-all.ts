// One call rings four telephones of the real driver, two are lifted in the same moment: one has the call, the other is told.
// Then how soon a telephone rings when its agent comes free, and a caller who keeps the place in line, hangs up, and is called
// back.
import type { Appliance } from "../support/appliance.ts";
import { proveNothingLeft } from "../support/box.ts";
import { talk } from "../support/bridged-call.ts";
import { isdnEnd, pickUp, sendDtmf, type End } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import { prompt } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";

/** How often two telephones are lifted for one call; the soak asks for a thousand. */
const times = Number(process.env["CALLBOX_LAB_TIMES"] || "3");
const number = "5550188";

export const scenario: Scenario = {
  name: "acd-ring-all",
  description:
    "ring-all: two telephones lifted at once for one call, one wins; from a free agent to the ringing; a callback that keeps the place, and no machine",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs", "fxs", "fxs"] }],
  timeoutSeconds: 340 + 8 * times,
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
            callback: { key: "1", prefix: "9", skipMachines: true, retryMinutes: 1 },
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

const frees = 10;

/** A caller waits, one agent comes free again and again: from that moment to the driver's ringing, as the telephone has it. */
async function freeToRinging(
  context: Context,
  {
    phone,
    appliance,
    command,
  }: {
    readonly phone: End | undefined;
    readonly appliance: Appliance;
    readonly command: (agent: number, body: object) => Promise<unknown>;
  },
): Promise<void> {
  if (phone === undefined) throw new Error("a telephone");
  const times: number[] = [];
  for (let turn = 0; turn < frees; turn++) {
    await context.sleep(200);
    while (phone.peer.taken({ event: "ring-begin", name: phone.name }) !== undefined);
    // The peers tell the time by CLOCK_MONOTONIC, the appliance by the wall.
    const offset = Date.now() - Number(process.hrtime.bigint()) / 1e6;
    await command(301, { command: "ready" });
    const rings = await phone.peer.expect({ event: "ring-begin", name: phone.name });
    const agent = (await appliance.get("GET /agents")).agents.find(({ number }) => number === "301");
    context.equal(agent?.status, "offered", `turn ${turn}: the agent who is rung`);
    times.push(rings.ms + offset - (agent?.since ?? 0));
    await command(301, { command: "pause", reason: "meeting" });
  }
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  context.log(`from a free agent to the ringing, ms, ${frees} times: ${sorted.join(" ")}`);
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
  const agents = async () => (await appliance.get("GET /agents")).agents;
  for (const [i] of phones.entries()) await command(301 + i, { command: "pause", reason: "meeting" });
  network.send("call", { id: "c", called: number, calling: "13800001000" });
  await network.expect({ event: "answered", call: "c" });
  const waiting = isdnEnd(network, "c");
  await freeToRinging(context, { phone: phones[0], appliance, command });
  await sendDtmf(waiting, "1");
  await context.sleep(1500);
  await sendDtmf(waiting, "1");
  await network.expect({ event: "released", call: "c" }, 30_000);
  const { queues } = await appliance.get("GET /queues");
  context.equal(queues[0]?.callers[0]?.callback, true, "the caller is gone and still in line");
  await command(301, { command: "ready" });
  const [agent] = phones;
  if (agent === undefined) throw new Error("a telephone");
  const ringsBoth = async (): Promise<string> => {
    await pickUp(agent, 120_000);
    const ring = await network.expect({ event: "ring", called: "13800001000" }, 30_000);
    const call = String(ring["call"]);
    network.send("proceeding", { call });
    network.send("alert", { call });
    await context.sleep(1000);
    network.send("answer", { call });
    return call;
  };

  // A machine answers, and speaks on and on: it is tried again.
  const machine = await ringsBoth();
  const answered = performance.now();
  isdnEnd(network, machine).send("play", { file: prompt("demo-congrats") });
  await network.expect({ event: "released", call: machine }, 15_000);
  context.log(`a machine is hung up on ${Math.round(performance.now() - answered)} ms after it has answered`);
  // What the agent is told takes five seconds.
  await context.sleep(8000);
  agent.send("on-hook");
  await context.until("the agent is free", async () =>
    (await agents()).some((one) => one.number === "301" && one.status === "idle"),
  );
  context.equal(
    (await appliance.get("GET /queues")).queues[0]?.totals.connected,
    times,
    "nobody was reached",
  );

  const call = await ringsBoth();
  await talk(context, agent, isdnEnd(network, call), "callback");
  network.send("hangup", { call, cause: 16 });
  await network.expect({ event: "released", call });
  agent.send("on-hook");
  await context.sleep(2000);
  const { queues: after } = await appliance.get("GET /queues");
  context.equal(
    [after[0]?.waiting, after[0]?.totals.connected],
    [0, times + 1],
    "in line no more, and reached",
  );
}
