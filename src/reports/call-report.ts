// Calls by intervals, gathered by whatever names them: number called, trunk group, area, customer, skill, wrap-up code. A call
// belongs to the interval in which it began, and counts when it has ended.
import { areaOf } from "../routing/numbers.ts";
import { evolveRecord, type CallRecord } from "../shared/call-record.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { ReportAsk } from "./ask.ts";
import { isAsked } from "./intervals.ts";
import { inOrder, ratio, sumsAt, type Column, type Report } from "./report.ts";

/** What one call adds. */
interface Share {
  readonly incoming: number;
  readonly outgoing: number;
  readonly internal: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly unanswered: number;
  readonly selfService: number;
  readonly waitMs: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly transfers: number;
  readonly rated: number;
  readonly ratings: number;
  /** Of a known number, came in, and was answered. */
  readonly contacts: number;
  /** Such, whose caller called again within the time. */
  readonly repeated: number;
}

const nothing: Share = {
  incoming: 0,
  outgoing: 0,
  internal: 0,
  answered: 0,
  abandoned: 0,
  unanswered: 0,
  selfService: 0,
  waitMs: 0,
  talkMs: 0,
  holdMs: 0,
  transfers: 0,
  rated: 0,
  ratings: 0,
  contacts: 0,
  repeated: 0,
};
const names = Object.keys(nothing) as readonly (keyof Share)[];

interface Sums extends Record<keyof Share, number> {
  readonly start: number;
  readonly key: string;
  calls: number;
}

interface OpenCall {
  readonly record: CallRecord;
  /** Of the trunk group that it came or went over. */
  readonly trunk: string;
  /** What was asked of an agent: `ko:3+tech:1`. */
  readonly skill: string;
}

interface EndedCall {
  readonly sums: string;
  readonly at: number;
  readonly share: Share;
}

export interface CallReport {
  readonly open: Record<string, OpenCall>;
  /** For a while: what it was about may be said later, and its caller may call again. */
  readonly ended: Record<string, EndedCall>;
  /** The last answered call of each number. */
  readonly last: Record<string, string>;
  readonly sums: Record<string, Sums>;
  taken: number;
}

/** Later a call's agent says no more what it was about. */
const codeMs = 86_400_000;

function take(report: CallReport, event: JournalEvent, ask: ReportAsk): void {
  if (!("call" in event)) return;
  const { call } = event;
  if (event.type === "call.started") repeats(report, event, ask);
  const own = report.open[call];
  if (event.type === "call.coded" && own === undefined) return coded(report, call, event.code, ask);
  const record = evolveRecord(own?.record, event);
  if (record === undefined) return;
  const trunk = event.type === "leg.added" ? (event.group ?? own?.trunk ?? "") : (own?.trunk ?? "");
  const skill = event.type === "queue.entered" ? skillsOf(event.asked?.skills) : (own?.skill ?? "");
  if (event.type !== "call.ended") {
    report.open[call] = { record, trunk, skill };
    return;
  }
  Reflect.deleteProperty(report.open, call);
  count(report, { record, trunk, skill }, ask);
}

const skillsOf = (skills: Readonly<Record<string, number>> = {}): string =>
  Object.entries(skills)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([skill, level]) => `${skill}:${level}`)
    .join("+");

function count(report: CallReport, call: OpenCall, ask: ReportAsk): void {
  const { record } = call;
  const share = shareOf(record);
  const sums = add(report, record.startedAt, keyOf(call, ask), share, 1, ask);
  report.ended[record.call] = { sums, at: record.startedAt, share };
  if (share.contacts > 0) report.last[record.caller.number] = record.call;
  report.taken += 1;
  if (report.taken % 1000 === 0) forget(report, record.startedAt - codeMs - ask.repeatMs);
}

function forget({ ended, last }: CallReport, before: number): void {
  for (const [call, { at }] of Object.entries(ended)) if (at < before) Reflect.deleteProperty(ended, call);
  for (const [number, call] of Object.entries(last))
    if (ended[call] === undefined) Reflect.deleteProperty(last, number);
}

function shareOf(record: CallRecord): Share {
  const { direction, disposition, rating } = record;
  const known = direction === "in" && disposition === "answered" && record.caller.number !== "";
  return {
    ...nothing,
    incoming: Number(direction === "in"),
    outgoing: Number(direction === "out"),
    internal: Number(direction === "internal"),
    answered: Number(disposition === "answered"),
    abandoned: Number(disposition === "abandoned"),
    unanswered: Number(disposition === "unanswered"),
    selfService: Number(disposition === "self-service"),
    waitMs: record.queueWaitMs,
    talkMs: record.talkMs,
    holdMs: record.holdMs,
    transfers: record.transfers,
    rated: Number(rating !== undefined),
    ratings: rating === undefined ? 0 : rating.score / rating.highest,
    contacts: Number(known),
  };
}

