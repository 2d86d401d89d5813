// The business events of the appliance: everything that reports, call records and recovery are made from.
// Each event is plain JSON, dated, and whole in itself; a call record is a fold over the events of one call.
import type { CallDetails } from "./call-details.ts";
import type { ChargeAdvice } from "./charge-advice.ts";
import type { AgentEntry, AlertEntry, QueueEntry } from "./acd-entries.ts";
import type { Clock } from "./clock.ts";
import type { OfCall, Party } from "./entry-parts.ts";
import type { LineEntry } from "./line-entries.ts";

export * from "./acd-entries.ts";
export type { Party } from "./entry-parts.ts";
export * from "./line-entries.ts";

/** Raised when an event's meaning changes, with a step in stored-event.ts. New optional fields need no raise. */
export const journalVersion = 1;

/** An event as it is kept. `at`: wall clock, milliseconds since 1970 UTC. */
export type JournalEvent = Dated<JournalEntry>;

/** An event before it is dated: what a room has to say. */
export type JournalEntry =
  | ApplianceEntry
  | CallEntry
  | LegEntry
  | IvrEntry
  | QueueEntry
  | AgentEntry
  | AlertEntry
  | ConferenceEntry
  | RecordingEntry
  | FaxEntry
  | LineEntry;

export type Dated<E> = E extends unknown ? E & { readonly v: 1; readonly at: number } : never;

/** The events of one kind. */
export type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { readonly type: T }>;

export interface Journal {
  /** Takes an event at once; it is durable after the next group commit. Order is kept. */
  append(event: JournalEvent): void;
  /** Resolves when everything appended so far is on disk. */
  committed(): Promise<void>;
}

export type CallDirection = "in" | "out" | "internal";

/** Who brought the end about: the party the call began with, the other one, the box by its rules, a fault. */
export type EndedBy = "caller" | "called" | "box" | "fault";

/** What the appliance itself does. */
export type ApplianceEntry =
  /**
   * `recovered`: calls that an earlier run left open and that this start ended in the journal. `kept`: those whose lines were
   * held, and that go on.
   */
  | {
      readonly type: "appliance.started";
      readonly version: string;
      readonly recovered: number;
      readonly kept?: readonly string[];
    }
  | { readonly type: "appliance.stopped" }
  /** The last four digits of outside numbers, and callers' names, are taken out of events up to this one. */
  | { readonly type: "journal.anonymised"; readonly through: number; readonly link: string }
  /** Events up to this one, whose link (hexadecimal) the chain goes on from, are deleted. */
  | { readonly type: "journal.removed"; readonly through: number; readonly link: string }
  /** `paths`: JSON pointers of what differs. Values are not kept: they may be secret. */
  | { readonly type: "settings.changed"; readonly by: string; readonly paths: readonly string[] };

/** `listen`: hears all, unheard. `whisper`: heard by the party of ours alone. `barge`: heard by all. */
export type SuperviseMode = "listen" | "whisper" | "barge";

/** What a leg is in its call. */
export type LegRole = "caller" | "called" | "agent" | "supervisor";

/**
 * Why a call, or a leg, did not outlive the program's end: its line was dropped, by the driver or by its exchange; or it was at
 * a point from which it cannot be gone on with.
 */
export type FaultReason = "line-dropped" | "restarted";

