// A report out of the journal's events, from the first to the last.
import { acdEventTypes } from "../acd/evolve.ts";
import type { JournalEvent } from "../shared/journal.ts";
import { agentSums, emptyAgentReport, takeAgentEvent } from "./agent-report.ts";
import type { ReportAsk, ReportRows } from "./ask.ts";
import { startOf } from "./intervals.ts";
import { emptyQueueReport, queueFigures, takeQueueEvent } from "./queue-report.ts";

/** Of all others no report knows. */
export const reportTypes: readonly JournalEvent["type"][] = acdEventTypes;

export function fold(events: Iterable<JournalEvent>, ask: ReportAsk): ReportRows {
  const { about, from, to } = ask;
  const first = startOf(ask.step, from, ask.timeZone);
  const within = <T extends { readonly start: number }>(rows: readonly T[]): readonly T[] =>
    rows.filter(({ start }) => start >= first && start < to);
  if (about === "queues") {
    const report = emptyQueueReport();
    for (const event of events) takeQueueEvent(report, event, ask);
    return { queues: within(queueFigures(report)), agents: [] };
  }
  const report = emptyAgentReport();
  for (const event of events) if (event.at < to) takeAgentEvent(report, event, ask);
  return { queues: [], agents: within(agentSums(report, Math.min(ask.now, to), ask)) };
}