function keyOf({ record, trunk, skill }: OpenCall, ask: ReportAsk): string {
  const customer = record.direction === "out" ? record.called : record.caller.number;
  switch (ask.by) {
    case "none":
      return "";
    case "queue":
      return record.queue ?? "";
    case "agent":
      return record.agent ?? "";
    case "called":
      return record.called;
    case "trunk":
      return trunk;
    case "area":
      return record.direction === "internal" ? "" : areaOf(customer, homeOf(ask));
    case "customer":
      return record.direction === "internal" ? "" : customer;
    case "skill":
      return skill;
    case "code":
      return record.wrapUp ?? "";
  }
}

const homeOf = ({ country, areaCode }: ReportAsk) => ({
  country,
  ...(areaCode === undefined ? {} : { areaCode }),
});

/** The agent says only now what the call was about. */
function coded(report: CallReport, call: string, code: string, ask: ReportAsk): void {
  const ended = report.ended[call];
  const before = ended && report.sums[ended.sums];
  if (ask.by !== "code" || ended === undefined || before === undefined) return;
  add(report, ended.at, before.key, ended.share, -1, ask);
  report.ended[call] = { ...ended, sums: add(report, ended.at, code, ended.share, 1, ask) };
}

/** Whoever was answered, and calls again soon, was not helped. */
function repeats(
  report: CallReport,
  { direction, caller, at }: Extract<JournalEvent, { type: "call.started" }>,
  ask: ReportAsk,
): void {
  const last = direction === "in" ? report.last[caller.number] : undefined;
  const ended = last === undefined ? undefined : report.ended[last];
  if (last === undefined || ended === undefined || at - ended.at > ask.repeatMs) return;
  Reflect.deleteProperty(report.last, caller.number);
  const sums = report.sums[ended.sums];
  if (sums !== undefined) sums.repeated += 1;
  report.ended[last] = { ...ended, share: { ...ended.share, repeated: 1 } };
}

function add(
  report: CallReport,
  at: number,
  key: string,
  share: Share,
  sign: 1 | -1,
  ask: ReportAsk,
): string {
  const sums = sumsAt(report.sums, ask, at, key, (start): Sums => ({ ...nothing, start, key, calls: 0 }));
  sums.calls += sign;
  for (const name of names) sums[name] += sign * share[name];
  return `${sums.start} ${key}`;
}

const columns: readonly Column[] = [
  { name: "start", unit: "moment" },
  { name: "key", unit: "text" },
  { name: "calls", unit: "count" },
  { name: "incoming", unit: "count" },
  { name: "outgoing", unit: "count" },
  { name: "internal", unit: "count" },
  { name: "answered", unit: "count" },
  { name: "abandoned", unit: "count" },
  { name: "unanswered", unit: "count" },
  { name: "selfService", unit: "count" },
  { name: "averageWaitMs", unit: "ms" },
  { name: "averageTalkMs", unit: "ms" },
  { name: "averageHoldMs", unit: "ms" },
  { name: "talkMs", unit: "ms" },
  { name: "transfers", unit: "count" },
  { name: "rated", unit: "count" },
  { name: "rating", unit: "share" },
  { name: "contacts", unit: "count" },
  { name: "repeated", unit: "count" },
  { name: "firstContact", unit: "share" },
];

export const callReport: Report<CallReport> = {
  types: [
    "call.started",
    "call.answered",
    "leg.added",
    "call.joined",
    "call.parted",
    "call.held",
    "call.resumed",
    "transfer",
    "ivr.entered",
    "queue.entered",
    "queue.connected",
    "queue.left",
    "call.coded",
    "call.rated",
    "call.ended",
  ],
  endsWithTime: false,
  empty: () => ({ open: {}, ended: {}, last: {}, sums: {}, taken: 0 }),
  take,
  carry: (report) => ({ ...report, sums: {} }),
  // How long an answered call is remembered.
  carriedBy: ({ repeatMs }) => `${repeatMs}`,
  table: ({ sums }, ask) => ({
    columns: ask.by === "none" ? columns.filter(({ name }) => name !== "key") : columns,
    rows: inOrder(
      Object.values(sums).filter(({ start, calls }) => calls > 0 && isAsked(ask, start)),
      "key",
    ).map(({ ratings, waitMs, holdMs, ...one }) => ({
      ...one,
      averageWaitMs: ratio(waitMs, one.calls),
      averageTalkMs: ratio(one.talkMs, one.answered),
      averageHoldMs: ratio(holdMs, one.answered),
      // Sums of shares come back to nothing only nearly.
      rating: ratio(ratings, one.rated),
      firstContact: ratio(one.contacts - one.repeated, one.contacts),
    })),
  }),
};
