// A small call centre for tests of distribution's core, and the rules that must hold after every event.
import type { AcdCommand, Decision, Unstamped } from "../../src/acd/decide.ts";
import { positionOf, step } from "../../src/acd/decide.ts";
import { evolve, type AcdEvent } from "../../src/acd/evolve.ts";
import { lineOf } from "../../src/acd/needs.ts";
import { emptyState, type AcdState, type AgentState, type Offer } from "../../src/acd/state.ts";
import { entries, get, byName, size, values } from "../../src/acd/tree.ts";
import type { AgentOptions, QueueOptions } from "../../src/shared/journal.ts";
import { expectedOffer, isIdle } from "./reference.ts";

export const sales: QueueOptions = {
  id: "sales",
  strategy: "longest-idle",
  ringMs: 20_000,
  wrapUpMs: 10_000,
  maxWaitMs: 600_000,
  leaveWhenEmpty: false,
  pauseAfterNoAnswers: 2,
};
export const support: QueueOptions = { ...sales, id: "support", wrapUpMs: 0 };

export const agents: readonly AgentOptions[] = [
  { number: "301", name: "Anna", queues: ["sales"] },
  { number: "302", name: "Ben", queues: ["sales", "support"] },
  { number: "303", name: "Chen", queues: ["support"] },
];

/** Commands one after another, each at its moment. */
export function play(state: AcdState, commands: readonly AcdCommand[]): Decision {
  const events: AcdEvent[] = [];
  for (const command of commands) {
    const decision = step(state, command);
    state = decision.state;
    events.push(...decision.events);
  }
  return { state, events };
}

/** Seconds instead of milliseconds. */
export function at(seconds: number, command: Unstamped): AcdCommand {
  return { ...command, at: seconds * 1000 };
}

export const configure = (queues = [sales, support], who = agents): AcdCommand =>
  at(0, { type: "configure", queues, agents: who });

export const logIn = (seconds: number, agent: string): AcdCommand =>
  at(seconds, { type: "log-in", agent, extension: `2${agent.slice(1)}`, phone: "free", by: "test" });

export const enter = (seconds: number, call: string, queue = "sales", priority = 0): AcdCommand =>
  at(seconds, { type: "enter", call, queue, caller: { number: call }, priority });

/** The offers that are open for a call. */
export function offersOf(state: AcdState, call: string): readonly Offer[] {
  const stage = get(state.calls, byName(call))?.stage;
  return stage?.type === "offered" ? stage.offers : [];
}

/** The first of them, or nothing. */
export const offerOf = (state: AcdState, call: string): string => offersOf(state, call)[0]?.offer ?? "";