export type CallEntry =
  | (OfCall & {
      readonly type: "call.started";
      readonly direction: CallDirection;
      readonly caller: Party;
      /** What was dialled, as far as known at the start. */
      readonly called: string;
      /** LineInfo.id of the line the call came in on. */
      readonly line: string;
      readonly group?: string;
      readonly extension?: string;
      /** Whose telephone the box has rung to begin the call: a callback. */
      readonly agent?: string;
    })
  /** The caller's line was answered, by the box or because the called party answered. Once a call. */
  | (OfCall & { readonly type: "call.answered" })
  /** Where routing sent the call. */
  | (OfCall & { readonly type: "call.routed"; readonly to: string })
  /** Turned away before anybody was rung: `blocked` by the list, `anonymous` callers are not taken. */
  | (OfCall & { readonly type: "call.rejected"; readonly reason: "blocked" | "anonymous" })
  /** An extension does not take the call, which goes on to where that forwards it. */
  | (OfCall & {
      readonly type: "call.forwarded";
      readonly extension: string;
      readonly to: string;
      readonly reason: "always" | "busy" | "no-answer";
    })
  /** Ended to make room: the emergency call `for` needed a channel of this trunk group. */
  | (OfCall & { readonly type: "call.preempted"; readonly for: string; readonly group: string })
  /** Ended because a day's minutes are used up: of the box, its costly calls, an extension, a trunk group. */
  | (OfCall & { readonly type: "call.limited"; readonly scope: string })
  /** Two legs hear each other. Whoever was joined to either before is not any more. */
  | (OfCall & { readonly type: "call.joined"; readonly legs: readonly [string, string] })
  /** Nobody hears anybody any more (hold, transfer, or a party left). */
  | (OfCall & { readonly type: "call.parted" })
  | (OfCall & { readonly type: "call.held"; readonly leg: string })
  | (OfCall & { readonly type: "call.resumed"; readonly leg: string })
  | (OfCall & {
      readonly type: "transfer";
      /** `taken-over`: by a supervisor who listened. `escalated`: by its agent's key, to the queue's experts. */
      readonly kind: "blind" | "consulted" | "taken-over" | "escalated";
      /** The leg that gives the call away. */
      readonly by: string;
      readonly to: string;
    })
  /** A supervisor hears the call, on a phone of the box, and perhaps speaks in it. `by`: who had it done. */
  | (OfCall & {
      readonly type: "call.supervised";
      readonly leg: string;
      readonly mode: SuperviseMode;
      readonly by?: string;
    })
  /** The party that was consulted hears, and is heard by, the two that talk. */
  | (OfCall & { readonly type: "call.conference"; readonly leg: string })
  /** What its agent says that the call was about. */
  | (OfCall & {
      readonly type: "call.coded";
      readonly code: string;
      readonly agent: string;
      readonly queue: string;
      readonly by: string;
    })
  /** What the caller thinks of it, 1 to `highest`. */
  | (OfCall & {
      readonly type: "call.rated";
      readonly score: number;
      readonly highest: number;
      readonly agent: string;
      readonly queue: string;
    })
  /** What a supervisor thinks of how its agent handled it, 0 to 100; the last one counts. */
  | (OfCall & {
      readonly type: "call.scored";
      readonly score: number;
      readonly agent: string;
      readonly by: string;
      readonly note?: string;
    })
  /** What the network says that a leg costs, the sum so far; the last may come after the call has ended. */
  | (OfCall & { readonly type: "call.charged"; readonly leg: string; readonly advice: ChargeAdvice })
  /** What else the network says of the call of a leg; what is not in it stays as it was said before. */
  | (OfCall & { readonly type: "call.detailed"; readonly leg: string; readonly details: CallDetails })
  /** Last event of a call. Cause by Q.850. */
  | (OfCall & {
      readonly type: "call.ended";
      readonly cause: number;
      readonly by: EndedBy;
      readonly reason?: FaultReason;
    });

export type LegEntry =
  | (OfCall & {
      readonly type: "leg.added";
      readonly leg: string;
      readonly role: LegRole;
      readonly direction: "in" | "out";
      readonly line: string;
      readonly number: string;
      readonly group?: string;
      readonly extension?: string;
      readonly agent?: string;
      /** Outside numbers: the dial class that the call was allowed by, and the extension that it is counted for. */
      readonly class?: string;
      readonly payer?: string;
    })
  | (OfCall & {
      readonly type: "leg.state";
      readonly leg: string;
      readonly state: "proceeding" | "alerting" | "connected";
    })
  | (OfCall & {
      readonly type: "leg.ended";
      readonly leg: string;
      readonly cause: number;
      readonly by: "local" | "remote" | "fault";
      readonly reason?: FaultReason;
    });

