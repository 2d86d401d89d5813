// A call centre at work: 30 callers on an E1, eight agents at telephones of the real driver, one strategy after another. Callers give
// up, agents do not answer, hold, transfer; a span goes down in the middle. What exchange and telephones have counted is what the
// box reports, to the last call.
import { createDice } from "../../support/dice.ts";
import { baseline, mainFlow, proveNothingLeft } from "../support/box.ts";
import { removeSpan, restoreSpan } from "../support/driver.ts";
import { analogFar, sendDtmf, type End } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { officeSettings } from "../support/office.ts";
import type { Peer } from "../support/peer.ts";
import { startAppliance, type Appliance } from "../support/appliance.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

const strategies = [
  "ring-all",
  "longest-idle",
  "best-skilled",
  "round-robin",
  "ring-progressive",
  "linear",
  "random",
  "weighted-random",
  "least-recent",
  "fewest-calls",
  "fewest-calls-all",
  "least-talk-time",
] as const;
/** Of them; the soak asks for all. */
const rounds = Math.min(strategies.length, Number(process.env["CALLBOX_LAB_TIMES"] || "1"));
const callers = 30;
/** From a telephone, or the exchange, to the box and across it. */
const crossingMs = 100;
const sales = "5550188";
const supportNumber = "402";

const queue = {
  ringSeconds: 5,
  wrapUpSeconds: 1,
  announceEverySeconds: 0,
  pauseAfterNoAnswers: 0,
  rest: { noAnswerSeconds: 1, busySeconds: 1, rejectedSeconds: 1 },
};
const queuesOf = (strategy: string) => [
  { ...queue, id: "sales", name: "Sales", number: "401", strategy },
  { ...queue, id: "support", name: "Support", number: supportNumber, strategy },
];

/** What one caller has come to, as the exchange knows it. */
interface Caller {
  readonly id: string;
  readonly number: string;
  answered: boolean;
  /** Clock of the exchange, ms. */
  answeredAt: number;
  over: boolean;
  /** The same clock; 0: has not. */
  hungUpAt: number;
  /** Its channel is free again. */
  released: boolean;
  /** An agent is about to give the call away: the caller holds on. */
  kept: boolean;
  transferred: boolean;
  /** By an agent of the second queue. */
  answeredAgain: boolean;
}

export const scenario: Scenario = {
  name: "acd-centre",
  description:
    "30 callers, 8 agents, strategies in turn: given up, not answered, held, transferred, a span alarm; every count is the peers' own",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs", "fxs", "fxs", "fxs", "fxs", "fxs", "fxs"] }],
  timeoutSeconds: 240 + 150 * rounds,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const { phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const settings = await officeSettings(context.layout, {
      incoming: { flow: "main" },
      more: {
        incoming: [{ called: sales, to: { queue: "sales" }, answer: "when-agent" }],
        queues: queuesOf(strategies[0]),
        agents: phones.map((_, i) => ({
          number: String(301 + i),
          name: `Agent ${301 + i}`,
          queues: ["sales", "support"],
          skills: [{ skill: "talk", level: 1 + (i % 3) }],
          weight: 1 + (i % 2),
        })),
        recording: { calls: "none" },
      },
    });
    const exchange = (name: string): Promise<Peer> => isdnPeer(context, { span: far, role: "network", name });
    let network = await exchange("exchange");
    const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
    await network.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    for (const [i] of phones.entries())
      await appliance.send("POST", `/agents/${301 + i}/commands`, {
        command: "log-in",
        extension: String(201 + i),
      });

    for (const [round, strategy] of strategies.slice(0, rounds).entries()) {
      const { revision } = await appliance.get("GET /settings");
      await appliance.send("PUT", "/settings/queues", { revision, value: queuesOf(strategy) });
      const centre = createCentre(context, { network, phones, appliance, round });
      const from = Date.now();
      await context.sleep(20);
      // In the second round, or the only one, the span goes down with calls in every state.
      const cut = round === Math.min(1, rounds - 1);
      await centre.run(cut ? 18_000 : undefined);
      if (cut) {
        await network.quit();
        removeSpan(far);
        centre.cutOff();
        await context.until(
          "no call is up",
          async () => (await appliance.get("GET /calls")).calls.length === 0,
          60_000,
        );
        for (const phone of phones) phone.send("on-hook");
        restoreSpan(far);
        network = await exchange("exchange-again");
        await network.expect({ event: "up" }, 60_000);
        await context.until(
          "every line of the span is idle",
          async () =>
            (await appliance.get("GET /lines")).lines.every(
              (line) => line.span !== near.number || line.state === "idle",
            ),
          90_000,
        );
      }
      await context.until(
        "all agents are free again",
        async () => (await appliance.get("GET /agents")).agents.every(({ status }) => status === "idle"),
        30_000,
      );
      await proveCounts(context, appliance, centre, { from, strategy });
    }
    await proveNothingLeft(context, appliance, before);
    const { events, broken } = await appliance.get("GET /journal/verification");
    context.check(broken === undefined, `the journal holds: ${events} events`);
    await appliance.stop();
  },
};