/** Throws where a rule of distribution is broken. */
export function checkRules(state: AcdState): void {
  const served = new Map<string, string>();
  const serve = (agent: string, call: string): void => {
    must(!served.has(agent), `agent ${agent} has two calls`);
    served.set(agent, call);
  };
  for (const call of values(state.calls)) {
    const { stage } = call;
    // A queue that the settings lost has nobody left in it but those who talk.
    const queue = state.queues[call.queue];
    const wants = stage.type === "offered" && stage.offers.length < stage.allowed;
    const places = Object.entries(queue?.lines ?? {}).flatMap(([name, line]) =>
      (["waiting", "ringing"] as const).flatMap((kind) =>
        get(line[kind], call.key) === undefined ? [] : [`${kind} in ${name}`],
      ),
    );
    if (get(queue?.offered ?? null, call.key) !== undefined) places.push("offered");
    const expected = [
      ...(stage.type === "waiting" ? [`waiting in ${lineOf(call.needs)}`] : []),
      ...(wants ? [`ringing in ${lineOf(call.needs)}`] : []),
      ...(stage.type === "offered" ? ["offered"] : []),
    ];
    must(
      JSON.stringify(places) === JSON.stringify(queue === undefined ? [] : expected),
      `${call.call} is ${places.join(" and ")}, not ${expected.join(" and ")}`,
    );
    if (stage.type === "connected" || stage.type === "dialling") serve(stage.agent, call.call);
    if (stage.type === "offered") {
      must(stage.offers.length > 0, `${call.call} is offered to nobody`);
      for (const { agent } of stage.offers) serve(agent, call.call);
    }
  }
  for (const [number, call] of served) {
    const agent = get(state.agents, byName(number));
    const talks = get(state.calls, byName(call))?.stage.type !== "offered";
    const activity = agent?.activity;
    must(
      activity === undefined ||
        (activity.type === (talks ? "on-call" : "offered") && "call" in activity && activity.call === call),
      `agent ${number} does not know of ${call}`,
    );
  }
  for (const agent of values(state.agents)) {
    const { activity, number } = agent;
    if (activity.type === "offered" || activity.type === "on-call")
      must(served.get(number) === activity.call, `agent ${number} is stuck with ${activity.call}`);
    if (activity.type === "offered")
      must(agent.extension !== null && agent.paused === null, `agent ${number} is rung though away`);
    for (const { queue: id } of agent.memberships) {
      const queue = state.queues[id];
      if (queue === undefined) continue;
      const listed = [...values(queue.free)].includes(number);
      must(listed === isIdle(agent), `agent ${number} is ${listed ? "" : "not "}listed as free in ${id}`);
    }
  }
  const left = expectedOffer(state);
  must(left === undefined, `${left?.call ?? ""} waits though ${left?.agents.join() ?? ""} is free`);
  for (const [id, queue] of Object.entries(state.queues)) {
    const members = [...values(state.agents)].filter((agent) =>
      agent.memberships.some((one) => one.queue === id),
    );
    const here = members.filter((agent) => agent.extension !== null);
    const staff = Object.values(queue.staff).reduce((sum, count) => sum + count, 0);
    must(staff === here.length, `${id}: logged-in count`);
    must(
      queue.there === here.filter((agent) => counts(agent, queue.options.emptyStates)).length,
      `${id}: there`,
    );
    must((queue.there === 0) === (queue.emptySince !== null), `${id}: empty since`);
    const waiting = Object.values(queue.lines).reduce((sum, line) => sum + size(line.waiting), 0);
    must(queue.length === waiting + size(queue.offered), `${id}: length of the line`);
    const onLine = Object.values(queue.lines)
      .flatMap((line) => [...values(line.waiting)])
      .filter((call) => get(state.calls, byName(call))?.callback === null);
    must(!queue.deserted || onLine.length === 0, `${id}: waits for nobody`);
    const resting = [...values(state.calls)].filter(
      (one) => one.queue === id && ["resting", "dialling", "asked"].includes(one.stage.type),
    );
    const { entered, connected, abandoned, left } = queue.totals;
    must(
      entered === connected + abandoned + left + waiting + size(queue.offered) + resting.length,
      `${id}: in is not out`,
    );
  }
  for (const { major, value } of entries(state.due)) {
    const { type, id } = value;
    const known =
      type === "empty" ? state.queues[id] : (get(state.agents, byName(id)) ?? get(state.calls, byName(id)));
    must(known !== undefined, `${type} of ${id} is due, who is not there`);
    must(Number.isFinite(major), "a due without a moment");
  }
}

/** As the settings' names say. */
function counts(agent: AgentState, states: readonly string[]): boolean {
  const is: Readonly<Record<string, boolean>> = {
    paused: agent.paused !== null,
    unavailable: agent.paused === null && agent.phone === "unavailable",
    ringing: agent.paused === null && agent.phone !== "unavailable" && agent.activity.type === "offered",
    "wrap-up": agent.paused === null && agent.phone !== "unavailable" && agent.activity.type === "wrap-up",
    "in-use":
      agent.paused === null &&
      agent.phone !== "unavailable" &&
      (agent.activity.type === "on-call" ||
        (agent.phone === "busy" && agent.activity.type !== "offered" && agent.activity.type !== "wrap-up")),
  };
  return !states.some((name) => is[name] === true);
}

/** Rules of one decision: each offer is the one that the slow reference makes. @returns how many there were */
export function checkDecision(before: AcdState, { events }: Decision): number {
  let state = before;
  let offers = 0;
  for (const event of events) {
    if (event.type === "queue.offered") {
      const expected = expectedOffer(state);
      must(
        expected?.call === event.call && expected.agents.includes(event.agent),
        `${event.call} is offered to ${event.agent}, expected ${expected?.call ?? "nothing"} to ${expected?.agents.join() ?? "nobody"}`,
      );
      offers += 1;
    }
    if ("waitedMs" in event) must(event.waitedMs >= 0, "a negative wait");
    state = evolve(state, event);
  }
  return offers;
}

function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(rule);
}

export { emptyState, evolve, positionOf };
