// Figures of call distribution: how long a decision takes while more and more callers wait, 500 agents.
import { step, type AcdCommand } from "../../src/acd/decide.ts";
import { strategyIds } from "../../src/acd/strategies/index.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { createOffice } from "../../test/support/office.ts";
import { figure, type Figure } from "./figure.ts";

const agents = 500;
const rounds = 20_000;
const queues = ["sales", "support", "billing", "other"];
/** What is asked for in twelve ways, and what agents can do. */
const skills = ["ko", "zh", "tech"];

interface Case {
  readonly name: string;
  readonly strategy: string;
  readonly skilled: boolean;
}
const cases: readonly Case[] = [
  ...strategyIds.map((strategy) => ({ name: strategy, strategy, skilled: false })),
  { name: "skills", strategy: "longest-idle", skilled: true },
];
const longestIdle = cases[0] ?? { name: "longest-idle", strategy: "longest-idle", skilled: false };

/** Measures commands on one state, one after another, as they come in life: enter, free agent, answer, end. */
export async function* figures(): AsyncGenerator<Figure> {
  const rings = await ringing();
  for (const [name, share] of [["p50", 0.5] as const, ["p99", 0.99] as const])
    yield figure(`acd.free-to-ringing.${name}`, percentile(rings, share), "ms", 5, "lower");
  measure(10_000, 40_000, longestIdle); // warms the compiler, and is thrown away
  for (const waiting of [100, 1000, 10_000, 100_000]) {
    const scans = scan(waiting);
    for (const one of cases) {
      const times = measure(waiting, rounds, one);
      const goal = waiting <= 10_000 ? 10 : 20;
      for (const [name, share] of [["p50", 0.5] as const, ["p99", 0.99] as const]) {
        const beside = { "scan of all": Number(percentile(scans, share).toPrecision(3)) };
        const value = percentile(times, share);
        yield figure(`acd.${one.name}-${waiting}.${name}`, value, "µs", goal, "lower", beside);
      }
      await Promise.resolve();
    }
  }
}

/** From a free agent to the driver's command to ring, the whole house in between; 200 callers wait. Milliseconds, sorted. */
async function ringing(): Promise<Float64Array> {
  const office = createOffice({}, {}, { trunks: 200 });
  for (let n = 1; n <= 200; n++) office.lines.incoming(`1/${n}`, { called: "401" });
  // The menu leads them to the queue.
  await office.clock.advance(2000);
  for (const leg of office.lines.open) leg.press("1");
  await office.clock.advance(1000);
  office.centre.acd.logIn("301", "201", "bench");
  const times = new Float64Array(400);
  for (let i = 0; i < times.length; i++) {
    office.centre.acd.pause("301", "", "bench");
    await office.clock.advance(10);
    const began = performance.now();
    office.centre.acd.ready("301", "bench");
    times[i] = performance.now() - began;
    if (office.lines.ringing("4/1").state !== "offered") throw new Error("the phone does not ring");
  }
  await office.close();
  return times.sort();
}

/** The usual way, for comparison: every decision looks at each caller and each agent. Microseconds, sorted. */
function scan(waiting: number): Float64Array {
  const callers = Array.from({ length: waiting }, (_, i) => ({ priority: 0, since: (i * 7919) % waiting }));
  const idle = Array.from({ length: agents }, (_, i) => ({ free: i % 7 !== 0, since: (i * 31) % agents }));
  const times = new Float64Array(Math.min(2000, Math.ceil(2e7 / waiting)));
  for (let i = 0; i < times.length; i++) {
    const began = performance.now();
    let [caller, agent] = [callers[0], idle[0]];
    for (const one of callers) if (caller === undefined || one.since < caller.since) caller = one;
    for (const one of idle) if (one.free && (agent === undefined || one.since < agent.since)) agent = one;
    times[i] = (performance.now() - began) * 1000;
    if (caller === undefined || agent === undefined) throw new Error("nobody found");
  }
  return times.sort();
}

/** Microseconds of each command, sorted. */
function measure(waiting: number, commands: number, one: Case): Float64Array {
  let state = office(one);
  for (let i = 0; i < waiting; i++) state = step(state, enter(i, i, one)).state;
  const times = new Float64Array(commands);
  let next = waiting;
  let at = waiting;
  let taken = 0;
  while (taken < commands) {
    const agent = `${1000 + (next % agents)}`;
    at += 1;
    const timed = (command: AcdCommand): readonly { readonly type: string }[] => {
      const began = performance.now();
      const decision = step(state, command);
      const us = (performance.now() - began) * 1000;
      state = decision.state;
      if (taken < commands) times[taken++] = us;
      return decision.events;
    };
    timed(enter(next++, at, one));
    // An agent comes back: the first in line is offered, answers, speaks, and the agent goes away again.
    const offers = timed({ type: "ready", agent, by: "bench", at });
    const offer = offers.find((event) => event.type === "queue.offered") as
      { readonly call: string; readonly offer: string } | undefined;
    if (offer === undefined) throw new Error("nobody was offered though all wait");
    timed({ type: "accept", call: offer.call, offer: offer.offer, at });
    timed({ type: "pause", agent, reason: "bench", by: "bench", at });
    timed({ type: "leave", call: offer.call, reason: "completed-by-caller", at });
    timed({ type: "tick", at });
  }
  return times.sort();
}

/** All agents logged in and paused: nobody is free until told so. */
function office({ strategy, skilled }: Case): AcdState {
  const numbers = Array.from({ length: agents }, (_, i) => `${1000 + i}`);
  let state = step(emptyState, {
    type: "configure",
    at: 0,
    queues: queues.map((id) => ({
      id,
      strategy,
      ringMs: 20_000,
      wrapUpMs: 0,
      maxWaitMs: 1e12,
      leaveWhenEmpty: false,
      pauseAfterNoAnswers: 0,
    })),
    agents: numbers.map((number, i) => ({
      number,
      name: number,
      queues: [...new Set([queues[i % 4] ?? "sales", "sales"])],
      ...(skilled ? { skills: Object.fromEntries(skills.map((skill) => [skill, 5])) } : {}),
    })),
  }).state;
  for (const agent of numbers) {
    state = step(state, { type: "log-in", agent, extension: agent, phone: "free", by: "bench", at: 0 }).state;
    state = step(state, { type: "pause", agent, reason: "bench", by: "bench", at: 0 }).state;
  }
  return state;
}

function enter(i: number, at: number, { skilled }: Case): AcdCommand {
  const queue = queues[i % 4] ?? "sales";
  const needed = skilled ? { skills: { [skills[i % 3] ?? "ko"]: 1 + ((i >> 2) % 4) } } : {};
  return { type: "enter", call: `call-${i}`, queue, caller: { number: "" }, priority: 0, ...needed, at };
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
