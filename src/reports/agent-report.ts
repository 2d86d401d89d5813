// Agents by intervals: how long in which state, and what they did. The states are those of the live view, for both come from
// distribution's own fold; each moment from an agent's first event on is in exactly one of them.
import { agentStatus } from "../acd/live-view.ts";
import type { AgentStatus } from "../acd/live.ts";
import { acdEventTypes, evolve, type AcdEvent } from "../acd/evolve.ts";
import { emptyState, type AcdState } from "../acd/state.ts";
import { byName, get } from "../acd/tree.ts";
import type { JournalEvent } from "../shared/journal.ts";
import { intervalOf, type Step } from "./intervals.ts";

export interface AgentReportOptions {
  readonly step: Step;
  readonly timeZone: string;
}

export interface AgentSums {
  readonly start: number;
  readonly agent: string;
  /** Milliseconds in each state; of a pause by its reason: `paused lunch`. */
  readonly inState: Record<string, number>;
  answered: number;
  noAnswers: number;
  logIns: number;
  talkMs: number;
}

/** Plain JSON: it can be kept, and gone on with. */
export interface AgentReport {
  acd: AcdState;
  readonly sums: Record<string, AgentSums>;
  /** What each agent does now, and since when. */
  readonly now: Record<string, { readonly state: string; readonly since: number }>;
}

export const emptyAgentReport = (): AgentReport => ({ acd: emptyState, sums: {}, now: {} });

const ofAcd: ReadonlySet<string> = new Set(acdEventTypes);
const isAcd = (event: JournalEvent): event is AcdEvent => ofAcd.has(event.type);

/** Takes one event into the report, which it changes. */
export function takeAgentEvent(report: AgentReport, event: JournalEvent, options: AgentReportOptions): void {
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
      break;
    default:
  }
}

/** The report up to a moment: what is being done then is counted up to it. */
export function agentSums(
  report: AgentReport,
  at: number,
  options: AgentReportOptions,
): readonly AgentSums[] {
  const copy = structuredClone(report);
  for (const agent of Object.keys(copy.now)) follow(copy, agent, at, options);
  return Object.values(copy.sums).sort((a, b) => a.start - b.start || (a.agent < b.agent ? -1 : 1));
}

function agentsOf({ acd, now }: AgentReport, event: AcdEvent): readonly string[] {
  if (event.type === "acd.configured")
    return [...new Set([...event.agents.map(({ number }) => number), ...Object.keys(now)])];
  const named = "agent" in event ? [event.agent] : [];
  return named.filter((number) => get(acd.agents, byName(number)) !== undefined);
}

/** Counts what the agent has done until now, and goes on with what it does from now on. */
function follow(report: AgentReport, number: string, at: number, options: AgentReportOptions): void {
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
  options: AgentReportOptions,
): void {
  for (let at = from; at < to;) {
    const end = Math.min(to, intervalOf(options.step, at, options.timeZone).end);
    const { inState } = sumsOf(report, agent, at, options);
    inState[state] = (inState[state] ?? 0) + (end - at);
    at = end;
  }
}

function sumsOf(
  report: AgentReport,
  agent: string,
  at: number,
  { step, timeZone }: AgentReportOptions,
): AgentSums {
  const { start } = intervalOf(step, at, timeZone);
  return (report.sums[`${start} ${agent}`] ??= {
    start,
    agent,
    inState: {},
    answered: 0,
    noAnswers: 0,
    logIns: 0,
    talkMs: 0,
  });
}
