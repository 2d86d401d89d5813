// The house's own data in the shapes of the API, where they differ.
import type { CallRecord } from "../shared/call-record.ts";
import { sumOf } from "../shared/charge-advice.ts";
import type { SpanInfo } from "../lines/leg.ts";
import type { Difference } from "../provisioning/affected.ts";
import type { ChangeState } from "../provisioning/change.ts";
import type { Station } from "../rehearsal/station.ts";
import type { ChangeView } from "./api/changes.ts";
import type { SpanView } from "./api/lines.ts";
import type { RecordView } from "./api/records.ts";
import type { StationView } from "./api/rehearsal.ts";
import type { ReadonlyDeep } from "./handlers.ts";
import type { SignedIn } from "./users.ts";

/** @returns undefined while the call goes on */
export function recordView(record: CallRecord): ReadonlyDeep<RecordView> | undefined {
  const { call, endedAt, disposition, recordings } = record;
  if (endedAt === undefined || disposition === "active") return undefined;
  const { direction, caller, called, line, startedAt, queueWaitMs, talkMs, holdMs } = record;
  const { extension, answeredAt, connectedAt, cause, endedBy, flow, queue, agent, details } = record;
  const { wrapUp, rating, score } = record;
  const fax = record.fax && faxView(record.fax);
  const charges = record.charges && sumOf(Object.values(record.charges));
  return {
    id: call,
    direction,
    caller,
    called,
    line,
    startedAt,
    endedAt,
    disposition,
    queueWaitMs,
    talkMs,
    holdMs,
    recordings: recordings.map(({ file, durationMs, bytes, sha256, pauses }, index) => ({
      id: recordingId(call, index),
      format: soundFormat(file),
      ...present({ durationMs, bytes, sha256, pauses }),
    })),
    ...present({
      extension,
      answeredAt,
      connectedAt,
      cause,
      endedBy,
      flow,
      queue,
      agent,
      fax,
      charges,
      details,
      wrapUp,
      rating,
      score,
    }),
  };
}

function faxView({ pages, whole, sent, far, file }: NonNullable<CallRecord["fax"]>) {
  return { pages, whole, sent: sent === true, document: file !== undefined, ...present({ far }) };
}

/** Agents see their own calls; who leads them sees all. */
export function maySee(user: SignedIn, record: Pick<CallRecord, "agent">): boolean {
  return user.role !== "agent" || (user.agent !== undefined && record.agent === user.agent);
}

/** Names a recording by its call and place, never by its file. */
export const recordingId = (call: string, index: number): string => `${call}.${index}`;

export function parseRecordingId(id: string): { readonly call: string; readonly index: number } | undefined {
  const match = /^(.+)\.(\d{1,4})$/.exec(id);
  const [, call, index] = match ?? [];
  return call === undefined ? undefined : { call, index: Number(index) };
}

export function spanView(span: SpanInfo): ReadonlyDeep<SpanView> {
  const { dataLink, line, dataPosition, ...rest } = span;
  return { ...rest, ...present({ dataLink, line, dataPosition }) };
}

export function stationView(station: Station): ReadonlyDeep<StationView> {
  const { id, kind, number, name, state, line, with: other, cause } = station;
  return { id, kind, number, name, state, ...present({ line, with: other, cause }) };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the properties that are undefined: in JSON they are left out, and types may tell the difference. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Present<T>;
}

export function changeView(state: ChangeState, differences: readonly Difference[]): ReadonlyDeep<ChangeView> {
  if (state.phase === "none") return { phase: "none", ...present({ last: state.last ?? undefined }) };
  return { phase: state.phase, trial: { ...state.trial, differences } };
}

/** Of a recording's file. */
export const soundFormat = (file: string): "wav" | "opus" | "flac" =>
  (["opus", "flac"] as const).find((format) => file.endsWith(`.${format}`)) ?? "wav";
