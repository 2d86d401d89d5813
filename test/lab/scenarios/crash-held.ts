// kill -9 under the real service manager, which holds the lines: who talks goes on talking, who waits keeps the place, who
// hangs up meanwhile has hung up.
import { toneLevel } from "../support/audio.ts";
import { startAppliance } from "../support/appliance.ts";
import { baseline, patientFlow, proveNothingLeft } from "../support/box.ts";
import { dialFrom } from "../support/bridged-call.ts";
import { analogFar, isdnEnd, listen, pickUp, play, sendDtmf, type End } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";
import { whoHears } from "../support/who-hears.ts";

const hz = 900;

export const scenario: Scenario = {
  name: "crash-held",
  description:
    "kill -9 while systemd holds the lines: talks go on (E1, BRI, telephone, exchange line, lifted seat, conference), the queue keeps its caller and agent, a menu begins anew, who hung up meanwhile is gone",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxo", "fxs", "fxs", "fxs", "fxs"] }, { kind: "BRI" }],
  timeoutSeconds: 480,
  async run(context: Context) {
    const { far } = pairOf(context.layout);
    const network = await isdnPeer(context, { span: far, role: "network", name: "exchange" });
    const basic = await isdnPeer(context, {
      span: pairOf(context.layout, 2).far,
      role: "network",
      name: "basic exchange",
    });
    // As a network has it (Q.931 table 9-1); a start takes longer here than libpri's own 6 s.
    for (const peer of [network, basic]) peer.send("timer", { name: "T309", value: 90_000 });
    const { phones, exchange } = await analogFar(context, pairOf(context.layout, 1).far);
    const [agent, second, third, seat] = phones;
    const [line] = exchange;
    if (
      agent === undefined ||
      second === undefined ||
      third === undefined ||
      seat === undefined ||
      line === undefined
    )
      throw new Error("four telephones and a line");
    const settings = await officeSettings(context.layout, {
      incoming: { flow: "main" },
      more: {
        incoming: [
          { called: "5550177", to: { room: "board" } },
          { called: "5550178", to: { queue: "support" } },
        ],
        rooms: [{ id: "board", name: "Board" }],
        queues: [
          { id: "sales", name: "Sales", number: "401", announceEverySeconds: 10, wrapUpSeconds: 3 },
          { id: "support", name: "Support", wrapUpSeconds: 0 },
        ],
        agents: [
          { number: "301", name: "Anna", queues: ["sales"] },
          { number: "304", name: "Chen", queues: ["support"], offHook: true },
        ],
      },
    });
    const appliance = await startAppliance(context, {
      settings,
      flows: { main: patientFlow },
      managed: true,
    });
    for (const peer of [network, basic]) await peer.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    const queue = async () => (await appliance.get("GET /queues")).queues[0];
    const phases = async (): Promise<readonly string[]> =>
      (await appliance.get("GET /calls")).calls
        .map(({ phase, caller }) => `${caller.number} ${phase}`)
        .sort();

    // An agent whose telephone stays lifted has a caller, and two are in a conference.
    await dialFrom(context, seat, "*22");
    await context.sleep(2500);
    await sendDtmf(seat, "304#");
    await context.sleep(4000);
    const rings = async (id: string, called: string, calling: string, over = network): Promise<End> => {
      over.send("call", { id, called, calling });
      await over.expect({ event: "answered", call: id }, 20_000);
      return isdnEnd(over, id);
    };
    const client = await rings("e", "5550178", "13800001005");
    const meets = await rings("f", "5550177", "13800001006");
    const joins = await rings("g", "5550177", "13800001007", basic);

    // An agent with a caller, and another one waiting.
    await appliance.send("POST", "/agents/301/commands", { command: "log-in", extension: "201" });
    const comesIn = async (id: string, calling: string, keys: string): Promise<End> => {
      const end = await rings(id, "5550100", calling);
      await context.sleep(3500);
      if (keys !== "") await sendDtmf(end, keys);
      return end;
    };
    const caller = await comesIn("a", "13800001001", "3");
    await pickUp(agent);
    const waiting = await comesIn("b", "13800001002", "3");
    const inMenu = await comesIn("c", "13800001003", "");
    await comesIn("d", "13800001004", "");
    // One telephone talks over the exchange line, one over the E1.
    await dialFrom(context, second, "85550200");
    await line.peer.expect({ event: "off-hook", name: line.name }, 20_000);
    await dialFrom(context, third, "95550300");
    const ring = await network.expect({ event: "ring", called: "5550300" }, 20_000);
    network.send("answer", { call: String(ring["call"]) });
    await context.sleep(6000);
    const stay = ["13800001001 talking", "13800001002 waiting", "13800001003 menu"];
    const others = ["13800001005 talking", "13800001006 conference", "13800001007 conference"];
    const inside = ["202 talking", "204 seat"];
    context.equal(
      await phases(),
      [...stay, "13800001004 menu", ...others, "202 talking", "203 talking", "204 seat"],
      "calls before the crash",
    );
    const entered = (await queue())?.callers[0]?.since;

    const heard = listen(context, agent, "over-the-crash.wav");
    const talkOn = play(caller, { tone: String(hz), ms: 25_000, level: -20 }, 40_000);
    await context.sleep(2000);
    const crashed = performance.now();
    await appliance.kill();
    third.send("on-hook");
    network.send("hangup", { call: "d", cause: 16 });
    await appliance.again();
    context.log(`the next run answers ${Math.round(performance.now() - crashed)} ms after the crash`);
    await talkOn;
    const samples = await heard();
    context.log(`longest silence over the crash: ${longestSilence(samples)} ms`);

    await network.expect({ event: "released", call: "d" }, 30_000);
    await network.expect({ event: "released", call: String(ring["call"]) }, 30_000);
    context.equal(await phases(), [...stay, ...others, ...inside], "calls that go on");
    const place = (await queue())?.callers;
    context.equal(
      place?.map(({ caller: { number }, position, since }) => [number, position, since]),
      [["13800001002", 1, entered]],
      "the place in line, since when",
    );
    context.equal(
      await whoHears(context, { caller, agent }, "queue"),
      "caller: agent; agent: caller",
      "who hears whom of the queue's call",
    );
    context.equal(
      await whoHears(context, { second, line }, "line"),
      "second: line; line: second",
      "who hears whom over the exchange line",
    );
    context.equal(
      await whoHears(context, { client, seat }, "seat"),
      "client: seat; seat: client",
      "who hears whom on the telephone that stays lifted",
    );
    context.equal(
      await whoHears(context, { meets, joins }, "conference", { within: 13 }),
      "meets: joins; joins: meets",
      "who hears whom in the conference",
    );
    // Its keys are taken as before, and it waits for the next call.
    await sendDtmf(seat, "**");
    await network.expect({ event: "disconnect", call: "e" }, 10_000);
    network.send("hangup", { call: "f", cause: 16 });
    basic.send("hangup", { call: "g", cause: 16 });
    for (const id of ["e", "f"]) await network.expect({ event: "released", call: id }, 10_000);
    await basic.expect({ event: "released", call: "g" }, 10_000);
    seat.send("on-hook");
    // The menu began anew: its keys are taken.
    await sendDtmf(inMenu, "1");
    await network.expect({ event: "disconnect", call: "c" }, 20_000);

    // Whoever talked hangs up, and the next in line has the agent.
    agent.send("on-hook");
    context.equal((await network.expect({ event: "disconnect", call: "a" }, 10_000))["cause"], 16, "cause");
    await pickUp(agent);
    await context.sleep(1000);
    context.equal(
      await whoHears(context, { waiting, agent }, "next"),
      "waiting: agent; agent: waiting",
      "who hears whom of the next call",
    );
    network.send("hangup", { call: "b", cause: 16 });
    await network.expect({ event: "released", call: "b" });
    line.send("on-hook");
    second.send("on-hook");
    await context.sleep(1500);
    agent.send("on-hook");
    await context.sleep(5000);
    await proveNothingLeft(context, appliance, before);

    const records = await appliance.records();
    context.equal(
      records
        .filter(({ direction }) => direction === "in")
        .toSorted((a, b) => (a.caller.number < b.caller.number ? -1 : 1))
        .map(({ caller: { number }, queue: line, agent: who, disposition, endedBy }) =>
          [number, line ?? "", who ?? "", disposition, endedBy].join(" "),
        ),
      [
        "13800001001 sales 301 answered called",
        "13800001002 sales 301 answered caller",
        "13800001003   self-service box",
        "13800001004   self-service caller",
        "13800001005 support 304 answered called",
        "13800001006   self-service caller",
        "13800001007   self-service caller",
      ],
      "records of those who called",
    );
    const check = await appliance.get("GET /journal/verification");
    context.equal(check.broken, undefined, "the journal's chain");
    await appliance.stop();
  },
};

/** Of a tone, in blocks of 10 ms, between its first and its last. */
function longestSilence(samples: Float64Array): number {
  let longest = 0;
  let since = -1;
  for (let at = 0; at + 80 <= samples.length; at += 80) {
    if (toneLevel(samples.subarray(at, at + 80), hz) < -35) continue;
    if (since >= 0) longest = Math.max(longest, (at - since) / 8 - 10);
    since = at;
  }
  return longest;
}
