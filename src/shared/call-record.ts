// The call record: what a call was, as a pure fold over its journal events. Fold the same events again and
// the same record comes out, whenever and wherever that is done.
import type { CallDetails } from "./call-details.ts";
import type { ChargeAdvice } from "./charge-advice.ts";
import type { CallDirection, EndedBy, EventOf, JournalEvent, Party, QueueLeaveReason } from "./journal.ts";

export type Disposition =
  /** Still going on. */
  | "active"
  /** Somebody spoke with the caller. */
  | "answered"
  /** The caller gave up in a queue or while a phone rang. */
  | "abandoned"
  /** Only the box spoke with the caller: menu, voicemail, feature code. */
  | "self-service"
  /** Nobody took the call, or it could not be put through. */
  | "unanswered";

/** Moments are wall-clock milliseconds since 1970 UTC; `…Ms` are durations. Plain JSON. */
export interface CallRecord {
  readonly call: string;
  readonly direction: CallDirection;
  readonly caller: Party;
  readonly called: string;
  readonly line: string;
  readonly group?: string;
  /** The extension the call was made from, or the last one that spoke with the caller. */
  readonly extension?: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  /** When the caller and a person first heard each other. */
  readonly connectedAt?: number;
  readonly endedAt?: number;
  /** The last queue the call was in. */
  readonly queue?: string;
  /** Waiting in queues, all together. */
  readonly queueWaitMs: number;
  readonly queueLeft?: QueueLeaveReason;
  /** The last agent who spoke with the caller. */
  readonly agent?: string;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly flow?: string;
  /** Keys pressed in menus, in order. */
  readonly digits: string;
  readonly transfers: number;
  /** Phones and outside numbers rung on the caller's behalf. */
  readonly attempts: number;
  readonly cause?: number;
  readonly endedBy?: EndedBy;
  readonly disposition: Disposition;
  readonly recordings: readonly RecordingOf[];
  /** By leg, the latest that the network said of its cost. */
  readonly charges?: Readonly<Record<string, ChargeAdvice>>;
  /** What the network said beside the numbers, of all legs. */
  readonly details?: CallDetails;
  /** The fax that the caller sent. */
  readonly fax?: FaxOf;
  /** What its last agent says that it was about. */
  readonly wrapUp?: string;
  /** What the caller thinks of it. */
  readonly rating?: { readonly score: number; readonly highest: number };
  /** What a supervisor thinks of how its agent handled it, 0 to 100. */
  readonly score?: number;
  /** What is going on now; empty once the call has ended. */
  readonly open: Open;
}

export interface FaxOf {
  readonly pages: number;
  readonly whole: boolean;
  /** By us, not to us. */
  readonly sent?: true;
  readonly far?: string;
  /** Relative to where faxes are kept. */
  readonly file?: string;
}

export interface RecordingOf {
  readonly file: string;
  /** Present when the recording is finished. */
  readonly durationMs?: number;
  readonly bytes?: number;
  /** Of the finished file. */
  readonly sha256?: string;
  /** Parts without sound, from the file's beginning; the last may be open. */
  readonly pauses?: readonly PauseOf[];
}

export interface PauseOf {
  readonly fromMs: number;
  readonly toMs?: number;
}

interface Open {
  readonly waitingSince?: number;
  readonly talkingSince?: number;
  readonly heldSince?: number;
  /** The extension of each phone rung. */
  readonly legs?: Readonly<Record<string, string>>;
}

/**
 * Takes one event of a call into its record. Events of no call, and events before `call.started`, change
 * nothing. A recording may finish after the call has ended.
 */
export function evolveRecord(record: CallRecord | undefined, event: JournalEvent): CallRecord | undefined {
  if (event.type === "call.started") return record ?? started(event);
  if (record === undefined || !("call" in event) || event.call !== record.call) return record;
  const { open, ...rest } = record;
  switch (event.type) {
    case "call.answered":
      return record.answeredAt === undefined ? { ...record, answeredAt: event.at } : record;
    case "leg.added":
      return event.role === "caller" ? record : rung(record, event);
    case "call.joined":
      return joined(record, event);
    case "call.parted":
      return stopTalking(record, event.at);
    case "call.held":
      return open.heldSince === undefined ? { ...rest, open: { ...open, heldSince: event.at } } : record;
    case "call.resumed":
      return stopHolding(record, event.at);
    case "transfer":
      return { ...record, transfers: record.transfers + 1 };
    case "ivr.entered":
      return { ...record, flow: event.flow };
    case "ivr.digit":
      return { ...record, digits: record.digits + event.digit };
    case "queue.entered":
      return { ...rest, queue: event.queue, open: { ...open, waitingSince: event.at } };
    case "queue.connected":
      return { ...stopWaiting(record, event.at), agent: event.agent };
    case "queue.left":
      return { ...stopWaiting(record, event.at), queueLeft: event.reason };
    case "recording.started":
      return { ...record, recordings: [...record.recordings, { file: event.file }] };
    case "recording.paused":
    case "recording.resumed":
    case "recording.finished":
    case "recording.archived":
      return {
        ...record,
        recordings: record.recordings.map((one) =>
          one.file === event.file ? evolveRecording(one, event) : one,
        ),
      };
    case "fax.received": {
      const { pages, whole, far, file } = event;
      const fax = { pages, whole, ...(far !== undefined && { far }), ...(file !== undefined && { file }) };
      return { ...record, fax };
    }
    case "fax.sent": {
      const { pages, whole, far, file } = event;
      return { ...record, fax: { pages, whole, sent: true, file, ...(far !== undefined && { far }) } };
    }
    case "fax.removed": {
      if (record.fax === undefined) return record;
      const { file: _, ...fax } = record.fax;
      return { ...record, fax };
    }
    case "call.coded":
      return { ...record, wrapUp: event.code };
    case "call.rated":
      return { ...record, rating: { score: event.score, highest: event.highest } };
    case "call.scored":
      return { ...record, score: event.score };
    case "call.charged":
      return { ...record, charges: { ...record.charges, [event.leg]: event.advice } };
    case "call.detailed":
      return { ...record, details: { ...record.details, ...event.details } };
    case "call.ended":
      return ended(record, event);
    default:
      return record;
  }
}

