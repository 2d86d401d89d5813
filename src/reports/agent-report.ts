// Agents by intervals: how long in which state, and what they did. The states are those of the live view, for both come from
// distribution's own fold; each moment from an agent's first event on is in exactly one of them.
import { agentStatus } from "../acd/live-view.ts";
import type { AgentStatus } from "../acd/live.ts";
import { acdEventTypes, evolve, type AcdEvent } from "../acd/evolve.ts";
import { emptyState, type AcdState } from "../acd/state.ts";
import { byName, get } from "../acd/tree.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { isAsked, split } from "./intervals.ts";
import { inOrder, ratio, sumsAt, type Column, type Report } from "./report.ts";

export interface AgentSums {
  readonly start: number;
  readonly agent: string;
  /** Milliseconds in each state; of a pause by its reason: `paused lunch`. */
  readonly inState: Record<string, number>;
  answered: number;
  noAnswers: number;
  logIns: number;
  talkMs: number;
  transferred: number;
  rated: number;
  ratings: number;
  scored: number;
  scores: number;
}

/** Plain JSON: it can be kept, and gone on with. */
export interface AgentReport {
  acd: AcdState;
  readonly sums: Record<string, AgentSums>;
  /** What each agent does now, and since when. */
  readonly now: Record<string, { readonly state: string; readonly since: number }>;
}

const emptyAgentReport = (): AgentReport => ({ acd: emptyState, sums: {}, now: {} });

const ofAcd: ReadonlySet<string> = new Set(acdEventTypes);
const isAcd = (event: JournalEvent): event is AcdEvent => ofAcd.has(event.type);

/** Takes one event into the report, which it changes. */
function takeAgentEvent(report: AgentReport, event: JournalEvent, options: ReportAsk): void {
  if (event.type === "call.rated") {
    const sums = sumsOf(report, event.agent, event.at, options);
    sums.rated += 1;
    sums.ratings += event.score / event.highest;
  }
  if (event.type === "call.scored") {
    const sums = sumsOf(report, event.agent, event.at, options);
    sums.scored += 1;
    sums.scores += event.score / 100;
  }
  if (!isAcd(event)) return;
  report.acd = evolve(report.acd, event);
  for (const agent of agentsOf(report, event)) follow(report, agent, event.at, options);
  if (!("agent" in event)) return;
  const sums = sumsOf(report, event.agent, event.at, options);
  switch (event.type) {
    case "queue.connected":
      // A callback counts when its caller is reached.
      sums.answered += get(report.acd.calls, byName(event.call))?.stage.type === "dialling" ? 0 : 1;
      break;
    case "callback.reached":
      sums.answered += 1;
      break;
    case "queue.ring-no-answer":
      sums.noAnswers += event.reason === "no-answer" ? 1 : 0;
      break;
    case "agent.logged-in":
      sums.logIns += 1;
      break;
    case "queue.left":
      sums.talkMs += event.talkedMs;
      sums.transferred += event.reason.startsWith("transferred") ? 1 : 0;
      break;
    default:
  }
}

/** The report up to a moment: what is being done then is counted up to it. */
function agentSums(report: AgentReport, ask: ReportAsk): readonly AgentSums[] {
  const more: AgentReport = { acd: report.acd, sums: {}, now: { ...report.now } };
  for (const agent of Object.keys(more.now)) follow(more, agent, Math.min(ask.now, ask.to), ask);
  const all = { ...report.sums };
  for (const [name, { inState, ...fresh }] of Object.entries(more.sums)) {
    const own = all[name] ?? { ...fresh, inState: {} };
    const sum = { ...own.inState };
    for (const [state, ms] of Object.entries(inState)) sum[state] = (sum[state] ?? 0) + ms;
    all[name] = { ...own, inState: sum };
  }
  return inOrder(
    Object.values(all).filter(({ start }) => isAsked(ask, start)),
    "agent",
  );
}

function agentsOf({ acd, now }: AgentReport, event: AcdEvent): readonly string[] {
  if (event.type === "acd.configured")
    return [...new Set([...event.agents.map(({ number }) => number), ...Object.keys(now)])];
  const named = "agent" in event ? [event.agent] : [];
  return named.filter((number) => get(acd.agents, byName(number)) !== undefined);
}

/** Counts what the agent has done until now, and goes on with what it does from now on. */
function follow(report: AgentReport, number: string, at: number, options: ReportAsk): void {
  const before = report.now[number];
  const agent = get(report.acd.agents, byName(number));
  // The wall clock may jump back: then nothing is counted until it has caught up.
  const until = before === undefined ? at : Math.max(before.since, at);
  if (before !== undefined) spend(report, number, before.state, before.since, until, options);
  if (agent === undefined) Reflect.deleteProperty(report.now, number);
  else {
    const status: AgentStatus = agentStatus(agent);
    const state = status === "paused" ? `paused ${agent.paused ?? ""}` : status;
    report.now[number] = { state, since: until };
  }
}

function spend(
  report: AgentReport,
  agent: string,
  state: string,
  from: number,
  to: number,
  options: ReportAsk,
): void {
  split(options, from, to, (start, ms) => {
    const { inState } = sumsOf(report, agent, Math.max(start, from), options);
    inState[state] = (inState[state] ?? 0) + ms;
  });
}

function sumsOf(report: AgentReport, agent: string, at: number, ask: ReportAsk): AgentSums {
  return sumsAt(report.sums, ask, at, agent, (start) => ({
    start,
    agent,
    inState: {},
    answered: 0,
    noAnswers: 0,
    logIns: 0,
    talkMs: 0,
    transferred: 0,
    rated: 0,
    ratings: 0,
    scored: 0,
    scores: 0,
  }));
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "agent", unit: "text" },
  { name: "answered", unit: "count" },
  { name: "noAnswers", unit: "count" },
  { name: "transferred", unit: "count" },
  { name: "talkMs", unit: "ms" },
  { name: "averageTalkMs", unit: "ms" },
  { name: "occupancy", unit: "share" },
  { name: "rated", unit: "count" },
  { name: "rating", unit: "share" },
  { name: "scored", unit: "count" },
  { name: "quality", unit: "share" },
  { name: "logIns", unit: "count" },
];

/** Of them an agent is at work, and of the first also busy with a call. */
const withCalls = ["offered", "on-call", "wrap-up"];
const ready = ["idle", "resting"];

/** By time, then by agent; a column for each state that somebody was in, a pause's with its reason. */
export const agentReport: Report<AgentReport> = {
  types: [...acdEventTypes, "call.rated", "call.scored"],
  endsWithTime: true,
  empty: emptyAgentReport,
  take: takeAgentEvent,
  carry: (report) => ({ ...report, sums: {} }),
  table(report, ask) {
    const all = agentSums(report, ask);
    const states = [...new Set(all.flatMap(({ inState }) => Object.keys(inState)))].sort();
    const timeIn = (inState: AgentSums["inState"], names: readonly string[]): number =>
      names.reduce((sum, name) => sum + (inState[name] ?? 0), 0);
    return {
      columns: [...columns, ...states.map((state) => ({ name: `state ${state}`, unit: "ms" }) as const)],
      rows: all.map(({ inState, ratings, scores, ...one }) => ({
        ...one,
        averageTalkMs: ratio(one.talkMs, one.answered),
        occupancy: ratio(timeIn(inState, withCalls), timeIn(inState, [...withCalls, ...ready])),
        rating: ratio(ratings, one.rated),
        quality: ratio(scores, one.scored),
        ...Object.fromEntries(states.map((state) => [`state ${state}`, inState[state] ?? 0])),
      })),
    };
  },
};
