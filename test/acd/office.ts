// A small call centre for tests of distribution's core, and the rules that must hold after every event.
import type { AcdCommand, Decision, Unstamped } from "../../src/acd/decide.ts";
import { positionOf, step } from "../../src/acd/decide.ts";
import { evolve, type AcdEvent } from "../../src/acd/evolve.ts";
import { emptyState, isFree, type AcdState } from "../../src/acd/state.ts";
import { compare, entries, get, byName, size, values } from "../../src/acd/tree.ts";
import type { QueueOptions } from "../../src/shared/journal.ts";

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

export const agents = [
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

/** The offer that is open for a call. */
export function offerOf(state: AcdState, call: string): string {
  const stage = get(state.calls, byName(call))?.stage;
  return stage?.type === "offered" ? stage.offer : "";
}

/** Throws where a rule of distribution is broken. */
export function checkRules(state: AcdState): void {
  const served = new Map<string, string>();
  for (const call of values(state.calls)) {
    // A queue that the settings lost has nobody left in it but those who talk.
    const queue = state.queues[call.queue];
    const inWaiting = get(queue?.waiting ?? null, call.key) !== undefined;
    const inOffered = get(queue?.offered ?? null, call.key) !== undefined;
    must(inWaiting === (call.stage.type === "waiting"), `${call.call} is not where waiting calls are`);
    must(inOffered === (call.stage.type === "offered"), `${call.call} is not where offered calls are`);
    if (call.stage.type === "waiting") continue;
    must(!served.has(call.stage.agent), `agent ${call.stage.agent} has two calls`);
    served.set(call.stage.agent, call.call);
    const activity = get(state.agents, byName(call.stage.agent))?.activity;
    const expected = call.stage.type === "offered" ? "offered" : "on-call";
    must(
      activity === undefined || (activity.type === expected && activity.call === call.call),
      `agent ${call.stage.agent} does not know of ${call.call}`,
    );
  }
  for (const agent of values(state.agents)) {
    const { activity, number } = agent;
    if (activity.type === "offered" || activity.type === "on-call")
      must(served.get(number) === activity.call, `agent ${number} is stuck with ${activity.call}`);
    if (activity.type === "offered") {
      must(agent.extension !== null && agent.paused === null, `agent ${number} is rung though away`);
    }
    for (const id of agent.queues) {
      const queue = state.queues[id];
      if (queue === undefined) continue;
      const listed = [...values(queue.free)].includes(number);
      must(listed === isFree(agent), `agent ${number} is ${listed ? "" : "not "}listed as free in ${id}`);
    }
  }
  for (const [id, queue] of Object.entries(state.queues)) {
    const both = size(queue.waiting) > 0 && size(queue.free) > 0;
    must(!both, `${id}: somebody waits though somebody is free`);
    must(
      !queue.options.leaveWhenEmpty || queue.loggedIn > 0 || size(queue.waiting) === 0,
      `${id}: waits for nobody`,
    );
    const members = [...values(state.agents)].filter((agent) => agent.queues.includes(id));
    must(
      queue.loggedIn === members.filter((agent) => agent.extension !== null).length,
      `${id}: logged-in count`,
    );
    const { entered, connected, abandoned, left } = queue.totals;
    const still = size(queue.waiting) + size(queue.offered);
    must(entered === connected + abandoned + left + still, `${id}: in is not out`);
  }
  for (const { key, value } of entries(state.due)) {
    const { id } = value;
    const known = get(state.agents, byName(id)) ?? get(state.calls, byName(id));
    must(known !== undefined, `${value.type} of ${value.id} is due, who is not there`);
    must(Number.isFinite(key[0]), "a due without a moment");
  }
}

/** Rules of one decision: what it says about order. */
export function checkDecision(before: AcdState, { events }: Decision): void {
  let state = before;
  for (const event of events) {
    if (event.type === "queue.offered") {
      const queue = state.queues[event.queue];
      const call = get(state.calls, byName(event.call));
      const agent = get(state.agents, byName(event.agent));
      must(agent !== undefined && isFree(agent), `${event.agent} is offered a call though not free`);
      must(call?.stage.type === "waiting", `${event.call} is offered though it does not wait`);
      const lines = agent?.queues.map((id) => state.queues[id]?.waiting ?? null) ?? [];
      for (const other of [queue?.waiting ?? null, ...lines].flatMap((line) => [...values(line)])) {
        const key = get(state.calls, byName(other))?.key;
        must(
          key === undefined || call === undefined || compare(call.key, key) <= 0,
          `${other} was before ${event.call}`,
        );
      }
      for (const other of values(state.agents)) {
        if (!isFree(other) || !other.queues.includes(event.queue)) continue;
        must(
          agent === undefined || agent.freeOrder <= other.freeOrder,
          `${other.number} was idle for longer`,
        );
      }
    }
    if ("waitedMs" in event) must(event.waitedMs >= 0, "a negative wait");
    state = evolve(state, event);
  }
}

function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(rule);
}

export { emptyState, evolve, positionOf };
