// An E1 with all its 30 B-channels in calls at once: what the exchange and the driver count, what the callers hear, and
// what it costs the box in memory.
import { level } from "../support/audio.ts";
import { outline, proveNothingLeft } from "../support/box.ts";
import { channelsInUse } from "../support/driver.ts";
import { isdnEnd, listen, sendDtmf } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import type { Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";

const calls = 30;
/** Bytes. The aim of an appliance with 30 calls up. */
const memoryGoal = 150e6;

export const scenario: Scenario = {
  name: "pri-full",
  description:
    "30 calls at once on one E1, waiting with music: counted by exchange and driver, memory below 150 MB",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 240,
  async run(context) {
    const { near } = pairOf(context.layout);
    const { network, appliance, before } = await isdnOffice(context, {
      more: { agents: [], queues: [{ id: "sales", name: "Sales", number: "401" }] },
    });
    const megabytes = (): number => Math.round(appliance.rss() / 1e5) / 10;
    context.log(`memory, idle: ${megabytes()} MB`);

    const ids = Array.from({ length: calls }, (_, index) => `call${index}`);
    for (const [index, id] of ids.entries())
      network.send("call", { id, called: "5550100", calling: `1380000${index + 1000}` });
    for (const id of ids) await network.expect({ event: "answered", call: id }, 30_000);
    await context.sleep(3000);
    await Promise.all(ids.map((id) => sendDtmf(isdnEnd(network, id), "3")));
    await context.until("all wait in the queue", async () => {
      const { queues } = await appliance.get("GET /queues");
      return queues[0]?.callers.length === calls;
    });

    const heard = ids.map((id) => listen(context, isdnEnd(network, id), `${id}.wav`));
    // Until the thread that reads records rests.
    await context.sleep(14_000);
    const channels = Array.from({ length: near.channels }, (_, index) => channelAt(near, index + 1));
    context.equal(
      channelsInUse().filter((channel) => channels.includes(channel)).length,
      calls + 1,
      "channels that the driver has in use: 30 B-channels and the D-channel",
    );
    const { calls: up } = await appliance.get("GET /calls");
    context.equal(up.length, calls, "calls up");
    context.prove(appliance.rss() < memoryGoal, `memory with ${calls} calls: ${megabytes()} MB, goal 150 MB`);
    const { media } = await appliance.get("GET /health");
    context.log(`media, ${calls} calls: ${JSON.stringify(media)}`);
    const levels: number[] = [];
    for (const take of heard) levels.push(Math.round(level(await take())));
    context.prove(
      levels.every((one) => one > -45),
      `music on every channel, dBm0: ${levels.join(" ")}`,
    );

    for (const id of ids) network.send("hangup", { call: id, cause: 16 });
    for (const id of ids) await network.expect({ event: "released", call: id }, 20_000);
    await proveNothingLeft(context, appliance, before);
    context.log(`memory, after: ${megabytes()} MB`);
    network.send("counters");
    const counted = await network.expect({ event: "counters" });
    context.equal(
      [counted["placed"], counted["answered"], counted["released"], counted["open"]],
      [calls, calls, calls, 0],
      "the exchange's count: placed, answered, released, open",
    );
    const records = await appliance.records();
    context.equal(outline(records), Array<string>(calls).fill("in abandoned 16"), "call records");
    await appliance.stop();
  },
};
