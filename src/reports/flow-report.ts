// Flows by intervals: visits of each node, keys pressed there, callers who hung up there; and of a flow as a whole how many
// callers it served without a person.
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { isAsked } from "./intervals.ts";
import { inOrder, ratio, sumsAt, type Column, type Report } from "./report.ts";

interface Sums {
  readonly start: number;
  readonly flow: string;
  /** Empty: the flow as a whole. */
  readonly node: string;
  visits: number;
  hungUp: number;
  ended: number;
  contained: number;
  readonly keys: Record<string, number>;
}

export interface FlowReport {
  readonly sums: Record<string, Sums>;
  /** Calls that have been in a flow: the first one, since when, where they are, and whether a person came into it. */
  readonly open: Record<
    string,
    { readonly flow: string; readonly at: number; node: string; reached: boolean; inFlow: boolean }
  >;
}

function take(report: FlowReport, event: JournalEvent, ask: ReportAsk): void {
  if (!("call" in event)) return;
  const { call } = event;
  const own = report.open[call];
  const sums = (at: number, flow: string, node = ""): Sums =>
    sumsAt(report.sums, ask, at, `${flow} ${node}`, (start) => ({
      start,
      flow,
      node,
      visits: 0,
      hungUp: 0,
      ended: 0,
      contained: 0,
      keys: {},
    }));
  switch (event.type) {
    case "ivr.entered":
      sums(event.at, event.flow).visits += 1;
      if (own === undefined)
        report.open[call] = { flow: event.flow, at: event.at, node: "", reached: false, inFlow: true };
      else own.inFlow = true;
      return;
    case "ivr.node":
      sums(event.at, event.flow, event.node).visits += 1;
      if (own !== undefined) own.node = `${event.flow} ${event.node}`;
      return;
    case "ivr.digit": {
      const { keys } = sums(event.at, event.flow, event.node);
      keys[event.digit] = (keys[event.digit] ?? 0) + 1;
      return;
    }
    case "ivr.left":
      if (own !== undefined) own.inFlow = false;
      return;
    case "queue.entered":
    case "call.joined":
      if (own !== undefined) own.reached = true;
      return;
    case "leg.added":
      if (own !== undefined && event.role !== "caller" && event.role !== "supervisor") own.reached = true;
      return;
    case "call.ended": {
      Reflect.deleteProperty(report.open, call);
      if (own === undefined) return;
      const whole = sums(own.at, own.flow);
      whole.ended += 1;
      whole.contained += own.reached ? 0 : 1;
      if (!own.inFlow || event.by !== "caller") return;
      whole.hungUp += 1;
      const [flow = "", node = ""] = own.node.split(" ");
      if (node !== "") sums(event.at, flow, node).hungUp += 1;
      return;
    }
    default:
  }
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "flow", unit: "text" },
  { name: "node", unit: "text" },
  { name: "visits", unit: "count" },
  { name: "hungUp", unit: "count" },
  { name: "ended", unit: "count" },
  { name: "contained", unit: "count" },
  { name: "containment", unit: "share" },
];

/** By time, flow and node; a column for each key that was pressed. */
export const flowReport: Report<FlowReport> = {
  types: [
    "ivr.entered",
    "ivr.node",
    "ivr.digit",
    "ivr.left",
    "queue.entered",
    "call.joined",
    "leg.added",
    "call.ended",
  ],
  endsWithTime: false,
  empty: () => ({ sums: {}, open: {} }),
  take,
  carry: (report) => ({ ...report, sums: {} }),
  table({ sums }, ask) {
    const all = inOrder(
      Object.values(sums).filter(({ start }) => isAsked(ask, start)),
      "flow",
      "node",
    );
    const keys = [...new Set(all.flatMap((one) => Object.keys(one.keys)))].sort();
    return {
      columns: [...columns, ...keys.map((key) => ({ name: `key ${key}`, unit: "count" }) as const)],
      rows: all.map(({ keys: pressed, ...one }) => ({
        ...one,
        containment: one.node === "" ? ratio(one.contained, one.ended) : null,
        ...Object.fromEntries(keys.map((key) => [`key ${key}`, pressed[key] ?? 0])),
      })),
    };
  },
};