interface Centre {
  readonly all: readonly Caller[];
  /**
   * Hung up in the very moment in which a telephone was lifted: the two cross on their ways, and the box alone knows which was
   * sooner.
   */
  readonly crossed: () => readonly Caller[];
  /** Until every caller is gone, or for so long; then nobody lifts or hangs up any more. */
  run(forMs?: number): Promise<void>;
  /** The exchange is gone, with all its calls. */
  cutOff(): void;
}

function createCentre(
  context: Context,
  {
    network,
    phones,
    appliance,
    round,
  }: {
    readonly network: Peer;
    readonly phones: readonly End[];
    readonly appliance: Appliance;
    readonly round: number;
  },
): Centre {
  const random = createDice(round + 1);
  const all: Caller[] = [];
  /** When a telephone was, by the same clock. */
  const lifted: number[] = [];
  const now = (): number => performance.now();
  let over = false;
  const open = (): boolean => !over;

  /** What the exchange says, each thing once. */
  let heard = network.history.length;
  const hear = (): void => {
    for (const { event, call: id } of network.history.slice(heard)) {
      const own = all.find((one) => one.id === id);
      if (own === undefined) continue;
      if (event === "answered") Object.assign(own, { answered: true, answeredAt: now() });
      if (event === "disconnect" || event === "released") own.over = true;
      if (event === "released") own.released = true;
    }
    heard = network.history.length;
  };
  const listen = async (): Promise<void> => {
    for (; open(); await context.sleep(50)) hear();
  };

  const call = async (n: number): Promise<void> => {
    const own: Caller = {
      id: `r${round}c${n}`,
      number: `138000${String(round * 100 + n).padStart(5, "0")}`,
      answered: false,
      answeredAt: 0,
      over: false,
      hungUpAt: 0,
      released: false,
      kept: false,
      transferred: false,
      answeredAgain: false,
    };
    const [patienceMs, talkMs] = [random() < 0.3 ? 2000 + random() * 8000 : 120_000, 2000 + random() * 6000];
    await context.sleep(random() * 6000);
    if (!open()) return;
    all.push(own);
    network.send("call", { id: own.id, called: sales, calling: own.number });
    const began = now();
    while (open()) {
      await context.sleep(100);
      if (own.released) return;
      const enough = own.answered
        ? now() - own.answeredAt > talkMs + (own.transferred ? 15_000 : 0)
        : now() - began > patienceMs;
      if (!enough || own.over || own.kept) continue;
      Object.assign(own, { over: true, hungUpAt: now() });
      network.send("hangup", { call: own.id, cause: 16 });
    }
  };

  const isThere = (caller: Caller): boolean => !caller.over;
  /** As last asked, once for all. */
  const statuses = new Map<string, string>();
  const watch = async (): Promise<void> => {
    while (open()) {
      for (const { number, status } of (await appliance.get("GET /agents")).agents)
        statuses.set(number, status);
      await context.sleep(150);
    }
  };
  /** The caller whom an extension speaks with now. */
  const partner = async (extension: string): Promise<Caller | undefined> => {
    const { calls } = await appliance.get("GET /calls");
    const one = calls.find(
      ({ legs, talking }) =>
        talking !== undefined && legs.some((leg) => leg.extension === extension && talking.includes(leg.id)),
    );
    return all.find(({ number }) => number === one?.caller.number);
  };

  /** The caller whom a phone that was just lifted has got; nobody when another was sooner. */
  const answered = async (extension: string): Promise<Caller | undefined> => {
    for (let tries = 0; tries < 15; tries++) {
      await context.sleep(200);
      const found = await partner(extension);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const work = async (i: number, phone: End): Promise<void> => {
    const [number, extension] = [String(301 + i), String(201 + i)];
    const status = (): string | undefined => statuses.get(number);
    while (open()) {
      await context.sleep(250);
      if (status() !== "offered") continue;
      if (random() < 0.15) {
        // Does not answer this one.
        await context.sleep(5500);
        continue;
      }
      await context.sleep(300 + random() * 1500);
      if (!open() || status() !== "offered") continue;
      lifted.push(now());
      phone.send("off-hook");
      const caller = await answered(extension);
      await context.sleep(1000 + random() * 4000);
      // Whoever gave the caller away knows by now that it was taken.
      if (caller?.transferred === true) caller.answeredAgain = true;
      const what = random();
      if (open() && caller !== undefined && !caller.over && caller.answered && what < 0.35) {
        caller.kept = true;
        // Only of a caller who is still there.
        if ((await partner(extension)) === caller && isThere(caller)) {
          phone.send("flash");
          await context.sleep(1200);
          if (what < 0.2 && !caller.transferred) {
            await sendDtmf(phone, supportNumber);
            await context.sleep(900);
            caller.transferred = true;
          } else {
            phone.send("flash");
            await context.sleep(1500);
          }
        }
      }
      phone.send("on-hook");
      await context.sleep(800);
      if (caller !== undefined) caller.kept = false;
    }
    phone.send("on-hook");
  };

  return {
    all,
    crossed: () =>
      all.filter((one) => !one.answered && lifted.some((at) => Math.abs(at - one.hungUpAt) < crossingMs)),
    async run(forMs) {
      const calls = Array.from({ length: callers }, (_, n) => call(n));
      const agentsAtWork = [listen(), watch(), ...phones.map((phone, i) => work(i, phone))];
      if (forMs === undefined) await Promise.all(calls);
      else await context.sleep(forMs);
      over = true;
      await Promise.all([...calls, ...agentsAtWork]);
      // Whatever was said last has arrived.
      await context.sleep(1000);
      hear();
    },
    cutOff() {
      for (const own of all) own.over = true;
    },
  };
}

async function proveCounts(
  context: Context,
  appliance: Appliance,
  { all, crossed }: Centre,
  { from, strategy }: { readonly from: number; readonly strategy: string },
): Promise<void> {
  const ask = async (report: string) => {
    const reply = await appliance.get(
      "GET /reports/:report",
      `/reports/${report}?from=${from}&to=${Date.now() + 1000}&step=whole`,
    );
    if (typeof reply === "string") throw new Error("a report is no text");
    return reply.rows;
  };
  const rows = await ask("queues");
  const figures = (id: string) => {
    const row = rows.find((one) => one["queue"] === id);
    return [
      row?.["offered"] ?? 0,
      row?.["answered"] ?? 0,
      row?.["abandoned"] ?? 0,
      row?.["transferred"] ?? 0,
    ];
  };
  const count = (of: (caller: Caller) => boolean): number => all.filter(of).length;
  const crossing = new Set(crossed().map(({ number }) => number));
  const reached = (await appliance.records()).filter(
    ({ caller: { number }, disposition }) => crossing.has(number) && disposition === "answered",
  ).length;
  const answered = count((one) => one.answered) + reached;
  const transferred = count((one) => one.transferred);
  const again = count((one) => one.answeredAgain);
  context.log(
    `${strategy}: ${all.length} callers, ${answered} answered, ${transferred} transferred, ${again} of those answered again; ${crossing.size} hung up as a telephone was lifted, ${reached} of them just after`,
  );
  context.equal(
    figures("sales"),
    [all.length, answered, all.length - answered, transferred],
    `${strategy}: offered, answered, abandoned, transferred`,
  );
  context.equal(
    figures("support"),
    [transferred, again, transferred - again, 0],
    `${strategy}: the same of the second queue`,
  );
  const ofAgents = (await ask("agents")).reduce((sum, row) => sum + Number(row["answered"]), 0);
  context.equal(ofAgents, answered + again, `${strategy}: answered by all agents together`);
}