export type IvrEntry =
  | (OfCall & { readonly type: "ivr.entered"; readonly flow: string })
  | (OfCall & { readonly type: "ivr.node"; readonly flow: string; readonly node: string })
  /** A key that a node took. `*` stands for each digit where the node asks for a secret. */
  | (OfCall & {
      readonly type: "ivr.digit";
      readonly flow: string;
      readonly node: string;
      readonly digit: string;
    })
  | (OfCall & { readonly type: "ivr.left"; readonly flow: string; readonly outcome: string });

export type ConferenceEntry =
  | (OfCall & { readonly type: "conference.joined"; readonly room: string })
  | (OfCall & { readonly type: "conference.left"; readonly room: string; readonly stayedMs: number });

export type RecordingEntry =
  | (OfCall & {
      readonly type: "recording.started";
      readonly leg: string;
      readonly file: string;
      /** Who began it, where no rule did. */
      readonly by?: string;
    })
  /** Silence is recorded from `offsetMs` in the file on. */
  | (OfCall & {
      readonly type: "recording.paused" | "recording.resumed";
      readonly file: string;
      readonly offsetMs: number;
      readonly by?: string;
    })
  | (OfCall & {
      readonly type: "recording.finished";
      readonly file: string;
      readonly bytes: number;
      readonly durationMs: number;
      readonly reason: "stopped" | "max" | "closed" | "error";
      /** What the finished file is, in 64 hexadecimal digits: whoever changes it later is found out. */
      readonly sha256?: string;
    })
  /** The recording is in another file now, made small. */
  | (OfCall & {
      readonly type: "recording.archived";
      readonly file: string;
      readonly to: string;
      readonly bytes: number;
      readonly sha256: string;
    })
  /** The file was deleted because its time to be kept is over. */
  | { readonly type: "recording.removed"; readonly file: string }
  | (OfCall & {
      readonly type: "voicemail.heard" | "voicemail.removed";
      readonly mailbox: string;
      readonly file: string;
      readonly by: string;
    })
  | (OfCall & {
      readonly type: "voicemail.left";
      readonly mailbox: string;
      readonly file: string;
      readonly bytes: number;
      readonly durationMs: number;
    });

export type FaxEntry =
  | FaxReceived
  | (OfCall & {
      readonly type: "fax.sent";
      /** As dialled. */
      readonly to: string;
      readonly by: string;
      /** What was to be sent; a PDF of the same name beside it. */
      readonly file: string;
      /** That the far end has confirmed. */
      readonly pages: number;
      /** T.30 ended well: they are all. */
      readonly whole: boolean;
      /** `ok`, or why it did not. */
      readonly status: string;
      readonly bitRate: number;
      readonly errorCorrection: boolean;
      readonly far?: string;
    })
  /** Its document was deleted: its time to be kept is over, or by a person, from a call's record. */
  | { readonly type: "fax.removed"; readonly file: string; readonly call?: string; readonly by?: string };

type FaxReceived = OfCall & {
  readonly type: "fax.received";
  readonly mailbox: string;
  /** Of the pages, where there are any; a PDF of the same name beside it. */
  readonly file?: string;
  readonly pages: number;
  /** T.30 ended well: these are all the pages that were sent. */
  readonly whole: boolean;
  /** `ok`, or why it did not. */
  readonly status: string;
  readonly bitRate: number;
  readonly errorCorrection: boolean;
  /** Of the last page, without error correction. */
  readonly badRows: number;
  /** The far station's identification. */
  readonly far?: string;
};

/** Says a thing to the journal, dated now. */
export type Note = (entry: JournalEntry) => void;

export function createNote(journal: Journal, clock: Clock): Note {
  return (entry) => journal.append(dated(entry, clock.now()));
}

export function dated<E extends JournalEntry>(entry: E, at: number): Dated<E> {
  return { ...entry, v: journalVersion, at } as unknown as Dated<E>;
}

/** The call an event belongs to, if any: the column by which call records are gathered. */
export function callOf(event: JournalEvent): string | undefined {
  return "call" in event ? event.call : undefined;
}
