// A report out of the journal's events, from the first to the last.
import type { JournalEvent } from "../shared/journal.ts";
import { agentReport } from "./agent-report.ts";
import type { ReportAsk, ReportId } from "./ask.ts";
import { callReport } from "./call-report.ts";
import { flowReport } from "./flow-report.ts";
import { adherenceReport, logInReport } from "./presence-report.ts";
import { queueReport } from "./queue-report.ts";
import type { Report, Table } from "./report.ts";
import { staffingReport } from "./staffing.ts";
import { timeReport } from "./time-report.ts";
import { trunkReport } from "./trunk-report.ts";

/** With the type of its state hidden: whoever makes one gives it back to the same report. */
type AnyReport = Report<unknown>;
const hidden = <S>(report: Report<S>): AnyReport => report as AnyReport;

export const reports: Readonly<Record<ReportId, AnyReport>> = {
  queues: hidden(queueReport),
  agents: hidden(agentReport),
  calls: hidden(callReport),
  times: hidden(timeReport),
  flows: hidden(flowReport),
  trunks: hidden(trunkReport),
  "log-ins": hidden(logInReport),
  adherence: hidden(adherenceReport),
  staffing: hidden(staffingReport),
};

export function fold(events: Iterable<JournalEvent>, ask: ReportAsk): Table {
  const { types, endsWithTime, empty, take, table } = reports[ask.report];
  const wanted: ReadonlySet<string> = new Set(types);
  const state = empty();
  for (const event of events)
    if (wanted.has(event.type) && !(endsWithTime && event.at >= ask.to)) take(state, event, ask);
  return table(state, ask);
}