/** Folds the events of one call. */
export function recordOf(events: Iterable<JournalEvent>): CallRecord | undefined {
  let record: CallRecord | undefined;
  for (const event of events) record = evolveRecord(record, event);
  return record;
}

function started(event: EventOf<"call.started">): CallRecord {
  return {
    call: event.call,
    direction: event.direction,
    caller: event.caller,
    called: event.called,
    line: event.line,
    ...(event.group === undefined ? {} : { group: event.group }),
    ...(event.extension === undefined ? {} : { extension: event.extension }),
    ...(event.agent === undefined ? {} : { agent: event.agent }),
    startedAt: event.at,
    queueWaitMs: 0,
    talkMs: 0,
    holdMs: 0,
    digits: "",
    transfers: 0,
    attempts: 0,
    disposition: "active",
    recordings: [],
    open: {},
  };
}

function rung(record: CallRecord, event: EventOf<"leg.added">): CallRecord {
  // A supervisor is not rung for the caller.
  const attempts = record.attempts + (event.role === "supervisor" ? 0 : 1);
  if (event.extension === undefined) return { ...record, attempts };
  const legs = { ...record.open.legs, [event.leg]: event.extension };
  return { ...record, attempts, open: { ...record.open, legs } };
}

function joined(before: CallRecord, event: EventOf<"call.joined">): CallRecord {
  const record = stopHolding(before, event.at);
  const extension = event.legs.map((leg) => record.open.legs?.[leg]).find((one) => one !== undefined);
  return {
    ...record,
    connectedAt: record.connectedAt ?? event.at,
    ...(extension === undefined || record.direction === "out" ? {} : { extension }),
    open: { ...record.open, talkingSince: record.open.talkingSince ?? event.at },
  };
}

function ended(before: CallRecord, event: EventOf<"call.ended">): CallRecord {
  const record = stopHolding(stopTalking(stopWaiting(before, event.at), event.at), event.at);
  return {
    ...record,
    endedAt: event.at,
    cause: event.cause,
    endedBy: event.by,
    disposition: dispositionOf(record, event.by),
    open: {},
  };
}

function dispositionOf(record: CallRecord, by: EndedBy): Disposition {
  if (record.connectedAt !== undefined) return "answered";
  if (record.queueLeft === "abandoned") return "abandoned";
  if (record.queueLeft === "callback") return "unanswered";
  if (record.answeredAt !== undefined && record.queue === undefined && record.attempts === 0)
    return "self-service";
  return by === "caller" ? "abandoned" : "unanswered";
}

function evolveRecording(
  recording: RecordingOf,
  event: EventOf<"recording.paused" | "recording.resumed" | "recording.finished" | "recording.archived">,
): RecordingOf {
  const { pauses = [] } = recording;
  const last = pauses.at(-1);
  switch (event.type) {
    case "recording.paused":
      return { ...recording, pauses: [...pauses, { fromMs: event.offsetMs }] };
    case "recording.resumed":
      return last === undefined
        ? recording
        : { ...recording, pauses: [...pauses.slice(0, -1), { ...last, toMs: event.offsetMs }] };
    case "recording.archived":
      return { ...recording, file: event.to, bytes: event.bytes, sha256: event.sha256 };
    case "recording.finished": {
      const { durationMs, bytes, sha256 } = event;
      return { ...recording, durationMs, bytes, ...(sha256 === undefined ? {} : { sha256 }) };
    }
  }
}

// The wall clock may jump back: a duration is never negative.
const since = (from: number, to: number): number => Math.max(0, to - from);

function stopWaiting(record: CallRecord, at: number): CallRecord {
  const { waitingSince, ...open } = record.open;
  if (waitingSince === undefined) return record;
  return { ...record, queueWaitMs: record.queueWaitMs + since(waitingSince, at), open };
}

function stopTalking(record: CallRecord, at: number): CallRecord {
  const { talkingSince, ...open } = record.open;
  if (talkingSince === undefined) return record;
  return { ...record, talkMs: record.talkMs + since(talkingSince, at), open };
}

function stopHolding(record: CallRecord, at: number): CallRecord {
  const { heldSince, ...open } = record.open;
  if (heldSince === undefined) return record;
  return { ...record, holdMs: record.holdMs + since(heldSince, at), open };
}
