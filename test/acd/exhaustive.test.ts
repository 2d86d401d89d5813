// Every interleaving of a small case: three callers, three agents, two queues, all that can happen to them, so many steps deep.
// States that differ in nothing but counters and moments already told are one.
import t from "tap";
import { nextDue, step, type AcdCommand, type Unstamped } from "../../src/acd/decide.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { entries, get, byName, values } from "../../src/acd/tree.ts";
import type { AgentOptions, QueueOptions } from "../../src/shared/journal.ts";
import { checkDecision, checkRules, offersOf, sales } from "./office.ts";

const depth = Number(process.env["CALLBOX_ACD_DEPTH"] ?? 6);

const calls = [
  ["A", "sales"],
  ["B", "support"],
  ["C", "sales"],
] as const;
const agents: readonly AgentOptions[] = [
  { number: "301", name: "", queues: ["sales"] },
  { number: "302", name: "", queues: ["sales", "support"] },
  { number: "303", name: "", queues: ["support"] },
];
const options = (id: string, more: Partial<QueueOptions>): QueueOptions => ({
  ...sales,
  id,
  maxWaitMs: 45_000,
  pauseAfterNoAnswers: 1,
  ...more,
});

/** Whatever may happen next to callers and agents as they are. */
function* nextCommands(state: AcdState, at: number): Generator<Unstamped & { readonly at: number }> {
  for (const [call, queue] of calls) {
    const stage = get(state.calls, byName(call))?.stage;
    if (stage === undefined) {
      yield { type: "enter", call, queue, caller: { number: call }, priority: 0, at };
      continue;
    }
    for (const { offer } of offersOf(state, call)) {
      yield { type: "accept", call, offer, at };
      yield { type: "offer-failed", call, offer, reason: "rejected", at };
    }
    // A phone that was lifted too late.
    yield { type: "accept", call, offer: "0", at };
    yield {
      type: "leave",
      call,
      reason: stage.type === "connected" ? "completed-by-agent" : "abandoned",
      at,
    };
  }
  for (const agent of values(state.agents)) {
    const { number, extension, phone, paused, activity } = agent;
    if (extension === null) {
      yield { type: "log-in", agent: number, extension: number, phone: "free", by: "x", at };
      continue;
    }
    yield { type: "log-out", agent: number, by: "x", at };
    if (paused === null) yield { type: "pause", agent: number, reason: "x", by: "x", at };
    if (paused !== null || activity.type === "wrap-up" || activity.type === "resting")
      yield { type: "ready", agent: number, by: "x", at };
    yield { type: "phone", extension, phone: phone === "free" ? "busy" : "free", at };
  }
  const due = nextDue(state);
  if (due !== undefined) yield { type: "tick", at: Math.max(at, due) };
}

/** What of a state decides what can happen: orders by rank, moments by distance. */
function essence(state: AcdState, at: number): string {
  const order = [
    ...[...values(state.agents)].map((agent) => agent.freeOrder),
    ...[...values(state.calls)].map((call) => call.key.minor),
  ].sort((a, b) => a - b);
  const rank = new Map(order.map((one, i) => [one, i]));
  return JSON.stringify([
    [...values(state.calls)].map(({ call, key, until, stage }) => [
      call,
      rank.get(key.minor),
      until - at,
      stage.type,
      stage.type === "offered" ? stage.offers.map(({ agent, until }) => [agent, until - at]) : stage,
      stage.type === "offered" && stage.allowed,
    ]),
    [...values(state.agents)].map(({ number, extension, phone, paused, activity, freeOrder, noAnswers }) => [
      number,
      extension === null,
      phone,
      paused,
      activity.type,
      "until" in activity ? activity.until - at : 0,
      rank.get(freeOrder),
      noAnswers,
    ]),
    [...entries(state.due)].map(({ major, value }) => [major - at, value]),
    Object.values(state.queues).map(({ last }) => last),
  ]);
}

function search(more: Partial<QueueOptions>): { readonly states: number; readonly steps: number } {
  const begin: AcdCommand = {
    type: "configure",
    queues: [options("sales", more), options("support", more)],
    agents,
    at: 0,
  };
  const seen = new Set<string>();
  let steps = 0;
  let edge = [{ state: step(emptyState, begin).state, at: 0 }];
  for (let level = 0; level < depth; level++) {
    const next: typeof edge = [];
    for (const { state, at } of edge) {
      for (const command of nextCommands(state, at)) {
        const decision = step(state, command);
        steps += 1;
        const name = essence(decision.state, command.at);
        // The rules hold for one of them as for the other.
        if (seen.has(name)) continue;
        seen.add(name);
        checkDecision(state, decision);
        checkRules(decision.state);
        if (command.type === "accept" && command.offer === "0" && decision.events.length > 0)
          throw new Error("a late answer changed something");
        next.push({ state: decision.state, at: command.at });
      }
    }
    edge = next;
  }
  return { states: seen.size, steps };
}

for (const [name, more] of [
  ["longest idle", {}],
  ["ring all", { strategy: "ring-all" }],
  ["ring progressive, sent on where nobody is", { strategy: "ring-progressive", leaveWhenEmpty: true }],
] as const)
  t.test(`${name}: all that can happen in ${depth} steps`, (t) => {
    const { states, steps } = search(more);
    t.comment(`${name}: ${states} states, ${steps} steps`);
    t.ok(states > 1000);
    t.end();
  });
